"""What is wrong with a photo is seen, and nothing is seen where nothing is wrong."""

from __future__ import annotations

from functools import cache
from math import erf

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from tinyclf.data.photo_faults.edges import edge_widths
from tinyclf.data.photo_faults.measures import UNSEEN, faults_of, faults_within, measure
from tinyclf.data.thumbnails import THUMBNAIL_SIDE
from tinyclf.domain import PhotoFault
from tinyclf.samples import draw_stamp

STAMPS = range(8)


@cache
def stamp(number: int) -> Image.Image:
    photo = draw_stamp(3, number)[0]
    photo.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.BICUBIC)
    return photo


def faults(photo: Image.Image) -> PhotoFault:
    return faults_of(measure(photo))


def noisy(photo: Image.Image, strength: float = 5.0) -> Image.Image:
    pixels = np.asarray(photo, np.float32)
    noise = np.random.default_rng(0).normal(0, strength, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def with_glare(photo: Image.Image, strength: float = 1.5, spread: float = 9.0) -> Image.Image:
    """A lamp reflected a bit beside the middle."""
    pixels = np.asarray(photo, np.float32)
    y, x = np.mgrid[: photo.height, : photo.width]
    square = (x - 0.4 * photo.width) ** 2 + ((y - 0.45 * photo.height) / 1.4) ** 2
    light = 255 * strength * np.exp(-square / (2 * spread**2))
    return Image.fromarray(np.clip(pixels + light[..., None], 0, 255).astype(np.uint8))


@pytest.mark.parametrize("number", STAMPS)
def test_a_good_photo_has_no_fault(number):
    assert not faults(stamp(number))


@pytest.mark.parametrize("number", STAMPS)
def test_a_blurred_stamp_is_flagged(number):
    assert faults(stamp(number).filter(ImageFilter.GaussianBlur(3))) == PhotoFault.BLURRED


@pytest.mark.parametrize("number", STAMPS)
def test_a_blurred_stamp_is_flagged_through_the_camera_s_noise(number):
    assert faults(noisy(stamp(number).filter(ImageFilter.GaussianBlur(3)))) == PhotoFault.BLURRED


@pytest.mark.parametrize("number", STAMPS)
def test_a_faded_stamp_is_not_a_blurred_one(number):
    assert not faults(ImageEnhance.Contrast(stamp(number)).enhance(0.15))


@pytest.mark.parametrize("number", STAMPS)
def test_a_faded_stamp_that_is_blurred_is_flagged(number):
    faded = ImageEnhance.Contrast(stamp(number)).enhance(0.3)
    assert faults(faded.filter(ImageFilter.GaussianBlur(3))) == PhotoFault.BLURRED


@pytest.mark.parametrize("number", STAMPS)
def test_a_stamp_in_focus_before_a_ground_out_of_focus_is_not_flagged(number):
    photo = stamp(number)
    behind = photo.filter(ImageFilter.GaussianBlur(6))
    middle = (photo.width // 6, photo.height // 6, 5 * photo.width // 6, 5 * photo.height // 6)
    behind.paste(photo.crop(middle), middle[:2])
    assert not faults(behind)


def test_a_plain_surface_is_not_flagged():
    plain = Image.new("RGB", (320, 240), (180, 170, 150))
    assert not faults(plain)
    assert not faults(noisy(plain, 2))


@pytest.mark.parametrize("number", STAMPS)
def test_a_photo_taken_in_the_dark_is_flagged(number):
    assert PhotoFault.DARK in faults(ImageEnhance.Brightness(stamp(number)).enhance(0.15))


@pytest.mark.parametrize("number", STAMPS)
def test_a_somewhat_dark_photo_is_not_flagged(number):
    assert not faults(ImageEnhance.Brightness(stamp(number)).enhance(0.5))


def test_a_lamp_s_reflection_is_flagged():
    dim = (ImageEnhance.Brightness(stamp(number)).enhance(0.7) for number in STAMPS)
    assert sum(PhotoFault.GLARE in faults(with_glare(photo)) for photo in dim) >= 6


def test_blank_white_paper_is_no_glare():
    photo = stamp(0).copy()
    photo.paste((255, 255, 255), (60, 60, 140, 160))
    assert not faults(photo)


@pytest.mark.parametrize("number", STAMPS)
def test_an_overexposed_stamp_is_no_glare(number):
    assert PhotoFault.GLARE not in faults(ImageEnhance.Brightness(stamp(number)).enhance(1.8))


def on_plain_ground(left: int) -> Image.Image:
    """A stamp on grey card, its left edge so far from the frame's."""
    photo = Image.new("RGB", (320, 240), (70, 74, 80))
    printed = np.random.default_rng(1).integers(130, 250, (16, 14, 3)).astype(np.uint8)
    photo.paste(Image.fromarray(printed).resize((140, 160), Image.Resampling.NEAREST), (left, 40))
    return photo


def test_a_stamp_that_the_frame_cuts_is_flagged():
    assert faults(on_plain_ground(-60)) == PhotoFault.CUT_OFF
    assert faults(on_plain_ground(240)) == PhotoFault.CUT_OFF


def test_a_stamp_within_the_frame_is_not_flagged():
    assert not faults(on_plain_ground(60))


def test_a_tight_crop_shows_no_ground_and_is_not_flagged():
    assert not faults(on_plain_ground(90).crop((92, 42, 228, 198)))


def test_of_a_handful_of_pixels_nothing_is_said():
    assert not faults(Image.new("RGB", (40, 40)))


@pytest.mark.parametrize("contrast", [4.0, 40.0, 200.0])
@pytest.mark.parametrize("spread", [1.0, 2.0, 4.0])
def test_the_width_of_an_edge_does_not_depend_on_its_contrast(contrast, spread):
    across = np.array([erf((x - 100) / (spread * 2**0.5)) for x in range(200)], np.float32)
    step = np.tile(128 + contrast / 2 * across, (50, 1))
    widths, _ = edge_widths(step.astype(np.float32))
    assert widths[25, 100] == pytest.approx(spread, rel=0.2)


def sizes(*longer: int) -> np.ndarray:
    return np.array(longer, np.int64)


def test_a_photo_much_smaller_than_the_others_is_tiny():
    faults = np.zeros(4, np.uint8)
    side = sizes(1200, 1600, 90, 1000)
    assert faults_within(faults, side, side // 2).tolist() == [0, 0, PhotoFault.TINY, 0]


def test_in_a_collection_of_small_pictures_none_is_tiny():
    side = sizes(40, 60, 50, 55)
    assert not faults_within(np.zeros(4, np.uint8), side, side).any()


def test_what_most_photos_have_is_how_they_were_taken():
    side = np.full(20, 1000, np.int64)
    few, most = np.zeros(20, np.uint8), np.zeros(20, np.uint8)
    few[:5], most[:15] = PhotoFault.BLURRED, PhotoFault.BLURRED
    assert np.count_nonzero(faults_within(few, side, side)) == 5
    assert not faults_within(most, side, side).any()


def test_photos_not_looked_at_have_no_fault_and_make_none_unusual():
    side = np.full(200, 1000, np.int64)
    pictures = np.full(200, UNSEEN, np.uint8)
    pictures[:20] = 0
    pictures[:4] = PhotoFault.CUT_OFF  # a fifth of those looked at
    assert not faults_within(pictures, side, side).any()
