"""Examples and look-alikes below a button that folds them away, for a page's side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tinyclf_gui.widgets.fold_button import fold_button
from tinyclf_gui.widgets.photo_browser import PhotoBrowser
from tinyclf_gui.widgets.reference_panel import ReferencePanel


class ReferenceFold(QWidget):
    """Follows a browser's grid; its loupe has a column of its own, so meanwhile this is away.

    Attributes:
        panel: What is folded.

    Signals:
        wished(bool): A person unfolded it, or folded it away.
    """

    wished = Signal(bool)

    def __init__(
        self, panel: ReferencePanel, browser: PhotoBrowser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("referenceFold")
        self.panel = panel
        self._button = fold_button(self.tr("Examples and look-alikes"), "referencesFold")
        self._button.toggled.connect(panel.setVisible)
        self._button.clicked.connect(self.wished)
        panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._button)
        layout.addWidget(panel)
        browser.currentPhotoChanged.connect(panel.show_photo)
        browser.enlarged.connect(self.setHidden)

    def toggle(self) -> None:
        """Unfold, or fold away, where it is seen."""
        if self.isVisible():
            self._button.click()

    def set_wished(self, on: bool) -> None:
        """Unfold, or fold away."""
        self._button.setChecked(on)
