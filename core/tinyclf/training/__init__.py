"""From features and grades to a classifier: configurations, the trainer, honest measures.

Arrays in, frozen reports out. A class is an index ``0 … K−1``; for the five grades it is the grade
minus one, so column ``k`` of a probability matrix belongs to ``domain.GRADES[k]``.
"""
