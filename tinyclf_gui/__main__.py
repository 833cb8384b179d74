"""The command ``tinyclf-gui``: reads the command line, and says in words why a window cannot open.

Qt is imported only once that is clear: without a display it would abort the process.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tinyclf import __version__

LIBRARIES = (
    "libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 fonts-dejavu-core "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-image0 "
    "libxcb-render-util0 libxkbcommon-x11-0"
)
"""What packaging/system-libraries calls offscreen and window; a test compares them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; return the exit code."""
    wanted = parse(sys.argv[1:] if arguments is None else arguments)
    if not has_display(sys.platform, os.environ):
        return _complain("There is no display here. Without one, use the command tinyclf.")
    try:
        from tinyclf_gui import app
    except ImportError as error:
        return _complain(
            f"A library that Qt needs is missing ({error}). On Debian and Ubuntu type: "
            f"sudo apt-get install {LIBRARIES}"
        )
    return app.main(wanted.file, sample=wanted.sample, theme_wish=wanted.theme)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="tinyclf-gui", description="Grade thousands of photos 1 to 5 in an evening."
    )
    parser.add_argument("file", nargs="?", type=Path, help="a collection, or a folder of photos")
    parser.add_argument("--sample", action="store_true", help="open the sample stamps")
    parser.add_argument("--theme", choices=["system", "light", "dark"], help="for this once")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser.parse_args(arguments)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown; only X11 and Wayland systems may lack a display."""
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _complain(sentence: str) -> int:
    sys.stderr.write(f"tinyclf-gui: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
