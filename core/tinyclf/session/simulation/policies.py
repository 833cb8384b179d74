"""The ways to work that are compared, by name."""

from __future__ import annotations

from dataclasses import replace

from tinyclf.errors import InputError
from tinyclf.nn.ranges import no_such
from tinyclf.session.refit import CORRECTIONS
from tinyclf.session.simulation.dense_head import DenseHead
from tinyclf.session.simulation.heads import BagHead
from tinyclf.session.simulation.orders import most_doubtful_first, surest_first, wall_by_wall
from tinyclf.session.simulation.policy import Policy

WALLS = Policy(
    "walls",
    f"20 suggested by hand, then walls, least clear first, refit every {CORRECTIONS} corrections",
)
"""This program's own way."""

OURS = (
    WALLS,
    replace(WALLS, name="random-starters", words="the same, the 20 at random", suggested=False),
    replace(WALLS, name="more-starters", words="the same from 100 by hand", starters=100),
    replace(WALLS, name="refit-25", words="the same, learning after every 25", refit_after=25),
    replace(
        WALLS, name="doubt-first", words="the same, least likely first", order=most_doubtful_first
    ),
    replace(WALLS, name="surest-first", words="the same, most certain first", order=surest_first),
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
        words="the same, most doubtful first",
        order=most_doubtful_first,
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
