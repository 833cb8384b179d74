"""Steps of a real training, from examples to parameters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator, model_validator

from tinyclf.benchmark import peers
from tinyclf.benchmark.kinds.limits import Limit, Product
from tinyclf.benchmark.kinds.named_data import (
    LONGEST_NUMBER,
    MOST_CLASSES,
    MOST_EXAMPLES,
    MOST_INPUTS,
    Sizes,
    arrays_of,
    sizes_of,
)
from tinyclf.benchmark.settings import (
    OURS,
    SEEN_FROM,
    CaseSettings,
    Name,
    Performance,
    Whole,
    seen_from_its_folder,
)
from tinyclf.benchmark.work import Work, Workload, checksum_of
from tinyclf.errors import ConfigError

if TYPE_CHECKING:
    from tinyclf.nn.objective import Objective
    from tinyclf.training.config import TrainingConfig

Library = Literal["tinyclf", "pytorch", "scikit-learn"]
Width = Annotated[int, Field(strict=True, ge=1, le=8192)]

SYNTHETIC = "synthetic"

APART = 4.0
"""From the middle of a class to that of the next, in standard deviations of the noise: a few
examples of a hundred lie nearer to a wrong one."""

TARGET_BYTES = 20
"""An example's share of a class takes, while the trainer looks whether the shares sum to 1."""

MEASURED_ROWS = 1024
"""Examples that go through the network at a time where the trainer looks how it does."""


class Training(CaseSettings):
    """A network trained from the beginning, so many times through all examples.

    Attributes:
        name: What the benchmark is called; may be empty.
        library: Whose network it is.
        data: What it learns; ``"synthetic"`` is drawn, all else is the path of a file of arrays,
            see :mod:`tinyclf.benchmark.kinds.named_data`.
        examples: How many there are. It and the next two are those of the file, if there is one,
            where the validation says from where paths are meant.
        inputs: Numbers of an example.
        classes: How many kinds of examples there are.
        hidden: Widths of the hidden layers; empty for a linear classifier.
        activation: What follows each hidden layer.
        loss: What is made small.
        optimizer: How; ``"sgd"`` is Nesterov's with momentum.
        learning_rate: Of every step.
        batch: Examples a step.
        epochs: How often each example is seen in a pass.
        precision: Of the arithmetic.
    """

    kind: Literal["training"] = "training"
    name: Name = ""
    library: Library = OURS
    data: str = Field(default=SYNTHETIC, max_length=4096)
    examples: Whole = Field(default=10_000, ge=1, le=MOST_EXAMPLES)
    inputs: Whole = Field(default=784, ge=1, le=MOST_INPUTS)
    classes: Whole = Field(default=10, ge=2, le=MOST_CLASSES)
    hidden: tuple[Width, ...] = Field(default=(128, 128), max_length=32)
    activation: Literal["relu", "leaky-relu", "gelu", "sigmoid", "tanh"] = "relu"
    loss: Literal["softmax", "ordinal", "corn", "hinge", "squared-error"] = "softmax"
    optimizer: Literal["sgd", "adam", "adamw"] = "adam"
    learning_rate: float = Field(default=1e-3, ge=1e-6, le=10)
    batch: Whole = Field(default=128, ge=1, le=65_536)
    epochs: Whole = Field(default=1, ge=1, le=10_000)
    precision: Literal["f4", "f8"] = "f4"
    performance: Performance = Performance()

    @field_validator("data")
    @classmethod
    def _is_known(cls, data: str, validation: ValidationInfo) -> str:
        if data == SYNTHETIC:
            return data
        if not (data.endswith(".npz") and data.isprintable()):
            raise ValueError(
                "it must be synthetic, or the path of a file, which ends in .npz and can be printed"
            )
        path = seen_from_its_folder(data, validation)
        if _is_asked_for(validation):
            try:
                sizes_of(Path(path))
            except ConfigError as error:
                raise ValueError(str(error)) from error
        return path

    @model_validator(mode="after")
    def _has_the_sizes_of_its_data(self, validation: ValidationInfo) -> Self:
        if self.data == SYNTHETIC or not _is_asked_for(validation):
            return self
        sizes = sizes_of(Path(self.data)).as_settings()
        wrong = [
            f"{size:,} {name}, not {getattr(self, name):,}"
            for name, size in sizes.items()
            if name in self.model_fields_set and getattr(self, name) != size
        ]
        if wrong:
            raise ValueError(f"{self.data} has {'; '.join(wrong)}: leave that out")
        return self.model_copy(update=sizes)

    @property
    def is_ours(self) -> bool:
        """Whether our core trains it."""
        return self.library == OURS

    @model_validator(mode="after")
    def _its_library_can(self) -> Self:
        if reason := peers.refusal(self):
            raise ValueError(reason)
        return self

    def words(self) -> str:
        """Return what is measured, in a line."""
        shape = "-".join(str(width) for width in (self.inputs, *self.hidden, self.classes))
        named = "" if self.data == SYNTHETIC else f" of {Path(self.data).name}"
        return (
            f"training {shape}, {self.precision}, {self.activation}, {self.optimizer}, "
            f"batch {self.batch}, {self.epochs:,} × {self.examples:,} examples{named}"
        )

    def work(self) -> Work:
        """Return the work of a pass.

        A layer from m numbers to n takes 2 · m · n operations an example for its outputs, as many
        for the gradient of its weights, and as many for that of its inputs, which the first layer
        does not need.
        """
        widths = self._widths()
        products = [m * n for m, n in pairwise(widths)]
        seen = self.epochs * self.examples
        number = np.dtype(self.precision).itemsize
        read = 0 if self.data == SYNTHETIC else LONGEST_NUMBER
        data = self.examples * (self.inputs * (number + read) + self.classes * TARGET_BYTES + 3 * 8)
        middles = 2 * 8 * self.classes * self.inputs
        parameters = 8 * 8 * (sum(products) + sum(widths))
        rows = max(min(self.batch, self.examples), MEASURED_ROWS)
        step = rows * (4 * sum(widths) + 8 * self.classes) * number
        return Work(
            seen,
            "example",
            operations=seen * (6 * sum(products) - 2 * products[0]),
            needed_bytes=data + middles + parameters + step,
        )

    def limits(self) -> tuple[Limit, ...]:
        """Return what this machine can do at most, to hold the case against."""
        return (Product(precision=self.precision, performance=self.performance),)

    def prepare(self) -> Workload:
        """Draw or read the examples and return the passes, in the process that measures.

        Raises:
            ConfigError: the file of the examples is gone, damaged, or another one by now.
            DeviceError: the device is not there.
            ImportError: the library is not there.
        """
        if not self.is_ours:
            return peers.training(self)
        from tinyclf.nn.backend import choose_backend
        from tinyclf.training.examples import Examples
        from tinyclf.training.relay import drained
        from tinyclf.training.trainer import Trainer

        backend = choose_backend(self.performance.device)
        trainer = Trainer(self.objective(), self.config(), backend)
        examples = Examples(*self.arrays())

        def run() -> Any:
            theta = drained(trainer.train(examples, np.random.default_rng(0)))
            return backend.to_numpy(theta)

        return Workload(run, checksum_of)

    def arrays(self) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Return inputs (examples, inputs) and classes (examples,), the same for every library.

        Where they are drawn, noise of deviation 1 lies around a middle for each class. From one
        middle to the next it is a step in a random direction, so that the order of the classes can
        be learned, too.

        Raises:
            ConfigError: the file they are read from is gone, damaged, or another one by now.
        """
        if self.data != SYNTHETIC:
            sizes = Sizes(self.examples, self.inputs, self.classes)
            return arrays_of(Path(self.data), sizes, self.precision)
        rng = np.random.default_rng(1)
        steps = rng.standard_normal((self.classes, self.inputs)) * APART / self.inputs**0.5
        middles = steps.cumsum(axis=0)
        middles -= middles.mean(axis=0)
        x = rng.standard_normal((self.examples, self.inputs), np.dtype(self.precision))
        for each in range(self.classes):
            x[each :: self.classes] += middles[each]
        return x, np.arange(self.examples) % self.classes

    def objective(self) -> Objective:
        """Return the network and its loss, in the core's terms."""
        from tinyclf.training.recipe import build_objective

        unweighted = np.empty(0, np.int64)
        return build_objective(self.config(), self.inputs, unweighted, self.classes)

    def config(self) -> TrainingConfig:
        """Return how it is trained, in the core's terms."""
        from tinyclf.training.config import TrainingConfig

        return TrainingConfig(
            loss=self.loss,
            hidden=self.hidden,
            activation=self.activation,
            dropout=0.0,
            input_dropout=0.0,
            mixup=0.0,
            optimizer=self.optimizer,
            learning_rate=self.learning_rate,
            schedule="constant",
            weight_decay=0.01,
            batch_size=self.batch,
            epochs=self.epochs,
            least_steps=0,
            second_opinion="never",
            precision=self.precision,
        )

    def _widths(self) -> tuple[int, ...]:
        """Return the numbers that enter the network, leave each hidden layer, and leave it."""
        from tinyclf.training.choices import LOSSES

        return (self.inputs, *self.hidden, LOSSES[self.loss](self.classes, None).n_outputs)


def _is_asked_for(validation: ValidationInfo) -> bool:
    """Return whether a person's settings are read: not those of a report, or for a process."""
    return (validation.context or {}).get(SEEN_FROM) is not None
