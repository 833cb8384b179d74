"""Triggers that keep what was written as it was written."""

from __future__ import annotations


def for_good(subject: str, changed: str, removed: str, gone: str = "shortened") -> str:
    """Return the triggers of a table whose rows stay as they are written.

    Args:
        subject: The table, and how its triggers are called: ``"acts_are"``.
        changed: What is said to who would change a row.
        removed: What is said to who would remove one.
        gone: The last word of the second trigger's name.
    """
    table = subject.rpartition("_")[0]
    return f"""
CREATE TRIGGER {subject}_never_changed BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{changed}'); END;

CREATE TRIGGER {subject}_never_{gone} BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{removed}'); END;
"""
