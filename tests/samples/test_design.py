from __future__ import annotations

import numpy as np
import pytest

from tinyclf.samples import design, words
from tinyclf.samples.engraving import engraved, guilloche, stippled
from tinyclf.samples.fields import Field, Pixels, blurred, noise
from tinyclf.samples.lettering import Lettering, arc, word, write
from tinyclf.samples.motifs import MOTIFS
from tinyclf.samples.paper import teeth
from tinyclf.samples.sketch import Sketch, through


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("shape", [(120, 90), (90, 160)])
def test_a_motif_fills_its_box_with_tones(motif: str, shape: tuple[int, int]) -> None:
    painting = MOTIFS[motif](np.random.default_rng(3), *shape)
    for plate in (painting.key, painting.tint, painting.accent):
        assert plate.shape == shape
        assert -0.01 <= plate.min() <= plate.max() <= 1.01
    assert painting.form.shape == shape
    assert painting.in_one_ink().std() > 0.05


@pytest.mark.parametrize("layout", design.LAYOUTS)
@pytest.mark.parametrize("motif", MOTIFS)
def test_every_layout_can_show_every_motif(layout: str, motif: str) -> None:
    rng = np.random.default_rng(8)
    plates = design.blank(rng, layout, motif)
    design.LAYOUTS[layout](rng, plates, words.invented(rng, motif), motif)
    assert 0.03 < plates.key.mean() < 0.9


def test_designs_differ() -> None:
    drawn = [design.drawn(np.random.default_rng(seed)) for seed in range(30)]
    assert len({d.layout for d in drawn}) == len(design.LAYOUTS)
    assert len({d.motif for d in drawn}) >= 6


def test_words_stay_within_the_letters_the_font_has() -> None:
    for seed in range(60):
        for motif in MOTIFS:
            written = words.invented(np.random.default_rng(seed), motif)
            assert all(str(text).isascii() for text in vars(written).values())


def test_the_ink_is_as_dark_as_the_tone() -> None:
    flat = np.zeros((200, 200), np.float32)
    ink = [float(engraved(flat + tone, flat, 4.6, 0.5).mean()) for tone in (0, 0.3, 0.6, 1)]
    assert ink[0] < 1e-6
    assert ink == sorted(ink)
    assert ink[3] > 0.95
    assert float(stippled(flat + 0.5, 4).mean()) == pytest.approx(0.5, abs=0.1)


def test_a_guilloche_is_a_net_of_ink_and_paper() -> None:
    net = guilloche(80, 120, 7, 1.0, 40)
    assert 0.2 < net.mean() < 0.8


def test_a_line_that_is_too_long_is_set_narrower() -> None:
    style = Lettering(weight=2, serifs=True)
    assert word("GRAND DUCHY OF ESKEL", 20, style, longest=90).shape[1] == 90


def test_writing_stands_where_it_is_told() -> None:
    sheet = np.zeros((60, 200), np.float32)
    write(sheet, "HH", (150, 30), 20, Lettering())
    rows, columns = np.nonzero(sheet > 0.5)
    assert rows.mean() == pytest.approx(29.5, abs=1.5)
    assert columns.mean() == pytest.approx(149.5, abs=2)
    assert rows.max() - rows.min() + 1 == pytest.approx(20, abs=2)


@pytest.mark.parametrize("below", [False, True])
def test_bent_writing_stays_near_its_ellipse(below: bool) -> None:
    ink = arc((200, 300), "NORDHAVN", (150, 100), (120, 80), 16, Lettering(), below)
    y, x = np.nonzero(ink > 0.3)
    radius = np.hypot((x - 150) / 120, (y - 100) / 80)
    assert 0.8 < radius.min() < radius.max() < 1.2
    assert (y > 100).mean() == (1 if below else 0)


def test_teeth_are_punched_on_all_four_sides(stamps: list[tuple[Pixels, Field]]) -> None:
    cover = teeth(np.random.default_rng(1), 300, 240, 12)
    assert cover[20:-20, 20:-20].min() == 1
    for edge in (cover[2], cover[-3], cover[:, 2], cover[:, -3]):
        assert 0.2 < edge.mean() < 0.8
    assert all(0.9 < alpha.mean() < 1 for _, alpha in stamps)


def test_a_curve_runs_through_its_points() -> None:
    points = [(0.0, 0.0), (1.0, 0.2), (0.8, 1.0), (0.1, 0.7)]
    curve = through(points, steps=5)
    assert all(min(abs(x - u) + abs(y - v) for u, v in curve) < 1e-9 for x, y in points)


def test_a_sketch_paints_one_over_another() -> None:
    sheet = Sketch(40, 80)
    sheet.box(0, 0, 2, 1, 0.5)
    sheet.disc(1, 0.5, 0.25, tone=1.0)
    field = sheet.field()
    assert field.shape == (40, 80)
    assert field[20, 40] == 1
    assert field[1, 1] == pytest.approx(0.5, abs=0.01)


def test_noise_is_smooth_and_centred(rng: np.random.Generator) -> None:
    field = noise(rng, 200, 300, 30, 3)
    assert field.shape == (200, 300)
    assert abs(field.mean()) < 0.3
    assert np.abs(np.diff(field, axis=1)).mean() < 0.3 * field.std()


@pytest.mark.parametrize("radius", [1.2, 3, 12])
def test_blurring_keeps_the_sum_and_spreads_by_the_radius(radius: float) -> None:
    point = np.zeros((121, 121), np.float32)
    point[60, 60] = 1
    soft = blurred(point, radius)
    spread = np.sqrt((soft.sum(0) * (np.arange(121) - 60) ** 2).sum() / soft.sum())
    assert soft.sum() == pytest.approx(1, abs=0.1)
    assert spread == pytest.approx(radius, rel=0.2)
