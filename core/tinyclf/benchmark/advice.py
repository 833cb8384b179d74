"""What the standing of a case means to whoever wants it faster: one honest sentence."""

from __future__ import annotations

from typing import TypeAlias

from tinyclf.benchmark.kinds import Inference, Training
from tinyclf.benchmark.standing import Standing

NEAR = 0.7
"""Share of a limit from which on only less work helps: whatever else could be saved would make it
at most 1 / 0.7 = 1.4 times as fast."""

MOST = 0.5
"""Share of a limit from which on that work takes most of the time."""

MANY = {"cpu": 256, "cuda": 4096}
"""Inputs from which on a larger batch hardly helps, by device. What a layer costs besides is then
little beside its product: a few microseconds for a product of 256 inputs, which takes 40 where a
layer is 128² and a core does 200 GFLOP/s."""

BEYOND = 1.15
"""Share of a limit that cannot be: the two were not measured under like conditions."""

SMALLER = "fewer or narrower layers"

Network: TypeAlias = Inference | Training


def advice(standing: Standing) -> str:
    """Return it, and beside it which limit is not known, and why.

    Empty for kinds that no limit bounds, and for other libraries, which are not ours to set.
    """
    case = standing.case
    if not isinstance(case, Network) or not case.is_ours:
        return ""
    unknown = [rate.unknown for rate in (standing.reading, standing.products) if rate.unknown]
    # Far from the one limit that is known, it may be near the other.
    known = standing.nearest[1] >= MOST or not unknown
    return " ".join([*([_sentence(standing, case)] if known else []), *unknown])


def _sentence(standing: Standing, case: Network) -> str:
    """Return the sentence, by the limit that is nearest."""
    limit, share = standing.nearest
    if limit == "reading":
        whole = _bandwidth(standing)
        what, cure = "reading the weights", _less_to_read(standing, case)
    else:
        whole = "the peak of matrix products"
        what, cure = "multiplying", _less_to_multiply(case)
    if share >= BEYOND and _must_be_noise(standing):
        meaning = "the machine was busy with something else; measure again when it is idle"
    elif share >= NEAR:
        meaning = _near(standing, cure)
    elif share >= MOST:
        meaning = f"{what} takes most of the time; {cure} will help most"
    else:
        meaning = _far(standing, case)
    return f"{_percent(share)} of {whole}: {meaning}."


def _bandwidth(standing: Standing) -> str:
    """Return what reading is held against."""
    place = f"{standing.place or 'reading'} bandwidth"
    return f"{place} of one core" if standing.reading.one_of_several else place


def _must_be_noise(standing: Standing) -> bool:
    """Return whether nothing else explains that a case was faster than its limit.

    A card may be; and without numba BLAS may take more cores than the one that the limit had.
    """
    if standing.case.performance.device == "cuda":
        return False
    return standing.compiled or not standing.on_one_core


def _near(standing: Standing, cure: str) -> str:
    """Return what it means to be near a limit."""
    if standing.case.performance.device == "cuda":
        return f"only {cure} will help"
    if standing.threads < standing.cores and not standing.on_one_core:
        return f"more threads may help, and {cure} will"
    return f"more threads will not help; {cure} will"


def _far(standing: Standing, case: Network) -> str:
    """Return what it means to be far from all limits."""
    few = case.batch < MANY[case.performance.device]
    if isinstance(case, Training):
        cure = "a larger batch will help, if it learns as well" if few else "fewer layers will help"
        return f"most of the time goes between the products; {cure}"
    precision = case.math.precision
    if precision == "1bit":
        return "the rest goes into counting bits; fewer or narrower layers will help"
    if precision in ("f2", "int8") and standing.widens:
        return "the weights are widened to f4 every time; f4 will help"
    on_several = standing.threads > 1 and case.performance.device == "cpu"
    fewer_threads = ", and a single thread may" if on_several else ""
    if few:
        return f"most of the time goes between the layers; a larger batch will help{fewer_threads}"
    cure = "fewer layers" if case.math.activation == "relu" else "relu, or fewer layers,"
    return f"most of the time goes between the products; {cure} will help{fewer_threads}"


def _less_to_read(standing: Standing, case: Network) -> str:
    """Return what makes fewer bytes, or more of each."""
    if isinstance(case, Training) or case.math.precision == "1bit":
        return _less_to_multiply(case)
    if not standing.widens:
        return "a smaller precision"
    if case.math.precision == "f8":
        return "the precision f4"
    if case.batch > 1 or case.performance.device == "cuda":
        return "a larger batch"
    return "a network trained in 1 bit"


def _less_to_multiply(case: Network) -> str:
    """Return what makes fewer operations of floating point: f2 and int8, widened, do not."""
    if isinstance(case, Training):
        return "the precision f4" if case.precision == "f8" else SMALLER
    if case.math.precision == "f8":
        return "the precision f4"
    if case.math.precision == "1bit" or case.performance.device == "cuda":
        return SMALLER
    return f"a network trained in 1 bit, or {SMALLER},"


def _percent(share: float) -> str:
    return "less than 1 %" if share < 0.01 else f"{100 * share:.0f} %"
