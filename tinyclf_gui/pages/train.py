"""The Train page: choose a configuration, watch it learn, see where it errs, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tinyclf.domain import Progress
from tinyclf.errors import ConfigError, StorageError
from tinyclf.session import Status
from tinyclf.training.comparison import ComparisonRow
from tinyclf.training.config import TrainingConfig
from tinyclf.training.config_file import read_config, write_config
from tinyclf.training.curves import EpochReport
from tinyclf.training.feature_names import EMBEDDING
from tinyclf.training.presets import DEFAULT_PRESET, PRESETS
from tinyclf_gui.models.config_shelf import OWN, ConfigShelf, Take
from tinyclf_gui.models.open_collection import OpenCollection
from tinyclf_gui.models.workbench import Workbench
from tinyclf_gui.widgets.bad_photos_line import BadPhotosLine
from tinyclf_gui.widgets.config_form import ConfigForm
from tinyclf_gui.widgets.fold_button import fold_button
from tinyclf_gui.widgets.learnt_words import gate_at_length, gate_in_words
from tinyclf_gui.widgets.next_step import train_at_length, train_in_words
from tinyclf_gui.widgets.preset_list import Offer, PresetList
from tinyclf_gui.widgets.side_panel import SidePanel
from tinyclf_gui.widgets.styled import label, push_button, restyle
from tinyclf_gui.widgets.training_charts import TrainingCharts


class TrainPage(QWidget):
    """Configurations at the left; curves, confusion matrix and comparison at the right.

    Signals:
        badWanted(): Show the photos that nothing is learnt from.
        cellChosen(object, object): Show the photos of this truth and proposal (two ``Grade`` s).
        reviewWanted(): Show the walls.
        configTaken(object): A file of settings (``Path``) was opened or saved.
        configForgotten(object): It need not be offered any more.
    """

    cellChosen = Signal(object, object)
    badWanted = Signal()
    reviewWanted = Signal()
    configTaken = Signal(object)
    configForgotten = Signal(object)

    def __init__(
        self,
        collection: OpenCollection,
        workbench: Workbench,
        parent: QWidget | None = None,
        *,
        configs: Sequence[Path] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trainPage")
        self._collection = collection
        self._workbench = workbench
        self._learning = False
        self._shelf = ConfigShelf()
        self._precision = PRESETS[DEFAULT_PRESET].config.precision
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_side())
        self._charts = TrainingCharts()
        layout.addWidget(self._charts, 1)
        self._listen()
        self._offer_again(configs)
        self._show_ticked()
        self._show_status(collection.status)

    @property
    def config(self) -> TrainingConfig:
        """The configuration that Train would use."""
        return self._form.config

    @property
    def config_name(self) -> str:
        """Its name: a preset's, that of a file of settings, or ``"own"``."""
        return self._presets.current

    @property
    def choice(self) -> tuple[TrainingConfig, str]:
        """Both."""
        return self.config, self.config_name

    def train(self) -> None:
        """Train with the chosen configuration."""
        self._workbench.train(self.config, self.config_name)

    def set_precision(self, precision: str) -> None:
        """Have presets trained in a precision, ``"f4"`` or ``"f8"``."""
        self._precision = precision
        if self.config_name in PRESETS:
            self._form.set_config(self._preset(self.config_name))

    def _preset(self, key: str) -> TrainingConfig:
        return replace(PRESETS[key].config, precision=self._precision)

    def _make_side(self) -> QWidget:
        side = self._side = SidePanel("sideLeft")
        self._presets = PresetList(
            {key: Offer(one.title, one.words, one.everyday) for key, one in PRESETS.items()}
        )
        self._words = label(PRESETS[DEFAULT_PRESET].words, "muted", wrap=True)
        self._form = ConfigForm(PRESETS[DEFAULT_PRESET].config)
        self._form.hide()
        self._mistake = label("", "danger", wrap=True)
        self._mistake.setObjectName("configMistake")
        self._mistake.hide()
        self._forget = push_button(self.tr("Forget this file"), "forgetConfigButton", "flat")
        self._forget.setToolTip(self.tr("It is not looked for any more; the file itself stays"))
        self._forget.hide()
        self._advice = label("", "muted", wrap=True)
        self._compare = push_button("", "compareButton")
        self._train = push_button(self.tr("Train"), "trainButton", "primary")
        self._see = push_button(self.tr("See what it proposes"), "seeProposalsButton", "primary")
        above = QHBoxLayout()
        above.addWidget(label(self.tr("Configuration"), "section"), 1)
        above.addWidget(label(self.tr("Compare"), "muted"))
        side.body.addLayout(above)
        side.body.addWidget(self._presets)
        side.body.addWidget(self._words)
        self._gate = label("", "muted", wrap=True)
        self._gate.setObjectName("gateLine")
        side.body.addWidget(self._gate)
        side.body.addWidget(self._mistake)
        side.body.addWidget(self._forget, 0, Qt.AlignmentFlag.AlignLeft)
        side.body.addLayout(self._make_details_row())
        side.body.addWidget(self._form)
        side.body.addStretch(1)
        self._bad = BadPhotosLine()
        self._bad.wanted.connect(self.badWanted)
        for widget in (self._advice, self._bad, self._compare, self._train, self._see):
            side.foot.addWidget(widget)
        return side

    def _make_details_row(self) -> QHBoxLayout:
        self._details = fold_button(self.tr("Details"), "detailsButton")
        self._details.setToolTip(self.tr("How it is built and how it learns, for the curious"))
        self._open = push_button(self.tr("Open…"), "openConfigButton", "flat")
        self._open.setToolTip(self.tr("Settings from a file (YAML), to train with or to compare"))
        self._save = push_button(self.tr("Save…"), "saveConfigButton", "flat")
        self._save.setToolTip(
            self.tr("These settings as a file (YAML), also for tinyclf train --config")
        )
        details = QHBoxLayout()
        details.addWidget(self._details, 1)
        details.addWidget(self._open)
        details.addWidget(self._save)
        return details

    def _listen(self) -> None:
        self._presets.chosen.connect(self._choose)
        self._presets.ticked.connect(self._show_ticked)
        self._open.clicked.connect(self.open_config)
        self._save.clicked.connect(self.save_config)
        self._forget.clicked.connect(self._forget_file)
        self._details.toggled.connect(self._unfold)
        self._form.edited.connect(self._keep_own)
        self._form.unfolded.connect(self._side.show_below)
        self._charts.cellClicked.connect(self.cellChosen)
        self._charts.rowChosen.connect(self._choose)
        self._train.clicked.connect(self.train)
        self._see.clicked.connect(self.reviewWanted)
        self._compare.clicked.connect(self.compare)
        self._collection.counted.connect(self._show_status)
        self._workbench.trainingBegun.connect(self._begin_curves)
        self._workbench.reported.connect(self._draw)
        self._workbench.trained.connect(self._end_curves)
        self._workbench.compared.connect(self._show_comparison)
        self._workbench.busyChanged.connect(self._show_busy)

    def _choose(self, key: str) -> None:
        self._presets.set_current(key)
        self._tell_unread()
        if key in PRESETS:
            self._words.setText(PRESETS[key].words)
        elif key == OWN:
            self._shelf.keep_own(self._config_of(OWN))
            self._words.setText(self.tr("Your own settings, below."))
            self._details.setChecked(True)
        else:
            self._words.setText(self.tr("Your settings of the file {0}.").format(key))
        self._form.set_config(self._config_of(key))
        self._show_gate(self._collection.status)

    def _config_of(self, key: str) -> TrainingConfig:
        if key in PRESETS:
            return self._preset(key)
        return self._shelf.config(key) or self._form.config

    def _unfold(self, unfolded: bool) -> None:
        self._form.setVisible(unfolded)
        if unfolded:
            self._side.show_below(self._details)

    def _keep_own(self, config: TrainingConfig) -> None:
        self._shelf.keep_own(config)
        self._presets.tick(OWN)
        self._choose(OWN)

    def open_config(self) -> None:
        """Ask for a file of settings, and take them."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Settings of a training"), "", self.tr("Settings (*.yaml *.yml)")
        )
        if path:
            self._take_config(Path(path), read_config)

    def save_config(self) -> None:
        """Ask where to keep these settings, and write them."""
        dialog = QFileDialog(self, self.tr("Settings of a training"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Settings (*.yaml *.yml)"))
        dialog.setDefaultSuffix("yaml")
        dialog.selectFile("settings.yaml")
        if dialog.exec():
            self._take_config(Path(dialog.selectedFiles()[0]), self._write)

    def _write(self, path: Path) -> TrainingConfig:
        write_config(self.config, path)
        return self.config

    def _take_config(self, path: Path, take: Take) -> None:
        """Offer the settings of a file by its name, chosen and ticked; or say what is wrong."""
        try:
            key = self._shelf.offer(path, take)
        except (ConfigError, StorageError) as error:
            self._tell_mistake(str(error))
            return
        self._presets.add(key, Offer(key, str(path.absolute()), everyday=False))
        self._presets.tick(key)
        self._choose(key)
        self.configTaken.emit(path)

    def _offer_again(self, paths: Sequence[Path]) -> None:
        """Offer the files of the evening before; of one that cannot be read, tell why."""
        self._shelf.offer_again(paths)
        for key, path in self._shelf.files.items():
            self._presets.add(key, Offer(key, str(path), everyday=False))
        self._tell_unread()

    def _tell_unread(self) -> None:
        """Tell of a remembered file that cannot be read, and offer to forget it; or of nothing."""
        unread = self._shelf.unread
        if unread:
            self._tell_mistake(unread)
        else:
            self._mistake.hide()
        self._forget.setVisible(bool(unread))

    def _tell_mistake(self, words: str) -> None:
        self._mistake.setText(words)
        self._mistake.show()
        self._forget.hide()
        self._side.show_below(self._mistake)

    def _forget_file(self) -> None:
        self.configForgotten.emit(self._shelf.forget_unread())
        self._tell_unread()

    def _show_ticked(self) -> None:
        self._compare.setText(self.tr("Compare {n}").format(n=len(self._presets.compared)))
        self._show_busy(self._workbench.busy)

    def compare(self) -> None:
        """Compare the configurations that are ticked, if that can be done now."""
        if not self._compare.isEnabled():
            return
        configs = {key: self._config_of(key) for key in self._presets.compared}
        self._charts.begin_comparison({key: self._title(key) for key in configs})
        self._learning = False
        self._workbench.compare(configs)

    def _begin_curves(self) -> None:
        self._learning = True
        self._charts.begin_curves(self.config)

    def _end_curves(self) -> None:
        self._charts.end_curves(self._collection.session.model)

    def _draw(self, report: Progress) -> None:
        if self._learning and isinstance(report, EpochReport):
            self._charts.draw(report)

    def _show_status(self, status: Status) -> None:
        self._train.setText(train_in_words(status))
        self._train.setToolTip(train_at_length(status))
        self._show_gate(status)
        if status.quality is not None:
            self._charts.show_quality(status.quality, self._collection.session.model)
        self._bad.show_bad(status.counts.bad)
        self._advice.setVisible(not status.counts.can_train)
        self._advice.setText(self.tr("Grade photos of at least two different grades first."))
        self._show_busy(self._workbench.busy)

    def _show_gate(self, status: Status) -> None:
        """Say what the last training found, where this configuration would ask as well."""
        trained, gate = self._collection.session.model, status.gate
        if trained is None or gate is None or self.config.features != EMBEDDING:
            self._gate.hide()
            return
        self._gate.setText(gate_in_words(gate, self._title(trained.preset)))
        self._gate.setToolTip(gate_at_length(gate))
        self._gate.show()

    def _show_busy(self, busy: bool) -> None:
        ready = self._collection.status.counts.can_train
        self._train.setEnabled(ready and not busy)
        self._offer_review(busy)
        self._compare.setEnabled(ready and not busy and len(self._presets.compared) > 1)

    def _offer_review(self, busy: bool) -> None:
        """The page's primary act is to train, until there is nothing new to learn from."""
        status = self._collection.status
        nothing_new = status.new_verdicts == status.accepted_news
        learned = status.quality is not None and nothing_new and not busy
        self._see.setVisible(status.quality is not None)
        self._see.setEnabled(not busy)
        restyle(self._see, "primary" if learned else "secondary")
        restyle(self._train, "secondary" if learned else "primary")

    def _show_comparison(self, rows: tuple[ComparisonRow, ...]) -> None:
        self._charts.show_comparison(rows, self._title, self._what)

    def _what(self, key: str) -> str:
        return PRESETS[key].words if key in PRESETS else ""

    def _title(self, key: str) -> str:
        if key in PRESETS:
            return PRESETS[key].title
        return self.tr("Your own") if key == OWN else key
