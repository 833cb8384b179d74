"""A file manager of one folder: its little window is dragged, and what is dropped is the folder."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel


class Folder(QLabel):
    """Shows the folder's name, and says where on the screen it is."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._path = path
        self.setWindowFlags(Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint)
        self.setGeometry(0, 0, 120, 60)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(self._path)])
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.setPixmap(QPixmap(1, 1))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction)

    def tell(self) -> None:
        middle = self.mapToGlobal(self.rect().center())
        sys.stdout.write(f"{middle.x()} {middle.y()}\n")
        sys.stdout.flush()


app = QApplication(sys.argv)
folder = Folder(sys.argv[1])
folder.show()
QTimer.singleShot(500, folder, folder.tell)
app.exec()
