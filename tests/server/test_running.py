"""A socket that listens."""

import os
import socket

import pytest

from tinyclf.cli.serving import serve_command
from tinyclf.server import running
from tinyclf.server.limits import MEGABYTE, Limits


@pytest.mark.parametrize(("system", "reused"), [("posix", True), ("nt", False)])
def test_a_port_is_taken_over_only_where_that_means_one_that_was_left(monkeypatch, system, reused):
    monkeypatch.setattr(running, "SYSTEM", system)
    with running.listen("127.0.0.1", 0) as listening:
        option = listening.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
    assert bool(option) is reused


def test_the_system_is_the_one_that_it_runs_on():
    assert os.name == running.SYSTEM


def test_what_is_not_asked_for_is_limited_as_usual():
    usual = {each.name: each.default for each in serve_command.params}
    assert usual["max_body"] * MEGABYTE == Limits().body_bytes
    assert usual["max_pixels"] * 1_000_000 == Limits().pixels
    assert usual["max_batch"] == Limits().inputs
    assert usual["max_requests"] == Limits().requests
    assert usual["timeout"] == Limits().body_seconds == Limits().seconds
