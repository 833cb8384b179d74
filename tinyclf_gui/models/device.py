"""Where jobs train and propose: looked for in the background, as its library takes a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tinyclf.domain import Job, Progress
from tinyclf.errors import DeviceError
from tinyclf.nn.backend import Backend, NumpyBackend, choose_backend
from tinyclf_gui.models.job_lane import Request

CPU = "cpu"

OnBackend = Callable[[Backend | None], Request]
"""Makes the request of a job that computes there; ``None`` is the processor."""


@dataclass(frozen=True)
class FoundBackend:
    """Where jobs can compute.

    Attributes:
        backend: Of the device, or the processor's.
        problem: Why it is not the device's; empty if it is.
    """

    backend: Backend
    problem: str = ""


class Device(QObject):
    """The device that a person chose.

    Attributes:
        name: ``"cpu"`` or ``"cuda"``.

    Signals:
        missed(str): The device is gone, and why; the processor does the work.
    """

    missed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = CPU

    def request(self, on: OnBackend, want: Callable[[Request], None]) -> Request:
        """Return what is to be asked for first: the job itself, or to look for the device.

        Args:
            on: Makes the job's request, once it is known where.
            want: Takes that request where the device had to be looked for.
        """
        if self.name == CPU:
            return on(None)

        def deliver(found: FoundBackend) -> None:
            if found.problem:
                self.missed.emit(found.problem)
            want(on(found.backend))

        title, begin = self.tr("Looking for the graphics card"), lambda: find_backend(self.name)
        return Request(title, begin, deliver, counts=False)


def find_backend(device: str) -> Job[FoundBackend]:
    """Return the backend of a device, or the processor's if it does not answer."""
    yield Progress("Looking for the graphics card", 0, 0)
    try:
        return FoundBackend(choose_backend(device))
    except DeviceError as error:
        return FoundBackend(NumpyBackend(), str(error))
