"""Datasets in the formats people keep them in → arrays with classes.

One file a format, all alike: a job that returns the parts of the dataset. Whatever is wrong with a
file ends as an ``InputError`` that names it.
"""
