"""Plots, read back from the axes they are drawn on and from the file they become."""

import builtins

import numpy as np
import pytest
from PIL import Image

from tinyclf.data.datasets.dataset import Dataset
from tinyclf.errors import InputError, StorageError
from tinyclf.fitting import plotting
from tinyclf.fitting.confusion_plot import draw_confusion
from tinyclf.fitting.curves import curves_of
from tinyclf.fitting.evaluating import judged
from tinyclf.fitting.plotting import plot, require_matplotlib

figures = pytest.importorskip("matplotlib.figure", reason="matplotlib, the extra plot, is missing")

TRAINED = {
    "best_epoch": 2,
    "fold_accuracies": [0.5, 0.9],
    "history": {
        "epoch": [1, 2, 3],
        "loss": [0.9, 0.4, 0.2],
        "accuracy": [0.5, 0.75, 1.0],
        "held_out_loss": [1.0, 0.5, 0.7],
        "held_out_accuracy": [0.4, 0.8, 0.6],
    },
}
BRED = {
    "settings": {"evolution": {"fitness": "mcc"}},
    "best_epoch": 1,
    "history": {
        "epoch": [0, 1],
        "accuracy": [0.5, 0.75],
        "best_fitness": [0.1, 0.5],
        "mean_fitness": [0.0, 0.2],
        "fitness_spread": [0.1, 0.3],
    },
}


@pytest.fixture
def evaluation():
    """Of ten examples two of b are taken for a, and one of class c for b."""
    truth = np.array([0] * 4 + [1] * 4 + [2] * 2)
    told = np.array([0, 0, 0, 0, 0, 0, 1, 1, 2, 1])
    dataset = Dataset(np.ones((10, 1)), truth, ("a", "b", "c$1$"))
    return judged(dataset, np.eye(3)[told] * 0.7 + 0.1)


def drawn(record, evaluation=None, caption=()):
    panels = plotting._panels(curves_of(record), evaluation)
    figure = plotting._figure(panels, "a title", caption)
    return {axes.get_title(): axes for axes in figure.axes}


def lines(axes):
    return {line.get_label(): line for line in axes.get_lines()}


def test_loss_and_accuracy_are_drawn_and_the_kept_pass_marked():
    axes = drawn(TRAINED)
    loss, shares = lines(axes["Loss"]), lines(axes["Accuracy"])
    assert loss["learnt from"].get_ydata().tolist() == [0.9, 0.4, 0.2]
    assert loss["validation"].get_xdata().tolist() == [1, 2, 3]
    assert shares["validation"].get_ydata() == pytest.approx([40, 80, 60])
    assert set(loss["kept: pass 2"].get_xdata()) == {2}
    assert axes["Accuracy"].get_ylabel() == "examples told right (%)"
    assert loss["learnt from"].get_linestyle() != loss["validation"].get_linestyle()


def test_each_fold_is_a_dot_and_their_mean_a_line():
    folds = drawn(TRAINED)["Folds"]
    assert lines(folds)["a fold"].get_ydata() == pytest.approx([50, 90])
    assert set(lines(folds)["mean 70.00 %"].get_ydata()) == {70}


def test_of_a_bred_network_fitness_and_error_are_drawn():
    axes = drawn(BRED)
    assert list(axes) == ["Fitness", "Error of the fittest network"]
    fitness = axes["Fitness"]
    assert fitness.get_ylabel() == "Fitness: Matthews correlation"
    assert lines(fitness)["best of the generation"].get_ydata().tolist() == [0.1, 0.5]
    [band] = fitness.collections
    assert band.get_paths()[0].vertices[:, 1].min() == pytest.approx(-0.1)
    error = lines(axes["Error of the fittest network"])["learnt from"]
    assert error.get_ydata() == pytest.approx([50, 25])


def test_every_cell_of_the_confusions_tells_its_count(evaluation):
    axes = figures.Figure().subplots()
    draw_confusion(axes, evaluation)
    counts = {text.get_position(): text.get_text() for text in axes.texts}
    assert counts == {(0, 0): "4", (0, 1): "2", (1, 1): "2", (1, 2): "1", (2, 2): "1"}
    assert axes.images[0].get_array()[1].tolist() == [50, 50, 0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b", r"c\$1\$"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("class told", "true class")


def test_the_picture_is_a_whole_png_and_the_same_again(tmp_path, evaluation):
    for name in ("one.png", "two.png"):
        plot(curves_of(TRAINED), evaluation, "digits: 数 $", ["a line", "$"], tmp_path / name)
    one = (tmp_path / "one.png").read_bytes()
    assert one == (tmp_path / "two.png").read_bytes()
    with Image.open(tmp_path / "one.png") as picture:
        assert picture.format == "PNG"
        assert picture.width > 1500
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    assert {(0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)} <= colours


def test_without_curves_and_data_there_is_nothing_to_draw(tmp_path):
    with pytest.raises(InputError, match="no curves and no folds"):
        plot(curves_of({}), None, "", [], tmp_path / "none.png")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_keeps_what_it_had(tmp_path):
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(StorageError, match=r"folder\.png"):
        plot(curves_of(TRAINED), None, "", [], tmp_path / "folder.png")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_a_missing_library_is_named_with_its_extra(monkeypatch):
    whole = builtins.__import__

    def without(name, *rest):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"pip install 'tiny-classifier\[plot\]'"):
        require_matplotlib()
