"""The curves of a bag are those of its members, averaged as they come in."""

from collections.abc import Generator

from tests.walking import walked
from tinyclf.training.curves import Curves, EpochReport


def training(*losses: float) -> Generator[EpochReport, None, str]:
    yield EpochReport("Training", 0, len(losses), epochs=len(losses))
    for epoch, loss in enumerate(losses, start=1):
        yield EpochReport(
            "Training", epoch, len(losses), epoch=epoch, epochs=2, measured=True, loss=loss
        )
    return "parameters"


def test_a_point_is_the_mean_of_the_members_that_have_reached_it() -> None:
    curves = Curves(folds=2)
    result, first = walked(curves.averaged(training(4.0, 2.0), 0))
    _, second = walked(curves.averaged(training(2.0, 1.0), 1))
    assert result == "parameters"
    assert [report.loss for report in first] == [None, 4.0, 2.0]
    assert [report.loss for report in second] == [None, 3.0, 1.5]
    assert second[-1].held_out_loss is None


def test_a_bag_is_one_job() -> None:
    curves = Curves(folds=2)
    reports = [r for fold in range(2) for r in walked(curves.averaged(training(1.0, 1.0), fold))[1]]
    assert [report.done for report in reports] == [0, 1, 2, 2, 3, 4]
    assert {(report.total, report.folds) for report in reports} == {(4, 2)}
    assert [report.fold for report in reports] == [1, 1, 1, 2, 2, 2]


def test_closing_the_bag_closes_its_member() -> None:
    member = training(1.0, 1.0)
    job = Curves(folds=1).averaged(member, 0)
    next(job)
    job.close()
    assert member.gi_frame is None
