"""One open collection and its classifier: the façade that the commands and the window share."""

from tinyclf.session.audits import AuditStanding
from tinyclf.session.collected_photos import require_photos
from tinyclf.session.exams import ExamStanding
from tinyclf.session.label_issues import LabelIssue
from tinyclf.session.learning import ProposalResult, TrainingResult
from tinyclf.session.look_alikes import Likeness, LookAlike
from tinyclf.session.newcomers import Newcomers
from tinyclf.session.reference_ladder import Rung
from tinyclf.session.refit import RefitResult
from tinyclf.session.session import Session
from tinyclf.session.status import Status

__all__ = [
    "AuditStanding",
    "ExamStanding",
    "LabelIssue",
    "Likeness",
    "LookAlike",
    "Newcomers",
    "ProposalResult",
    "RefitResult",
    "Rung",
    "Session",
    "Status",
    "TrainingResult",
    "require_photos",
]
