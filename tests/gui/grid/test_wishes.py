"""What viewers wait for, and which pictures are kept for them."""

from tinyclf_gui.jobs.picture_memory import PictureMemory
from tinyclf_gui.jobs.wishes import Wishes


def test_what_is_in_sight_of_any_viewer_comes_before_what_may_be_seen_next() -> None:
    wishes: Wishes[str] = Wishes()
    wishes.want("loupe", ["a"], ["b", "c"])
    wishes.want("inspector", ["d"], ["b"])
    assert wishes.in_sight() == ["d", "a"]
    assert wishes.in_order() == ["d", "a", "b", "c"]


def test_the_foremost_viewer_is_served_first_whoever_asked_last() -> None:
    wishes: Wishes[str] = Wishes("grid")
    wishes.want("grid", ["a"], ["b"])
    wishes.want("ladder", ["c"])
    assert wishes.in_order() == ["a", "c", "b"]


def test_who_wants_nothing_waits_no_more() -> None:
    wishes: Wishes[str] = Wishes()
    wishes.want("loupe", ["a"])
    wishes.want("loupe", [])
    assert wishes.in_order() == []


def test_what_was_used_longest_ago_goes_first() -> None:
    memory: PictureMemory[str, str] = PictureMemory(2)
    for key in "ab":
        memory.keep(key, key.upper(), 1)
    assert memory.get("a") == "A"
    memory.keep("c", "C", 1)
    assert memory.is_full
    memory.make_room([], [])
    assert [key in memory for key in "abc"] == [True, False, True]


def test_what_is_in_sight_stays_and_of_the_wanted_the_least_wanted_goes() -> None:
    memory: PictureMemory[str, str] = PictureMemory(2)
    for key in "abc":
        memory.keep(key, key, 1)
    memory.make_room(["a"], ["a", "b", "c"])
    assert [key in memory for key in "abc"] == [True, True, False]
    memory.make_room(["a", "b"], [])
    assert memory.used == 2


def test_another_picture_takes_the_room_of_the_one_before() -> None:
    memory: PictureMemory[str, str] = PictureMemory(10)
    memory.keep("a", "small", 2)
    memory.keep("a", "large", 5)
    assert (memory.peek("a"), memory.used) == ("large", 5)
