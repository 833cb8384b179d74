"""Networks made ready to predict: folded, and stored in as few bits as is wanted.

Training needs the layers one by one; predicting does not. :func:`predictor` folds what can be
folded into the weights (:mod:`.dense`), stores them in the precision asked for (:mod:`.rounding`),
and returns a function from inputs to outputs that keeps its own copy of the parameters.
"""

from tinyclf.nn.inference.predictor import STORAGES, Predictor, predictor

__all__ = ["STORAGES", "Predictor", "predictor"]
