"""The lists that both pages of photos have, by the keys of their chips."""

TO_CHECK = "toCheck"
"""Proposed, and no person has judged it."""
UNSEEN = "unseen"
"""Accepted with the rest of a wall, not looked at singly."""
DISAGREE = "disagree"
"""Its grade is another than the classifier's."""
