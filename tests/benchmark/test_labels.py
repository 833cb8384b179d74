from __future__ import annotations

from tinyclf.benchmark.kinds import Inference, Store, Training
from tinyclf.benchmark.kinds.inference import Epsilons, Math
from tinyclf.benchmark.labels import label, labels
from tinyclf.benchmark.settings import Performance


def test_a_label_names_what_is_unusual() -> None:
    case = Inference(
        name="mine", library="pytorch", performance=Performance(threads=1, device="cuda")
    )

    assert label(Inference()) == Inference().words()
    assert label(case) == f"mine: {case.words()}, pytorch, 1 thread, cuda"
    assert label(Store()) == Store().words()  # one thread is usual there


def test_cases_of_the_same_words_are_told_apart_by_what_differs() -> None:
    plain = Inference()
    cautious = Inference(math=Math(epsilons=Epsilons(epsilon_exp=0.001)))
    longer = Inference(nepochs=500)

    assert labels([plain, cautious]) == [
        f"{plain.words()}, epsilon_exp 0.0",
        f"{plain.words()}, epsilon_exp 0.001",
    ]
    assert labels([plain, longer])[1] == f"{plain.words()}, nepochs 500"
    assert labels([Training(), plain]) == [Training().words(), plain.words()]


def test_equal_cases_are_called_the_same() -> None:
    assert labels([Inference(), Inference()]) == [Inference().words()] * 2
