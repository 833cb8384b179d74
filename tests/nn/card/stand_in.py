"""A stand-in for CuPy and its card, over NumPy: as strict as they are, where NumPy is lenient.

* An array of the card and one of NumPy never meet in an operation, and none becomes the other by
  itself.
* A generator has the methods that CuPy's has, no more.
* While a stream records, nothing is computed: operations become nodes of a graph, which computes
  them over the same memory whenever it is launched. Reading an array back, moving one to the card,
  drawing randomness, compiling a kernel and asking cuBLAS are refused then, as CuPy does (or should
  not be relied on to do).
* Kernels are compiled from their CUDA sources for the processor (:mod:`.cuda_on_cpu`).

It is no model of memory, streams or time: what overtakes what on a card, it cannot tell.
"""

from __future__ import annotations

import operator
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.nn.card import cuda_on_cpu, kernels, names
from tests.nn.card.memory import flat, memory_of
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import CupyBackend

CARDS = ("stand-in", "cuda")
"""The stand-in, and the card there may be."""


def card_backend(card: str) -> CupyBackend:
    """Return the backend of one of :data:`CARDS`, or skip the test that asks for it."""
    if card == "stand-in" and cuda_on_cpu.compiler() is None:
        pytest.skip("no g++, which compiles CUDA sources for the processor")
    try:
        return stand_in_backend() if card == "stand-in" else CupyBackend()
    except DeviceError as error:
        pytest.skip(str(error))


def stand_in_backend() -> CupyBackend:
    """Return a CuPy backend over a stand-in of its own."""
    there = sys.modules.get("cupy")
    sys.modules["cupy"] = Card()  # type: ignore[assignment]
    try:
        return CupyBackend()
    finally:
        del sys.modules["cupy"]
        if there is not None:
            sys.modules["cupy"] = there


class CUDARuntimeError(RuntimeError):
    """What CUDA itself answers."""


class Graph:
    """Recorded operations, over the memory of a pool that must be kept."""

    def __init__(self, card: Card, nodes: list[Callable[[], Any]], pool: MemoryPool) -> None:
        self._card, self.nodes, self._pool = card, nodes, weakref.ref(pool)

    def launch(self, stream: Stream | None = None) -> None:
        assert self._pool() is not None, "the memory of a graph was given away"
        self._card.launches += 1
        with np.errstate(all="ignore"):
            for node in self.nodes:
                node()


class Stream:
    """A stream that records if it is asked to; else everything happens at once."""

    def __init__(self, card: Card, non_blocking: bool = False) -> None:
        self._card, self.non_blocking = card, non_blocking

    def __enter__(self) -> Stream:
        self._card.streams.append(self)
        return self

    def __exit__(self, *error: object) -> None:
        assert self._card.streams.pop() is self

    def synchronize(self) -> None:
        self._card.refuse("cudaErrorStreamCaptureUnsupported", CUDARuntimeError)

    def begin_capture(self) -> None:
        card = self._card
        assert self.non_blocking, "a blocking stream records the default stream's work, or fails"
        assert card.streams[-1] is self, "another stream is current: its work would not be recorded"
        assert card.allocators[-1] is not None, "memory from the common pool may be given away"
        card.nodes, card.spoiled = [], False

    def end_capture(self) -> Graph:
        nodes, self._card.nodes = self._card.nodes, None
        assert nodes is not None, "nothing is recording"
        if self._card.spoiled:
            raise CUDARuntimeError("cudaErrorStreamCaptureInvalidated")
        return Graph(self._card, nodes, self._card.allocators[-1].__self__)


class MemoryPool:
    """Memory of one's own; here only remembered."""

    def malloc(self, size: int) -> Any:
        raise NotImplementedError("only its name is used")


class Array:
    """An array of the card: ``memory`` is NumPy's."""

    __array_ufunc__ = None

    def __init__(self, card: Card, memory: np.ndarray) -> None:
        self.card, self.memory = card, memory

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Implicit conversion to a NumPy array is not allowed.")

    def __len__(self) -> int:
        return len(self.memory)

    def __iter__(self) -> Iterator[Array]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, place: Any) -> Any:
        for index in place if isinstance(place, tuple) else (place,):
            if isinstance(index, Array) and index.dtype == bool:
                self.card.read_back()
        return self.card.run(operator.getitem, self, place)

    def __setitem__(self, place: Any, value: Any) -> None:
        self.card.run(operator.setitem, self, place, value, writes=self)

    def __getattr__(self, name: str) -> Any:
        if name in ("shape", "dtype", "ndim", "size", "strides", "itemsize", "nbytes", "flags"):
            return getattr(self.memory, name)
        if name == "T":
            return Array(self.card, self.memory.T)
        if name.startswith("__") or name in names.NOT_METHODS or not hasattr(np.ndarray, name):
            raise AttributeError(name)
        method = getattr(np.ndarray, name)
        writes = self if name in ("fill", "sort") else None
        return lambda *args, **kwargs: self.card.run(method, self, *args, writes=writes, **kwargs)

    def get(self) -> np.ndarray:
        self.card.read_back()
        return self.memory.copy()

    def item(self) -> Any:
        return self.get().item()

    def tolist(self) -> Any:
        return self.get().tolist()

    def __float__(self) -> float:
        return float(self.get())

    def __int__(self) -> int:
        return int(self.get())

    def __index__(self) -> int:
        return operator.index(self.get())

    def __bool__(self) -> bool:
        return bool(self.get())


def _binary(name: str) -> Callable[[Array, Any], Any]:
    function = getattr(operator, name)

    def forward(self: Array, other: Any) -> Any:
        return self.card.run(function, self, other, library=name == "matmul")

    return forward


def _unary(name: str) -> Callable[[Array], Any]:
    function = getattr(operator, name)
    return lambda self: self.card.run(function, self)


def _reflected(name: str) -> Callable[[Array, Any], Any]:
    function = getattr(operator, name)
    return lambda self, other: self.card.run(function, other, self)


def _in_place(name: str) -> Callable[[Array, Any], Any]:
    function = getattr(operator, f"i{name}")

    def change(self: Array, other: Any) -> Array:
        self.card.run(function, self, other, writes=self)
        return self

    return change


OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "matmul")
for _name in OPERATORS:
    _plain = f"{_name}_" if _name in ("and", "or") else _name
    setattr(Array, f"__{_name}__", _binary(_plain))
    setattr(Array, f"__r{_name}__", _reflected(_plain))
    setattr(Array, f"__i{_name}__", _in_place(_name))
for _name in ("lt", "le", "eq", "ne", "gt", "ge"):
    setattr(Array, f"__{_name}__", _binary(_name))
for _name in ("neg", "abs", "invert"):
    setattr(Array, f"__{_name}__", _unary(_name))


class Card:
    """The module in CuPy's place, and the card behind it.

    Attributes:
        reads: How often an array was read back, which waits for the card.
        launches: How often a graph was launched.
        nodes: What is being recorded, or None.
    """

    ndarray = Array

    def __init__(self) -> None:
        self.reads, self.launches, self.spoiled = 0, 0, False
        self.nodes: list[Callable[[], Any]] | None = None
        self.streams: list[Stream | None] = [Stream(self)]
        self.allocators: list[Any] = [None]
        self.random = SimpleNamespace(default_rng=lambda seed: Generator(self, seed))
        self.cuda = SimpleNamespace(
            Stream=lambda non_blocking=False: Stream(self, non_blocking),
            get_current_stream=lambda: self.streams[-1],
            MemoryPool=MemoryPool,
            using_allocator=self._using_allocator,
            runtime=SimpleNamespace(getDeviceCount=lambda: 1, CUDARuntimeError=CUDARuntimeError),
        )
        windows = np.lib.stride_tricks.sliding_window_view
        self.lib = SimpleNamespace(
            stride_tricks=SimpleNamespace(
                sliding_window_view=lambda *args, **kw: self.run(windows, *args, **kw)
            )
        )
        for name in names.DTYPES:
            setattr(self, name, getattr(np, name))

    def __getattr__(self, name: str) -> Any:
        if name not in names.FUNCTIONS:
            raise AttributeError(f"the stand-in for CuPy has no {name}")
        function = getattr(np, name)

        def call(*args: Any, out: Array | None = None, **kwargs: Any) -> Any:
            if name not in names.CREATORS and not any(isinstance(a, Array) for a in flat(args)):
                raise TypeError(f"cupy.{name} of {[type(a).__name__ for a in args]}")
            if name in names.SIZED_BY_VALUES:
                self.read_back()
            writes = args[0] if name == "copyto" else out
            if out is not None:
                kwargs["out"] = out
            return self.run(
                function, *args, writes=writes, library=name in names.LIBRARIES, **kwargs
            )

        return call

    def asarray(self, array: Any, dtype: Any = None) -> Array:
        if isinstance(array, Array):
            wanted = array.dtype if dtype is None else np.dtype(dtype)
            return array if array.dtype == wanted else array.astype(wanted)
        self.refuse("the current stream is capturing, so H2D transfers are disallowed")
        return Array(self, np.array(array, dtype))

    array = asarray

    def asnumpy(self, array: Array) -> np.ndarray:
        return array.get() if isinstance(array, Array) else np.asarray(array)

    def ElementwiseKernel(self, inputs: str, outputs: str, body: str, name: str) -> Any:
        return kernels.Elementwise(self, inputs, outputs, body, name)

    def RawKernel(self, source: str, name: str) -> Any:
        return kernels.Raw(self, source, name)

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        writes: Array | None = None,
        library: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Compute at once; or, while recording, only prepare the memory and note the operation."""
        if library:
            self.refuse("calling cuBLAS API during stream capture is unsupported")
        raw = [memory_of(arg) for arg in args]
        named = {name: memory_of(arg) for name, arg in kwargs.items()}
        if self.nodes is not None and writes is not None:
            self.nodes.append(lambda: function(*raw, **named))
            return writes
        with np.errstate(all="ignore"):  # a card warns of nothing
            probe = function(*raw, **named)
        if self.nodes is None:
            return self._wrapped(probe, writes)
        probe = np.asarray(probe)
        if any(np.may_share_memory(probe, a) for a in flat(raw) if isinstance(a, np.ndarray)):
            return Array(self, probe)
        result = np.full_like(probe, np.nan if probe.dtype.kind == "f" else 0)
        self.nodes.append(lambda: np.copyto(result, function(*raw, **named)))
        return Array(self, result)

    def note(self, work: Callable[[], None]) -> None:
        """Do it, or record it."""
        work() if self.nodes is None else self.nodes.append(work)

    def read_back(self) -> None:
        """Count a wait for the card, which a recording does not allow."""
        self.refuse("the current stream is capturing, so D2H transfers are disallowed")
        self.reads += 1

    def refuse(self, why: str, error: type[Exception] = RuntimeError) -> None:
        """Raise the error if a stream records; the recording is spoiled then."""
        if self.nodes is not None:
            self.spoiled = True
            raise error(why)

    def _wrapped(self, result: Any, writes: Array | None) -> Any:
        if writes is not None:
            return writes
        if isinstance(result, tuple | list):
            return tuple(Array(self, part) for part in result)
        return Array(self, np.asarray(result))

    @contextmanager
    def _using_allocator(self, malloc: Any) -> Iterator[None]:
        self.allocators.append(malloc)
        yield
        self.allocators.pop()


class Generator:
    """``cupy.random.Generator``: fewer methods, and ``out`` without ``size`` is one number."""

    def __init__(self, card: Card, seed: int) -> None:
        self._card, self._rng = card, np.random.default_rng(seed)

    def __getattr__(self, name: str) -> Any:
        if name not in names.GENERATOR:
            raise AttributeError(f"cupy.random.Generator has no {name}")
        draw = getattr(self._rng, name)

        def on_card(*args: Any, **kwargs: Any) -> Array:
            self._card.refuse("randomness in a recording")
            out = kwargs.pop("out", None)
            drawn = np.asarray(draw(*args, **kwargs))
            if out is None:
                return Array(self._card, drawn)
            out.memory[...] = drawn
            return out

        return on_card
