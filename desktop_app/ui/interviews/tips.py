"""Tooltips of names that people have given: Qt would take one that looks like HTML for it."""

from html import escape


def tip(text: str) -> str:
    """``text`` as a tooltip that shows exactly it."""
    return f"<span>{escape(text)}</span>" if "<" in text or "&" in text else text
