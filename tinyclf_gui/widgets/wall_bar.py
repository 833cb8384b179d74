"""The bar above a wall: what of it is shown, in which order; or how far its check at random is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from tinyclf.session import AuditStanding
from tinyclf_gui.models.arranging import ALIKE, DOUBT, EXPECTED, IMPORTED, NAME, TAKEN, WORN
from tinyclf_gui.models.key_bindings import KeyBindings
from tinyclf_gui.models.list_keys import TO_CHECK
from tinyclf_gui.widgets.audit_panel import round_of
from tinyclf_gui.widgets.cheat_sheet import reminder
from tinyclf_gui.widgets.filter_chips import Chip, FilterChips
from tinyclf_gui.widgets.grade_words import number
from tinyclf_gui.widgets.order_button import OrderButton
from tinyclf_gui.widgets.styled import label
from tinyclf_gui.widgets.wall_chips import usual_chips

ORDERS = (DOUBT, EXPECTED, ALIKE, TAKEN, NAME, IMPORTED, WORN)
HINT_FITS = 1420
"""From this width of the page on there is room for a reminder of the keys."""


class WallBar(QFrame):
    """Chips, a reminder of the keys, and the order.

    Attributes:
        order: The button for the order.

    Signals:
        changed(): Another chip is down.
    """

    changed = Signal()

    def __init__(self, keys: KeyBindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._keys = keys
        self._chips = FilterChips(self.tr("Show"), one=True)
        self._chips.setObjectName("doneChips")
        self._chips.set_chips(usual_chips(0, 0))
        self._chips.set_checked({TO_CHECK})
        self._chips.changed.connect(self.changed)
        self._audit_words = label("", "strong")
        self._audit_words.setObjectName("auditTitle")
        self._hint = label(reminder(keys), "muted")
        self._hint.setObjectName("keysHint")
        keys.changed.connect(self._show_keys)
        self.order = OrderButton(ORDERS)
        self.order.offer(WORN, on=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._chips, 1)
        layout.addWidget(self._audit_words, 1)
        layout.addWidget(self._hint)
        layout.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def checked(self) -> frozenset[str]:
        """The key of the chip that is down."""
        return self._chips.checked

    def set_checked(self, keys: Iterable[str]) -> None:
        """Have this chip down, without a signal."""
        self._chips.set_checked(keys)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; the one that was down stays down, without a signal."""
        self._chips.set_chips(chips)

    def show_audit(self, standing: AuditStanding) -> None:
        """Say how far a check at random is."""
        looked_at, wanted = standing.certificate.looked_at, round_of(standing)
        words = self.tr("Check at random: {n} of {all}")
        self._audit_words.setText(words.format(n=number(looked_at), all=number(wanted)))

    def make_room(self, width: int, *, auditing: bool, ordered: bool) -> None:
        """Show what fits, and while a wall is checked at random no chips.

        Args:
            width: Of the page.
            auditing: Whether a wall is checked at random.
            ordered: Whether what is shown has an order of its own.
        """
        self._hint.setVisible(width >= HINT_FITS)
        self._chips.setVisible(not auditing)
        self.order.setVisible(not ordered)
        self._audit_words.setVisible(auditing)

    @Slot()
    def _show_keys(self) -> None:
        self._hint.setText(reminder(self._keys))
