"""Draws every state of the window, to be looked at: ``python packaging/states.py DIR``.

A program is walked state by state with sample stamps, some of them spoilt, in light and dark, large
and small; once for each scale and direction, in a process of its own. Beside the pictures it makes
sheets of four (``sheets``), and some pictures as the colour-blind see them (``colour-blind``). It
takes some minutes. What is drawn is kept nowhere in the repository.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from contact_sheets import BLIND, draw_sheets, seen_by
from evening import Evening
from PIL import Image
from PySide6.QtCore import Qt

WALKS = (("1", False), ("2", False), ("1", True), ("3", False))
"""Scale, and whether everything stands from right to left."""


def main(arguments: list[str]) -> int:
    """Walk once for each scale and direction, then make the sheets."""
    wanted = _parse(arguments)
    out = wanted.out.resolve()
    if wanted.walk:
        scale, direction = wanted.walk.split("-")
        _walk(out / wanted.walk, wanted.only, mirrored=direction == "rtl")
        return 0
    for scale, mirrored in WALKS:
        name = f"{scale}-{'rtl' if mirrored else 'ltr'}"
        if wanted.walks and name not in wanted.walks:
            continue
        command = [sys.executable, __file__, str(out), "--walk", name, "--only", wanted.only]
        done = subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": scale}, check=False)  # noqa: S603
        if done.returncode:
            return done.returncode
        _draw_sheets(out, name)
    _draw_as_seen(out)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw every state of the window.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="only states whose names begin so, or so,…")
    parser.add_argument("--walks", nargs="*", help="only these: 1-ltr 2-ltr 1-rtl 3-ltr")
    parser.add_argument("--walk", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _walk(out: Path, only: str, *, mirrored: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        app = Evening.at_home(Path(folder))
        if mirrored:
            app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        Evening(app, Path(folder), out, only).go()


def _draw_sheets(out: Path, name: str) -> None:
    """Four pictures a sheet: large and dark beside small and light, two states."""
    pictures = sorted((out / name).glob("*.png"))
    order = [one for one in pictures if one.stem.endswith(("1280-dark", "900-light"))]
    (out / "sheets").mkdir(exist_ok=True)
    draw_sheets(order, out / "sheets", name)


def _draw_as_seen(out: Path) -> None:
    """Some pictures as the colour-blind see them."""
    folder = out / "colour-blind"
    folder.mkdir(exist_ok=True)
    for state in ("label-graded", "review-whole-wall", "train-compared"):
        for path in (out / "1-ltr").glob(f"{state}-1280-dark.png"):
            for kind in BLIND:
                seen_by(kind, Image.open(path)).save(folder / f"{state}-{kind}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
