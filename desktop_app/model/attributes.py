"""Variables and the values that documents and people carry: the attributes of a study's cases."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from desktop_app.model.entries import one_of
from desktop_app.model.errors import Invalid

Value = str | int | float | bool
"""Of a ``text`` or ``date`` (ISO 8601) variable a ``str``; of the others what their name says."""


class VariableType(StrEnum):
    """The types of REFI-QDA 1.5 ``VariableType``, without DateTime."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


class Subject(StrEnum):
    """Who carries a variable."""

    DOCUMENT = "document"
    PERSON = "person"


_YES = frozenset({"true", "yes", "y", "1", "x", "✓"})
_NO = frozenset({"false", "no", "n", "0"})


@dataclass(frozen=True, slots=True)
class VariableFields:
    """A column of the grid. ``choices``: the only values a ``text`` variable may have; empty means any."""

    name: str
    type: str = VariableType.TEXT
    subject: str = Subject.DOCUMENT
    description: str = ""
    choices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "type": str(self.type),
            "subject": str(self.subject),
            "description": self.description,
            "choices": list(self.choices),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            name=data["name"],
            type=data.get("type", VariableType.TEXT),
            subject=data.get("subject", Subject.DOCUMENT),
            description=data.get("description", ""),
            choices=tuple(data.get("choices", ())),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without a name, or for an unknown type or subject."""
        one_of("type", self.type, VariableType)
        one_of("subject", self.subject, Subject)
        name = " ".join(self.name.split())
        if not name:
            raise Invalid(message="An attribute needs a name; type one.")
        return replace(self, name=name, choices=tuple(dict.fromkeys(c.strip() for c in self.choices if c.strip())))

    def value(self, text: str) -> Value:
        """What a person typed, as this variable's type; raises :class:`Invalid` naming what would do.

        Decimal commas are taken; yes and no have their usual English spellings.
        """
        typed = text.strip()
        match self.type:
            case VariableType.INTEGER:
                # By way of a float a long number would lose its last digits.
                return int(typed) if re.fullmatch(r"[+-]?[0-9]+", typed) else int(_number(self.name, typed, whole=True))
            case VariableType.NUMBER:
                return _number(self.name, typed, whole=False)
            case VariableType.BOOLEAN:
                if typed.casefold() in _YES | _NO:
                    return typed.casefold() in _YES
                raise Invalid(message=f"“{typed}” is no value for {self.name}; write yes or no.")
            case VariableType.DATE:
                try:
                    return date.fromisoformat(typed).isoformat()
                except ValueError as error:
                    raise Invalid(message=f"“{typed}” is no date for {self.name}; write 2026-03-14.") from error
        if self.choices and typed not in self.choices:
            raise Invalid(message=f"“{typed}” is no value for {self.name}; use one of {', '.join(self.choices)}.")
        return typed


def _number(name: str, typed: str, *, whole: bool) -> float:
    try:
        number = float(typed.replace(",", ".") if typed.count(",") == 1 and "." not in typed else typed)
    except ValueError:
        number = float("nan")
    if number - number != 0 or (whole and number != int(number)):
        what = "whole number" if whole else "number"
        raise Invalid(message=f"“{typed}” is no {what} for {name}; write one such as {'3' if whole else '3.5'}.")
    return number


def shown(value: Value | None) -> str:
    """A value as a grid and an export show it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_PERHAPS_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_DIGITS = 15
"""Of a number that a float holds exactly as it is written."""
_TRUTH = frozenset({"yes", "no", "true", "false"})


def guessed_type(values: Iterable[str]) -> VariableType:
    """The type that all these values have as a file gives them, such that none of them loses anything.

    A number with a leading zero (a postal code) is a text, and so are numbers whose point or comma may part thousands.
    """
    given = {value.strip() for value in values} - {""}
    if not given:
        return VariableType.TEXT
    if all(map(_WHOLE.fullmatch, given)):
        return VariableType.INTEGER
    if all(map(_FRACTION.fullmatch, given)) and max(map(len, given)) <= _DIGITS:
        parted = [value for value in given if "." in value]
        return VariableType.TEXT if all(map(_PERHAPS_THOUSANDS.fullmatch, parted)) else VariableType.NUMBER
    if all(value.casefold() in _TRUTH for value in given):
        return VariableType.BOOLEAN
    if all(map(_is_day, given)):
        return VariableType.DATE
    return VariableType.TEXT


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable as it stands; ``values`` counts those who carry one."""

    id: str
    fields: VariableFields
    values: int = 0
    trashed: bool = False
