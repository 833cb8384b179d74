"""One open collection and its classifier: the façade that the commands and the window share."""

from tinyclf.session.learning import ProposalResult, TrainingResult
from tinyclf.session.session import Session, require_photos
from tinyclf.session.status import Status

__all__ = ["ProposalResult", "Session", "Status", "TrainingResult", "require_photos"]
