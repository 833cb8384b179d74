"""CuPy's kernels, compiled from their CUDA sources for the processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tests.nn.card import cuda_on_cpu
from tests.nn.card.cuda_sources import C_NAMES, elementwise_source, parameters
from tests.nn.card.memory import memory_of

if TYPE_CHECKING:
    from tests.nn.card.stand_in import Card


class Raw:
    """A raw kernel, compiled for the processor at its first launch."""

    def __init__(self, card: Card, source: str, name: str) -> None:
        self._card, self._source, self._name = card, source, name
        self._compiled = False

    def __call__(
        self, grid: tuple[int, ...], block: tuple[int, ...], args: tuple[Any, ...]
    ) -> None:
        if not self._compiled:
            self._card.refuse("a kernel was not compiled before the recording")
        self._compiled = True
        raw = [memory_of(arg) for arg in args]
        self._card.note(lambda: cuda_on_cpu.launch(self._source, self._name, grid, block, raw))


class Elementwise:
    """An elementwise kernel; its outputs must be given, and be contiguous."""

    def __init__(self, card: Card, inputs: str, outputs: str, body: str, name: str) -> None:
        self._card, self._body, self._name = card, body, name
        self._declared = parameters(inputs, outputs)
        self._compiled: set[Any] = set()

    def __call__(self, *args: Any) -> None:
        raw = [memory_of(arg) for arg in args]
        pairs = list(zip(self._declared, raw, strict=True))
        size = next(a.size for p, a in pairs if p.output)
        assert all(a.flags.c_contiguous and a.size == size for p, a in pairs if p.output)
        if size == 0:
            return
        shape = next(a.shape for p, a in pairs if p.output)
        types: dict[str, str] = {}
        for parameter, array in pairs:
            if isinstance(array, np.ndarray):
                held = C_NAMES[array.dtype.name]
                wanted = C_NAMES.get(parameter.type_name)
                known = types.setdefault(parameter.type_name, held) if wanted is None else wanted
                assert known == held, f"{self._name}: Type is mismatched. {parameter.name} {held}"
        types = {letter: c for letter, c in types.items() if letter not in C_NAMES}
        arrays = {p.name for p, a in pairs if isinstance(a, np.ndarray) and not p.raw}
        source = elementwise_source(self._declared, self._body, self._name, types, arrays)
        if source not in self._compiled:
            self._card.refuse("a kernel was not compiled before the recording")
        self._compiled.add(source)

        def work() -> None:
            passed: list[Any] = []
            for parameter, value in pairs:
                if parameter.raw or parameter.output or not isinstance(value, np.ndarray):
                    passed.append(value)
                elif value.size == 1:
                    passed += [value, 0]
                else:
                    passed += [np.ascontiguousarray(np.broadcast_to(value, shape)), 1]
            blocks = min(-(-size // 128), 3)  # fewer than numbers: each thread takes several
            cuda_on_cpu.launch(source, self._name, (blocks,), (128,), [*passed, size])

        self._card.note(work)
