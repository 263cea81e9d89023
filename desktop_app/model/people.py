"""People and organisations: who said it, and their way from stranger to advocate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from desktop_app.model.entries import Consent, one_of
from desktop_app.model.errors import Invalid
from desktop_app.model.time import BadDate, parse_edtf


class Stage(StrEnum):
    """The steps of a relationship in their expected order; people also go back, and the history says so."""

    STRANGER = "stranger"
    PROSPECT = "prospect"
    CUSTOMER = "customer"
    LOYAL_CLIENT = "loyal client"
    ADVOCATE = "advocate"


@dataclass(frozen=True, slots=True)
class StageStep:
    """A person reached ``stage`` at ``date`` (EDTF); ``entry`` is the id of the entry that shows it, if any."""

    stage: str
    date: str
    entry: str | None = None


def stage_at(steps: Iterable[StageStep], at: str) -> str:
    """The stage reached by ``at`` (local ``YYYY-MM-DDTHH:MM``), without a time the newest; empty before the first."""
    stage = ""
    for step in steps:
        if at and _begins(step.date) > at:
            break
        stage = step.stage
    return stage


@lru_cache(maxsize=4096)
def _begins(edtf: str) -> str:
    """When a date begins; empty without one, and for one of a later Terrain that cannot be read: it bars nothing."""
    try:
        return parse_edtf(edtf).start if edtf else ""
    except BadDate:
        return ""


@dataclass(frozen=True, slots=True)
class PersonFields:
    """Everything a person's record can hold. ``org`` is an organisation id."""

    name: str
    org: str | None = None
    consent: str = ""
    pseudonym: str = ""
    note: str = ""
    stages: tuple[StageStep, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "org": self.org,
            "consent": self.consent,
            "pseudonym": self.pseudonym,
            "note": self.note,
            "stages": [{"stage": step.stage, "date": step.date, "entry": step.entry} for step in self.stages],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            name=data["name"],
            org=data.get("org"),
            consent=data.get("consent", ""),
            pseudonym=data.get("pseudonym", ""),
            note=data.get("note", ""),
            stages=tuple(StageStep(**step) for step in data.get("stages", ())),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without a name, or for an unknown stage or consent."""
        one_of("consent", self.consent, Consent, empty=True)
        for step in self.stages:
            one_of("stage", step.stage, Stage)
        return replace(self, name=_name(self.name), pseudonym=" ".join(self.pseudonym.split()))


@dataclass(frozen=True, slots=True)
class OrganisationFields:
    name: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "note": self.note}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(name=data["name"], note=data.get("note", ""))

    def checked(self) -> Self:
        return replace(self, name=_name(self.name))


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Invalid(message="A person or an organisation needs a name; type one.")
    return name


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they stand; ``entries`` counts the entries they speak in, ``last`` is the start of the newest."""

    id: str
    fields: PersonFields
    org_name: str = ""
    entries: int = 0
    last: str = ""
    trashed: bool = False

    @property
    def stage(self) -> str:
        """The newest stage, or an empty string."""
        return self.fields.stages[-1].stage if self.fields.stages else ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it stands; ``people`` and ``entries`` count what belongs to it."""

    id: str
    fields: OrganisationFields
    people: int = 0
    entries: int = 0
    trashed: bool = False
