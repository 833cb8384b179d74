from dataclasses import replace

from tinyclf.simulation.effort import Effort, Simulation, simulate
from tinyclf.simulation.policies import PEERS, WALLS


def test_higher_levels_take_longer_and_near_is_sooner_than_exact(collection, finish):
    [effort] = finish(simulate(collection, [WALLS], seeds=3)).efforts

    assert list(effort.exact) == sorted(effort.exact)
    assert all(near <= exact for near, exact in zip(effort.within_one, effort.exact, strict=True))


def test_peers_come_last_with_the_starters_that_suit_them(collection, finish):
    result = finish(simulate(collection, [WALLS], peers=True, seeds=1))

    assert [one.policy.name for one in result.efforts] == ["walls", *(p.name for p in PEERS)]
    assert [one.peer for one in result.efforts] == [False, True, True]
    assert result.efforts[1].starters in (25, 50)
    assert result.best_peer in result.efforts[1:]


def test_a_policy_is_compared_with_the_best_peer():
    def effort(seconds, peer=False):
        return Effort(WALLS, 20, (None, seconds, None, None), (None,) * 4, peer)

    ours = effort(60.0)
    result = Simulation(100, 150.0, 5, 0.0, (ours, effort(100.0, True), effort(80.0, True)))

    assert result.against_peer(ours) == 0.75
    assert result.against_peer(effort(None)) is None
    assert replace(result, efforts=(ours,)).against_peer(ours) is None


def test_it_says_how_far_it_is(collection):
    job = simulate(collection, [WALLS], seeds=2)

    assert {(one.what, one.done, one.total) for one in job} == {
        ("Simulating walls from 20", 0, 2),
        ("Simulating walls from 20", 1, 2),
    }
