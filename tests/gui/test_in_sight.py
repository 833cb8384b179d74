"""What is in sight is noticed on the window's thread, and told to any."""

from tinyclf.domain import PhotoId
from tinyclf_gui.models.in_sight import InSight

ONE, TWO, THREE = (PhotoId(letter) for letter in "abc")


def test_what_is_in_sight_is_told_as_it_was_noticed():
    looked_at = [ONE]
    sight = InSight(lambda: looked_at)
    assert sight.noticed() == frozenset()
    sight.notice()
    looked_at.append(TWO)
    assert sight.noticed() == {ONE}
    sight.notice()
    assert sight.noticed() == {ONE, TWO}


def test_what_was_left_behind_is_gone_once_it_is_out_of_sight():
    looked_at = [ONE, TWO]
    sight = InSight(lambda: looked_at)
    sight.notice()
    assert sight.leave_behind() == sight.behind == {ONE, TWO}
    assert sight.gone() == frozenset()
    looked_at[:] = [TWO, THREE]
    assert sight.gone() == {ONE}
    sight.forget_behind()
    assert sight.gone() == sight.behind == frozenset()
