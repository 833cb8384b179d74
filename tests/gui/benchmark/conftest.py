"""Reports as if they had been measured, and a bench that measures nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tinyclf.benchmark.kinds import Inference
from tinyclf.benchmark.kinds.inference import Math, Shape
from tinyclf.benchmark.machine import Machine
from tinyclf.benchmark.report import Measurement, Report, Turn
from tinyclf.benchmark.runner import BenchmarkProgress
from tinyclf.benchmark.settings import Performance
from tinyclf_gui import theme
from tinyclf_gui.models.benchmark_bench import BenchmarkBench

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dark(qapp):
    theme.apply(qapp, theme.DARK)


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("TINYCLF_DATA", str(tmp_path / "data"))


@pytest.fixture
def case():
    def make(threads=1, precision="f4", device="cpu", **more):
        return Inference(
            nepochs=10,
            shape=Shape(layers=2, dimension=64),
            math=Math(precision=precision),
            performance=Performance(threads=threads, device=device),
            **more,
        )

    return make


def took(case, seconds, failed=""):
    passes = [] if failed else [seconds * (1 + k / 100) for k in range(6)]
    turns = [Turn(warm_up=seconds, passes=(each,), checksum="1") for each in passes]
    return Measurement(case=case, turns=turns, failed=failed)


@pytest.fixture
def report():
    """Make a report of (case, seconds) pairs; in place of seconds may stand why it failed."""

    def make(*measured, hours=0):
        measurements = [
            took(case, 1, said) if isinstance(said, str) else took(case, said)
            for case, said in measured
        ]
        limits = {limit: took(limit, 0.001) for case, _ in measured for limit in case.limits()}
        return Report(
            started=NOON + timedelta(hours=hours),
            seconds=9,
            machine=Machine(processor="A chip", cores=4),
            rounds=6,
            done=6,
            measurements=measurements,
            limits=tuple(limits.values()),
        )

    return make


class Measuring:
    """Stands in for the engine: every case of a plan takes a second."""

    def __init__(self, report):
        self.report = report
        self.plans = []
        self.closed = 0
        self.lasts = False
        self.error = None

    def __call__(self, plan):
        self.plans.append(plan)
        try:
            yield BenchmarkProgress("Measuring something", 1, 12, 34.0)
            while self.lasts:
                yield BenchmarkProgress("Measuring something", 2, 12, 30.0)
            if self.error is not None:
                raise self.error
        finally:
            self.closed += 1
        hours = 9 + len(self.plans)
        return self.report(*[(case, float(hours)) for case in plan.cases], hours=hours)


@pytest.fixture
def measuring(report, monkeypatch):
    made = Measuring(report)
    monkeypatch.setattr("tinyclf_gui.models.benchmark_bench.run", made)
    return made


@pytest.fixture
def bench(measuring, qapp):
    made = BenchmarkBench()
    yield made
    made.stop()


@pytest.fixture
def shown(qtbot):
    """Show a widget in a size and wait until it is there."""

    def show(widget, width=480, height=240):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show
