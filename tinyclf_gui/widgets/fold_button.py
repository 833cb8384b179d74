"""A button that folds away what stands below it, and says which way."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from tinyclf_gui.widgets.styled import push_button


def fold_button(title: str, name: str) -> QPushButton:
    """Return a button that is down while unfolded; connect its ``toggled``.

    Args:
        title: What is folded away.
        name: Its role in camelCase.
    """
    button = push_button(f"▸ {title}", name, "fold")
    button.setAccessibleName(title)
    button.setCheckable(True)
    button.toggled.connect(lambda down: button.setText(f"{'▾' if down else '▸'} {title}"))
    return button
