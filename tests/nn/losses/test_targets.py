import numpy as np
import pytest

from tinyclf.errors import InputError
from tinyclf.nn.losses import CumulativeLink, SoftmaxCrossEntropy
from tinyclf.nn.losses.targets import target_rows


def test_a_class_becomes_the_row_with_a_single_one(backend):
    rows = target_rows(backend.asarray([2, 0]), 3, np.float32, backend=backend)

    assert backend.to_numpy(rows).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert rows.dtype == np.float32


def test_rows_pass_through(backend):
    rows = backend.asarray([[0.25, 0.75]])

    assert target_rows(rows, 2, np.float64, backend=backend) is rows


@pytest.mark.parametrize(
    ("targets", "reason"),
    [
        ([0, 3], "from 0 to 2, but go from 0 to 3"),
        ([-1, 2], "but go from -1 to 2"),
        ([0.0, 1.0], "must be integers"),
        ([[0.5, 0.5]], r"shape \(n, 3\), not float64 of shape \(1, 2\)"),
    ],
)
def test_targets_that_cannot_be_are_refused(backend, targets, reason):
    with pytest.raises(InputError, match=reason):
        target_rows(backend.asarray(targets), 3, np.float32, backend=backend)


@pytest.mark.parametrize(
    ("rows", "targets", "reason"),
    [(0, 0, "the batch is empty"), (3, 1, "do not fit 1 targets"), (2, 3, "do not fit 3 targets")],
)
@pytest.mark.parametrize("loss", [CumulativeLink(5), SoftmaxCrossEntropy(5)], ids=str)
def test_a_loss_refuses_batches_that_do_not_fit(backend, loss, rows, targets, reason):
    parameters = {name: backend.xp.zeros(shape) for name, shape in loss.shapes().items()}
    with pytest.raises(InputError, match=reason):
        loss.value_and_gradient(
            parameters,
            backend.xp.zeros((rows, loss.n_outputs)),
            backend.xp.zeros(targets, int),
            parameters,
            backend=backend,
        )
