"""NVIDIA's compiler takes every CUDA source, for every card from Pascal on."""

import importlib
from pathlib import Path

import pytest

from tests.nn.card import nvrtc
from tests.nn.card.cuda_sources import SourceCollector
from tinyclf.nn.kernels import cuda
from tinyclf.nn.kernels.kernel import CUDA
from tinyclf.nn.kernels.registry import KERNELS

CARDS = {60: "Pascal", 75: "Turing", 80: "Ampere", 90: "Hopper"}
NOT_KERNELS = {"__init__", "raw"}
NAMES = sorted({file.stem for file in Path(cuda.__path__[0]).glob("*.py")} - NOT_KERNELS)


def sources_of(name):
    collector = SourceCollector()
    importlib.import_module(f"{cuda.__name__}.{name}").build(collector)
    return collector.sources


def test_every_kernel_with_a_cuda_form_has_a_source():
    assert set(NAMES) == {kernel.name for kernel in KERNELS if CUDA in kernel.lanes} | {"matmul"}


@pytest.mark.parametrize("architecture", CARDS, ids=CARDS.get)
@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name, architecture):
    library = nvrtc.load()
    if library is None:
        pytest.skip("no NVRTC (pip install nvidia-cuda-nvrtc-cu12)")
    if architecture not in nvrtc.architectures(library):
        pytest.skip(f"this NVRTC no longer knows {CARDS[architecture]}")

    complaints = {
        title: nvrtc.complaints(library, source, architecture)
        for title, (source, _) in sources_of(name).items()
    }

    assert complaints == dict.fromkeys(complaints, "")
