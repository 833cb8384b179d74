"""What the benchmarks run on: its processor, its memory, and the fingerprint of it all.

A container's limits are those of :mod:`.control_groups`.
"""

from tinyclf.benchmark.machine.fingerprint import (
    NOT_INSTALLED,
    Blas,
    Card,
    Machine,
    this_card,
    this_machine,
)

__all__ = ["NOT_INSTALLED", "Blas", "Card", "Machine", "this_card", "this_machine"]
