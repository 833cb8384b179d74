"""One step of a training, from batch to moved parameters: launched, or recorded and replayed."""

from tinyclf.nn.steps.captured import CapturedStep
from tinyclf.nn.steps.choice import choose_step
from tinyclf.nn.steps.launched import LaunchedStep
from tinyclf.nn.steps.step import TrainingStep

__all__ = ["CapturedStep", "LaunchedStep", "TrainingStep", "choose_step"]
