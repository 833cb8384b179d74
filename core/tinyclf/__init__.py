"""Tiny Classifier's core: from photos and a few human grades to a grade for every photo."""

__version__ = "0.1.0"
