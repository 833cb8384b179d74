"""What stands of a photo: its row number in the file, and a person's verdict on it as a code."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from tinyclf.domain import PhotoId
from tinyclf.errors import CollectionError
from tinyclf.project.database import rows

STANDS = "coalesce((SELECT new FROM journal WHERE photo = p.row ORDER BY act DESC LIMIT 1), 0)"
"""The code of the verdict that stands on a photo p, in SQL."""

_PRESENT = f"""
SELECT asked.value, p.row, {STANDS}
FROM json_each(?) asked LEFT JOIN photos p ON p.photo_id = asked.value
ORDER BY asked.key
"""  # noqa: S608 (the words are this program's own)


def present(connection: apsw.Connection, photo_ids: Sequence[PhotoId]) -> list[tuple[int, int]]:
    """Return each photo's row number and the present verdict's code; 0 is none.

    Raises:
        CollectionError: one is not in this collection.
    """
    found = rows(connection, _PRESENT, (json.dumps(photo_ids),))
    for photo_id, number, _ in found:
        if number is None:
            raise CollectionError(
                f"The photo {photo_id} is not in this collection. Import it first."
            )
    return [(number, code) for _, number, code in found]


def unspoken(connection: apsw.Connection, photo_id: PhotoId) -> int:
    """Return the row number of a photo on which no verdict stands.

    Raises:
        CollectionError: it is not in this collection, or a person has spoken of it.
    """
    [(number, code)] = present(connection, [photo_id])
    if code:
        raise CollectionError(
            f"A person has judged the photo {photo_id} already. Choose among those without a grade."
        )
    return number
