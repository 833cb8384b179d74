"""The Label page: laid out, what its grid shows, and what grading there does."""

from tinyclf_gui.pages.label.page import LabelPage

__all__ = ["LabelPage"]
