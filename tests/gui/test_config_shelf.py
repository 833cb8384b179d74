"""A person's own settings are kept by name, and no name stands for two of them."""

import pytest

from tinyclf.errors import ConfigError
from tinyclf.training.config import TrainingConfig
from tinyclf_gui.models.config_shelf import OWN, ConfigShelf


@pytest.fixture
def shelf():
    return ConfigShelf()


def file(folder, name, width=7):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(f"hidden: [{width}]")
    return path


def test_a_file_is_known_by_its_name(shelf, tmp_path):
    assert shelf.offer(file(tmp_path, "mine")) == "mine"
    assert shelf.config("mine") == TrainingConfig(hidden=(7,))


@pytest.mark.parametrize("name", ["balanced", OWN])
def test_no_file_takes_the_name_of_another_configuration(shelf, tmp_path, name):
    assert shelf.offer(file(tmp_path, name)) == f"{name} (file)"


def test_two_files_of_one_name_are_told_apart_by_their_folders(shelf, tmp_path):
    shelf.offer(file(tmp_path / "a", "mine"))
    other = file(tmp_path / "b", "mine", 8)
    assert shelf.offer(other) == f"mine (in {other.parent})"
    assert shelf.offer(file(tmp_path / "a", "mine", 9)) == "mine"
    assert shelf.config("mine").hidden == (9,)


def test_a_file_that_cannot_be_read_is_remembered_until_it_is_forgotten_or_read(shelf, tmp_path):
    gone, late = tmp_path / "gone.yaml", tmp_path / "late.yaml"
    shelf.offer_again([gone, file(tmp_path, "mine"), late])
    assert list(shelf.files) == ["mine"]
    assert "gone.yaml cannot be read" in shelf.unread
    assert shelf.forget_unread() == gone
    assert "late.yaml cannot be read" in shelf.unread
    shelf.offer(file(tmp_path, "late"))
    assert shelf.unread == ""


def test_a_mistake_changes_nothing(shelf, tmp_path):
    shelf.offer(file(tmp_path, "mine"))
    (tmp_path / "mine.yaml").write_text("hiden: [7]")
    with pytest.raises(ConfigError, match="hiden"):
        shelf.offer(tmp_path / "mine.yaml")
    assert shelf.config("mine").hidden == (7,)
