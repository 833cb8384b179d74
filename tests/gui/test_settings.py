import pytest
from PySide6.QtCore import QByteArray, QSettings

from tinyclf.benchmark.speed import Speed
from tinyclf_gui.settings import DEFAULT_SPEED, DEFAULT_TILE, RECENT, TILE_RANGE, Settings


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "settings.ini")


def opened(path):
    return Settings(QSettings(path, QSettings.Format.IniFormat))


@pytest.fixture
def settings(path):
    return opened(path)


def test_the_first_start_has_sensible_values(settings):
    assert settings.theme == "system"
    assert settings.tile_pixels == DEFAULT_TILE
    assert settings.auto_advance
    assert settings.geometry.isEmpty()
    assert settings.recent() == []


def test_values_are_there_again_after_a_restart(settings, path):
    settings.theme = "light"
    settings.tile_pixels = 208
    settings.auto_advance = False
    settings.geometry = QByteArray(b"here")
    settings._store.sync()
    again = opened(path)
    assert (again.theme, again.tile_pixels, again.auto_advance) == ("light", 208, False)
    assert again.geometry == QByteArray(b"here")


@pytest.mark.parametrize("damaged", ["", "many", "-3", "1.5", "9" * 5000])
def test_a_damaged_size_reads_as_the_default(settings, damaged):
    settings._store.setValue("tile_pixels", damaged)
    assert settings.tile_pixels == DEFAULT_TILE


def test_a_size_stays_in_its_range(settings):
    settings.tile_pixels = 5000
    assert settings.tile_pixels == TILE_RANGE[1]


def test_an_unknown_theme_reads_as_the_systems(settings):
    settings._store.setValue("theme", "pink")
    assert settings.theme == "system"


def made(folder, name):
    path = folder / name
    path.touch()
    return path


@pytest.mark.parametrize("count", [0, 1, 2])
def test_recent_collections_are_remembered(settings, path, tmp_path, count):
    files = [made(tmp_path, f"{i}.tinyclf") for i in range(count)]
    for file in files:
        settings.remember(file)
    settings._store.sync()
    assert opened(path).recent() == files[::-1]


def test_opening_again_moves_to_the_head(settings, tmp_path):
    first, second = made(tmp_path, "a"), made(tmp_path, "b")
    for file in (first, second, first):
        settings.remember(file)
    assert settings.recent() == [first, second]


def test_a_collection_that_is_gone_is_not_offered(settings, tmp_path):
    gone = made(tmp_path, "gone")
    settings.remember(gone)
    gone.unlink()
    assert settings.recent() == []


def test_a_collection_can_be_forgotten(settings, tmp_path):
    file = made(tmp_path, "a")
    settings.remember(file)
    settings.forget(file)
    assert settings.recent() == []
    assert file.exists()


def test_only_so_many_are_remembered(settings, tmp_path):
    for i in range(RECENT + 3):
        settings.remember(made(tmp_path, str(i)))
    assert len(settings.recent()) == RECENT


def test_the_app_leaves_the_window_smooth_unless_told_otherwise(settings):
    assert settings.speed == DEFAULT_SPEED == Speed(1, "f4", "cpu")


@pytest.mark.parametrize("speed", [Speed(3, "f8", "cuda"), Speed(None)])
def test_a_speed_is_there_again_after_a_restart(settings, path, speed):
    settings.speed = speed
    settings._store.sync()
    assert opened(path).speed == speed


@pytest.mark.parametrize(
    ("key", "damaged"),
    [("threads", word) for word in ("0", "-1", "9999", "many")],
)
def test_a_damaged_speed_reads_as_the_default(settings, key, damaged):
    settings._store.setValue(key, damaged)
    assert settings.speed == DEFAULT_SPEED


@pytest.mark.parametrize(("key", "unknown"), [("precision", "f2"), ("device", "tpu")])
def test_an_unknown_precision_or_device_reads_as_the_default(settings, key, unknown):
    settings._store.setValue(key, unknown)
    assert settings.speed == DEFAULT_SPEED


def test_files_of_settings_are_remembered_beside_collections(settings, tmp_path):
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    settings.remember_config(one)
    settings.remember_config(two)
    settings.remember_config(one)
    assert settings.configs() == [one, two]  # also where the file is gone: that is told
    settings.forget_config(one)
    assert settings.configs() == [two]
    assert settings.recent() == []


def test_what_was_put_away_stays_away(settings, path):
    assert settings.is_wished("examples", usually=True)
    settings.wish("examples", False)
    settings._store.sync()
    assert not opened(path).is_wished("examples", usually=True)
    assert not opened(path).is_wished("others", usually=False)
