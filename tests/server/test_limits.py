"""Limits: what is too much, too slow or from elsewhere is refused, and the server goes on."""

import contextlib
import json
import socket
import threading

import pytest

from tinyclf.errors import ConfigError
from tinyclf.server.batching import Batcher
from tinyclf.server.limits import Limits

SMALL = Limits(body_bytes=2_000)


def told(answer):
    """The status and the JSON of an answer, as bytes that came over a socket."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def talk(address, *parts):
    """Send bytes, and return all that is answered until the other side closes."""
    with socket.create_connection(address, timeout=20) as line:
        for part in parts:
            line.sendall(part)
        answer = b""
        while part := line.recv(65_536):
            answer += part
        return answer


def head(path="/predict", *lines, method="POST", host="localhost"):
    more = "".join(f"{line}\r\n" for line in lines)
    kind = "Content-Type: application/json"
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{kind}\r\n{more}\r\n".encode()


def test_a_large_body_is_refused_by_its_length(client, bars):
    answer = client(bars, SMALL).post("/predict", content=b" " * 3_000)
    assert answer.status_code == 413
    assert "more than 2,000 bytes" in answer.json()["error"]


def test_a_large_body_is_refused_as_it_comes_in_chunks(client, bars):
    answer = client(bars, SMALL).post("/predict", content=iter([b" " * 100] * 100))
    assert answer.status_code == 413


def test_a_length_that_never_comes_does_not_hang(served, bars):
    with served(bars, Limits(body_seconds=0.2)) as address:
        status, said = told(talk(address, head("/predict", "Content-Length: 100"), b"{"))
    assert status == 408
    assert "did not arrive within 0.2 s" in said["error"]


def test_a_head_that_never_ends_is_cut_off(served, bars):
    with served(bars, Limits(body_seconds=0.2)) as address:
        assert talk(address, b"GET / HTTP/1.1\r\nHost: local") == b""
        assert talk(address) == b""


@pytest.mark.parametrize("junk", [b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"A" * 100_000])
def test_what_is_no_http_is_no_harm(served, bars, junk):
    with served(bars, Limits(body_seconds=0.2)) as address:
        with contextlib.suppress(ConnectionError):
            assert talk(address, junk)[:12] in (b"", b"HTTP/1.1 400")
        assert talk(address, head("/healthz", "Connection: close", method="GET"))[9:12] == b"200"


def test_too_many_inputs_are_refused(client, bars, above):
    answer = client(bars, Limits(inputs=2)).post("/predict", json={"inputs": [above] * 3})
    assert answer.status_code == 422
    assert "at most 2 are told at once, not 3" in answer.json()["error"]


def test_too_many_files_are_refused(client, bars, above, png):
    files = [("file", png(above))] * 3
    answer = client(bars, Limits(inputs=2)).post("/predict/image", files=files)
    assert answer.status_code == 400
    assert "Too many files" in answer.json()["error"]


def test_too_many_requests_are_told_to_come_again(client, bars, above, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(x):
        begun.set()
        go_on.wait(20)
        return type(bars).predict(bars, x)

    monkeypatch.setattr("tinyclf.server.app.Batcher", lambda _predict: Batcher(slow))
    asks = client(bars, Limits(requests=1))
    answers = []
    first = threading.Thread(
        target=lambda: answers.append(asks.post("/predict", json={"grid": above}))
    )
    first.start()
    assert begun.wait(20)
    refused = asks.get("/healthz")
    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "1"
    go_on.set()
    first.join()
    assert answers[0].status_code == 200
    assert asks.get("/healthz").status_code == 200


def test_an_answer_that_takes_too_long_is_given_up(client, bars, above, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(
        "tinyclf.server.app.Batcher", lambda _predict: Batcher(lambda _x: go_on.wait(20))
    )
    answer = client(bars, Limits(seconds=0.1)).post("/predict", json={"grid": above})
    go_on.set()
    assert answer.status_code == 503
    assert "No answer within 0.1 s" in answer.json()["error"]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:5000", "", "127.0.0.1.evil.example"]
)
def test_another_name_than_this_machine_is_refused(client, bars, host):
    answer = client(bars).get("/model", headers={"Host": host})
    assert answer.status_code == 400
    assert "Host" in answer.json()["error"]


@pytest.mark.parametrize("host", ["localhost", "LocalHost:1", "127.0.0.1", "[::1]:5000"])
def test_this_machine_has_several_names(client, bars, host):
    assert client(bars).get("/model", headers={"Host": host}).status_code == 200


def test_other_sites_may_ask_only_where_that_was_said(client, bars):
    origin = {"Origin": "https://example.org"}
    allowed = "access-control-allow-origin"
    assert allowed not in client(bars).get("/model", headers=origin).headers
    asks = client(bars, origins=["https://example.org"])
    assert asks.get("/model", headers=origin).headers[allowed] == "https://example.org"
    assert allowed not in asks.get("/model", headers={"Origin": "https://evil.example"}).headers


def test_limits_are_checked_where_they_are_set():
    with pytest.raises(ConfigError, match="pixels of a request"):
        Limits(pixels=0)
