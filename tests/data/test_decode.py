import warnings
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from photo_corpus import BAD, COLOUR, GOOD, HEIGHT, WIDTH, jpeg, noise, picture, turned_jpeg
from PIL import Image

from tinyclf.data.decode import LARGEST_PIXELS, decode, decode_file, read_size
from tinyclf.errors import PhotoError

CLOSE = 6


def written(folder, name, contents):
    path = folder / name
    path.write_bytes(contents)
    return path


def assert_halves(image, halves, tolerance=CLOSE):
    width, height = image.size
    for x, colour in ((width // 4, halves[0]), (3 * width // 4, halves[1])):
        for y in (height // 4, 3 * height // 4):
            np.testing.assert_allclose(image.getpixel((x, y)), colour, atol=tolerance)


@pytest.mark.parametrize("name", GOOD)
def test_a_whole_picture_is_read_upright_and_in_its_colours(photos, name):
    contents, halves = GOOD[name]
    image = decode(written(photos, name, contents()))
    assert (image.mode, image.size) == ("RGB", (WIDTH, HEIGHT))
    assert_halves(image, halves)


@pytest.mark.parametrize("name", GOOD)
def test_a_reduced_picture_is_the_same_picture(photos, name):
    contents, halves = GOOD[name]
    image = decode(written(photos, name, contents()), long_side=32)
    assert (image.mode, image.size) == ("RGB", (32, 24))
    assert_halves(image, halves)


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_gives_its_reason(photos, name):
    contents, reason = BAD[name]
    path = written(photos, name, contents())
    for long_side in (None, 320):
        with pytest.raises(PhotoError) as refused:
            decode(path, long_side=long_side)
        if reason == "damaged or cut":
            assert str(refused.value).startswith(("the picture is damaged", "the picture breaks"))
        else:
            assert str(refused.value) == reason


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("long_side", [None, 32])
def test_every_camera_orientation_is_turned_upright(orientation, long_side):
    decoded = decode_file(BytesIO(turned_jpeg(orientation)), long_side=long_side)
    assert_halves(decoded.image, COLOUR)
    assert (decoded.width, decoded.height) == (WIDTH, HEIGHT)
    assert decoded.image.size == ((WIDTH, HEIGHT) if long_side is None else (32, 24))


def test_orientations_differ_top_from_bottom_too():
    marked = picture()
    marked.paste((0, 255, 0), (0, 0, WIDTH, HEIGHT // 4))
    exif = Image.Exif()
    exif[0x0112] = 3
    contents = jpeg(marked.transpose(Image.Transpose.ROTATE_180), exif=exif)
    upright = decode_file(BytesIO(contents)).image
    np.testing.assert_allclose(upright.getpixel((WIDTH // 2, 3)), (0, 255, 0), atol=CLOSE)


@pytest.mark.parametrize(
    ("size", "reduced"), [((1, 1), (1, 1)), ((1, 20_000), (1, 320)), ((20_000, 3), (320, 1))]
)
def test_extreme_shapes_keep_at_least_one_pixel(size, reduced):
    for form in ("JPEG", "PNG"):
        buffer = BytesIO()
        Image.new("RGB", size, (10, 200, 30)).save(buffer, form)
        decoded = decode_file(buffer, long_side=320)
        assert decoded.image.size == reduced
        assert (decoded.width, decoded.height) == size


def test_a_small_picture_is_never_enlarged():
    assert decode_file(BytesIO(jpeg()), long_side=5000).image.size == (WIDTH, HEIGHT)


def test_a_picture_at_the_limit_is_opened_and_one_above_is_not(photos):
    height = LARGEST_PIXELS // 20_000
    for rows, welcome in ((height, True), (height + 1, False)):
        path = photos / f"{rows}.png"
        Image.new("1", (20_000, rows)).save(path)
        if welcome:
            assert decode(path, long_side=10).size == (10, 5)
        else:
            with pytest.raises(PhotoError, match="more than the 200 million"):
                decode(path)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "JPEG2000"])
def test_a_cut_at_any_place_is_refused_or_leaves_the_whole_picture(form):
    whole = noise(form, side=40)
    pixels = decode_file(BytesIO(whole)).image.tobytes()
    for length in np.linspace(0, len(whole) - 1, 60).astype(int):
        try:
            image = decode_file(BytesIO(whole[:length])).image
        except PhotoError:
            continue
        assert image.tobytes() == pixels, f"{length} of {len(whole)} bytes gave half a picture"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "AVIF"])
def test_flipped_bytes_never_raise_anything_but_a_reason(form):
    rng = np.random.default_rng(3)
    whole = np.frombuffer(noise(form, side=40), np.uint8)
    for _ in range(150):
        broken = whole.copy()
        places = rng.integers(0, min(len(whole), 400), 4)
        broken[places] = rng.integers(0, 256, 4)
        with suppress(PhotoError):
            decode_file(BytesIO(broken.tobytes()), long_side=32)


def test_pillow_says_nothing_of_its_own(photos, capfd):
    path = written(photos, "broken.tif", noise("TIFF", compression="tiff_lzw")[:-3000])
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for _ in range(2):
            with pytest.raises(PhotoError):
                decode(path)
    assert not said
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_head_alone_tells_the_upright_size(orientation):
    assert read_size(BytesIO(turned_jpeg(orientation))) == (WIDTH, HEIGHT)


@pytest.mark.parametrize("name", BAD)
def test_a_size_is_told_or_refused_of_any_file(name):
    with suppress(PhotoError):
        assert min(read_size(BytesIO(BAD[name][0]()))) > 0
