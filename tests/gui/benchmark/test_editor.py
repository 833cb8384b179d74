import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from tinyclf.benchmark.file import Mistake
from tinyclf.benchmark.file.mistakes import Place
from tinyclf_gui import theme
from tinyclf_gui.widgets.mistake_list import MistakeList
from tinyclf_gui.widgets.yaml_editor import GROUND_SHARE, YamlEditor

TEXT = "version: 1\nbenchmark:\n  nepoch: 3   # so many\n"


def mistake(line, column, words="this is wrong"):
    return Mistake(Place(line, column), words)


@pytest.fixture
def editor(shown):
    made = shown(YamlEditor())
    made.setPlainText(TEXT)
    return made


def underlined(editor):
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    marks = editor.extraSelections()
    return [one.cursor.selectedText() for one in marks if one.format.underlineStyle() is wave]


def test_a_mistake_is_underlined_from_its_place_and_its_line_tinted(editor):
    editor.mark([mistake(3, 3)])
    assert underlined(editor) == ["nepoch: 3"]
    assert tinted(editor) == [(2, ground_of(theme.DARK))]


def test_two_mistakes_of_a_line_tint_it_once(editor):
    editor.mark([mistake(3, 3), mistake(3, 11)])
    assert len(editor.extraSelections()) == 3
    assert editor.messages_of(3) == ["this is wrong"] * 2


def test_marks_go(editor):
    editor.mark([mistake(1, 1)])
    assert editor.accessibleDescription()
    editor.mark([])
    assert editor.extraSelections() == []
    assert not editor.accessibleDescription()


@pytest.mark.parametrize(("line", "column"), [(1, 1), (99, 1), (3, 99)])
def test_a_place_beyond_the_text_is_the_nearest_there_is(editor, line, column):
    editor.mark([mistake(line, column)])
    editor.go_to(line, column)
    assert editor.textCursor().blockNumber() == min(line - 1, 3)


def test_enter_keeps_the_indentation(editor, qtbot):
    editor.go_to(3, 12)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.textCursor().positionInBlock() == 2
    assert editor.toPlainText().splitlines()[2:] == ["  nepoch: 3", "     # so many"]


def test_tab_leaves_the_text_as_it_is(editor, qtbot):
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.toPlainText() == TEXT


def test_lines_are_numbered(editor, qapp):
    before = editor.grab().toImage()
    editor.mark([mistake(1, 1)])
    assert editor.grab().toImage() != before
    width = editor.numbers_width
    editor.setPlainText("\n" * 1000)
    assert editor.numbers_width > width
    assert not editor.grab().isNull()


def test_marks_take_on_another_theme(editor, qapp):
    editor.mark([mistake(1, 1)])
    theme.apply(qapp, theme.LIGHT)
    assert tinted(editor) == [(0, ground_of(theme.LIGHT))]
    theme.apply(qapp, theme.DARK)


def tinted(editor):
    marks = editor.extraSelections()
    grounds = [(one.cursor.blockNumber(), one.format.background()) for one in marks]
    return [(line, brush.color().name()) for line, brush in grounds if brush.isOpaque()]


def ground_of(look):
    return theme.mixed(look.raised, look.danger, GROUND_SHARE).name()


@pytest.fixture
def mistakes(shown):
    made = shown(MistakeList())
    made.set_mistakes([mistake(3, 3, "there is no nepoch"), mistake(7, 1, "too deep")])
    return made


def test_enter_goes_to_the_line(mistakes, qtbot):
    assert mistakes.item(0).text() == "Line 3: there is no nepoch"
    qtbot.keyClick(mistakes, Qt.Key.Key_Down)
    with qtbot.waitSignal(mistakes.mistakeChosen) as heard:
        qtbot.keyClick(mistakes, Qt.Key.Key_Return)
    assert heard.args == [7, 1]


def test_a_click_goes_there_too(mistakes, qtbot):
    with qtbot.waitSignal(mistakes.mistakeChosen) as heard:
        spot = mistakes.visualItemRect(mistakes.item(0)).center()
        qtbot.mouseClick(mistakes.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == [3, 3]


def test_without_mistakes_enter_does_nothing(mistakes, qtbot):
    mistakes.set_mistakes([])
    with qtbot.assertNotEmitted(mistakes.mistakeChosen):
        qtbot.keyClick(mistakes, Qt.Key.Key_Return)
