"""How long each policy takes to so and so much right: medians over simulated collectors."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from tinyclf.domain import Job, Progress
from tinyclf.simulation.diary import Diary
from tinyclf.simulation.graded_collection import GradedCollection
from tinyclf.simulation.heads import Head
from tinyclf.simulation.person import Person
from tinyclf.simulation.policies import PEER_STARTERS, PEERS
from tinyclf.simulation.policy import LEAST_SHARE_LEFT, Policy
from tinyclf.training.relay import relayed
from tinyclf.trust.effort import TARGETS, Pace

LEVELS = TARGETS
"""The shares of right grades that effort is counted to."""

BAR = 0.95
"""The level by which policies are compared, and peers get the number of starters that suits."""


@dataclass(frozen=True)
class Effort:
    """What one policy takes.

    Attributes:
        policy: The policy.
        starters: How many photos were graded by hand at first.
        exact: Seconds to each of `LEVELS` of exact grades, the median; ``None`` if never reached.
        within_one: Seconds to each of `LEVELS` of grades at most one off, likewise.
        peer: Whether it does without this program.
    """

    policy: Policy
    starters: int
    exact: tuple[float | None, ...]
    within_one: tuple[float | None, ...]
    peer: bool = False

    @property
    def to_bar(self) -> float:
        """Seconds to `BAR` exact, infinite if never reached."""
        seconds = self.exact[LEVELS.index(BAR)]
        return math.inf if seconds is None else seconds


@dataclass(frozen=True)
class Simulation:
    """What the policies take on one collection.

    Attributes:
        photos: How many photos there are.
        by_hand: Seconds to grade all by hand.
        seeds: Over how many collectors each is the median.
        overlook: The share of mistakes they overlook.
        efforts: One for each policy, peers last.
    """

    photos: int
    by_hand: float
    seeds: int
    overlook: float
    efforts: tuple[Effort, ...]

    @property
    def best_peer(self) -> Effort | None:
        """The peer that takes least to `BAR` exact, if any was asked for and gets there."""
        peers = [one for one in self.efforts if one.peer and math.isfinite(one.to_bar)]
        return min(peers, key=lambda one: one.to_bar, default=None)

    def against_peer(self, effort: Effort) -> float | None:
        """Return what a policy takes to `BAR` exact, as a share of what the best peer takes."""
        best = self.best_peer
        if best is None or math.isinf(effort.to_bar):
            return None
        return effort.to_bar / best.to_bar


def simulate(
    collection: GradedCollection,
    policies: Sequence[Policy],
    *,
    peers: bool = False,
    seeds: int = 5,
    overlook: float = 0.0,
    pace: Pace | None = None,
) -> Job[Simulation]:
    """Have simulated collectors grade a collection by each policy; nothing is written anywhere.

    Args:
        collection: Its photos and true grades.
        policies: What to compare.
        peers: Whether to compare with the same person without this program.
        seeds: Collectors for each policy.
        overlook: The share of mistakes that a glance misses, 0 to 1.
        pace: Seconds a decision takes; the usual ones if not given.
    """
    pace = pace or Pace()
    bench = _Bench(collection, seeds, overlook, pace, {})
    efforts = yield from bench.efforts(policies)
    for policy in PEERS if peers else ():
        best = yield from bench.best_starters(policy)
        efforts.append(best)
    by_hand = pace.grade * len(collection)
    return Simulation(len(collection), by_hand, seeds, overlook, tuple(efforts))


@dataclass(frozen=True)
class _Bench:
    """One collection and the heads made for it, each once."""

    collection: GradedCollection
    seeds: int
    overlook: float
    pace: Pace
    heads: dict[Callable[[GradedCollection], Head], Head]

    def efforts(self, policies: Iterable[Policy]) -> Job[list[Effort]]:
        """Return the effort of each."""
        efforts = []
        for policy in policies:
            effort = yield from self.effort(policy)
            efforts.append(effort)
        return efforts

    def effort(self, policy: Policy) -> Job[Effort]:
        """Return the medians of a policy over all seeds."""
        starters = min(policy.starters, len(self.collection) // LEAST_SHARE_LEFT)
        diaries: list[Diary] = []
        for seed in range(self.seeds):
            report = Progress(f"Simulating {policy.name} from {starters}", seed, self.seeds)
            yield report
            if policy.head not in self.heads:
                self.heads[policy.head] = policy.head(self.collection)
            rng = np.random.default_rng([seed, 2])
            person = Person(self.collection.truth, rng, self.pace, self.overlook)
            work = policy.work(self.collection, self.heads[policy.head], person, seed)
            yield from relayed(work, partial(_instead, report))
            diaries.append(person.diary)
        exact, near = (_medians(diaries, within) for within in (0, 1))
        return Effort(policy, starters, exact, near)

    def best_starters(self, policy: Policy) -> Job[Effort]:
        """Return the effort of a peer with the number of starters that suits it best."""
        most = max(PEER_STARTERS[0], len(self.collection) // LEAST_SHARE_LEFT)
        sizes = [replace(policy, starters=one) for one in PEER_STARTERS if one <= most]
        efforts = yield from self.efforts(sizes)
        return replace(min(efforts, key=lambda one: one.to_bar), peer=True)


def _instead(report: Progress, _: Progress) -> Progress:
    return report


def _medians(diaries: Sequence[Diary], within: int) -> tuple[float | None, ...]:
    """Return the median seconds to each level; one that half of them miss has none."""
    medians = []
    for level in LEVELS:
        seconds = [diary.seconds_to(level, within) for diary in diaries]
        median = statistics.median(math.inf if one is None else one for one in seconds)
        medians.append(None if math.isinf(median) else median)
    return tuple(medians)
