"""A server of a small model, asked over a socket of its own."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tinyclf.cli.main import run
from tinyclf.fitting.fitted_model import FittedModel
from tinyclf.fitting.model_file import load_model

pytest.importorskip("fastapi", reason="the extra server is not installed")
pytest.importorskip("uvicorn", reason="the extra server is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

H, W = 4, 3


def _fitted(data: Path, out: Path) -> FittedModel:
    assert run(["fit", str(data), "--out", str(out), "--epochs", "20", "--batch-size", "20"]) == 0
    return load_model(out)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def bars(folder: Path) -> FittedModel:
    """Tells whether the upper or the lower half of a picture of 4 × 3 pixels is bright."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 60, (160, H, W)).astype(np.uint8)
    y = np.arange(160) % 2
    for picture, is_low in zip(x, y, strict=True):
        (picture[2:] if is_low else picture[:2])[:] += 180
    np.savez(folder / "bars.npz", x=x, y=np.array(["above", "below"])[y])
    return _fitted(folder / "bars.npz", folder / "bars.safetensors")


@pytest.fixture(scope="session")
def fruit(folder: Path) -> FittedModel:
    """Tells a fruit by its weight and its colour."""
    rng = np.random.default_rng(0)
    lines = ["weight,colour,kind"]
    for k in range(90):
        weight = rng.normal((10, 150, 160)[k % 3], 3)
        lines.append(
            f"{weight:.2f},{('red', 'red', 'green')[k % 3]},{('cherry', 'plum', 'pear')[k % 3]}"
        )
    (folder / "fruit.csv").write_text("\n".join(lines) + "\n")
    return _fitted(folder / "fruit.csv", folder / "fruit.safetensors")


@pytest.fixture
def above() -> list[list[int]]:
    """A picture that is bright above."""
    return [[220] * W, [220] * W, [20] * W, [20] * W]


@pytest.fixture
def png() -> Callable[..., bytes]:
    """Writes a grey picture as a file."""

    def write(grid: Any, scale: int = 1, kind: str = "PNG") -> bytes:
        pixels = np.kron(np.array(grid, np.uint8), np.ones((scale, scale), np.uint8))
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, kind)
        return file.getvalue()

    return write


@pytest.fixture
def client() -> Iterator[Callable[..., Any]]:
    """Serves a model on a socket of its own, and makes a client that asks it."""
    import httpx

    with ExitStack() as opened:

        def ask(model: FittedModel, *arguments: Any, **options: Any) -> Any:
            host, port = opened.enter_context(listening(model, *arguments, **options))
            return opened.enter_context(httpx.Client(base_url=f"http://{host}:{port}", timeout=30))

        yield ask


@contextmanager
def listening(model: FittedModel, limits: Any = None, **options: Any) -> Iterator[tuple[str, int]]:
    from tinyclf.server.app import make_app
    from tinyclf.server.limits import Limits
    from tinyclf.server.running import host_names, listen, server_of

    limits = limits or Limits()
    with listen("127.0.0.1", 0) as own:
        address = own.getsockname()
        hosts = host_names("127.0.0.1", own)
        server = server_of(make_app(model, limits, hosts=hosts, **options), limits)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [own]})
        thread.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def served() -> Callable[..., Any]:
    """A context in which a model is served on a socket; gives its address."""
    return listening
