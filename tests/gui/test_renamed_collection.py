"""A collection whose file is renamed while the window shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.gui.conftest import Collector


def test_an_evening_is_not_lost_by_renaming_the_file_that_is_open(
    collector: Collector, sit_down: Callable[[], Collector], folder: Path
) -> None:
    collector.grade_truly("ab")
    path = collector.session.path
    renamed = path.rename(path.with_name("renamed.tinyclf"))
    collector.window.close()
    another = sit_down()
    another.desk.take_folder(folder)
    another.wait_until_idle()
    another.window.close()
    again = sit_down()
    again.desk.open_collection(renamed)
    again.wait_until_idle()
    assert len(again.session.table) == 20
    assert (again.session.table.codes > 0).sum() == 10
