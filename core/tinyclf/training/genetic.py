"""1-bit networks by evolution: no gradient, only who answers better has children."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from tinyclf.domain import Progress
from tinyclf.errors import ConfigError
from tinyclf.nn.backend import NumpyBackend
from tinyclf.nn.bits import PackedNetwork
from tinyclf.nn.bits.packed_network import check_widths
from tinyclf.nn.bits.words import Words, n_words
from tinyclf.nn.kernels.pack_signs import pack_signs
from tinyclf.nn.ranges import require, require_whole, require_word, settle, spelled
from tinyclf.training.examples import Examples
from tinyclf.training.fitness import FITNESS, WORK, Arena, Fitnesses, Table, accuracy
from tinyclf.training.genome import Genome
from tinyclf.training.metrics import matthews_correlation
from tinyclf.training.silence import Silence

MOST_WORDS = 1 << 27
"""Of a population: 1 GiB."""

FARTHEST = 3e38
"""Of a threshold from 0: finite in float32, too."""


@dataclass(frozen=True)
class GeneticReport(Progress):
    """How an evolution stands, after ``done`` of ``total`` generations.

    Attributes:
        best: The highest fitness of the generation; ``None`` until first measured.
        mean: The mean fitness of the generation, likewise.
        accuracy: Of the fittest network, the share right, 0 to 1.
        matthews: Of the fittest network, the Matthews correlation, −1 to 1.
        errors: Of the fittest network, how many answers are wrong.
        spread: The standard deviation of the generation's fitness.
    """

    best: float | None = None
    mean: float | None = None
    accuracy: float | None = None
    matthews: float | None = None
    errors: int | None = None
    spread: float | None = None


@dataclass(frozen=True)
class GeneticTrainer:
    """Breeds 1-bit networks: the fitter have children, who inherit unit by unit, and mutate.

    Attributes:
        widths: Inputs, then the outputs of each layer; the last is the number of classes, 2 to
            1,000.
        backend: Who computes.
        population: Networks in a generation, 2 to 100,000.
        generations: How many follow on the first, random one, 0 to 1,000,000.
        mutation_rate: The probability that a bit of a child turns over, 0 to 0.4.
        elite: How many of the fittest live on unchanged, 1 to population − 1.
        tournament: A parent is the fittest of so many drawn at random, 1 to 1,000.
        crossover: The share of children that have two parents, 0 to 1.
        fitness: A name in :data:`FITNESS`: ``"accuracy"`` or ``"mcc"``.
        threshold: An input, scaled, is +1 where it is more than this in float32, else −1; −3e38
            to 3e38.

    Raises:
        ConfigError: a setting is out of its range, the population too large for memory, or the
            backend no NumPy backend.
    """

    widths: tuple[int, ...]
    backend: NumpyBackend
    population: int = 100
    generations: int = 200
    mutation_rate: float = 0.01
    elite: int = 1
    tournament: int = 5
    crossover: float = 0.7
    fitness: str = "accuracy"
    threshold: float = 0.0

    def __post_init__(self) -> None:
        backend: object = self.backend
        if not isinstance(backend, NumpyBackend):
            raise ConfigError(f"The backend must be a NumpyBackend, not {spelled(backend)}.")
        population = require_whole("The population", self.population, 2, 100_000)
        settle(
            self,
            widths=_widths(self.widths),
            population=population,
            generations=require_whole("The number of generations", self.generations, 0, 1_000_000),
            mutation_rate=require("The mutation rate", self.mutation_rate, 0.0, 0.4),
            elite=require_whole("The elite", self.elite, 1, population - 1),
            tournament=require_whole("The tournament", self.tournament, 1, 1000),
            crossover=require("The share of crossovers", self.crossover, 0.0, 1.0),
            fitness=require_word("The fitness", self.fitness, FITNESS),
            threshold=require("The threshold", self.threshold, -FARTHEST, FARTHEST),
        )
        words = population * Genome(self.widths).n_words
        require("The size of the population, in words of 64 bits,", words, 1, MOST_WORDS)

    def train(
        self, examples: Examples, rng: np.random.Generator
    ) -> Generator[GeneticReport, None, PackedNetwork]:
        """Evolve; yield a report each generation, and at least every 50 ms; return the best.

        It ends early when a network makes no mistake.

        Args:
            examples: What is learned from: inputs (n, widths[0]), real numbers or bits.
            rng: Every random choice comes from it: the same seed gives the same network.

        Raises:
            InputError: the shapes or the classes do not fit the widths, or an input is NaN or
                infinite.
        """
        self._check(examples)
        genome, total = Genome(self.widths), self.generations
        report = GeneticReport("Evolving", 0, total)
        yield report
        words = np.empty((len(examples), n_words(self.widths[0])), np.uint64)
        arena = Arena(genome, words, examples.y, FITNESS[self.fitness], self.backend)
        people = _Population(self.population, genome.n_words)
        work = chain(self._pack(examples, words), people.begun(genome, arena, rng))
        yield from Silence().broken(work, report)
        for generation in range(total + 1):
            report = _report(generation, total, people.fitness, arena.table)
            yield report
            if generation == total or report.errors == 0:
                break
            bred = self._breed(people, genome, rng)
            yield from Silence().broken(people.renewed(self.elite, bred, arena), report)
        yield replace(report, done=total)
        return genome.network(arena.fittest, self.threshold)

    def _breed(
        self, people: _Population, genome: Genome, rng: np.random.Generator
    ) -> Generator[None, None, None]:
        """Fill in the next generation behind its elite, yielding after each child."""
        strings, fitness = people.now, people.fitness
        for child in people.then[self.elite :]:
            drawn = rng.integers(0, self.population, (2, self.tournament))
            mother, father = (group[fitness[group].argmax()] for group in drawn)
            crosses = rng.random() < self.crossover
            parents = strings[mother], strings[father]
            child[:] = genome.cross(*parents, rng) if crosses else strings[mother]
            genome.mutate(child, self.mutation_rate, rng)
            yield

    def _pack(self, examples: Examples, words: Words) -> Generator[None, None, None]:
        """Fill in the packed inputs, as the network will see them, yielding every few ms."""
        pack, start = self.backend.kernel(pack_signs), 0
        for x in examples.chunks(np.float32, max(1, WORK // (4 * self.widths[0]))):
            pack(x, self.threshold, words[start : start + len(x)])
            start += len(x)
            yield

    def _check(self, examples: Examples) -> None:
        examples.check_shapes(self.widths[:1], self.widths[-1])


class _Population:
    """The strings of one generation, and room for the next one.

    Args:
        size: How many strings.
        n_words: The length of each.

    Attributes:
        now: The strings (size, n_words).
        then: Where the next ones come to be, likewise.
        fitness: Of the strings of now (size,).
    """

    def __init__(self, size: int, n_words: int) -> None:
        self.now, self.then = (np.empty((size, n_words), np.uint64) for _ in range(2))
        self.fitness = np.empty(size)

    def begun(
        self, genome: Genome, arena: Arena, rng: np.random.Generator
    ) -> Generator[None, None, None]:
        """Make a first generation at random and judge it, yielding every few ms."""
        for string in self.now:
            string[:] = genome.random(rng)
            yield
        yield from arena.judge(self.now, self.fitness)

    def renewed(
        self, elite: int, bred: Iterable[None], arena: Arena
    ) -> Generator[None, None, None]:
        """Go on to the next generation, yielding every few ms.

        Args:
            elite: How many of the fittest live on.
            bred: Work that fills in the others of ``then``.
            arena: Where those are judged.
        """
        fittest = np.argsort(-self.fitness, kind="stable")[:elite]
        self.then[:elite], kept = self.now[fittest], self.fitness[fittest]
        yield from bred
        yield from arena.judge(self.then[elite:], self.fitness[elite:])
        self.fitness[:elite] = kept
        self.now, self.then = self.then, self.now


def _report(generation: int, generations: int, fitness: Fitnesses, table: Table) -> GeneticReport:
    """Return how a generation stands; the fittest string ever, whose table it is, is one of it."""
    return GeneticReport(
        what="Evolving",
        done=generation,
        total=generations,
        best=float(fitness.max()),
        mean=float(fitness.mean()),
        accuracy=accuracy(table),
        matthews=matthews_correlation(table),
        errors=int(table.sum() - np.trace(table)),
        spread=float(fitness.std()),
    )


def _widths(widths: tuple[int, ...]) -> tuple[int, ...]:
    if not isinstance(widths, tuple | list):
        raise ConfigError(f"The widths must be a tuple such as (64, 10), not {spelled(widths)}.")
    check_widths(tuple(widths))
    require("The number of classes", widths[-1], 2, 1000)
    return tuple(map(int, widths))
