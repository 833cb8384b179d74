"""The scripts that train the condition encoder: a folder of plain modules, no package."""

from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[3] / "packaging" / "condition_encoder"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Their folder, from which they can be imported now."""
    monkeypatch.syspath_prepend(SCRIPTS)
    return SCRIPTS
