"""Figures of a fitted model as ``--json`` has them."""

from __future__ import annotations

from dataclasses import asdict

from tinyclf.fitting.evaluating import Evaluation


def evaluation_json(evaluation: Evaluation) -> dict[str, object]:
    """Return how good a model is as plain data."""
    return {
        "accuracy": evaluation.accuracy.value,
        "accuracy_low": evaluation.accuracy.low,
        "accuracy_high": evaluation.accuracy.high,
        "log_loss": evaluation.log_loss,
        "calibration_error": evaluation.calibration_error,
        "matthews": evaluation.matthews,
        "confusion": evaluation.confusion,
        "classes": [asdict(each) for each in evaluation.classes],
    }
