"""The colours of the window, light and dark: the only place that names one.

Every surface is a neutral grey, so that paper tone and fading are judged rightly. Colour marks
grades and the one primary act of a page.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from tinyclf_gui import resources

GRADE_COLOURS = tuple(
    QColor(name) for name in ("#d55e00", "#e69f00", "#9a9ea6", "#009e73", "#0072b2")
)
"""Grades 1 to 5, safe for the colour-blind; the same in both themes."""

TEXT_PIXELS = 13
RADIUS = 6
"""Corner radius of buttons, tiles and cards, in pixels."""
LEGIBLE = 4.5
"""The contrast that small text needs at least (WCAG 2.2, criterion 1.4.3)."""

_PROPERTY = "tinyclfTheme"


@dataclass(frozen=True)
class Theme:
    """What colour each part of the window has.

    Attributes:
        name: ``"dark"`` or ``"light"``.
        window: The ground behind everything; photos stand before it.
        panel: Bars, side panels, tiles.
        raised: Buttons, fields, menus.
        hover: A raised surface under the pointer.
        line: Hairlines and borders.
        edge: Borders of what can be typed into or ticked.
        text: Text.
        muted: Text of second rank.
        accent: The one primary act, focus, progress.
        on_accent: Text on ``accent``.
        selection: The ground of what is selected.
        danger: Errors.
    """

    name: str
    window: QColor
    panel: QColor
    raised: QColor
    hover: QColor
    line: QColor
    edge: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    danger: QColor

    def grade(self, grade: int) -> QColor:
        """Return the colour of a grade 1 to 5."""
        return GRADE_COLOURS[grade - 1]

    def on_grade(self, grade: int) -> QColor:
        """Return the colour of a digit on a ground of the grade's colour."""
        white, black = QColor("#ffffff"), QColor("#17181a")
        ground = self.grade(grade)
        return max(white, black, key=lambda ink: contrast(ink, ground))


DARK = Theme(
    name="dark",
    window=QColor("#1e1f22"),
    panel=QColor("#26282c"),
    raised=QColor("#2f3237"),
    hover=QColor("#383b41"),
    line=QColor("#3a3d43"),
    edge=QColor("#71767f"),
    text=QColor("#e6e7e9"),
    muted=QColor("#9a9ea6"),
    accent=QColor("#4c9aff"),
    on_accent=QColor("#0b1626"),
    selection=QColor("#2b4a73"),
    danger=QColor("#ff7b72"),
)
LIGHT = Theme(
    name="light",
    window=QColor("#ececee"),
    panel=QColor("#f7f7f8"),
    raised=QColor("#ffffff"),
    hover=QColor("#f0f1f3"),
    line=QColor("#d3d5d9"),
    edge=QColor("#85898f"),
    text=QColor("#1d1f23"),
    muted=QColor("#666b73"),
    accent=QColor("#1f6feb"),
    on_accent=QColor("#ffffff"),
    selection=QColor("#cfe1fb"),
    danger=QColor("#c62828"),
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


class StyledApplication(Protocol):
    """What ``apply`` needs of a ``QApplication`` (this floor does not import widgets)."""

    def setProperty(self, name: str, value: object, /) -> bool: ...  # noqa: D102
    def setStyleSheet(self, sheet: str, /) -> None: ...  # noqa: D102

    @property
    def setStyle(self) -> Any: ...  # noqa: D102
    @property
    def setPalette(self) -> Any: ...  # noqa: D102
    @property
    def setFont(self) -> Any: ...  # noqa: D102


def apply(app: StyledApplication, theme: Theme) -> None:
    """Give a running application these colours; may be called again to switch."""
    app.setProperty(_PROPERTY, theme.name)
    app.setStyle("Fusion")
    app.setFont(interface_font())
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))


def current() -> Theme:
    """Return the theme in force; ask at each painting, so that a switch shows at once."""
    app = QCoreApplication.instance()
    name = None if app is None else app.property(_PROPERTY)
    return THEMES.get(str(name), DARK)


def choose(wish: str) -> Theme:
    """Return the theme for a setting: ``"dark"``, ``"light"``, else what the system has."""
    if wish in THEMES:
        return THEMES[wish]
    hints = QGuiApplication.styleHints()
    return LIGHT if hints.colorScheme() == Qt.ColorScheme.Light else DARK


def interface_font() -> QFont:
    """Return the system's interface font at 13 px, with figures of one width."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(TEXT_PIXELS)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return the same font in another size, in pixels, and weight."""
    other = QFont(font)
    other.setPixelSize(pixels)
    other.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return other


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """Return ``colour`` with a share, 0 to 1, of another mixed in."""

    def between(a: float, b: float) -> float:
        return a + (b - a) * share

    return QColor.fromRgbF(
        between(colour.redF(), other.redF()),
        between(colour.greenF(), other.greenF()),
        between(colour.blueF(), other.blueF()),
    )


def contrast(ink: QColor, ground: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    bright, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def legible(colour: QColor, ground: QColor, text: QColor) -> QColor:
    """Return ``colour``, moved towards ``text`` until it can be read as text on ``ground``."""
    steps = (mixed(colour, text, share / 20) for share in range(20))
    return next((step for step in steps if contrast(step, ground) >= LEGIBLE), text)


def _luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    r, g, b = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def palette(theme: Theme) -> QPalette:
    """Return the theme as a palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.hover,
        role.Midlight: theme.hover,
        role.Shadow: theme.window,
    }
    made = QPalette()
    for which, colour in colours.items():
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, disabled(theme))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.line)
    return made


def disabled(theme: Theme) -> QColor:
    """Return the colour of text that cannot be used just now."""
    return mixed(theme.muted, theme.panel, 0.45)


def style_sheet(theme: Theme) -> str:
    """Return ``resources/style/window.qss`` with the theme's colours filled in."""
    colours = {
        field.name: getattr(theme, field.name).name()
        for field in fields(theme)
        if field.name != "name"
    }
    return Template(resources.text("style/window.qss")).substitute(
        colours,
        name=theme.name,
        disabled=disabled(theme).name(),
        accent_ink=legible(theme.accent, theme.raised, theme.text).name(),
        chip=mixed(theme.raised, theme.accent, 0.10).name(),
        pressed=mixed(theme.raised, theme.text, 0.14).name(),
        accent_hover=mixed(theme.accent, theme.on_accent, 0.12).name(),
        accent_pressed=mixed(theme.accent, theme.on_accent, 0.24).name(),
        scroll=mixed(theme.line, theme.muted, 0.35).name(),
        style=(resources.folder() / "style").as_posix(),
    )
