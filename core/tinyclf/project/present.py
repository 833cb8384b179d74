"""What stands of a photo: its row number in the file, and a person's verdict on it as a code."""

from __future__ import annotations

import apsw

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.database import row

_PRESENT = """
SELECT p.row, coalesce(
    (SELECT new FROM journal WHERE photo = p.row ORDER BY act DESC LIMIT 1), 0)
FROM photos p WHERE p.photo_id = ?
"""


def present(connection: apsw.Connection, photo_id: PhotoId) -> tuple[int, int]:
    """Return a photo's row number and the present verdict's code; 0 is none.

    Raises:
        CollectionError: it is not in this collection.
    """
    found = row(connection, _PRESENT, (photo_id,))
    if found is None:
        raise CollectionError(f"The photo {photo_id} is not in this collection. Import it first.")
    number, code = found
    return number, code


def unspoken(connection: apsw.Connection, photo_id: PhotoId) -> int:
    """Return the row number of a photo on which no verdict stands.

    Raises:
        CollectionError: it is not in this collection, or a person has spoken of it.
    """
    number, code = present(connection, photo_id)
    if code:
        raise CollectionError(
            f"A person has judged the photo {photo_id} already. Choose among those without a grade."
        )
    return number
