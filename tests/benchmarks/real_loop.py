"""The real loop by the command line, on real stamps with known damage: how good are the proposals?

150 random grades are given; judged are the proposals for photos whose stamp was not among those
graded. Without the photos, it says what is missing and does nothing.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.shared import shared, where_to_put
from tinyclf.training.metrics import exact, quadratic_kappa, within_one

FOLDER, TRUTH = "stamps_graded", "truth.csv"
GRADED = 150
SEEDS = 5


def run() -> None:
    """Walk the loop some times over and print a line for each."""
    if not (stamps() / TRUTH).exists():
        print(
            "Not measured: this takes photos of real stamps whose true grades are known, which are "
            f"not part of this repository. A folder photos and a table {TRUTH} (photo, a file "
            "name; grade, 1 to 5; stamp, which one the photo shows): "
            f"{where_to_put(FOLDER)}."
        )
        return
    kappas = []
    for seed in range(SEEDS):
        with tempfile.TemporaryDirectory() as folder:
            figures = loop(Path(folder), seed)
        kappas.append(figures["kappa"])
        print(
            f"seed {seed}: on {figures['photos']} other photos exact {figures['exact']:.0%}, "
            f"within one {figures['within_one']:.0%}, kappa {figures['kappa']:.3f}; "
            f"it said of itself kappa {figures['said']:.3f}; trained in {figures['seconds']:.1f} s",
            flush=True,
        )
    print(f"median kappa {statistics.median(kappas):.3f}")


def stamps() -> Path:
    """Return the folder with the photos and the table of their true grades."""
    return shared(FOLDER)


def loop(folder: Path, seed: int) -> dict[str, float]:
    """Grade some photos, train, propose; return the figures of the proposals for the others."""
    truth = read_truth()
    chosen = sorted(random.Random(seed).sample(sorted(truth), GRADED))
    with (folder / "grades.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [("photo", "grade"), *((name, truth[name][0]) for name in chosen)]
        )
    collection = str(folder / "stamps.tinyclf")
    tinyclf("new", collection, "--photos", str(stamps() / "photos"))
    tinyclf("grade", collection, "--csv", str(folder / "grades.csv"))
    trained = tinyclf("train", collection, "--seed", str(seed))
    tinyclf("propose", collection)
    tinyclf("export", collection, "--csv", str(folder / "out.csv"))
    seen = {truth[name][1] for name in chosen}
    return judge(folder / "out.csv", truth, seen) | {
        "said": trained["kappa"],
        "seconds": trained["seconds"],
    }


def judge(table: Path, truth: dict[str, tuple[int, str]], seen: set[str]) -> dict[str, float]:
    y, p = [], []
    with table.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            grade, stamp = truth[Path(row["path"]).name]
            if row["human_grade"] == "" and stamp not in seen:
                y.append(grade - 1)
                p.append([float(row[f"p{k}"]) for k in range(1, 6)])
    classes, probabilities = np.array(y), np.array(p)
    return {
        "photos": len(y),
        "exact": exact(classes, probabilities),
        "within_one": within_one(classes, probabilities),
        "kappa": quadratic_kappa(classes, probabilities),
    }


def read_truth() -> dict[str, tuple[int, str]]:
    with (stamps() / TRUTH).open(newline="") as file:
        return {row["photo"]: (int(row["grade"]), row["stamp"]) for row in csv.DictReader(file)}


def tinyclf(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tinyclf", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"tinyclf {arguments[0]} said: {done.stderr or done.returncode}")
    result: dict[str, float] = json.loads(done.stdout)
    return result
