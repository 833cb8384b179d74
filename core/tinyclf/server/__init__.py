"""Predictions over HTTP, of one fitted model; the web framework is the extra ``server``."""
