from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tinyclf.domain import ActKind, Grade, Interval, JudgedOn, PhotoId, Quality
from tinyclf.errors import CollectionError
from tinyclf.project import CollectionStore, StoredModel
from tinyclf.training.gate import Gate

QUALITY = Quality(
    exact=Interval(0.5, 0.4, 0.6),
    within_one=Interval(0.9, 0.8, 1.0),
    kappa=Interval(0.4, 0.3, 0.5),
    calibration_error=Interval(0.05, 0.01, 0.1),
    confusion=((3, 1, 0, 0, 0),) * 5,
    judged_on=JudgedOn.CROSS_VALIDATION,
    photos=20,
)


def save(store: CollectionStore, blob: bytes = b"weights") -> StoredModel:
    return store.save_model(
        blob,
        preset="balanced",
        config={"hidden": [64], "patience": None},
        quality=QUALITY,
        extractor_key="lite0-1",
        seconds=1.5,
    )


def test_a_model_comes_back_whole(store: CollectionStore) -> None:
    saved = save(store)
    assert saved == store.latest_model()
    assert (saved.number, saved.quality, saved.config["hidden"]) == (1, QUALITY, [64])
    assert store.model_blob(saved.number) == b"weights"


def test_a_model_may_be_unjudged(store: CollectionStore) -> None:
    store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    assert store.models()[0].quality is None


def save_refit(store: CollectionStore, gate: Gate | None = None) -> StoredModel:
    return store.save_model(
        b"quick",
        preset="balanced",
        config={},
        quality=QUALITY,
        extractor_key="lite0-1",
        seconds=0.1,
        is_quick=True,
        gate=gate,
    )


def test_a_quick_refit_says_that_it_is_one(store: CollectionStore) -> None:
    assert store.latest_training() is None
    first = save(store)
    refit = save_refit(store)
    assert refit.is_quick
    assert not first.is_quick
    assert store.latest_model() == refit
    assert store.latest_training() == first


def test_a_refit_that_was_not_judged_is_a_refit(store: CollectionStore) -> None:
    store.save_model(
        b"", preset="", config={}, quality=None, extractor_key="", seconds=0, is_quick=True
    )
    assert store.models()[0].is_quick
    assert store.latest_training() is None


def test_an_unjudged_training_is_a_training(store: CollectionStore) -> None:
    store.save_model(b"", preset="", config={}, quality=None, extractor_key="", seconds=0)
    assert store.latest_training() == store.latest_model()


def test_what_the_gate_said_is_kept_also_when_judged_again(store: CollectionStore) -> None:
    refit = save_refit(store, Gate(True, 0.25, 0.1))
    store.judge_model(refit.number, replace(QUALITY, judged_on=JudgedOn.EXAM))
    [judged] = store.models()
    assert judged.gate == Gate(True, 0.25, 0.1)
    assert judged.is_quick


def test_old_weights_are_let_go_but_not_the_record(store: CollectionStore) -> None:
    for number in range(5):
        save(store, bytes([number]))
    assert [model.number for model in store.models()] == [1, 2, 3, 4, 5]
    assert [store.model_blob(n) for n in range(1, 7)] == [None, None, b"\2", b"\3", b"\4", None]


def test_refits_do_not_drive_out_the_training_they_stand_in_for(store: CollectionStore) -> None:
    training = save(store)
    for _ in range(5):
        save_refit(store)
    assert store.model_blob(training.number) == b"weights"
    assert [store.model_blob(n) is None for n in range(2, 7)] == [True, True, False, False, False]


def test_the_machines_acts_are_no_history_of_a_person(
    store: CollectionStore, ids: list[PhotoId]
) -> None:
    model = save(store)
    store.save_proposals(model.number, ids, np.full((6, 5), 0.2))
    assert store.history() == []
    assert store.undoable() is None
    store.record(ActKind.CORRECT, [(ids[1], Grade.POOR)])
    assert list(store.codes_after(model.act)) == [ids[1]]


def test_a_model_may_be_judged_again(store: CollectionStore) -> None:
    number = save(store).number
    better = replace(QUALITY, judged_on=JudgedOn.EXAM, photos=40)
    store.judge_model(number, better)
    model = store.latest_model()
    assert model is not None
    assert model.quality == better
    with pytest.raises(CollectionError, match=r"no model 9 .* Train first"):
        store.judge_model(9, better)
