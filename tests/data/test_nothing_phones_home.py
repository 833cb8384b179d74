"""The program keeps nothing about its user: no device id, no queue of events, beside its caches."""

import os
import subprocess
import sys
from pathlib import Path

ENCODE = """
from pathlib import Path
from PIL import Image
from tinyclf.data.encoder.builtin import builtin_encoder
builtin_encoder(Path("{cache}")).extract(Image.new("RGB", (64, 64)))
"""


def test_encoding_a_photo_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home, cache = tmp_path / "home", tmp_path / "cache"
    home.mkdir()
    cache.mkdir()
    elsewhere = {name: str(home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA")}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")} | elsewhere
    subprocess.run(
        [sys.executable, "-c", ENCODE.format(cache=cache)], env=environment, check=True, timeout=100
    )
    assert [str(path) for path in home.rglob("*")] == []
    assert list(cache.glob("*.onnx"))
