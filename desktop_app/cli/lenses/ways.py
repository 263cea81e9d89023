"""lens cunning, lens aspiration, lens value: what people do, become and hold worth doing, in their words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.lenses.frame import lens_options, plain, scope_line, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.facts import Figure
from desktop_app.model.ways import GROUPED_BY, TieFigures, Told, Voice, Voices, WayGroup, Ways
from desktop_app.services import Notebook
from desktop_app.services.ways_text import APART, counted_words, source_words, tie_words


@dataclass(frozen=True, slots=True)
class _Read:
    """A reading with all words: ``told`` by entry."""

    found: Ways
    told: dict[str, Told]
    against: list[Told]
    beside: list[Told]


@click.command("cunning")
@lens_options
@pass_session
def cunning_command(session: Session, query: str, out: Path | None) -> None:
    """Practices that work though no rule says so, by tag, quotes first, with where and by whom."""
    _show(session, "cunning", query, out)


@click.command("aspiration")
@lens_options
@pass_session
def aspiration_command(session: Session, query: str, out: Path | None) -> None:
    """What people are becoming, in their words over time, person by person."""
    _show(session, "aspiration", query, out)


@click.command("value")
@click.option(
    "--by", type=click.Choice(GROUPED_BY["value"]), default="person", show_default=True, help="Put together by this."
)
@lens_options
@pass_session
def value_command(session: Session, query: str, out: Path | None, by: str) -> None:
    """What people hold worth doing whatever it pays, quotes first."""
    _show(session, "value", query, out, by)


def _show(session: Session, way: str, query: str, out: Path | None, by: str = "") -> None:
    if out is not None:
        show(
            session,
            way,
            out,
            lambda notebook: notebook.ways.read(way, query, by=by),
            csv=lambda notebook, found: notebook.ways.csv(found),
            markdown=lambda notebook, found: notebook.ways.markdown(found),
            data=plain,
            text=lambda found: None,
        )
        return
    show(
        session,
        way,
        None,
        lambda notebook: _read(notebook, notebook.ways.read(way, query, by=by)),
        csv=lambda notebook, found: b"",
        data=_data,
        text=_print,
    )


def _read(notebook: Notebook, found: Ways) -> _Read:
    voices = {voice.entry.id: voice for group in found.groups for voice in group.voices}
    told = notebook.ways.told(list(voices.values()))
    against, beside = (
        notebook.ways.told([one.voice for one in joined], [one.ties for one in joined])
        for joined in (found.against, found.beside)
    )
    return _Read(found, {one.words.id: one for one in told}, against, beside)


# --- JSON -------------------------------------------------------------------------------------------------------------


def _data(read: _Read) -> dict[str, Any]:
    found = read.found
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "total": found.scope.total,
        "perspective": found.perspective.id,
        "by": found.by,
        **_counted(found.counted),
        "entries": [_entry(one) for one in read.told.values()],
        "groups": [_group(group) for group in found.groups],
        "disagreements": [_tie(one, tie) for one in read.against for tie in one.ties],
        "disagreeing": _figure(found.disagreeing),
        "beside": [_tie(one, tie) for one in read.beside for tie in one.ties],
        "joined": _figure(found.joined),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"count": figure.value, "query": figure.query}


def _counted(counted: Voices) -> dict[str, Any]:
    return {
        "counted": _figure(counted.entries),
        "quotes": _figure(counted.quotes),
        "people": _figure(counted.people),
        "places": _figure(counted.places),
    }


def _entry(told: Told) -> dict[str, Any]:
    entry, fields = told.voice.entry, told.words.fields
    return {
        "id": entry.id,
        "kind": entry.kind,
        "heading": entry.heading,
        "title": fields.title,
        "body": fields.body,
        "speaker": entry.speaker_name or None,
        "org": entry.org_name or None,
        "author": entry.author,
        "occurred": entry.occurred,
        "scales": list(entry.scales),
        "tags": list(entry.tags),
        "basis": entry.basis,
        "channel": entry.channel,
        "consent": fields.consent,
        "stage": told.voice.stage or None,
    }


def _group(group: WayGroup) -> dict[str, Any]:
    counted = group.counted
    return {
        "name": group.name or None,
        "count": counted.entries.value,
        "people": counted.people.value,
        "query": counted.entries.query,
        "quotes": _figure(counted.quotes),
        "people_query": counted.people.query,
        "places": _figure(counted.places),
        "entries": [voice.entry.id for voice in group.voices],
        "first": _id(group.first),
        "last": _id(group.last),
    }


def _id(voice: Voice | None) -> str | None:
    return voice.entry.id if voice else None


def _tie(told: Told, figures: TieFigures) -> dict[str, Any]:
    tie = figures.tie
    return {
        "entry": told.words.id,
        "relation": tie.relation,
        "via": {"entry": tie.via.id, "relation": tie.via_relation} if tie.via else None,
        "series": tie.series,
        "name": figures.label or None,
        "unit": figures.unit,
        "start": figures.start,
        "end": figures.end,
        "then": figures.then.value,
        "now": figures.now.value,
        "restated": figures.is_restated,
        "totals": {
            "names": [name for name, _ in figures.parts],
            "then": [figures.then.numerator, figures.then.denominator],
            "now": [figures.now.numerator, figures.now.denominator],
        }
        if figures.parts
        else None,
        "query": tie.query,
    }


# --- text -------------------------------------------------------------------------------------------------------------


def _print(read: _Read) -> None:
    found = read.found
    scope_line(found.scope.explanation, found.scope.total)
    output.line(f"{found.perspective.name}: {counted_words(found.counted)}.")
    for group in found.groups:
        _heading(group.name or APART[found.by], counted_words(group.counted))
        for voice in group.voices:
            if voice.entry.id in read.told:
                _print_words(read.told[voice.entry.id])
    for heading, listed in (("Where it disagrees with the metrics", read.against), ("Beside the numbers", read.beside)):
        if listed:
            _heading(heading, "linked so by somebody" if listed is read.against else "to be read, never a finding")
        for one in listed:
            _print_words(one)
            for tie in one.ties:
                output.line(f"    {tie_words(tie)}")


def _heading(words: str, faint: str) -> None:
    output.line()
    output.line(f"{output.strong(words)}  {output.faint(faint)}")


def _print_words(told: Told) -> None:
    output.line()
    fields = told.words.fields
    for line in filter(None, (fields.title, *fields.body.split("\n"))):
        output.line(f"  {line}")
    output.line(f"  {output.faint(f'{told.words.id[:8]} · {source_words(told)}')}")
