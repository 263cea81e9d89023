"""The day of something that was done, as people say it."""

from datetime import datetime

from desktop_app.model.time import describe_short
from desktop_app.ui.i18n import tr


def day_words(moment: str, now: datetime | None = None) -> str:
    """The local day of a UTC moment (ISO 8601): ``today``, ``yesterday``, ``14 March``; empty for none."""
    if not moment:
        return ""
    when = datetime.fromisoformat(moment)
    local = when.astimezone() if when.tzinfo is not None else when
    today = (now or datetime.now()).date()
    days = (today - local.date()).days
    if days in (0, 1):
        return tr("yesterday") if days else tr("today")
    return describe_short(local.date().isoformat(), datetime.combine(today, datetime.min.time()))
