"""What looks most worn first: an order offered before anything is graded, and never unasked."""

import pytest
from PySide6.QtGui import QAction

from tinyclf_gui.widgets.order_button import OrderButton


@pytest.fixture
def scored(collector):
    """A person whose photos are prepared: the higher the letter, the more worn they look."""
    workbench, table = collector.workspace.workbench, collector.session.table
    workbench.wear = {one: ord(collector.name_of(one)[0]) for one in table.ids}
    workbench.scored.emit()
    return collector


def order_of(person):
    return person.find(OrderButton, "orderButton")


def is_offered(person):
    return order_of(person).findChild(QAction, "wornOrder").isVisible()


def test_without_a_score_the_order_is_not_offered(collector):
    assert not is_offered(collector)
    collector.choose("worn")
    assert "not prepared yet" in collector.window.toast.accessibleDescription()


def test_it_is_offered_and_not_taken_unasked(scored):
    before = scored.shown()
    assert is_offered(scored)
    assert order_of(scored).order.key == "imported"
    assert scored.shown() == before


def test_what_looks_most_worn_comes_first(scored):
    scored.order("worn")
    assert "guess without any grade" in order_of(scored).toolTip()
    assert [name[0] for name in scored.shown()] == sorted("abcd" * 5, reverse=True)
    assert scored.focused() == scored.shown()[0]
    scored.order("backwards")
    assert [name[0] for name in scored.shown()] == sorted("abcd" * 5)


def test_the_menu_orders_too(scored):
    scored.choose("worn")
    assert scored.shown()[0].startswith("d")
    scored.choose("worn")
    assert scored.shown()[0].startswith("a")


def test_a_list_that_is_looked_at_for_a_reason_keeps_its_order(scored):
    scored.order("worn")
    photos = [scored.photo(name) for name in ("a1", "d1")]
    scored.session._store.reserve_exam(photos)
    scored.workspace.collection.refresh()
    scored.workspace.collection.recount()
    scored.choose("exam")
    assert set(scored.shown()) == {"a1", "d1"}
    assert [scored.photo(name) for name in scored.shown()] == scored.session.exam_to_grade()


def test_walls_can_be_ordered_so(trained):
    workbench, table = trained.workspace.workbench, trained.session.table
    workbench.wear = {one: ord(trained.name_of(one)[0]) for one in table.ids}
    workbench.scored.emit()
    assert order_of(trained).order.key == "doubt"
    trained.click("allChip")
    trained.choose("worn")
    letters = [name[0] for name in trained.shown()]
    assert letters == sorted(letters, reverse=True)
    trained.choose("worn")
    assert order_of(trained).order.key == "doubt"
