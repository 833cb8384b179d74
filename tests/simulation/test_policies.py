"""The ways to work that have a name."""

from dataclasses import replace

import pytest

from tinyclf.errors import InputError
from tinyclf.session.refit import CORRECTIONS
from tinyclf.simulation.dense_head import DenseHead
from tinyclf.simulation.orders import on_advised_wall
from tinyclf.simulation.policies import OURS, PEERS, POLICIES, SLOW, USUAL, WALLS, policy
from tinyclf.simulation.quick_head import QuickHead


def test_every_policy_has_a_name_of_its_own():
    assert len(POLICIES) == len(OURS)
    assert all(policy(one.name) is one for one in OURS)
    assert {*USUAL, *SLOW} == set(POLICIES)
    assert not {one.name for one in PEERS} & set(POLICIES)


def test_no_two_of_them_work_alike():
    nameless = {replace(one, name="", words="") for one in (*OURS, *PEERS)}

    assert len(nameless) == len(OURS) + len(PEERS)


def test_an_unknown_policy_names_the_nearest():
    with pytest.raises(InputError, match="walls"):
        policy("wals")


def test_our_own_is_what_the_window_offers():
    assert WALLS.suggested
    assert (WALLS.order, WALLS.head) == (on_advised_wall, QuickHead)
    assert WALLS.refit_after == CORRECTIONS


@pytest.mark.parametrize("peer", PEERS, ids=lambda one: one.name)
def test_a_peer_learns_once_from_photos_that_nobody_suggested(peer):
    assert (peer.suggested, peer.refit_after, peer.head) == (False, None, DenseHead)
