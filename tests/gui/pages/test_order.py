"""The order that a person chooses: both pages take it, refuse it and work it out alike."""

import pytest

from tinyclf_gui.widgets.order_button import OrderButton

USUAL = {"label": "imported", "review": "doubt"}


def enter(person, page):
    """Go to a page, and to a photo there that has no grade; return it."""
    person.go_to(page)
    if page == "label":
        person.focus("c3")
    return person.grid.current_photo


@pytest.fixture(params=USUAL)
def blind(trained, request):
    """A page whose photo in focus is to be graded blind."""
    photo_id = enter(trained, request.param)
    trained.session._store.reserve_exam([photo_id])
    trained.workspace.collection.refresh()
    assert trained.session.is_blind(photo_id)
    return trained


def order_of(person):
    return person.find(OrderButton, "orderButton").order.key


def test_nothing_is_ordered_by_its_like_to_a_photo_to_be_graded_blind(blind):
    shown = blind.shown()
    blind.order("alike")
    assert order_of(blind) == USUAL[blind.window.page]
    left = blind.shown()  # a photo to be graded blind hangs on no wall
    assert left == [name for name in shown if name in left]


def test_the_menu_says_why_nothing_is_ordered_so(blind):
    blind.choose("alike")
    assert order_of(blind) == USUAL[blind.window.page]
    assert "Grade this photo first" in blind.window.toast.accessibleDescription()


@pytest.mark.parametrize("page", USUAL)
def test_what_is_like_a_photo_comes_first_on_either_page(trained, page):
    photo_id = enter(trained, page)
    trained.choose("alike")
    order = getattr(trained.workspace.pages, page).shown.order
    trained.qtbot.waitUntil(lambda: order.now is not None)
    assert order_of(trained) == "alike"
    assert trained.shown()[0] == trained.name_of(photo_id)


@pytest.mark.parametrize("page", ["label", "review"])
def test_an_order_is_read_in_full_where_there_is_room(trained, page):
    trained.window.resize(900, 600)
    trained.go_to(page)
    button = trained.find(OrderButton, "orderButton")
    for name, words in (("alike", "Like this photo"), ("name", "Name"), ("taken", "Date taken")):
        trained.order(name)
        trained.qtbot.waitUntil(lambda words=words: button.text() == words)
