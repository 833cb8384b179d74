import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf_gui.widgets.sight import FITTED, LARGEST_SCALE, Look, Point, Sight

LARGE = Sight(Point(4000, 3000), Point(800, 800))
pixels = st.floats(1, 4000)
sights = st.builds(Sight, st.builds(Point, pixels, pixels), st.builds(Point, pixels, pixels))


def under(sight: Sight, at: Point) -> tuple[float, float]:
    """What of the picture is seen at a point of the view."""
    return (at.x - sight.corner.x) / sight.scale, (at.y - sight.corner.y) / sight.scale


def test_a_fitted_picture_is_whole_and_in_the_middle() -> None:
    assert LARGE.scale == pytest.approx(0.2)
    assert (LARGE.corner.x, LARGE.corner.y) == (0, 100)
    assert (LARGE.size.x, LARGE.size.y) == (800, 600)


def test_a_margin_stays_free_around_it() -> None:
    sight = Sight(Point(400, 400), Point(820, 820), margin=10)
    assert (sight.corner.x, sight.corner.y, sight.scale) == (10, 10, 2)


def test_zooming_keeps_what_is_under_the_pointer() -> None:
    at = Point(500, 300)
    zoomed = LARGE.zoomed(1.0, at)
    assert under(zoomed, at) == pytest.approx(under(LARGE, at))
    assert under(zoomed.zoomed(3.0, at), at) == pytest.approx(under(LARGE, at))


def test_toggling_goes_to_the_pictures_own_pixels_and_back() -> None:
    assert LARGE.toggled(Point(1, 1)).scale == 1.0
    assert LARGE.toggled(Point(1, 1)).toggled(Point(9, 9)).zoom is None
    small = Sight(Point(200, 200), Point(800, 800))
    assert small.toggled(Point(400, 400)).scale == 8.0


@given(sights, st.floats(0.01, 100), st.builds(Point, pixels, pixels))
def test_no_empty_space_comes_in_while_there_is_picture_to_see(
    sight: Sight, zoom: float, at: Point
) -> None:
    moved = sight.zoomed(zoom, at).panned(Point(at.x - 2000, at.y - 2000))
    assert moved.scale <= max(LARGEST_SCALE, sight.fit)
    for corner, size, view in (
        (moved.corner.x, moved.size.x, moved.view.x),
        (moved.corner.y, moved.size.y, moved.view.y),
    ):
        if size <= view:
            assert corner == pytest.approx((view - size) / 2, abs=0.01)
        else:
            assert corner <= 0.01
            assert corner + size >= view - 0.01


def test_zooming_out_ends_at_the_whole_picture() -> None:
    assert LARGE.zoomed(1.0, Point(0, 0)).zoomed(0.1, Point(0, 0)).zoom is None


def test_panning_pulls_the_picture() -> None:
    zoomed = LARGE.zoomed(1.0, Point(400, 400))
    pulled = zoomed.panned(Point(-30, 20))
    assert pulled.corner.x == pytest.approx(zoomed.corner.x - 30)
    assert pulled.corner.y == pytest.approx(zoomed.corner.y + 20)


def test_a_resized_view_is_fitted_anew() -> None:
    assert LARGE.resized(Point(400, 300)).scale == pytest.approx(0.1)


def test_the_same_part_of_a_picture_of_another_size_is_seen_as_large() -> None:
    small = Sight(Point(400, 300), Point(800, 800))
    look = LARGE.zoomed(0.8, Point(100, 200)).look
    there = small.at(look)
    assert there.look == pytest.approx(look)
    assert there.size == LARGE.zoomed(0.8, Point(100, 200)).size


def test_where_all_of_the_width_is_seen_another_picture_stays_where_it_is() -> None:
    tall, wide = Sight(Point(300, 3000), Point(800, 800)), Sight(Point(3000, 300), Point(800, 800))
    look = tall.zoomed(2 * tall.fit, Point(400, 0)).look
    assert look.x is None
    aside = wide.at(Look(4.0, 0.8, 0.5))
    assert aside.at(look).look.x == pytest.approx(aside.look.x, abs=0.1)


def test_all_of_a_picture_is_looked_at_the_same_way_in_any_other() -> None:
    assert LARGE.look == FITTED
    assert LARGE.zoomed(1.0, Point(0, 0)).at(FITTED).zoom is None
