"""Whether a JPEG that decoded without complaint was cut off and filled up.

Downloads and card copies that break off often leave a file of full length whose rest is zeros.
The decoder paints that rest grey and says nothing, so the end marker has to be looked for.
"""

from __future__ import annotations

from typing import BinaryIO

_FILLED = 512
_END = b"\xff\xd9"


def is_cut_jpeg(file: BinaryIO) -> bool:
    """Return whether the file ends in nothing but zeros, without a JPEG end marker before them.

    A camera's trailer behind the picture may hold anything, hence only a long run of zeros is
    suspected.
    """
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - _FILLED))
    if file.read(_FILLED).strip(b"\0"):
        return False
    return not _content_before_zeros(file, length).endswith(_END)


def _content_before_zeros(file: BinaryIO, length: int, block: int = 1 << 16) -> bytes:
    position = length
    kept = b""
    while position > 0 and len(kept) < len(_END):
        start = max(0, position - block)
        file.seek(start)
        kept = file.read(position - start).rstrip(b"\0") + kept
        position = start
    return kept
