import pytest
from PySide6.QtCore import QSettings

from tests.gui.keys.presses import CONTROL, SHIFT, Key, press, typed
from tinyclf_gui.models.actions import Entry, Scope, all_actions, groups
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.key_chords import chord_of
from tinyclf_gui.settings import Settings


@pytest.fixture
def store(tmp_path):
    return QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def keys(qapp, store):
    return KeyBindings(Settings(store))


def again(store):
    """The keys after a restart."""
    store.sync()
    other = QSettings(store.fileName(), QSettings.Format.IniFormat)
    return KeyBindings(Settings(other))


def test_no_action_is_there_twice():
    names = [entry.key for _, entries in groups() for entry in entries]
    assert len(names) == len(set(names))


def test_every_usual_key_is_one_and_can_be_given(keys):
    for name, entry in all_actions().items():
        for text in entry.keys.split():
            assert chord_of(text)
            assert keys.why_not(chord_of(text), name) == ""


def test_no_two_actions_share_a_key_in_one_place(keys):
    for name in all_actions():
        assert keys.is_usual(name)  # a shared one would have lost it
        for chord in keys.keys_of(name):
            assert keys.holders(chord, name) == []


def test_r_is_for_nothing(keys):
    assert [n for n in all_actions() if "R" in keys.keys_of(n)] == []


def test_a_key_can_mean_one_thing_in_the_grid_and_another_in_the_loupe(qapp):
    actions = {
        "in": Entry("in", "In", "A", Scope.GRID),
        "out": Entry("out", "Out", "A", Scope.LOUPE),
    }
    keys = KeyBindings(actions=actions)
    assert keys.action_of(typed("a"), Scope.GRID) == "in"
    assert keys.action_of(typed("a"), Scope.LOUPE) == "out"
    assert keys.action_of(typed("a"), Scope.WINDOW) is None


def test_an_action_has_several_keys(keys):
    keys.bind("loupe", "L")
    for letter in "el":
        assert keys.action_of(typed(letter), Scope.GRID) == "loupe"


def test_whoever_gets_a_key_takes_it(keys, qtbot):
    assert keys.holders("G", "loupe") == ["grid"]
    with qtbot.waitSignal(keys.changed):
        keys.bind("loupe", "G")
    assert keys.keys_of("loupe") == ("E", "G")
    assert keys.keys_of("grid") == ()


def test_keys_of_the_menu_collide_with_every_place(keys):
    assert keys.holders("Z", "undo") == ["zoom"]
    assert keys.holders("Ctrl+Z", "zoom") == ["undo"]


def test_a_key_given_back_is_the_first_owners_again(keys):
    keys.bind("loupe", "G")
    keys.reset("grid")
    assert (keys.keys_of("grid"), keys.keys_of("loupe")) == (("G",), ("E",))
    assert keys.is_usual("loupe")


def test_a_binding_survives_a_restart(keys, store):
    keys.bind("unsure", "Q")
    keys.unbind("unsure", "U")
    keys.unbind("peek", "Space")
    after = again(store)
    assert after.keys_of("unsure") == ("Q",)
    assert after.keys_of("peek") == ()
    assert after.action_of(typed("u"), Scope.GRID) is None


def test_nothing_is_kept_of_what_is_as_usual(keys, store):
    keys.bind("unsure", "Q")
    keys.reset_all()
    assert not store.allKeys()


@pytest.mark.parametrize("damaged", ["Blubb", "Q\nTab", 7, ["x", "y"], "A, B", "Esc", "\n"])
def test_damaged_keys_read_as_the_usual_ones(qapp, store, damaged):
    store.setValue("keys/unsure", damaged)
    assert again(store).keys_of("unsure") == ("U",)


def test_of_two_that_were_written_with_one_key_one_has_it(qapp, store):
    store.setValue("keys/unsure", "Q")
    store.setValue("keys/clear", "Q")
    after = again(store)
    assert sorted([after.keys_of("unsure"), after.keys_of("clear")]) == [(), ("Q",)]


def test_a_usual_key_gives_way_to_a_persons_own(qapp, store):
    store.setValue("keys/unsure", "G")
    after = again(store)
    assert (after.keys_of("unsure"), after.keys_of("grid")) == (("G",), ())


def test_an_action_that_is_no_more_is_no_harm(qapp, store):
    store.setValue("keys/blubb", "G")
    assert again(store).keys_of("grid") == ("G",)


@pytest.mark.parametrize(
    ("chord", "name", "why"),
    [
        ("Tab", "grid", "from one thing to the next"),
        ("Shift+Tab", "grid", "from one thing to the next"),
        ("Esc", "grid", "goes back"),
        ("Left", "grid", "move among the photos"),
        ("Ctrl+Home", "grid", "move among the photos"),
        ("Alt+F", "grid", "opens a menu"),
        ("Space", "undo", "the button in focus"),
        ("Enter", "train-now", "the button in focus"),
    ],
)
def test_some_keys_cannot_be_given_and_say_why(keys, chord, name, why):
    assert why in keys.why_not(chord, name)
    with pytest.raises(ValueError, match=why):
        keys.bind(name, chord)


@pytest.mark.parametrize("chord", ["Alt+Left", "R", "F5", "Ctrl+Alt+K", "Shift+Space", "Ins"])
def test_other_keys_can(keys, chord):
    keys.bind("grid", chord)
    assert chord in keys.keys_of("grid")


def test_shift_does_not_hide_an_action(keys):
    assert keys.shifted_action_of(press(Key.Key_X, "X", SHIFT), Scope.GRID) == "not-gradable"
    assert keys.action_of(press(Key.Key_X, "X", SHIFT), Scope.GRID) is None
    assert keys.action_of(press(Key.Key_A, "", CONTROL), Scope.GRID) == "select-all"
