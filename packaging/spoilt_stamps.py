"""Draws the stamps to look at, some of them spoilt as photos are."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter
from stage import walk

from tinyclf.samples import draw_samples

STAMPS = 420


def draw_spoilt_stamps(folder: Path) -> None:
    """Draw stamps; spoil some, double some, and add files that are no photos."""
    walk(draw_samples(folder, STAMPS, seed=1))
    files = sorted(folder.glob("*.jpg"))
    for path in files[:3]:
        photo = Image.open(path)
        photo.resize((photo.width // 2, photo.height // 2)).save(
            path.with_name(f"{path.stem} again.jpg"), quality=80
        )
        photo.filter(ImageFilter.GaussianBlur(9)).save(path.with_name(f"{path.stem} blur.jpg"))
        dark = ImageEnhance.Brightness(photo).enhance(0.08)
        dark.save(path.with_name(f"{path.stem} dark.jpg"))
    (folder / "broken.jpg").write_bytes(files[0].read_bytes()[:900])
    (folder / "empty.png").write_bytes(b"")
