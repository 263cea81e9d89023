"""The rows of the list: who is shown, in which order, and what a row says. Makes rows, no widgets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from desktop_app.model.people import Organisation, Person
from desktop_app.model.time import describe_short
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Row

Order = Literal["name", "heard"]


def people_rows(people: Sequence[Person], wanted: str, order: Order) -> list[Row]:
    """Everybody whose name, organisation, pseudonym or stage begins with, or holds, each word of ``wanted``."""
    found = [person for person in people if _fits(wanted, *_words_of(person))]
    if order == "heard":
        found.sort(key=lambda person: person.last, reverse=True)
    return [Row(person.id, person.fields.name, _about(person), tr(person.stage)) for person in found]


def organisation_rows(organisations: Sequence[Organisation], wanted: str) -> list[Row]:
    return [
        Row(item.id, item.fields.name, _what_belongs(item))
        for item in organisations
        if _fits(wanted, item.fields.name, item.fields.note)
    ]


def _words_of(person: Person) -> tuple[str, ...]:
    return person.fields.name, person.org_name, person.fields.pseudonym, person.stage


def _fits(wanted: str, *texts: str) -> bool:
    inside = fold(" ".join(texts))
    return all(word in inside for word in fold(wanted).split())


def _about(person: Person) -> str:
    heard = day_of(person.last) if person.last else ""
    parts = [person.org_name, heard, count_text(person.entries, "{number} entry", "{number} entries")]
    return " · ".join(part for part in parts if part)


def _what_belongs(organisation: Organisation) -> str:
    people = count_text(organisation.people, "{number} person", "{number} people")
    return f"{people} · {count_text(organisation.entries, '{number} entry', '{number} entries')}"


def day_of(start: str) -> str:
    """The day of a derived start: ``9 October``."""
    return describe_short(start[:10], datetime.now())
