"""No layer and no loss is left out of the core's lists, or of what the tests go through."""

import importlib
from pathlib import Path

import pytest

from tests.nn import kinds
from tinyclf.nn.layers import LAYERS
from tinyclf.nn.losses import LOSSES

ROOMS = {
    "layers": (LAYERS, {"elementwise", "fully_connected", "layer", "parameterless"}),
    "losses": (LOSSES, {"loss", "parameterless", "targets"}),
}


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_the_room_is_listed(room):
    listed, shared = ROOMS[room]
    folder = Path(importlib.import_module(f"tinyclf.nn.{room}").__file__).parent
    files = {path.stem for path in folder.glob("*.py")}

    assert {kind.__module__.rpartition(".")[2] for kind in listed} == files - shared - {"__init__"}


@pytest.mark.parametrize("room", ROOMS)
def test_they_stand_in_the_order_of_their_names(room):
    names = [kind.__name__.lower() for kind in ROOMS[room][0]]

    assert names == sorted(set(names))


def test_there_is_an_example_of_every_layer():
    assert {type(make(2, 3)[1]) for make in kinds.LAYERS.values()} == set(LAYERS)


def test_there_is_an_example_of_every_loss():
    assert {type(make(3)) for make in kinds.LOSSES.values()} == set(LOSSES)
