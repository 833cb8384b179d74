"""tinyclf serve: what it says where it cannot, and that Ctrl+C ends it."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

pytest.importorskip("uvicorn", reason="the extra server is not installed")


@pytest.fixture
def model(tinyclf, tmp_path):
    rows = "\n".join(f"{k % 2},{k % 5},{'ab'[k % 2]}" for k in range(40))
    (tmp_path / "rows.csv").write_text(f"x,y,label\n{rows}\n")
    out = tmp_path / "m.safetensors"
    assert tinyclf("fit", tmp_path / "rows.csv", "--out", out, "--epochs", 2).code == 0
    return out


def test_a_missing_model_is_said(tinyclf, tmp_path):
    told = tinyclf("serve", tmp_path / "none")
    assert told.code == 2
    assert "is no file: name a model that tinyclf fit wrote" in told.complaint


def test_a_damaged_model_is_said(tinyclf, model):
    model.write_bytes(model.read_bytes()[:-9])
    assert tinyclf("serve", model).code == 2


def test_a_taken_port_is_said(tinyclf, model):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = tinyclf("serve", model, "--port", taken.getsockname()[1])
    assert told.code == 2
    assert "another program listens there" in told.complaint


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "\udcff"])
def test_no_such_host_is_said(tinyclf, model, host):
    told = tinyclf("serve", model, "--host", host)
    assert told.code == 2
    assert "There is no host" in told.complaint


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/path", ""])
def test_an_origin_that_is_none_is_said(tinyclf, model, origin):
    told = tinyclf("serve", model, "--cors", origin)
    assert told.code == 2
    assert "is no origin" in told.complaint


def test_without_the_extra_it_says_what_to_install(tinyclf, model, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastapi", None)
    for name in [name for name in sys.modules if name.startswith("tinyclf.server.")]:
        monkeypatch.delitem(sys.modules, name)
    told = tinyclf("serve", model)
    assert told.code == 2
    assert "pip install 'tiny-classifier[server]'" in told.complaint


def test_json_says_where_it_listens(environment, model):
    command = [sys.executable, "-m", "tinyclf", "serve", model, "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE) as process:
        told = json.loads("".join(process.stdout.readline() for _ in range(4)))
        assert told["url"] == f"http://127.0.0.1:{told['port']}"
        with urllib.request.urlopen(told["url"] + "/healthz") as answer:  # noqa: S310
            assert answer.status == 200
        process.terminate()


@pytest.mark.parametrize(("host", "warns"), [("127.0.0.1", False), ("0.0.0.0", True)])  # noqa: S104
def test_it_serves_until_ctrl_c(environment, model, host, warns):
    command = [sys.executable, "-m", "tinyclf", "serve", model, "--port", "0", "--host", host]
    with subprocess.Popen(command, env=environment, text=True, stderr=subprocess.PIPE) as process:
        said = [process.stderr.readline()]
        if warns:
            said.append(process.stderr.readline())
        assert ("Everyone" in said[0]) is warns
        port = re.search(r":(\d+);", said[-1])[1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert process.returncode == 0
    assert rest == "Ended.\n"
