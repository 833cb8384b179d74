"""POST /predict: what is answered, and what is said of a request that cannot be met."""

import json

import numpy as np
import pytest

JSON = {"Content-Type": "application/json"}


def test_a_grid_is_told_with_all_scores(client, bars, above):
    answer = client(bars).post("/predict", json={"grid": above})
    assert answer.status_code == 200
    told = answer.json()
    assert told["prediction"] == "above"
    assert told["confidence"] == told["scores"]["above"] > 0.9
    assert set(told["scores"]) == {"above", "below"}
    assert sum(told["scores"].values()) == pytest.approx(1)


def test_it_tells_what_the_model_itself_tells(client, bars):
    x = np.random.default_rng(1).integers(0, 256, (20, 1, 4, 3)).astype(np.uint8)
    told = client(bars).post("/predict", json={"inputs": x[:, 0].tolist()}).json()["predictions"]
    scores = [[each["scores"][name] for name in bars.classes] for each in told]
    np.testing.assert_allclose(scores, bars.predict(x), rtol=1e-12)


def test_zero_to_one_is_told_as_zero_to_255(client, bars, above):
    ask = client(bars).post
    grey = (np.array(above) / 255).tolist()
    wanted = ask("/predict", json={"grid": above}).json()
    assert ask("/predict", json={"grid": grey}).json() == wanted
    assert ask("/predict", json={"grid": grey, "white": 255}).json() != wanted


def test_dark_on_light_is_turned(client, bars, above):
    turned = (255 - np.array(above)).tolist()
    ask = client(bars).post
    wanted = ask("/predict", json={"grid": above}).json()
    assert ask("/predict", json={"grid": turned, "invert": True}).json() == wanted


def test_a_row_is_told_by_names_or_in_order(client, fruit):
    ask = client(fruit).post
    named = ask("/predict", json={"row": {"colour": "green", "weight": 160}}).json()
    assert named["prediction"] == "pear"
    assert ask("/predict", json={"row": [160, "green"]}).json() == named
    told = ask("/predict", json={"inputs": [[10, "red"], {"weight": 150, "colour": "red"}]}).json()
    assert [each["prediction"] for each in told["predictions"]] == ["cherry", "plum"]


@pytest.mark.parametrize(
    ("told", "where", "words"),
    [
        ({"grid": [[0] * 3] * 3}, "grid", "length 4 is needed, not of 3"),
        ({"grid": [[0] * 3] * 3 + [[0] * 4]}, "grid[3]", "length 3 is needed, not of 4"),
        ({"grid": [[0, 0, 256]] * 4}, "grid[0][2]", "from 0 to 255"),
        ({"grid": [[0, 0, -1]] * 4}, "grid[0][2]", "from 0 to 255"),
        ({"grid": [[0, True, 0]] * 4}, "grid[0][1]", "a number is needed, not true or false"),
        ({"grid": [[0, "7", 0]] * 4}, "grid[0][1]", "a number is needed, not a text"),
        ({"grid": [[0, 10**400, 0]] * 4}, "grid[0][1]", "from 0 to 255"),
        ({"grid": "x"}, "grid", "an array of length 4 is needed, not a text"),
        ({"inputs": []}, "inputs", "not an empty one"),
        ({"inputs": [[[0] * 3] * 4, None]}, "inputs[1]", "not null"),
        ({"grid": [[0] * 3] * 4, "white": 2}, "white", "1 or 255"),
        ({"grid": [[0] * 3] * 4, "white": True}, "white", "1 or 255"),
        ({"grid": [[0] * 3] * 4, "invert": 1}, "invert", "true or false is needed"),
        ({"grid": [[0] * 3] * 4, "gird": 1}, "gird", "There is no 'gird' here"),
        ({"grid": [[0] * 3] * 4, "inputs": []}, None, "exactly one of 'grid' or 'inputs'"),
        ({}, None, "exactly one of 'grid' or 'inputs'"),
        ([], None, "must be an object with 'grid' or 'inputs', not an array"),
    ],
)
def test_a_mistake_is_told_with_its_place(client, bars, told, where, words):
    answer = client(bars).post("/predict", json=told)
    assert answer.status_code == 422
    assert answer.json()["where"] == where
    assert words in answer.json()["error"]


@pytest.mark.parametrize(
    ("row", "where", "words"),
    [
        ({"weight": 1}, "row", "the column 'colour' is missing"),
        ({"weight": 1, "colour": "red", "size": 2}, "row", "there is no column 'size'"),
        ({"weight": 1, "colour": "blue"}, "row.colour", "one of 'green', 'red' is needed"),
        ({"weight": "1", "colour": "red"}, "row.weight", "a number is needed, not a text"),
        ([1], "row", "an array of length 2 is needed, not of 1"),
        ([1e31, "red"], "row[0]", "a number from -1e+30 to 1e+30"),
        (7, "row", "an object or an array is needed, not a number"),
    ],
)
def test_a_mistake_in_a_row_is_told_with_its_place(client, fruit, row, where, words):
    answer = client(fruit).post("/predict", json={"row": row})
    assert answer.status_code == 422
    assert answer.json()["where"] == where
    assert words in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON: "),
        (b'{"grid": [[NaN]]}', "NaN"),
        (b'{"grid": [[-Infinity]]}', "-Infinity"),
        (b'{"grid": "\xff"}', "no UTF-8: byte 10"),
        (b"[" * 60_000, "without end"),
        (b"[" * 600_000 + b"]" * 600_000, "without end"),
        (b'{"grid": ' + b"9" * 5_000 + b"}", "too many digits"),
        (b"\xef\xbb\xbf{}", "no JSON"),
        (b"\x00" * 100, "no JSON"),
    ],
)
def test_what_is_no_json_is_refused(client, bars, body, words):
    answer = client(bars).post("/predict", content=body, headers=JSON)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_a_lone_surrogate_can_be_answered(client, bars, fruit):
    body = b'{"row": {"weight": 1, "colour": "red", "\\ud800": 1}, "\\udfff": 2}'
    assert client(fruit).post("/predict", content=body, headers=JSON).status_code == 422
    assert client(bars).post("/predict", content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize("kind", [None, "text/plain", "multipart/form-data", "application/jsonx"])
def test_another_kind_of_body_is_refused(client, bars, above, kind):
    headers = {} if kind is None else {"Content-Type": kind}
    body = json.dumps({"grid": above}).encode()
    answer = client(bars).post("/predict", content=body, headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.json()["error"]


def test_what_is_not_there_is_answered_alike(client, bars):
    asks = client(bars)
    assert asks.get("/none").json()["error"].startswith("There is nothing at '/none'")
    assert "'/größe'" in asks.get("/größe").json()["error"]
    wrong = asks.get("/predict")
    assert wrong.status_code == 405
    assert wrong.headers["allow"] == "POST"


def test_a_fault_of_the_program_is_answered_without_a_traceback(client, bars, above, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("tinyclf.server.app.read_asked", broken)
    answer = client(bars).post("/predict", json={"grid": above})
    assert answer.status_code == 500
    assert answer.json() == {"error": "A fault of the program: RuntimeError.", "where": None}


def test_the_model_is_described_without_a_path(client, bars, fruit, folder):
    told = client(bars).get("/model").json()
    assert told["classes"] == ["above", "below"]
    assert told["shape"] == [1, 4, 3]
    assert told["takes"] == "picture"
    assert str(folder) not in json.dumps(told)
    told = client(fruit).get("/model").json()
    assert told["columns"][1] == {"name": "colour", "texts": ["green", "red"]}
    assert told["record"]["examples"] == 72


def test_it_says_that_it_runs(client, bars):
    assert client(bars).get("/healthz").json() == {"status": "ok", "waiting": 0}
