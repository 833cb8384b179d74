"""Every error this program raises on purpose.

::

    TinyClfError
    ├── InputError              what the user gave cannot be used            (exit 2)
    │   ├── PhotoError          a file is no photo we can read
    │   │   └── PhotoChangedError   the photo is gone, or is another one than was imported
    │   ├── CollectionError     a collection file cannot be opened or made
    │   ├── GradesError         a table of grades has rows that cannot be used
    │   ├── GroupsError         a table of groups has rows that cannot be used
    │   ├── ConfigError         a setting is out of its range
    │   │   └── PlanFileError   a file of benchmarks has mistakes (in tinyclf.benchmark.file)
    │   ├── TrainingError       these grades cannot train a classifier
    │   └── ModelError          a model or encoder file is damaged or foreign
    └── FailureError            the program or the machine could not do it   (exit 1)
        ├── StorageError        the disk is full, read-only or gone
        ├── DeviceError         the wanted device is not there
        └── DivergedError       training ran into infinity

A message is one sentence or two: what is wrong, of which thing, and the cure.
It is shown as it stands, in the window and on the command line, without a traceback.
"""

from __future__ import annotations


class TinyClfError(Exception):
    """The root: catch this to catch everything this program raises on purpose."""


class InputError(TinyClfError):
    """What the user gave cannot be used; the message names it and the cure."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The message as it is shown: one line, and more where an error collects several."""
        return (str(self),)


class PhotoError(InputError):
    """A file is no photo we can read; the message is the reason alone, without the path."""


class PhotoChangedError(PhotoError):
    """The photo is gone from its place, or its bytes are no longer those that were imported."""


class CollectionError(InputError):
    """A collection file cannot be opened or made."""


class GradesError(InputError):
    """A table of grades has rows that cannot be used; nothing of it was applied."""


class GroupsError(InputError):
    """A table of groups has rows that cannot be used; nothing of it was applied."""


class ConfigError(InputError):
    """A setting is out of its range; the message names the setting and the range."""


class TrainingError(InputError):
    """These grades cannot train a classifier; the message says what to grade."""


class BadPhotosError(TrainingError):
    """What could be learnt from looks bad; how to learn from it all the same, each face says."""


class ModelError(InputError):
    """A model or encoder file is damaged or foreign."""


class FailureError(TinyClfError):
    """The program or the machine could not do what was rightly asked."""


class StorageError(FailureError):
    """The disk is full, read-only or gone."""


class DeviceError(FailureError):
    """The wanted device is not there."""


class DivergedError(FailureError):
    """Training ran into infinity; the message names the layer, the step and what to try."""
