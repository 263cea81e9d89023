"""Tooltips of names that people have given: Qt would take one that looks like HTML for it."""

from html import escape


def tip(text: str) -> str:
    """``text`` as a tooltip that shows exactly it."""
    if "<" not in text and "&" not in text:
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")
