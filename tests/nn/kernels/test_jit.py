"""Machine code is kept on disk where it can be, and made all the same where it cannot."""

import pytest

pytest.importorskip("numba", reason="there is nothing to compile without numba")

WITHOUT_A_FILE = "def twice(x):\n    return 2 * x"


def test_loops_are_compiled_where_no_folder_can_be_written():
    from tinyclf.nn.kernels.compiled.jit import jit

    loops = {}
    exec(WITHOUT_A_FILE, loops)  # noqa: S102

    assert jit(loops["twice"])(3) == 6
