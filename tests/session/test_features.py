"""Vectors by the name of the features, for several threads at once."""

import time
from concurrent.futures import ThreadPoolExecutor

from tinyclf.session import features
from tinyclf.session.features import FeatureReader


def test_two_threads_load_an_extractor_once(tmp_path, monkeypatch):
    loaded = []

    def slowly():
        loaded.append(1)
        time.sleep(0.05)
        return object()

    monkeypatch.setattr(features, "PixelExtractor", slowly)
    reader = FeatureReader(tmp_path)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(reader.extractor, ["pixels"] * 4))
    reader.close()
    assert loaded == [1]
    assert len({id(one) for one in found}) == 1
