import os
import socket
import sys
from pathlib import Path

import pytest

from tinyclf.data.files import open_regular
from tinyclf.errors import PhotoError

posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
not_root = pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything"
)


def refusal(path):
    with pytest.raises(PhotoError) as refused:
        open_regular(path)
    return str(refused.value)


def test_a_file_is_opened_at_its_start(tmp_path):
    (tmp_path / "a").write_bytes(b"bytes")
    with open_regular(tmp_path / "a") as file:
        assert file.read() == b"bytes"


def test_a_missing_file_is_gone(tmp_path):
    assert refusal(tmp_path / "a") == "the file is gone"


def test_a_folder_is_named_as_such(tmp_path):
    assert refusal(tmp_path) == "it is a folder"


@posix
def test_a_pipe_never_hangs(tmp_path):
    os.mkfifo(tmp_path / "a.jpg")
    assert refusal(tmp_path / "a.jpg") == "it is a pipe, not a picture file"


@posix
def test_a_device_is_not_read():
    assert "a device" in refusal(Path("/dev/zero"))


@posix
def test_a_socket_is_not_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("a.jpg")
        assert refusal(tmp_path / "a.jpg") == "it is a socket, not a picture file"


@posix
def test_a_link_in_a_circle_is_named_as_such(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert refusal(tmp_path / "a") == "the link leads in a circle"


@posix
@not_root
def test_a_forbidden_file_is_named_as_such(tmp_path):
    (tmp_path / "a").touch(mode=0)
    assert refusal(tmp_path / "a") == "you are not allowed to read the file"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows words it otherwise")
def test_a_path_too_long_is_named_as_such(tmp_path):
    assert refusal(tmp_path / ("n" * 300)) == "the path is too long for this system"
