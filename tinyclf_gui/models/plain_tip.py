"""Tool tips that hold the names of files: Qt takes what looks like markup in them for markup."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """Return what shows a text as it is, in a tool tip."""
    return f'<p style="white-space:pre">{escape(text)}</p>' if "<" in text else text
