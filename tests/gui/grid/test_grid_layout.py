from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinyclf_gui.widgets.grid_layout import GAP, MARGIN, Box, GridLayout, Step

layouts = st.builds(
    GridLayout,
    count=st.integers(0, 200),
    width=st.integers(50, 1500),
    side=st.integers(60, 320),
    mirrored=st.booleans(),
)


@given(layouts)
def test_a_full_line_fills_the_width(grid: GridLayout) -> None:
    grid = GridLayout(grid.columns, max(grid.width, 2 * MARGIN + 60), grid.side, grid.mirrored)
    boxes = [grid.box(position) for position in range(grid.columns)]
    assert min(box.x for box in boxes) == MARGIN
    assert max(box.x + box.width for box in boxes) == grid.width - MARGIN
    ordered = sorted(boxes, key=lambda box: box.x)
    gaps = [b.x - a.x - a.width for a, b in pairwise(ordered)]
    assert all(gap == GAP for gap in gaps)


@given(layouts, st.data())
def test_a_tile_is_found_at_each_of_its_corners(grid: GridLayout, data: st.DataObject) -> None:
    if not grid.count:
        return
    position = data.draw(st.integers(0, grid.count - 1))
    box = grid.box(position)
    for x in (box.x, box.x + box.width - 1):
        for y in (box.y, box.y + box.height - 1):
            assert grid.position_at(x, y) == position
    assert grid.position_at(box.x, box.y - 1) is None


@given(layouts, st.integers(-50, 1500), st.integers(-50, 3000), st.integers(1, 900))
def test_what_an_area_touches_is_what_overlaps_it(
    grid: GridLayout, x: int, y: int, side: int
) -> None:
    area = Box(x, y, side, side)
    touched = [p for first, last in grid.touching(area) for p in range(first, last + 1)]
    assert touched == [p for p in range(grid.count) if _overlap(grid.box(p), area)]


@given(layouts, st.integers(0, 3000), st.integers(0, 900))
def test_whole_lines_between_two_heights_hold_all_tiles_there(
    grid: GridLayout, top: int, height: int
) -> None:
    between = grid.between(top, top + height)
    across = Box(-10, top, grid.width + 2000, height + 1)
    assert all(p in between for p in range(grid.count) if _overlap(grid.box(p), across))


def test_the_content_ends_a_margin_below_the_last_tile() -> None:
    grid = GridLayout(count=100_000, width=1000, side=160)
    last = grid.box(99_999)
    assert grid.height == last.y + last.height + MARGIN
    assert GridLayout(0, 1000, 160).height == 0


@pytest.mark.parametrize(
    ("start", "step", "end"),
    [
        (5, Step.LEFT, 4),
        (0, Step.LEFT, 0),
        (4, Step.RIGHT, 5),
        (9, Step.RIGHT, 9),
        (5, Step.UP, 1),
        (1, Step.UP, 1),
        (1, Step.DOWN, 5),
        (7, Step.DOWN, 9),  # nothing is below it: the last tile is nearest
        (8, Step.DOWN, 8),
        (1, Step.PAGE_DOWN, 9),
        (9, Step.PAGE_UP, 1),
        (6, Step.FIRST, 0),
        (6, Step.LAST, 9),
    ],
)
def test_the_focus_moves_in_space(start: int, step: Step, end: int) -> None:
    grid = GridLayout(count=10, width=4 * 104 + 40, side=96)
    assert grid.columns == 4
    assert grid.moved(start, step, page_height=2 * grid.pitch + 5) == end


def test_a_wider_viewport_seldom_changes_the_size_of_photos() -> None:
    sides = {GridLayout(100, width, 160).photo_side for width in range(1000, 1080)}
    assert len(sides) <= 4


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
