"""An evening by the accessibility tree, as assistive tools see the window and work it."""

from __future__ import annotations

import pytest

from tests.window.conftest import make_album
from tests.window.tree import Bus, missing, wait_until
from tinyclf.domain import ActKind
from tinyclf.session import Session

pytestmark = [
    pytest.mark.window,
    pytest.mark.timeout(400),
    pytest.mark.skipif(
        bool(missing()), reason=f"assistive tools need {' '.join(missing())}: make test installs it"
    ),
]

PHOTOS = 270
GRADED = 200
CORRECTED = 60


@pytest.fixture
def album(tmp_path):
    return tmp_path / "album"


@pytest.fixture
def truth(album):
    return make_album(album, PHOTOS)


@pytest.fixture
def bus(screen):
    bus = Bus(screen.env)
    screen.env |= bus.env
    yield bus
    bus.close()


@pytest.fixture
def listener(bus):
    """Someone who meets programs by the tree alone."""
    trees = []

    def listen(person):
        trees.append(bus.listen())
        return Listener(trees[-1].program(person.program.pid))

    yield listen
    for tree in trees:
        tree.close()


class Listener:
    """Finds things by role and name, and uses them by what they offer."""

    def __init__(self, program):
        self.program = program
        self.tree = program.tree
        self._known = {}

    def find(self, role, name):
        """Wait for something in view, by the beginning of its name."""

        def is_it(node):
            return node.name.startswith(name) and node.role == role and "showing" in node.states

        def there():
            known = self._known.get((role, name))
            if known is not None and is_it(known):
                return known
            found = next((node for node in self.things() if is_it(node)), None)
            self._known[role, name] = found
            return found

        return wait_until(there)

    def things(self):
        """All in view, less the items of lists: there may be very many."""
        return self.program.walk(
            into=lambda node: (
                node.role not in ("list", "table", "menu bar")
                and (node.role in ("frame", "dialog") or "showing" in node.states)
            )
        )

    def press(self, role, name):
        wait_until(lambda: "enabled" in self.find(role, name).states)
        self.find(role, name).do("Press")

    def choose(self, menu, entry):
        """Choose a menu's entry."""
        bar = next(node for node in self.things() if node.role == "menu bar")
        title = next(node for node in bar.children() if node.name == menu)
        [entry] = [node for node in title.walk() if node.name.startswith(entry)]
        entry.do("Press")

    @property
    def grid(self):
        return self.find("list", "Photos")

    def names(self):
        """Return what is said of each photo of the grid."""
        return wait_until(lambda: (True, [node.name for node in self.grid.children()]))[1]


def test_the_grid_says_what_it_shows_and_where_the_focus_is(sit_down, listener, album):
    make_album(album, 12)
    person = sit_down(str(album))
    person.wait_for_widget("suggestedChip", "12")
    reader = listener(person)
    grid = reader.grid
    assert grid.count == 12
    assert {"focusable", "focused"} <= grid.states
    first, second = grid.child(0), grid.child(1)
    assert first.name.endswith(", not graded")
    assert first.role == "list item"
    person.press("Home")
    wait_until(lambda: {"focused", "selected"} <= first.states)
    with (
        reader.tree.listening("Object", "StateChanged") as changes,
        reader.tree.listening("Object", "PropertyChange") as values,
        reader.tree.listening("Object", "Announcement") as said,
    ):
        person.press("Right")
        reader.tree.heard(changes, lambda one: one.detail == "focused" and one.node == second)
        assert {"focused", "selected"} <= second.states
        assert "selected" not in first.states
        person.press("shift+Right")
        reader.tree.heard(
            changes, lambda one: (one.detail, one.value, one.node) == ("selected", 1, grid.child(2))
        )
        person.press("Left", "4")
        told = reader.tree.heard(values, lambda one: one.node.role == "list item")
        assert told.detail == "accessible-name"
        assert ", your grade 4" in told.node.name
        assert reader.tree.heard(said, lambda one: True).words.endswith(" graded 4")
    person.press("ctrl+q")
    assert person.wait_until_gone() == 0
    assert person.complaints() == ""


def test_an_evening_by_the_tree(sit_down, listener, album, truth, home):
    person = sit_down(str(album))
    person.wait_for_widget("suggestedChip", "50", patience=120)
    reader = listener(person)
    expected = grade(reader, truth)
    reader.press("push button", "Train on")
    reader.press("push button", "See what it proposes")
    expected |= correct(reader)
    take_back_and_do_again(reader)
    reader.choose("File", "Quit")
    assert person.wait_until_gone() == 0
    again = sit_down()
    reader = listener(again)
    reader.press("check box", "Label")
    wait_until(lambda: reader.grid.count == PHOTOS)
    assert {spoken(name): grade_of(name) for name in reader.names() if grade_of(name)} == expected
    reader.choose("File", "Quit")
    assert again.wait_until_gone() == 0
    assert again.complaints() == person.complaints() == ""
    check(home, expected)


def spoken(words):
    return words.split(",")[0]


def grade_of(words):
    """Return the grade that is said to be a person's, or 0."""
    told = [part for part in words.split(", ") if part.startswith("your grade ")]
    return int(told[0].rpartition(" ")[2]) if told else 0


def grade(reader, truth):
    """Select all photos of a grade among 200, and press its button; those of the exam apart."""
    reader.press("check box", "Suggested")
    wait_until(lambda: reader.grid.count == PHOTOS)
    reader.press("check box", "Exam")
    wait_until(lambda: reader.grid.count < PHOTOS)
    exam = {spoken(name) for name in reader.names()}
    others = [name for name in sorted(truth) if name not in exam]
    wanted = {name: truth[name] for name in [*exam, *others][:GRADED]}
    give_each(reader, {name: wanted[name] for name in exam})
    reader.press("check box", "Exam")
    wait_until(lambda: reader.grid.count == PHOTOS)
    give_each(reader, {name: wanted[name] for name in wanted if name not in exam})
    assert reader.find("check box", f"Graded {GRADED}")
    return wanted


def give_each(reader, wanted):
    """Give photos their grades, those of one grade together."""
    for value in range(1, 6):
        if photos := [name for name in wanted if wanted[name] == value]:
            give(reader, photos, value)


def give(reader, photos, value):
    """Select some photos of the grid, and nothing else, and give them a grade."""
    wait_until(lambda: select(reader, photos))
    reader.press("check box", f"Grade {value}:")
    wait_until(lambda: said(reader, photos) == dict.fromkeys(photos, value))


def select(reader, photos):
    """Return whether just these are selected in the end: the list may be sorted anew meanwhile."""
    grid, names = reader.grid, [spoken(name) for name in reader.names()]
    grid.clear_selection()
    for photo in photos:
        grid.select(names.index(photo))
    return {spoken(node.name) for node in grid.selected()} == set(photos)


def said(reader, photos):
    """Return the grades of some photos, as they are said."""
    return {spoken(name): grade_of(name) for name in reader.names() if spoken(name) in photos}


def correct(reader):
    """On each wall, say of every photo that it belongs on the next; 60 in all."""
    corrected = {}
    for wall in (5, 4, 3, 2, 1):
        reader.press("check box", f"Wall {wall},")
        wait_until(lambda wall=wall: "checked" in reader.find("check box", f"Wall {wall},").states)
        waiting = [spoken(name) for name in reader.names() if f"proposed {wall}," in name]
        photos, other = waiting[: CORRECTED - len(corrected)], wall - 1 or 5
        if photos:
            give(reader, photos, other)
            corrected |= dict.fromkeys(photos, other)
    assert len(corrected) == CORRECTED
    return corrected


def take_back_and_do_again(reader):
    """By the button beside the last act, and by the menu."""

    def graded():
        return int(reader.find("check box", "Graded ").name.rpartition(" ")[2])

    reader.press("check box", "Label")
    wait_until(lambda: graded() == GRADED + CORRECTED)
    reader.press("push button", "Undo")
    wait_until(lambda: GRADED <= graded() < GRADED + CORRECTED)
    reader.choose("Edit", "Redo")
    wait_until(lambda: graded() == GRADED + CORRECTED)


def check(home, expected):
    with Session.open(home / "Documents" / "Tiny Classifier" / "album.tinyclf") as session:
        table = session.table
        codes = {table.path(row).stem: int(table.codes[row]) for row in range(len(table))}
        assert {name: code for name, code in codes.items() if code} == expected
        acts = [act.kind for act in session.history()]
        assert 5 < acts.count(ActKind.GRADE) <= 10  # one for each grade, those of the exam apart
        assert acts[:2] == [ActKind.REDO, ActKind.UNDO]
