"""Time: when something happened, as EDTF (ISO 8601-2), read from what people type and told in plain English.

Pure: nothing here looks at a clock or a time zone of this machine; what needs to know the time takes it as ``now``.
It refuses years outside 0001–9999 and never guesses: a text is read as a whole or refused with :class:`BadDate`.
"""

from desktop_app.model.time.occurred import (
    OPEN_END,
    OPEN_START,
    BadDate,
    Occurred,
    Precision,
    covering,
    overlaps,
    parse_edtf,
)
from desktop_app.model.time.recurrence import (
    USUAL_RECURRENCES,
    BadRecurrence,
    describe_recurrence,
    occurrences,
    parse_recurrence,
)
from desktop_app.model.time.when import parse_when
from desktop_app.model.time.words import describe, describe_short, to_input

__all__ = [
    "OPEN_END",
    "OPEN_START",
    "USUAL_RECURRENCES",
    "BadDate",
    "BadRecurrence",
    "Occurred",
    "Precision",
    "covering",
    "describe",
    "describe_recurrence",
    "describe_short",
    "occurrences",
    "overlaps",
    "parse_edtf",
    "parse_recurrence",
    "parse_when",
    "to_input",
]
