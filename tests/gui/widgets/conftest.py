import pytest

from tinyclf_gui import theme


@pytest.fixture(scope="session", autouse=True)
def _dark(qapp):
    theme.apply(qapp, theme.DARK)
    return qapp


@pytest.fixture
def shown(qtbot):
    """Show a widget in a size and wait until it is there."""

    def show(widget, width=480, height=120):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show
