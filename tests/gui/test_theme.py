import pytest
from PySide6.QtGui import QColor

from tinyclf.domain import GRADES
from tinyclf_gui import resources, theme

BOTH = pytest.mark.parametrize("chosen", [theme.DARK, theme.LIGHT], ids=lambda t: t.name)


@pytest.fixture
def restored(qapp):
    yield qapp
    theme.apply(qapp, theme.DARK)


def test_a_switch_is_seen_at_once(restored):
    theme.apply(restored, theme.LIGHT)
    assert theme.current() is theme.LIGHT
    theme.apply(restored, theme.DARK)
    assert theme.current() is theme.DARK


def test_a_wish_names_a_theme(qapp):
    assert theme.choose("light") is theme.LIGHT
    assert theme.choose("dark") is theme.DARK
    assert theme.choose("system") in (theme.LIGHT, theme.DARK)


@BOTH
def test_text_can_be_read_on_every_surface(chosen):
    for ground in (chosen.window, chosen.panel, chosen.raised, chosen.hover, chosen.selection):
        assert theme.contrast(chosen.text, ground) >= theme.LEGIBLE
    for ground in (chosen.window, chosen.panel, chosen.raised):
        assert theme.contrast(chosen.muted, ground) >= theme.LEGIBLE
    assert theme.contrast(chosen.danger, chosen.panel) >= theme.LEGIBLE
    assert theme.contrast(chosen.on_accent, chosen.accent) >= theme.LEGIBLE


@BOTH
@pytest.mark.parametrize("grade", GRADES)
def test_digits_can_be_read(chosen, grade):
    assert theme.contrast(chosen.on_grade(grade), chosen.grade(grade)) >= theme.LEGIBLE
    ink = theme.legible(chosen.grade(grade), chosen.panel, chosen.text)
    assert theme.contrast(ink, chosen.panel) >= theme.LEGIBLE


@BOTH
def test_photos_stand_before_neutral_grey(chosen):
    for ground in (chosen.window, chosen.panel, chosen.raised):
        channels = ground.red(), ground.green(), ground.blue()
        assert max(channels) - min(channels) <= 8


@BOTH
def test_the_style_sheet_has_every_colour_filled_in(chosen):
    assert "$" not in theme.style_sheet(chosen)


def test_contrast_runs_from_one_to_twenty_one():
    white, black = QColor("#ffffff"), QColor("#000000")
    assert theme.contrast(white, black) == pytest.approx(21)
    assert theme.contrast(white, white) == pytest.approx(1)


def test_a_colour_that_can_be_read_is_kept():
    amber = QColor("#e69f00")
    assert theme.legible(amber, theme.DARK.panel, theme.DARK.text).name() == amber.name()
    assert theme.legible(amber, theme.LIGHT.panel, theme.LIGHT.text).name() != amber.name()


def test_every_icon_draws_itself_in_the_colour_asked_for(qapp):
    for name in (path.stem for path in (resources.folder() / "icons").glob("*.svg")):
        picture = resources.icon(name, QColor("#ff0000")).pixmap(16, 16).toImage()
        seen = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert seen <= {"#ff0000"}, name
        assert any(
            picture.pixelColor(x, y).alpha() > 100
            for x in range(picture.width())
            for y in range(picture.height())
        ), name


def test_every_picture_of_the_style_sheet_is_there():
    import re

    names = re.findall(r'url\("([^"]+)"\)', theme.style_sheet(theme.DARK))
    assert names
    missing = [name for name in names if not (resources.folder() / name).is_file()]
    assert not missing
