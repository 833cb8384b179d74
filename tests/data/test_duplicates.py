from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from tests.walking import finished
from tinyclf.data.difference_hash import hashes_of_poses
from tinyclf.data.duplicates import find_duplicates
from tinyclf.data.near_hashes import DISTANCE, MOST_DISTANCE, group_near
from tinyclf.data.pose_cache import PoseCache
from tinyclf.data.scan import read_photos
from tinyclf.errors import ConfigError, StorageError
from tinyclf.samples.stamp import draw_stamp


def duplicates_among(photos, thumbnails, poses):
    return find_duplicates(photos, [photo.photo_id for photo in photos], thumbnails, poses)


STAMPS = 4
CARDS = Path(__file__).parents[3] / "shared" / "data" / "cards_graded"


def cut(image, share):
    width, height = image.size
    across, down = round(share * width), round(share * height)
    return image.crop((across, down, width - across, height - down))


DUPLICATES = {
    "saved anew": lambda image: image,
    "smaller": lambda image: image.resize((image.width // 2, image.height // 2)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
    "trimmed": lambda image: cut(image, 0.01),
    "trimmed by 16 pixels": lambda image: ImageOps.crop(image, 16),
    "mirrored": ImageOps.mirror,
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "a quarter to the left": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "a quarter to the right": lambda image: image.transpose(Image.Transpose.ROTATE_270),
    "mirrored and turned": lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    "mirrored and trimmed": lambda image: ImageOps.mirror(ImageOps.crop(image, 8)),
}


def save(image, path, quality=90):
    image.save(path, "JPEG", quality=quality)
    return path


@pytest.fixture
def poses(tmp_path):
    with PoseCache(tmp_path) as cache:
        yield cache


@pytest.fixture(scope="module")
def stamps():
    return [draw_stamp(5, index)[0] for index in range(STAMPS)]


@pytest.mark.parametrize("alter", DUPLICATES.values(), ids=DUPLICATES.keys())
def test_a_near_duplicate_joins_its_original_alone(stamps, photos, thumbnails, poses, alter):
    paths = [save(image, photos / f"{k}.jpg") for k, image in enumerate(stamps)]
    paths += [save(alter(image), photos / f"{k} copy.jpg", 60) for k, image in enumerate(stamps)]
    found = list(read_photos(paths, thumbnails))
    duplicates = finished(duplicates_among(found, thumbnails, poses))
    originals = [photo.photo_id for photo in found[:STAMPS]]
    assert duplicates.problems == ()
    assert [duplicates.groups[photo.photo_id] for photo in found] == originals * 2


def test_other_stamps_join_nobody(stamps, photos, thumbnails, poses):
    found = list(read_photos([save(s, photos / f"{k}.jpg") for k, s in enumerate(stamps)]))
    assert finished(duplicates_among(found, thumbnails, poses)).groups == {}


def test_a_photo_that_is_gone_is_a_problem_and_no_duplicate(stamps, photos, thumbnails, poses):
    names = ("a.jpg", "b.jpg", "c.jpg")
    gone, *others = read_photos(
        [save(stamps[0], photos / name, 70 + k) for k, name in enumerate(names)]
    )
    gone.path.unlink()
    duplicates = finished(duplicates_among([gone, *others], thumbnails, poses))
    assert [problem.path for problem in duplicates.problems] == [gone.path]
    assert duplicates.groups == dict.fromkeys(
        [photo.photo_id for photo in others], others[0].photo_id
    )


def test_no_photo_has_no_duplicate(thumbnails, poses):
    assert finished(duplicates_among([], thumbnails, poses)).groups == {}


def test_the_first_hash_tells_darker_from_brighter_in_the_picture_as_it_is():
    ramp = np.tile(np.linspace(0, 255, 90, dtype=np.uint8), (80, 1))
    full = 2**64 - 1
    for shown, first in ((ramp, [full, 0]), (ramp.T, [0, full]), (ramp[:, ::-1], [0, 0])):
        assert hashes_of_poses(Image.fromarray(shown))[0].tolist() == [*first, 0]


def noisy_duplicates(chance, count, flipped):
    """``count`` hashes around 20 centres, with a share of their bits flipped."""
    centres = chance.integers(0, 2**64, (20, 2), dtype=np.uint64)
    flips = np.packbits(chance.random((count, 128)) < flipped, axis=1).view(np.uint64)
    return centres[chance.integers(20, size=count)] ^ flips


def by_hand(hashes, distance):
    """The first of each chain's rows, by comparing all with all."""
    label = list(range(len(hashes)))
    for one in range(len(hashes)):
        for other in range(one):
            if np.bitwise_count(hashes[one] ^ hashes[other]).sum() <= distance:
                low, high = sorted((label[one], label[other]))
                label = [low if each == high else each for each in label]
    return label


@pytest.mark.parametrize("distance", [0, 1, 5, DISTANCE, MOST_DISTANCE])
def test_groups_are_those_of_comparing_all_with_all(distance):
    chance = np.random.default_rng(distance)
    hashes = noisy_duplicates(chance, 120, (distance + 1) / 256)
    hashes[100] = hashes[7]
    assert finished(group_near(hashes, distance)).tolist() == by_hand(hashes, distance)


@pytest.mark.parametrize("distance", [-1, MOST_DISTANCE + 1])
def test_a_distance_that_cannot_be_looked_up_is_refused_at_once(distance):
    with pytest.raises(ConfigError, match="must be a whole number from 0 to 14"):
        group_near(np.zeros((3, 2), np.uint64), distance)


def test_things_of_several_hashes_are_near_by_any_of_them():
    chance = np.random.default_rng(0)
    hashes, of = noisy_duplicates(chance, 300, 0.06), chance.permutation(np.arange(300) // 3)
    stricter = chance.choice([0, 2], 300)
    wanted = np.arange(100)
    for one, other in np.argwhere(
        np.bitwise_count(hashes[:, None] ^ hashes).sum(axis=2, dtype=int)
        + np.add.outer(stricter, stricter)
        <= DISTANCE
    ):
        low, high = sorted((wanted[of[one]], wanted[of[other]]))
        wanted[wanted == high] = low
    assert 1 < len(set(wanted.tolist())) < 90
    assert finished(group_near(hashes, of=of, stricter=stricter)).tolist() == wanted.tolist()


def test_pairs_come_in_pieces_and_miss_none(monkeypatch):
    monkeypatch.setattr("tinyclf.data.near_hashes._PAIRS_AT_ONCE", 50)
    hashes = noisy_duplicates(np.random.default_rng(1), 150, 0.05)
    assert finished(group_near(hashes)).tolist() == by_hand(hashes, DISTANCE)


def test_nothing_to_group_is_fine():
    assert finished(group_near(np.zeros((0, 2), np.uint64))).tolist() == []
    assert finished(group_near(np.zeros((3, 2), np.uint64))).tolist() == [0, 0, 0]


def test_many_photos_are_compared_piece_by_piece():
    hashes = np.random.default_rng(0).integers(0, 2**64, (30_000, 2), dtype=np.uint64)
    hashes[20_000:] = hashes[:10_000]
    groups = finished(group_near(hashes))
    assert groups.tolist() == [*range(20_000), *range(10_000)]


@pytest.mark.parametrize("way", Image.Transpose)
def test_however_a_picture_is_turned_it_has_a_pose_in_common(stamps, way):
    for stamp in stamps:
        upright, turned = hashes_of_poses(stamp), hashes_of_poses(stamp.transpose(way))
        assert np.bitwise_count(upright[:, None, :2] ^ turned[:, :2]).sum(axis=2).min() <= 2


def test_a_picture_is_no_duplicate_of_itself(photos, thumbnails, poses):
    half = np.random.default_rng(0).integers(0, 255, (60, 30), dtype=np.uint8).repeat(2, axis=1)
    half[:, :30] //= 3
    alike = np.hstack([half, half[:, ::-1]])
    found = list(read_photos([save(Image.fromarray(alike), photos / "a.jpg")], thumbnails))
    assert finished(duplicates_among(found, thumbnails, poses)).groups == {}


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (3000, 1), (2, 3)])
def test_a_strip_has_poses_too(size):
    assert hashes_of_poses(Image.new("RGB", size)).shape[1] == 3


@pytest.mark.skipif(not CARDS.exists(), reason=f"no graded cards in {CARDS}")
def test_other_prints_of_one_card_join_nobody(thumbnails, poses):
    found = read_photos(sorted((CARDS / "photos").glob("*.jpg")), thumbnails)
    cards = list({photo.photo_id: photo for photo in found}.values())  # some lie there twice
    assert finished(duplicates_among(cards, thumbnails, poses)).groups == {}


def test_plain_pictures_are_like_no_other(photos, thumbnails, poses):
    plain = [Image.new("RGB", (60, 60), (level,) * 3) for level in (20, 120, 220)]
    paths = [save(image, photos / f"{k}.jpg") for k, image in enumerate(plain)]
    found = list(read_photos(paths, thumbnails))
    assert finished(duplicates_among(found, thumbnails, poses)).groups == {}


def test_a_collection_of_one_design_is_not_one_picture(stamps, photos, thumbnails, poses):
    alike = [ImageEnhance.Brightness(stamps[0]).enhance(1 + k / 100) for k in range(12)]
    paths = [save(image, photos / f"{k:02d}.jpg") for k, image in enumerate([*alike, stamps[1]])]
    found = list(read_photos(paths, thumbnails))
    groups = finished(duplicates_among(found, thumbnails, poses)).groups
    assert len(set(groups.values())) != 1 or len(groups) < 10


@pytest.fixture
def two_alike_and_a_plain_one(stamps, photos, thumbnails):
    paths = [save(stamps[0], photos / f"{k}.jpg", 70 + k) for k in range(2)]
    paths.append(save(Image.new("RGB", (60, 60)), photos / "plain.jpg"))
    return list(read_photos(paths, thumbnails))


def test_hashes_known_before_are_not_found_again(
    two_alike_and_a_plain_one, thumbnails, poses, tmp_path
):
    found = two_alike_and_a_plain_one
    first = finished(duplicates_among(found, thumbnails, poses))
    assert set(first.groups) == {photo.photo_id for photo in found[:2]}
    for photo in found:
        photo.path.unlink()
    with PoseCache(tmp_path) as opened_anew:
        assert finished(duplicates_among(found, None, opened_anew)) == first


def test_what_was_hashed_is_kept_when_it_is_stopped(two_alike_and_a_plain_one, thumbnails, poses):
    job = duplicates_among(two_alike_and_a_plain_one, thumbnails, poses)
    while next(job).done < 2:
        pass
    job.close()
    ids = [photo.photo_id for photo in two_alike_and_a_plain_one]
    assert set(poses.get_many(ids)) == set(ids[:2])


def test_a_disk_that_is_full_for_hashes_costs_no_group(
    two_alike_and_a_plain_one, thumbnails, poses, monkeypatch
):
    def refuse(*_):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(poses, "put_many", refuse)
    assert len(finished(duplicates_among(two_alike_and_a_plain_one, thumbnails, poses)).groups) == 2


def test_a_new_duplicate_joins_photos_that_were_hashed_before(stamps, photos, thumbnails, poses):
    paths = [save(stamps[k], photos / f"{k}.jpg") for k in range(3)]
    *known, last = read_photos([*paths, save(stamps[1], photos / "new.jpg", 60)], thumbnails)
    finished(duplicates_among(known, thumbnails, poses))
    groups = finished(duplicates_among([last, *known], thumbnails, poses)).groups
    assert groups == dict.fromkeys([last.photo_id, known[1].photo_id], last.photo_id)
