import pytest

from tinyclf.errors import ConfigError
from tinyclf.fitting.networks import build_objective
from tinyclf.fitting.recipes import recipe
from tinyclf.nn.layers import BatchNorm, BinaryLinear, Conv2d, Linear
from tinyclf.training.augmentation import Mirror, Shift, Warp


def kinds(dataset, **asked):
    """Return the kinds of the augmentations, and of the layers, of a recipe."""
    settings = recipe(dataset, **asked)
    objective = build_objective(settings, dataset.shape, len(dataset.classes))
    return (
        {type(each) for each in settings.augmentations},
        {type(layer) for layer in objective.network.layers},
    )


def test_grey_pictures_are_moved_but_not_mirrored(pictures):
    moved, layers = kinds(pictures(side=28), model="mlp")
    assert moved == {Shift}
    assert Linear in layers


def test_colour_pictures_are_mirrored_too(pictures):
    moved, layers = kinds(pictures(side=32, channels=3), model="cnn")
    assert moved == {Shift, Mirror}
    assert {Conv2d, BatchNorm} <= layers


def test_asked_for_more_variety_pictures_are_warped(pictures):
    assert kinds(pictures(side=28), model="mlp", augment=True)[0] == {Warp}


def test_rows_are_left_as_they_are(rows):
    assert kinds(rows(), model="mlp")[0] == set()


def test_bits_have_no_layer_of_real_weights(pictures):
    layers = kinds(pictures(side=28), model="bits")[1]
    assert BinaryLinear in layers
    assert Linear not in layers


@pytest.mark.parametrize("side", [3, 4, 7, 9, 20])
def test_a_cnn_fits_into_small_pictures(pictures, side):
    assert Conv2d in kinds(pictures(side=side, channels=3), model="cnn")[1]
    assert Conv2d in kinds(pictures(side=side), model="cnn")[1]


def test_many_examples_spare_some_for_the_validation(rows):
    assert recipe(rows(90), "mlp").validation == 0
    assert recipe(rows(2_100), "mlp").validation == 0.05


def test_what_does_not_fit_rows_is_refused(rows):
    for asked in ({"model": "cnn"}, {"model": "mlp", "augment": True}):
        with pytest.raises(ConfigError, match="these examples are rows"):
            recipe(rows(), **asked)


def test_bred_networks_are_not_augmented(pictures):
    with pytest.raises(ConfigError, match="leave --augment out"):
        recipe(pictures(), "bits", augment=True, genetic=True)
