"""The prediction server under load and under attack: ``python -m tests.benchmarks server``.

200 clients ask as fast as they are answered, for a minute; then 10,000 hostile bodies are sent.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from tests.benchmarks.server.connection import Connection
from tests.benchmarks.server.hostile import hostile

CLIENTS = 200
SECONDS = 60.0
BODIES = 10_000
ATTACKERS = 16
PATIENCE_S = 30.0
LAST = 4_000
"""Characters of what the server logged that are shown where it failed."""

JSON = "application/json"


def run() -> None:
    """Measure and print both."""
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as (port, process):
        asyncio.run(_load(port))
        _attack(port, process)


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    model = folder / "digits.safetensors"
    rng = np.random.default_rng(0)
    np.savez(
        folder / "digits.npz",
        x=rng.integers(0, 256, (500, 28, 28), np.uint8),
        y=np.arange(500) % 10,
    )
    tinyclf = [sys.executable, "-m", "tinyclf"]
    subprocess.run(
        [*tinyclf, "fit", folder / "digits.npz", "--out", model, "--epochs", "1"],
        check=True,
        capture_output=True,
    )
    serve = [*tinyclf, "serve", model, "--port", "0", "--json"]
    log = folder / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=said, text=True) as server,
    ):
        try:
            yield _port(server), psutil.Process(server.pid)
        except BaseException:
            print(f"The server said:\n{log.read_text()[-LAST:]}", file=sys.stderr)
            raise
        finally:
            server.terminate()


def _port(server: subprocess.Popen[str]) -> int:
    """Return where a server listens, once it says so: it prints one object and no more."""
    assert server.stdout is not None
    printed = ""
    for line in server.stdout:
        printed += line
        if line.startswith("}"):
            return int(json.loads(printed)["port"])
    raise SystemExit("The server ended before it listened.")


async def _load(port: int) -> None:
    rng = np.random.default_rng(1)
    grids = rng.integers(0, 256, (CLIENTS, 28, 28))
    bodies = [json.dumps({"grid": grid.tolist()}).encode() for grid in grids]
    end = time.perf_counter() + SECONDS
    taken: list[float] = []
    failed: Counter[str] = Counter()

    async def client(body: bytes) -> None:
        connection = Connection(port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            try:
                status, _ = await connection.post("/predict", JSON, body)
                if status != 200:
                    failed[str(status)] += 1
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                failed[type(error).__name__] += 1
                connection.close()
            taken.append(time.perf_counter() - start)
        connection.close()

    await asyncio.gather(*map(client, bodies))
    p50, p99 = np.percentile(taken, (50, 99)) * 1e3
    print(
        f"{CLIENTS} clients for {SECONDS:.0f} s: {len(taken):,} requests, "
        f"{sum(failed.values())} failed {dict(failed) or ''}, "
        f"{len(taken) / SECONDS:,.0f} a second, "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms"
    )
    if failed:
        raise SystemExit("Requests failed.")


def _attack(port: int, process: psutil.Process) -> None:
    statuses: Counter[str] = Counter()
    memory = [process.memory_info().rss / 1e6]
    for part in range(10):
        statuses += asyncio.run(_send(port, part))
        memory.append(process.memory_info().rss / 1e6)
    print(f"{BODIES:,} hostile bodies: {dict(sorted(statuses.items()))}")
    print("Resident MB before and after each tenth: " + " ".join(f"{each:.0f}" for each in memory))
    if any(status.startswith("5") or status == "no answer" for status in statuses):
        raise SystemExit("A hostile body was answered 5xx, or not at all.")


async def _send(port: int, part: int) -> Counter[str]:
    statuses: Counter[str] = Counter()
    bodies = iter([hostile(part * BODIES // 10 + k) for k in range(BODIES // 10)])

    async def attacker() -> None:
        for path, kind, body in bodies:
            connection = Connection(port)
            try:
                answer = connection.post(path, kind, body)
                status, said = await asyncio.wait_for(answer, PATIENCE_S)
                json.loads(said)
                statuses[str(status)] += 1
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
                statuses["no answer"] += 1
            connection.close()

    await asyncio.gather(*(attacker() for _ in range(ATTACKERS)))
    return statuses
