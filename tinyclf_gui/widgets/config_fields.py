"""The fields of a configuration's form: a row each, with its words and its limits."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tinyclf.training.config import MAX_LAYERS, MAX_WIDTH, RANGES


def _(text: str) -> str:
    """Mark a text for the translators; it is translated when it is shown."""
    return text


@dataclass(frozen=True)
class Entry:
    """What a choice offers.

    Attributes:
        word: The configuration's.
        title: A person's.
        words: What it does.
    """

    word: str
    title: str
    words: str


@dataclass(frozen=True)
class _Row:
    """One setting.

    Attributes:
        setting: Its name in the configuration.
        title: Its name for a person.
        words: What it is for.
    """

    setting: str
    title: str
    words: str

    @property
    def role(self) -> str:
        """Its name in camelCase."""
        first, *others = self.setting.split("_")
        return first + "".join(other.title() for other in others)


@dataclass(frozen=True)
class Choice(_Row):
    """A setting that is a word.

    Attributes:
        entries: What it may be.
    """

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Number(_Row):
    """A setting that is a number.

    Attributes:
        limits: The least and the most it may be.
        decimals: How many digits after the point; with none it is a whole number.
        step: How far an arrow goes; 0 for a tenth of the number's own size.
    """

    limits: tuple[float, float]
    decimals: int = 0
    step: float = 1


FIELDS: tuple[Choice | Number, ...] = (
    Choice("features", _("Looks at"), _("What the network is given of a photo."), (
        Entry("embedding", _("Pretrained eye"),
              _("sees paper, ink and damage; it learned on a million other pictures")),
        Entry("small-embedding", _("Quick eye"),
              _("the same in a small picture: four times as fast, blind to fine damage")),
        Entry("pixels", _("Bare pixels"), _("a tiny thumbnail, to see what one gains by the eye")),
        Entry("another", _("Another eye…"), _("an ONNX file, its small manifest beside it")),
    )),
    Choice("loss", _("Grades"), _("What counts as a mistake while it learns (the loss)."), (
        Entry("ordinal", _("In order"),
              _("a 4 for a 5 is a smaller mistake than a 1 for a 5 (cumulative link)")),
        Entry("corn", _("Step by step"),
              _("in order too, but each step up may look for something else (CORN)")),
        Entry("softmax", _("Without order"),
              _("all wrong grades are equally wrong (softmax cross-entropy)")),
        Entry("hinge", _("By a margin"),
              _("without order; the right grade must lead clearly, and no more (hinge)")),
        Entry("squared-error", _("By squares"),
              _("without order; far off counts much, nearly right little (squared error)")),
    )),
    Number("layers", _("Hidden layers"), _("0 is a straight line."), (0, MAX_LAYERS)),
    Number("width", _("Perceptrons"), _("In each hidden layer."), (1, MAX_WIDTH)),
    Choice("activation", _("Activation"), _("What follows each hidden layer."), (
        Entry("relu", "ReLU", _("lets through what is positive; the usual choice")),
        Entry("leaky-relu", _("Leaky ReLU"),
              _("lets a little of the negative through, so that no perceptron falls silent")),
        Entry("gelu", "GELU", _("ReLU with a smooth bend, a little slower")),
        Entry("sigmoid", _("Sigmoid"), _("squeezes everything between 0 and 1; learns slowly")),
        Entry("tanh", "Tanh", _("squeezes everything between −1 and 1")),
    )),
    Number("dropout", _("Dropout"),
           _("The share of perceptrons left out at each step, against learning by heart."),
           RANGES["dropout"], decimals=2, step=0.05),
    Choice("optimizer", _("Optimizer"), _("How a step follows from the mistakes."), (
        Entry("adamw", "AdamW",
              _("each weight steps at its own pace, and fades a little; the usual choice")),
        Entry("adam", "Adam", _("as AdamW, but no weight fades")),
        Entry("sgd", "SGD",
              _("one pace for all weights, with momentum; the learning rate must suit")),
    )),
    Number("learning_rate", _("Learning rate"),
           _("How far a step goes: too large and training diverges, too small and it crawls."),
           RANGES["learning_rate"], decimals=6, step=0),
    Choice("schedule", _("Schedule"), _("How the learning rate runs from first to last step."), (
        Entry("constant", _("Stays the same"), _("as large in the end as in the beginning")),
        Entry("cosine", _("Falls smoothly"),
              _("large steps first, ever finer ones in the end (cosine); the usual choice")),
        Entry("one-cycle", _("Up, then down"),
              _("a gentle beginning, then large steps, then fine ones (one cycle)")),
    )),
    Number("epochs", _("Epochs"),
           _("Passes over your grades; with few grades there are more of them."),
           RANGES["epochs"]),
    Choice("precision", _("Precision"), _("Of the numbers it computes with."), (
        Entry("f4", _("Single"), _("32 bits a number (f4): faster, and as good")),
        Entry("f8", _("Double"), _("64 bits a number (f8), for comparison")),
    )),
)  # fmt: skip
"""From what a network sees and is asked, through its build, to how it learns."""

NEEDS_HIDDEN = frozenset({"width", "activation", "dropout"})
"""The fields that mean nothing without a hidden layer."""


def translated(text: str) -> str:
    """Return a text of the table in the window's language."""
    return QCoreApplication.translate("ConfigForm", text)
