"""Tiny Classifier's window: the collector's evening over the core ``tinyclf``."""
