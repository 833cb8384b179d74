import importlib.util
import sys
from pathlib import Path

import pytest

from tinyclf.data.thumbnails import ThumbnailCache

# test files are no package, so their common corpus is brought in by its place
if "photo_corpus" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "photo_corpus", Path(__file__).with_name("corpus.py")
    )
    sys.modules["photo_corpus"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["photo_corpus"])


@pytest.fixture
def thumbnails(tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    with ThumbnailCache(folder) as cache:
        yield cache


@pytest.fixture
def photos(tmp_path):
    """An empty folder for photos."""
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder
