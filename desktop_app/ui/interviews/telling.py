"""What several pages say alike: how long a recording is, which moment of it is meant, when it was."""

from desktop_app.model.time import BadDate, describe
from desktop_app.ui.i18n import tr


def length_words(milliseconds: int | None) -> str:
    """The length of a recording: ``41 min``, ``1 h 12 min``; empty where it is not known."""
    if not milliseconds:
        return ""
    minutes = max(round(milliseconds / 60_000), 1)
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


def clock_words(milliseconds: int | None) -> str:
    """A moment of a recording: ``01:17`` or ``1:02:03``; empty where it is not known."""
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{minutes}" if hours else minutes


def occurred_words(edtf: str) -> str:
    """When a conversation was, as it was given; an EDTF that is not understood stays as it is."""
    try:
        return describe(edtf) if edtf else ""
    except BadDate:
        return edtf
