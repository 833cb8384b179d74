"""Files of version 2: grids of any kind of benchmark."""

from pathlib import Path

import pytest

from tinyclf.benchmark.file import plan_of_text
from tinyclf.benchmark.file.version_2 import KINDS
from tinyclf.benchmark.kinds import Case, Features, Inference, Store, Thumbnails, Training
from tinyclf.benchmark.plan import ROUNDS


def cases(text: str) -> tuple[Case, ...]:
    return plan_of_text(f"version: 2\n{text}", Path()).cases


def shapes(text: str) -> list[tuple[int, int]]:
    found = cases(text)
    return [(case.shape.layers, case.shape.dimension) for case in found if case.kind == "inference"]


def test_what_is_left_out_is_default() -> None:
    plan = plan_of_text("version: 2\nbenchmark: {}\n", Path())
    assert plan.cases == (Inference(),)
    assert (plan.rounds, plan.budget) == (ROUNDS, None)


def test_rounds_and_budget_are_the_plans() -> None:
    plan = plan_of_text("version: 2\nrounds: 9\nbudget: 1.5\nbenchmark: {}\n", Path())
    assert (plan.rounds, plan.budget) == (9, 1.5)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for_by_its_name(kind: str) -> None:
    (case,) = cases(f"benchmark: {{kind: {kind}, name: mine}}")
    assert case == KINDS[kind](name="mine")


def test_the_kinds_are_those_there_are() -> None:
    assert set(KINDS.values()) == {Inference, Training, Features, Thumbnails, Store}


@pytest.mark.parametrize("name", ["benchmark", "benchmarks"])
def test_one_benchmark_needs_no_list_and_several_have_one(name: str) -> None:
    assert cases(f"{name}: {{batch: 2}}") == (Inference(batch=2),)
    assert cases(f"{name}:\n- batch: 2\n- kind: store\n") == (Inference(batch=2), Store())


def test_the_last_list_of_the_file_changes_fastest() -> None:
    text = "benchmark: {shape: {layers: [1, 2], dimension: [8, 4]}, batch: [1, 3]}"
    batches = [case.batch for case in cases(text) if isinstance(case, Inference)]
    assert list(zip(shapes(text), batches, strict=True)) == [
        ((1, 8), 1),
        ((1, 8), 3),
        ((1, 4), 1),
        ((1, 4), 3),
        ((2, 8), 1),
        ((2, 8), 3),
        ((2, 4), 1),
        ((2, 4), 3),
    ]


def test_a_group_may_be_a_list_of_groups_with_lists_in_them() -> None:
    text = "benchmark: {shape: [{layers: 1, dimension: [2, 3]}, {layers: [4, 5], dimension: 6}]}"
    assert shapes(text) == [(1, 2), (1, 3), (4, 6), (5, 6)]


def test_null_in_a_list_is_what_leaving_out_is() -> None:
    found = cases("benchmark: {performance: {threads: [1, null]}}")
    assert [case.performance.threads for case in found] == [1, None]


@pytest.mark.parametrize(
    ("hidden", "widths"),
    [
        ("[16, 8]", [(16, 8)]),
        ("[]", [()]),
        ("[[16, 8]]", [(16, 8)]),
        ("[[16], [], [8, 8]]", [(16,), (), (8, 8)]),
    ],
)
def test_where_a_list_is_a_value_a_list_of_lists_is_a_grid(
    hidden: str, widths: list[tuple[int, ...]]
) -> None:
    found = cases(f"benchmark: {{kind: training, hidden: {hidden}}}")
    assert [case.hidden for case in found if case.kind == "training"] == widths


def test_a_group_with_nothing_in_it_is_default() -> None:
    assert cases("benchmark:\n  shape:\n  math:\n    epsilons:\n") == (Inference(),)


def test_equal_cases_are_measured_once() -> None:
    assert len(cases("benchmarks: [{batch: [1, 2, 1]}, {batch: 2}]")) == 2


def test_an_alias_stands_for_what_it_names() -> None:
    text = (
        "benchmarks:\n- shape: &small {layers: 1, dimension: [2, 3]}\n- {shape: *small, batch: 9}"
    )
    assert shapes(text) == [(1, 2), (1, 3), (1, 2), (1, 3)]


def test_a_thousand_cases_are_allowed() -> None:
    numbers = list(range(1, 11))
    text = f"benchmark: {{nepochs: {numbers}, batch: {numbers}, shape: {{layers: {numbers}}}}}"
    assert len(set(cases(text))) == 1000


def test_paths_are_meant_from_the_folder_of_the_file() -> None:
    text = """
        version: 2
        benchmarks:
        - {kind: features, folder: [stamps, ../all, /else], extractor: own.onnx}
        - {kind: features, extractor: pixels}
    """
    *found, drawn = plan_of_text(text, Path("/home/me")).cases
    places = [each.folder for each in found if isinstance(each, Features)]
    assert places == ["/home/me/stamps", "/home/all", "/else"]
    assert {each.extractor for each in found if isinstance(each, Features)} == {"/home/me/own.onnx"}
    assert drawn == Features(extractor="pixels")
