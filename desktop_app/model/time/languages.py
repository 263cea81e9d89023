"""Times in other languages, by ``dateparser``: asked last, and believed only where nothing of the text is left over."""

import re
from datetime import datetime, timedelta

_LANGUAGES = (
    (re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), ["ja", "zh", "ko"]),
    (re.compile("[\u0400-\u04ff]"), ["ru", "uk"]),
    (re.compile("[\u0e00-\u0e7f]"), ["th"]),
    (re.compile("[a-z]"), ["de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs", "tr", "en"]),
)


def in_other_languages(text: str, now: datetime, dayfirst: bool) -> str | None:
    """EDTF for ``14. März 2026``, ``hier``, ``vor 3 Tagen``: whole and relative dates, nothing partial; or None."""
    words = text.strip().lower()
    languages = next((languages for script, languages in _LANGUAGES if script.search(words)), None)
    # A zone would be dropped in silence.
    if languages is None or len(words) < 2 or re.search(r"utc|gmt|\+", words):
        return None
    from dateparser.date import DateDataParser

    for parser in ("absolute-time", "relative-time"):
        settings = {
            "PARSERS": [parser],
            "STRICT_PARSING": parser == "absolute-time",
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "DATE_ORDER": "DMY" if dayfirst else "MDY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "RETURN_TIME_AS_PERIOD": True,
        }
        try:
            found = DateDataParser(languages=languages, settings=settings).get_date_data(words)
        except (OverflowError, ValueError):
            return None
        if found.date_obj is not None and (parser == "relative-time" or _accounts_for(words, found.date_obj)):
            return _edtf_of(found.date_obj, found.period)
    return None


def _accounts_for(words: str, found: datetime) -> bool:
    """Whether every number of the text is a part of the date found in it."""
    parts = {found.year, found.year % 100, found.month, found.day, found.hour, found.hour % 12, found.minute}
    return all(int(number) in parts | {found.second} for number in re.findall(r"\d{1,9}", words))


def _edtf_of(found: datetime, period: str) -> str:
    day = found.date()
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return f"{monday}/{monday + timedelta(days=6)}"
    length = {"time": 16, "day": 10, "month": 7, "year": 4}.get(period, 10)
    return found.isoformat()[:length]
