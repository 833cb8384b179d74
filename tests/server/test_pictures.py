"""POST /predict/image: pictures as files, and what only looks like one."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tinyclf.server.limits import Limits


def bomb(side):
    """A small PNG that says it is large, and is."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_is_told_in_any_size_and_format(client, bars, above, png):
    asks = client(bars)
    for kind in ("PNG", "JPEG", "BMP", "WEBP"):
        [told] = asks.post(
            "/predict/image", files={"file": (f"a.{kind}", png(above, 10, kind))}
        ).json()["predictions"]
        assert told["prediction"] == "above"
        assert told["name"] == f"a.{kind}"


def test_several_pictures_are_told_in_their_order(client, bars, above, png):
    files = [("file", (f"{k}.png", png(above[::step]))) for k, step in enumerate((1, -1, 1))]
    told = client(bars).post("/predict/image", files=files).json()["predictions"]
    assert [each["prediction"] for each in told] == ["above", "below", "above"]
    assert [each["name"] for each in told] == ["0.png", "1.png", "2.png"]


def test_dark_on_light_is_turned(client, bars, above, png):
    asks = client(bars)
    turned = png(255 - np.array(above))
    [told] = asks.post("/predict/image", files={"file": turned}, data={"invert": "true"}).json()[
        "predictions"
    ]
    assert told["scores"] == asks.post("/predict", json={"grid": above}).json()["scores"]


def test_a_bomb_is_refused_from_its_head(client, bars):
    content = bomb(8_000)
    assert len(content) < 100_000
    asks = client(bars, Limits(pixels=1_000_000))
    answer = asks.post("/predict/image", files={"file": ("bomb.png", content)})
    assert answer.status_code == 422
    assert answer.json()["where"] == "file[0]"
    assert "8,000 × 8,000 pixels" in answer.json()["error"]


def test_many_bombs_are_refused_together(client, bars):
    files = [("file", (f"{k}.png", bomb(1_000))) for k in range(5)]
    answer = client(bars, Limits(pixels=3_500_000)).post("/predict/image", files=files)
    assert answer.status_code == 422
    assert answer.json()["where"] == "file[3]"
    assert "with those before it more than the 3,500,000" in answer.json()["error"]
    few = client(bars, Limits(pixels=3_500_000)).post("/predict/image", files=files[:3])
    assert few.status_code == 200


def test_a_bomb_in_a_texts_chunk_is_no_harm(client, bars, above, png):
    text = b"zTXt" + b"k\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    whole = png(above)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    answer = client(bars).post("/predict/image", files={"file": whole[:33] + chunk + whole[33:]})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"no picture", "it is no picture"),
        (b"PK\x03\x04" + bytes(100), "it is no picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "it is no picture"),
    ],
)
def test_what_is_no_picture_is_told_by_its_name(client, bars, content, words):
    answer = client(bars).post("/predict/image", files={"file": ("x.png", content)})
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("file[0] ('x.png'): ")
    assert words in answer.json()["error"]


def test_a_name_in_any_script_is_told_as_it_is(client, bars):
    files = {"file": ("Größe 切手\x07.txt", b"none")}
    told = client(bars).post("/predict/image", files=files).json()["error"]
    assert "'Größe 切手" in told
    assert "\x07" not in told


def test_a_cut_picture_is_refused(client, bars):
    file = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (90, 90), np.uint8)).save(file, "PNG")
    cut = file.getvalue()[:3_000]
    assert client(bars).post("/predict/image", files={"file": cut}).status_code == 422


HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", HEAD + b"abc\r\n--x--\r\n"),
        ("multipart/form-data; boundary=", HEAD),
        ("multipart/form-data; boundary=" + "x" * 5_000, HEAD),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", HEAD + b"abc"),
        ("multipart/form-data; boundary=x", HEAD[:20]),
        ("multipart/form-data; boundary=x", b"\xff" * 500),
        ("multipart/form-data; boundary=x; charset=nonsense", HEAD + b"abc\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", HEAD.replace(b"file", b"\xff\xfe") + b"\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nA" * 50_000),
        ("multipart/form-data; boundary=x", b"--x\r\nA: " + b"a" * 500_000),
        ("multipart/form-data; boundary=x", (HEAD + b"\r\n") * 2_000 + b"--x--\r\n"),
    ],
)
def test_a_damaged_form_is_refused(client, bars, kind, body):
    answer = client(bars).post("/predict/image", content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_other_fields_are_refused(client, bars, above, png):
    files = {"file": png(above)}
    ask = client(bars).post
    for data in ({"inverse": "true"}, {"invert": "yes"}, {"file": "text"}):
        assert ask("/predict/image", files=files, data=data).status_code == 422


def test_a_model_of_tables_has_no_such_path(client, fruit):
    assert client(fruit).post("/predict/image", files={"file": b"x"}).status_code == 404


def test_what_decoding_took_is_given_back_however_small_the_files_were(
    client, bars, above, png, monkeypatch
):
    given = []
    monkeypatch.setattr("tinyclf.server.app.give_back", lambda: given.append(True))
    asks = client(bars)
    assert asks.post("/predict/image", files={"file": png(above)}).status_code == 200
    assert not given
    files = [("file", (f"{k}.png", bomb(200))) for k in range(2)]
    assert sum(len(content) for _, (_, content) in files) < 1_000
    assert asks.post("/predict/image", files=files).status_code == 200
    assert given


def test_a_form_without_a_boundary_is_told_so(client, bars):
    for kind in ("multipart/form-data", "multipart/form-data; boundary="):
        answer = client(bars).post(
            "/predict/image", content=HEAD + b"abc\r\n--x--\r\n", headers={"Content-Type": kind}
        )
        assert answer.status_code == 400
        assert "Content-Type names no boundary" in answer.json()["error"]
