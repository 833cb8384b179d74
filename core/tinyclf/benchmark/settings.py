"""What settings have in common: they refuse what they do not know."""

from __future__ import annotations

import os
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from tinyclf.benchmark.speed import MOST_THREADS

WORDS = "words"
"""The key, in a field's ``json_schema_extra``, of what it may be, where its type does not say."""

Device: TypeAlias = Literal["cpu", "cuda"]
Whole: TypeAlias = Annotated[int, Field(strict=True)]
"""A whole number; True and 2.0 are none."""

Bytes: TypeAlias = Annotated[int, Field(ge=0, lt=1 << 60)]
"""So many bytes of memory as an address can reach."""

Count: TypeAlias = Annotated[int, Field(ge=1, le=1 << 16)]
"""So many cores or threads as a machine can have."""

LONGEST_NAME = 200

Name: TypeAlias = Annotated[
    str,
    Field(
        max_length=LONGEST_NAME,
        pattern=r"^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$",
        json_schema_extra={WORDS: f"text of at most {LONGEST_NAME} letters, on one line"},
    ),
]
"""What a benchmark is called."""

OURS: Literal["tinyclf"] = "tinyclf"
"""Our core, among the libraries that a case can name."""

SEEN_FROM = "seen_from"
"""The key, in the context of a validation, of the folder from which paths are meant."""


def seen_from_its_folder(path: str, validation: ValidationInfo) -> str:
    """Return a path as it is; or absolute, where the validation says from where it is meant."""
    folder = (validation.context or {}).get(SEEN_FROM)
    return path if folder is None else os.path.abspath(os.path.join(folder, path))  # noqa: PTH100, PTH118


Folder: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=4096, pattern=r"^[^\x00]+$"),
    AfterValidator(seen_from_its_folder),
]
"""The path of a folder, absolute or from where the program was started."""


class Settings(BaseModel):
    """A group of settings: frozen; an unknown name or a value out of range is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CaseSettings(Settings):
    """What is measured: what every kind has in common."""

    @property
    def is_ours(self) -> bool:
        """Whether this program does it, and not another library."""
        return True

    def clean_up_after(self, process: int) -> None:
        """Remove what a process left behind that measured it; most leave nothing.

        Args:
            process: Its number; it has ended, or is about to.
        """


class Performance(Settings):
    """What the machine may use.

    Attributes:
        threads: At most so many; None for as many as there are cores.
        device: ``"cpu"``, or ``"cuda"`` for an NVIDIA card through CuPy.
    """

    threads: Whole | None = Field(default=None, ge=1, le=MOST_THREADS)
    device: Device = "cpu"


class WithoutCard(Performance):
    """What the machine may use for what no card does."""

    device: Literal["cpu"] = "cpu"


class OneThread(WithoutCard):
    """What the machine may use for what is done step by step."""

    threads: Literal[1] = 1
