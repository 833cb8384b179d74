"""How a stamp is laid out: one layout a file, each ``lay(rng, plates, words, motif)``."""
