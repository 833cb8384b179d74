"""Networks fitted to any dataset: learnt, judged on what they never saw, kept as one file.

Above the training floors, beside the session: the session knows photos, grades and a collection;
here are examples with classes, whatever they were read from.
"""
