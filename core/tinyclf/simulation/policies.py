"""The ways to work that are compared, by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tinyclf.errors import InputError
from tinyclf.nn.ranges import no_such
from tinyclf.session.refit import CORRECTIONS
from tinyclf.simulation.dense_head import DenseHead
from tinyclf.simulation.heads import BagHead
from tinyclf.simulation.orders import (
    least_likely_first,
    on_advised_wall,
    surest_first,
    wall_by_wall,
)
from tinyclf.simulation.policy import Policy
from tinyclf.trust.review_order import most_doubtful_first

WALLS = Policy(
    "walls",
    "20 suggested by hand, then the wall advised, most doubtful first, "
    f"learning after every {CORRECTIONS}",
)
"""What the window offers: its suggestions, its advice, its order, its learning meanwhile."""

OURS = (
    WALLS,
    replace(WALLS, name="random-starters", words="the same, the 20 at random", suggested=False),
    replace(WALLS, name="more-starters", words="the same from 100 by hand", starters=100),
    replace(WALLS, name="refit-25", words="the same, learning after every 25", refit_after=25),
    replace(
        WALLS, name="across-walls", words="the same, all walls in one", order=most_doubtful_first
    ),
    replace(
        WALLS,
        name="least-likely",
        words="the same, lowest per cent first",
        order=partial(on_advised_wall, within=least_likely_first),
    ),
    replace(
        WALLS,
        name="surest-first",
        words="the same, most certain first",
        order=partial(on_advised_wall, within=surest_first),
    ),
    replace(
        WALLS,
        name="no-refit",
        words="100 by hand, then walls, never learning again",
        starters=100,
        refit_after=None,
    ),
    replace(WALLS, name="whole-bag", words="the same, but trains the default preset", head=BagHead),
)

POLICIES = {policy.name: policy for policy in OURS}

SLOW = frozenset({"whole-bag"})
"""Policies that take minutes: run only if named."""

USUAL = tuple(name for name in POLICIES if name not in SLOW)
"""What is compared if nothing is named."""

_ONE_SHOT = Policy(
    "one-shot",
    "one training as in a browser, then walls in file order",
    suggested=False,
    order=wall_by_wall,
    refit_after=None,
    head=DenseHead,
)

PEERS = (
    _ONE_SHOT,
    replace(
        _ONE_SHOT,
        name="one-shot-doubt",
        words="the same, the most doubtful wall and photos first",
        order=on_advised_wall,
    ),
)
"""The same person without this program; each is given the number of starters that suits it best."""

PEER_STARTERS = (25, 50, 75, 100, 150, 200, 300, 500)


def policy(name: str) -> Policy:
    """Return the policy of this name.

    Raises:
        InputError: there is none; the message names the nearest.
    """
    try:
        return POLICIES[name]
    except KeyError:
        raise InputError(no_such("policy", name, POLICIES)) from None
