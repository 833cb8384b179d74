"""The demo's files, which a later demo replaces; a person's grades it never does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tinyclf.domain import Act
from tinyclf.errors import InputError
from tinyclf.export.grades_table import COLUMNS
from tinyclf.session import Session
from tinyclf.whole_file import whole_file

HEADINGS = ",".join(COLUMNS).encode()


@dataclass(frozen=True)
class DemoFiles:
    """Where a demo's things lie.

    The mark names the last act of the simulated person. As long as that is the collection's last
    act, nobody else has graded there.

    Attributes:
        folder: Of all of them.
    """

    folder: Path

    @property
    def photos(self) -> Path:
        """The folder of sample stamps."""
        return self.folder / "photos"

    @property
    def collection(self) -> Path:
        """The collection."""
        return self.folder / "demo.tinyclf"

    @property
    def table(self) -> Path:
        """All grades."""
        return self.folder / "grades.csv"

    @property
    def walls(self) -> Path:
        """The folder of the walls' pictures."""
        return self.folder / "walls"

    @property
    def mark(self) -> Path:
        """The file that says which act was the simulated person's last."""
        return self.folder / ".demo"

    def sign(self, session: Session) -> None:
        """Remember that all acts up to now are the simulated person's."""
        for act in session.history(1):
            with whole_file(self.mark) as part:
                part.write_text(_name_of(act), "utf-8")

    def require_replaceable(self) -> None:
        """Make sure that whatever is there is an earlier demo's and nobody else's.

        Raises:
            InputError: a file of that name is no collection, is open elsewhere, or is not the
                demo's; or somebody has graded there.
        """
        if self.collection.exists():
            self._require_own_collection()
        if self.table.exists() and not (self.collection.exists() and self._is_own_table()):
            raise InputError(f"{self.table} is not an earlier demo's. Choose another folder.")

    def forget(self) -> None:
        """Remove what an earlier demo left, so that stopping at any moment leaves no riddle."""
        for path in (self.table, self.collection, self.mark):
            path.unlink(missing_ok=True)

    def _require_own_collection(self) -> None:
        with Session.open(self.collection) as session:
            folders, acts = session.folders, session.history(1)
        if not acts and not all(_same(one, self.photos) for one in folders):
            raise InputError(f"{self.collection} is not an earlier demo's. Choose another folder.")
        if acts and _name_of(acts[0]) != self._marked():
            raise InputError(
                f"{self.collection} holds grades that are not the demo's. Choose another folder, "
                "or move the collection away."
            )

    def _marked(self) -> str:
        with suppress(OSError, ValueError):
            return self.mark.read_text("utf-8")
        return ""

    def _is_own_table(self) -> bool:
        with self.table.open("rb") as file:
            return file.readline(len(HEADINGS)) == HEADINGS


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _name_of(act: Act) -> str:
    return f"{act.number} {act.when.isoformat()}"
