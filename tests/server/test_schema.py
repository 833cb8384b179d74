"""The server keeps to its own schema, whatever is asked: told by schemathesis."""

import httpx
import hypothesis
import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

EXAMPLES = 60


def keep_to(model, served, png):
    picture = hypothesis.strategies.just(png([[0, 255], [255, 0]]))
    schemathesis.openapi.format("binary", picture)
    with served(model) as (host, port):
        url = f"http://{host}:{port}"
        told = httpx.get(f"{url}/openapi.json").json()
        schema = schemathesis.openapi.from_dict(told)
        schema.config.update(base_url=url)
        for operation in schema.get_all_operations():

            @hypothesis.settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            @hypothesis.seed(0)
            @hypothesis.given(case=case_of(operation.ok()))
            def check(case):
                case.call_and_validate(timeout=20)

            check()


def case_of(operation):
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    return hypothesis.strategies.one_of(
        *(operation.as_strategy(generation_mode=mode) for mode in modes)
    )


def test_a_server_of_pictures_keeps_to_its_schema(bars, served, png):
    keep_to(bars, served, png)


def test_a_server_of_rows_keeps_to_its_schema(fruit, served, png):
    keep_to(fruit, served, png)
