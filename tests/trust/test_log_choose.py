"""Logarithms of binomial coefficients."""

import math

import pytest

from tinyclf.trust.log_choose import log_choose


@pytest.mark.parametrize(("n", "k"), [(0, 0), (7, 0), (7, 7), (52, 5), (1000, 300)])
def test_it_is_the_logarithm_of_the_number_of_choices(n: int, k: int) -> None:
    assert log_choose(n, k) == pytest.approx(math.log(math.comb(n, k)), abs=1e-9)
