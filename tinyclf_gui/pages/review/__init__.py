"""The Review page: laid out, what its grid shows of a wall, and what correcting there does."""

from tinyclf_gui.pages.review.page import ReviewPage

__all__ = ["ReviewPage"]
