"""A person trains with Thorough, and sees in the loupe where it looks."""

from PySide6.QtCore import Qt

from tinyclf.training.presets import PRESETS

Key = Qt.Key


def open_loupe_and_ask(collector):
    collector.go_to("label")
    loupe = collector.workspace.pages.label.browser.loupe
    collector.workspace.pages.label.browser.open_loupe(collector.photo("a3"))
    collector.qtbot.keyClick(loupe, Key.Key_H)
    return loupe


def train(collector, preset):
    collector.grade_truly("abc")
    workbench = collector.workspace.workbench
    with collector.qtbot.waitSignal(workbench.trained, timeout=60_000):
        workbench.train(PRESETS[preset].config, preset)
    collector.wait_until_idle()


def test_after_training_thoroughly_it_shows_where(collector):
    train(collector, "thorough")
    loupe = open_loupe_and_ask(collector)
    collector.qtbot.waitUntil(lambda: loupe.view._mist is not None, timeout=10_000)
    assert not loupe.attention.note.isVisible()


def test_before_it_says_what_to_do(collector):
    loupe = open_loupe_and_ask(collector)
    assert loupe.attention.note.text() == "Train with Thorough to see where it looks"
    assert loupe.view._mist is None
