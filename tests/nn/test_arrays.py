import numpy as np

from tinyclf.nn.arrays import Layout

LAYOUT = Layout(({"W": (2, 3), "b": (3,)}, {}, {"W": (3, 1), "b": (1,)}))


def test_parameters_lie_one_after_the_other():
    views = LAYOUT.views(np.arange(LAYOUT.size))

    assert LAYOUT.size == 13
    assert views[0]["W"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert views[0]["b"].tolist() == [6, 7, 8]
    assert views[1] == {}
    assert views[2]["b"].tolist() == [12]


def test_writing_to_a_view_writes_to_the_vector():
    vector = np.zeros(LAYOUT.size)

    LAYOUT.views(vector)[2]["W"][:] = 1

    assert vector.nonzero()[0].tolist() == [9, 10, 11]


def test_weights_are_the_matrices():
    assert LAYOUT.weights == (slice(0, 6), slice(9, 12))
