"""When the program does by itself what nobody asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rhythm:
    """How soon that is, and how often.

    Attributes:
        count_ms: Counts follow the hands within this time; counting at every key would slow long
            runs of keys.
        counted_at_once: So many photos, and fewer, are counted on the spot before a result is told:
            in a moment. That can take longer than a frame, but only once for each job, not after a
            key.
        prepare_ms: So long after a collection was opened its photos have the machine for
            themselves.
        catch_up_ms: So long after the last scrolling, photos left behind by a training in a pause
            follow.
        train_ms: Hands that rest so long leave time for a whole training.
    """

    count_ms: int = 120
    counted_at_once: int = 2_000
    prepare_ms: int = 500
    catch_up_ms: int = 800
    train_ms: int = 20_000


USUAL = Rhythm()
