"""The fields of a configuration's form: a row each, with its words and its limits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication

from tinyclf.training.config import MAX_LAYERS, MAX_WIDTH, ORDERED, RANGES, TrainingConfig


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
        number: Whether the words are numbers, of which a file may hold others.
    """

    entries: tuple[Entry, ...]
    number: bool = False


@dataclass(frozen=True)
class Number(_Row):
    """A setting that is a number.

    Attributes:
        limits: The least and the most it may be.
        decimals: How many digits after the point; with none it is a whole number.
        step: How far an arrow goes; 0 for a tenth of the number's own size.
        none: What is shown where the setting is ``None``, below the least; "" if it never is.
    """

    limits: tuple[float, float]
    decimals: int = 0
    step: float = 1
    none: str = ""


@dataclass(frozen=True)
class Widths(_Row):
    """The hidden layers' widths, one by one."""


Row: TypeAlias = Choice | Number | Widths


@dataclass(frozen=True)
class Group:
    """Rows that belong together.

    Attributes:
        title: Above them; "" for none.
        rows: The settings.
    """

    title: str
    rows: tuple[Row, ...]


COMMON = Group("", (
    Choice("features", _("Looks at"), _("What the network is given of a photo."), (
        Entry("embedding", _("Pretrained eye"),
              _("sees paper, ink and damage; it learned on a million other pictures")),
        Entry("plain-embedding", _("One eye only"),
              _("without the second one, which learned what damage is; else it joins if it helps")),
        Entry("small-embedding", _("A quick glance"),
              _("the same eye on a small picture: four times as fast, blind to fine damage")),
        Entry("attention-map", _("Place by place"),
              _("both eyes, and a second network that chooses where to look; can show where")),
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
    Choice("balance", _("Rare grades"),
           _("How much the photos of a grade weigh of which you have few (class weights)."), (
        Entry("0", _("As they come"),
              _("every photo weighs the same; most photos are right so")),
        Entry("0.5", _("Weigh more"),
              _("finds more rare ones, loses 1 to 3 of 100 others (half inverse frequency)")),
        Entry("1", _("Weigh fully"),
              _("every grade weighs the same, however few its photos (inverse frequency)")),
    ), number=True),
    Number("layers", _("Hidden layers"),
           _("How many stand between photo and grade; 0 is a straight line, 1 is mostly enough."),
           (0, MAX_LAYERS)),
    Number("width", _("Perceptrons"),
           _("In each hidden layer (its dimension): more learn by heart sooner, and take longer."),
           (1, MAX_WIDTH)),
    Number("learning_rate", _("Learning rate"),
           _("How far a step goes: too large and training diverges, too small and it crawls."),
           RANGES["learning_rate"], decimals=6, step=0),
    Number("epochs", _("Epochs"),
           _("Passes over your grades; with few grades there are more of them."),
           RANGES["epochs"]),
))  # fmt: skip
"""What most who look at details want to change."""

MORE: tuple[Group, ...] = (
    Group(_("How it is built"), (
        Widths("widths", _("Layer by layer"),
               _("The perceptrons of each hidden layer, first to last, such as 1000, 100.")),
        Choice("activation", _("Activation"), _("What follows each hidden layer."), (
            Entry("relu", "ReLU", _("lets through what is positive; the usual choice")),
            Entry("leaky-relu", _("Leaky ReLU"),
                  _("lets a little of the negative through, so that no perceptron falls silent")),
            Entry("gelu", "GELU", _("ReLU with a smooth bend, a little slower")),
            Entry("sigmoid", _("Sigmoid"), _("squeezes everything between 0 and 1; learns slowly")),
            Entry("tanh", "Tanh", _("squeezes everything between −1 and 1")),
        )),
        Choice("weights", _("Weights"), _("What a hidden perceptron may do with its inputs."), (
            Entry("real", _("Real numbers"), _("weigh each; the usual choice")),
            Entry("1-bit", _("Plus or minus"),
                  _("add or subtract each, and answer yes or no (1-bit, straight-through)")),
        )),
        Choice("precision", _("Precision"), _("Of the numbers it computes with."), (
            Entry("f4", _("Single"), _("32 bits a number (f4): faster, and as good")),
            Entry("f8", _("Double"), _("64 bits a number (f8), for comparison")),
        )),
    )),
    Group(_("Against learning by heart"), (
        Number("dropout", _("Dropout"),
               _("The share of perceptrons left out at each step; 0 for none."),
               RANGES["dropout"], decimals=2, step=0.05),
        Number("input_dropout", _("Input dropout"),
               _("The share of what it sees of a photo left out at each step; 0 for none."),
               RANGES["input_dropout"], decimals=2, step=0.05),
        Number("mixup", _("Mixup"),
               _("How far photos, and their grades, are blended in pairs (alpha); 0 for never."),
               RANGES["mixup"], decimals=3, step=0.1),
        Number("weight_decay", _("Weight decay"),
               _("How fast weights fade that nothing keeps up; with AdamW only."),
               RANGES["weight_decay"], decimals=4, step=0),
    )),
    Group(_("How it learns"), (
        Choice("optimizer", _("Optimizer"), _("How a step follows from the mistakes."), (
            Entry("adamw", "AdamW",
                  _("each weight steps at its own pace, and fades a little; the usual choice")),
            Entry("adam", "Adam", _("as AdamW, but no weight fades")),
            Entry("sgd", "SGD",
                  _("one pace for all weights, with momentum; the learning rate must suit")),
        )),
        Choice("schedule", _("Schedule"),
               _("How the learning rate runs from first to last step."), (
            Entry("constant", _("Stays the same"), _("as large in the end as in the beginning")),
            Entry("cosine", _("Falls smoothly"),
                  _("large steps first, ever finer ones in the end (cosine); the usual choice")),
            Entry("one-cycle", _("Up, then down"),
                  _("a gentle beginning, then large steps, then fine ones (one cycle)")),
        )),
        Number("momentum", _("Momentum"),
               _("How much of the last step the next one keeps; with SGD only."),
               RANGES["momentum"], decimals=3, step=0.05),
        Number("batch_size", _("Photos a step"),
               _("How many are looked at before the weights move (the batch)."),
               RANGES["batch_size"]),
        Number("least_steps", _("Least steps"),
               _("With few photos there are more passes, until this many steps are made."),
               RANGES["least_steps"]),
    )),
    Group(_("How it is judged"), (
        Number("folds", _("Parts"),
               _("Your grades are split into so many; each is judged by a network that never saw "
                 "it, and all propose together (folds)."),
               RANGES["folds"]),
        Choice("second_opinion", _("Second opinion"),
               _("A simpler network that cares less for the order of grades may have a say."), (
            Entry("where-it-helps", _("Where it helps"),
                  _("as far as your own grades prove it right; the usual choice")),
            Entry("never", _("Never"), _("the network above proposes alone")),
        )),
        Number("patience", _("Stops after"),
               _("So many passes without getting better on photos kept aside (patience)."),
               RANGES["patience"], none=_("never")),
        Number("validation_fraction", _("Kept aside"),
               _("The share of photos that stopping early is judged on."),
               RANGES["validation_fraction"], decimals=2, step=0.05),
    )),
)  # fmt: skip
"""The rest, for the curious."""

FIELDS: tuple[Row, ...] = (*COMMON.rows, *chain.from_iterable(group.rows for group in MORE))
"""All rows, from top to bottom."""


def in_use(config: TrainingConfig) -> dict[str, bool]:
    """Return whether a setting does anything beside the others, for those that may not."""
    hidden, real = bool(config.hidden), config.weights == "real"
    return {
        "width": hidden,
        "activation": hidden and real,
        "weights": hidden,
        "dropout": hidden,
        "weight_decay": config.optimizer == "adamw",
        "momentum": config.optimizer == "sgd",
        "validation_fraction": config.patience is not None,
        "second_opinion": config.loss in ORDERED,
    }


def translated(text: str) -> str:
    """Return a text of the table in the window's language."""
    return QCoreApplication.translate("ConfigForm", text)
