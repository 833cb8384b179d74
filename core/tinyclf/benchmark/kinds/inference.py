"""Forward passes through a deep network of square layers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from pydantic import AliasChoices, Field, model_validator

from tinyclf.benchmark import peers
from tinyclf.benchmark.kinds.limits import Limit, Product, Reading
from tinyclf.benchmark.settings import OURS, CaseSettings, Name, Performance, Settings, Whole
from tinyclf.benchmark.work import Work, Workload, checksum_of

if TYPE_CHECKING:
    from tinyclf.nn.backend import Backend
    from tinyclf.nn.network import Network

Precision = Literal["f4", "f8", "f2", "int8", "1bit"]
Activation = Literal["sigmoid", "tanh", "relu", "leaky-relu", "gelu", "sign"]
Library = Literal["tinyclf", "pytorch", "onnxruntime", "scikit-learn"]

BITS = {"f4": 32, "f8": 64, "f2": 16, "int8": 8, "1bit": 1}
"""Of one weight, by precision."""

ONE_BIT: Precision = "1bit"
SIGN: Activation = "sign"

CHAINED = ("sigmoid", "tanh", "relu", SIGN)
"""Activations whose layers run in a row (:mod:`tinyclf.nn.inference.chains`, of bits likewise)."""


LAYER_COPIES = 3
"""Of one layer in f8, at most, while it is drawn or folded."""

INPUT_COPIES = 5
"""Of the inputs, at most, while they are on their way through a layer."""

SPARE_BYTES = 32_000_000
"""What is freed and kept for later, by the allocator and by BLAS."""


class Epsilons(Settings):
    """Where the core's sigmoids and hyperbolic tangents cut; see :mod:`tinyclf.nn.stability`."""

    epsilon_exp: float = Field(
        default=0.0, ge=0, le=0.1, validation_alias=AliasChoices("epsilon_exp", "exp")
    )
    epsilon_square: float = Field(
        default=0.0, ge=0, le=0.1, validation_alias=AliasChoices("epsilon_square", "square")
    )


class Shape(Settings):
    """Layers of ``dimension`` inputs and as many outputs, one behind the other."""

    layers: Whole = Field(default=100, ge=1, le=10_000)
    dimension: Whole = Field(default=128, ge=1, le=65_536)


class Math(Settings):
    """How the layers are computed.

    Attributes:
        precision: Of the weights; with f2 and int8 the arithmetic is that of f4.
        activation: What follows each layer; with 1bit it is the sign, and only there.
    """

    precision: Precision = "f4"
    activation: Activation = "sigmoid"
    epsilons: Epsilons = Epsilons()

    @model_validator(mode="after")
    def _sign_goes_with_one_bit(self) -> Self:
        if (self.activation == SIGN) != (self.precision == ONE_BIT):
            raise ValueError("1-bit layers have the activation sign, and no others have it")
        return self


class Inference(CaseSettings):
    """So many forward passes of one batch, an epoch each.

    Attributes:
        name: What the benchmark is called; may be empty.
        nepochs: Forward passes that are timed together.
        batch: Inputs in each.
        library: Whose network it is.
    """

    kind: Literal["inference"] = "inference"
    name: Name = ""
    library: Library = OURS
    nepochs: Whole = Field(default=100, ge=1, le=1_000_000)
    batch: Whole = Field(default=1, ge=1, le=65_536)
    shape: Shape = Shape()
    math: Math = Math()
    performance: Performance = Performance()

    @property
    def is_ours(self) -> bool:
        """Whether our core computes it."""
        return self.library == OURS

    @property
    def on_one_core(self) -> bool:
        """Whether our compiled kernels compute it on one core, whatever the number of threads.

        So they do for a single input of layers that run in a row. Without them, NumPy's BLAS may
        take more threads for layers of some widths.
        """
        chained = self.math.activation in CHAINED
        return self.is_ours and chained and self.batch == 1 and self.performance.device == "cpu"

    @model_validator(mode="after")
    def _can_be_computed(self) -> Self:
        if reason := peers.refusal(self):
            raise ValueError(reason)
        if self.math.precision == "1bit" and self.performance.device != "cpu":
            raise ValueError("1-bit layers are computed in main memory: choose the device cpu")
        return self

    def words(self) -> str:
        """Return what is measured, in a line."""
        shape, math = self.shape, self.math
        how = f"{math.precision}, {math.activation}, batch {self.batch}"
        return f"{shape.layers} × {shape.dimension}², {how}"

    def work(self) -> Work:
        """Return the work of all epochs.

        The bytes of a layer are T · (N² + N), of T bytes a number and dimension N: its weights and
        its biases. Drawn they are in the precision of the arithmetic, layer by layer in f8; then
        our core makes what it predicts with, again layer by layer.
        """
        layers, n = self.shape.layers, self.shape.dimension
        weights = -(-layers * (n * n + n) * BITS[self.math.precision] // 8)  # rounded up
        number = 8 if self.math.precision == "f8" else 4
        drawn = layers * (n * n + n) * number
        made = 8 * weights if self.math.precision == ONE_BIT else weights  # signs, before packing
        held = drawn + made if self.is_ours else peers.copies(self.library) * drawn
        layer = LAYER_COPIES * (n * n + n) * 8
        inputs = INPUT_COPIES * self.batch * n * number
        return Work(
            self.nepochs,
            "inference",
            read_bytes=self.nepochs * weights,
            operations=self.nepochs * 2 * self.batch * layers * n * n,
            needed_bytes=held + max(layer, inputs) + SPARE_BYTES,
        )

    def limits(self) -> tuple[Limit, ...]:
        """Return what this machine can do at most, to hold the case against.

        What one core computes is held against what one core reads.
        """
        weights = self.work().read_bytes // self.nepochs
        readers = Performance(threads=1) if self.on_one_core else self.performance
        arithmetic: Literal["f4", "f8"] = "f8" if self.math.precision == "f8" else "f4"
        return (
            Reading(read_bytes=weights, performance=readers),
            Product(precision=arithmetic, performance=self.performance),
        )

    def prepare(self) -> Workload:
        """Draw the weights and return the passes, in the process that measures.

        Raises:
            DeviceError: the device is not there.
            ImportError: the library is not there.
        """
        if not self.is_ours:
            return peers.inference(self)
        from tinyclf.nn.backend import choose_backend

        backend = choose_backend(self.performance.device)
        predict, x = self._predictor(backend), backend.asarray(self.inputs())

        def run() -> Any:
            for _ in range(self.nepochs):
                y = predict(x)
            return backend.to_numpy(y)  # waits for a card

        return Workload(run, checksum_of)

    def inputs(self) -> np.ndarray[Any, Any]:
        """Return the batch (batch, dimension), the same for every library."""
        dtype = np.float64 if self.math.precision == "f8" else np.float32
        return np.random.default_rng(1).random((self.batch, self.shape.dimension), dtype)

    def network(self) -> Network:
        """Return the network, in the core's terms."""
        from tinyclf.nn.architecture import ACTIVATIONS
        from tinyclf.nn.forward_error import stabilized
        from tinyclf.nn.initializers import Glorot
        from tinyclf.nn.layers import BinaryLinear, Linear, Sign
        from tinyclf.nn.network import Network
        from tinyclf.nn.stability import Stability

        n = self.shape.dimension
        if self.math.precision == "1bit":
            # Inputs are from 0 to 1: in bits, whether they are more than a half.
            pairs = (
                (Sign(0.5 if i == 0 else 0.0), BinaryLinear(n, n)) for i in range(self.shape.layers)
            )
            return Network((n,), tuple(layer for pair in pairs for layer in pair))
        activation = ACTIVATIONS[self.math.activation]()
        network = Network((n,), (Linear(n, n, Glorot()), activation) * self.shape.layers)
        epsilons = self.math.epsilons
        return stabilized(network, Stability(epsilons.epsilon_exp, epsilons.epsilon_square))

    def theta(self, backend: Backend) -> Any:
        """Return the network's parameters, drawn in the precision as for training."""
        dtype = np.float64 if self.math.precision == "f8" else np.float32
        return self.network().initialize(np.random.default_rng(0), dtype, backend=backend)

    def _predictor(self, backend: Backend) -> Any:
        from tinyclf.nn.backend import NumpyBackend

        network, theta = self.network(), self.theta(backend)
        if isinstance(backend, NumpyBackend) and self.math.precision == "1bit":
            from tinyclf.nn.bits import pack_network

            packed = pack_network(network, theta, backend=backend)
            return partial(packed.predict, backend=backend)
        from tinyclf.nn.inference import predictor

        return predictor(network, theta, backend=backend, precision=self.math.precision)
