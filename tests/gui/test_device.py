"""On the processor a job begins at once; a card is looked for first."""

import pytest

from tinyclf.domain import Progress
from tinyclf_gui.models.device import Device, FoundBackend
from tinyclf_gui.models.job_lane import Request


def job(backend):
    """Return the request of a job that computes there."""
    return Request(f"on {backend}", iter, print)


@pytest.fixture
def device(qapp):
    return Device()


def test_on_the_processor_the_job_itself_is_asked_for(device):
    assert device.request(job, pytest.fail).title == "on None"


def test_a_card_is_looked_for_before_the_job(device, monkeypatch):
    wanted, missed = [], []
    device.name = "cuda"
    device.missed.connect(missed.append)
    request = device.request(job, wanted.append)
    assert (request.title, request.counts) == ("Looking for the graphics card", False)
    assert isinstance(next(request.begin()), Progress)
    request.deliver(FoundBackend("the card"))
    assert [one.title for one in wanted] == ["on the card"]
    assert missed == []


def test_where_there_is_none_it_is_told_why_before_the_job(device):
    told = []
    device.name = "cuda"
    device.missed.connect(told.append)
    request = device.request(job, lambda wanted: told.append(wanted.title))
    request.deliver(FoundBackend("the processor", "No card answers."))
    assert told == ["No card answers.", "on the processor"]
