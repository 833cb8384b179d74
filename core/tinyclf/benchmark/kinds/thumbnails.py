"""Photos into the small pictures of the grid, as the app does it when a collection is opened."""

from __future__ import annotations

import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tinyclf.benchmark.kinds.limits import Limit
from tinyclf.benchmark.kinds.photos import APP_THREADS, decoding_bytes, photos_of
from tinyclf.benchmark.settings import CaseSettings, Folder, Name, Whole, WithoutCard
from tinyclf.benchmark.work import Work, Workload

if TYPE_CHECKING:
    from tinyclf.domain import Photo

DECODER_BYTES = 50_000_000
"""What the libraries that read pictures take."""


class Thumbnails(CaseSettings):
    """So many photos decoded, scaled and written as JPEG; nothing is taken from a cache.

    Attributes:
        name: What the benchmark is called; may be empty.
        photos: How many are looked at in a pass.
        size: The longer side of a thumbnail, in pixels.
        folder: Where the photos are; None for stamps that are drawn. Where there are fewer than are
            looked at, some are looked at more than once.
        performance: Threads are photos at a time; None for as many as the app takes.
    """

    kind: Literal["thumbnails"] = "thumbnails"
    name: Name = ""
    photos: Whole = Field(default=96, ge=1, le=100_000)
    size: Whole = Field(default=320, ge=16, le=4096)
    folder: Folder | None = None
    performance: WithoutCard = WithoutCard()

    def words(self) -> str:
        """Return what is measured, in a line."""
        return f"thumbnails of {self.photos:,} photos, {self.size} pixels"

    def work(self) -> Work:
        """Return the work of a pass."""
        tiles = 4 * self._threads * self.size**2 * 4  # the few that wait for their turn as well
        decoding = decoding_bytes(self.folder, self._threads)
        return Work(self.photos, "photo", needed_bytes=DECODER_BYTES + decoding + tiles)

    def limits(self) -> tuple[Limit, ...]:
        """Return nothing: no figure of the machine bounds it."""
        return ()

    def prepare(self) -> Workload:
        """Find the photos, in the process that measures.

        Raises:
            InputError: there are no photos.
            StorageError: the drawn photos cannot be kept.
        """
        from tinyclf.data.ahead import map_ahead

        photos = photos_of(self.folder, self.photos)

        def run() -> int:
            checksum = 0
            with closing(map_ahead(self._thumbnail, photos, self._threads)) as thumbnails:
                for jpeg in thumbnails:
                    checksum = zlib.crc32(jpeg, checksum)
            return checksum

        return Workload(run, lambda checksum: f"{checksum:08x}")

    @property
    def _threads(self) -> int:
        return self.performance.threads or APP_THREADS

    def _thumbnail(self, photo: Photo) -> bytes:
        """Return a photo's thumbnail as JPEG, made as :func:`tinyclf.data.thumbnails.thumbnail`."""
        from tinyclf.data.decode import decode_file
        from tinyclf.data.identity import open_imported
        from tinyclf.data.thumbnails import encode_thumbnail

        with open_imported(photo) as file:
            return encode_thumbnail(decode_file(file, long_side=self.size).image)
