"""What a merge does, told for people: from a plan to counts, items with their names, and what was decided."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop_app.model.exchange import MOST_SHOWN, Arrival, Loss, MergeReport, Outcome
from desktop_app.model.merging import CONFLICTS, TRASHED
from desktop_app.notebook.incoming import Refused
from desktop_app.notebook.journal import moment
from desktop_app.notebook.projections import folded
from desktop_app.notebook.standing import Standing
from desktop_app.notebook.union import Plan, outcome_of
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings, first_words

NAMELESS = frozenset({"notebook", "device"})
"""Kinds that are about the copies themselves: they come along, but nobody counts them as things written."""

_NAMED = ("person", "organisation", "code")


class MergeReports:
    """Makes the report of one plan, before it is applied or in its transaction."""

    def __init__(self, context: Context, plan: Plan) -> None:
        self._file = context.file
        self._plan = plan
        self._headings = Headings(context)

    def report(self) -> MergeReport:
        plan = self._plan
        counts = dict.fromkeys(Outcome, 0)
        arrivals: list[Arrival] = []
        standing = [one for one in plan.standing.values() if one.kind not in NAMELESS]
        for one in sorted(standing, key=lambda found: found.newest, reverse=True):
            outcome = outcome_of(one)
            counts[outcome] += 1
            if outcome is not Outcome.IDENTICAL and counts[outcome] <= MOST_SHOWN:
                arrivals.append(self._arrival(one, outcome))
        refused = {one.item: one for one in plan.refused}
        counts[Outcome.REJECTED] = len(refused)
        untouched = plan.incoming.items - plan.standing.keys() - refused.keys()
        counts[Outcome.IDENTICAL] += len(untouched - self._nameless())
        arrivals += [_refused(one) for one in list(refused.values())[:MOST_SHOWN]]
        losses = [
            Loss(one.item or one.revision, f"a {one.kind or 'revision'} was not taken", one.why)
            for one in refused.values()
        ]
        losses += [*plan.losses, *self._thrown_away(standing)]
        return MergeReport(plan.incoming.source, counts, arrivals, losses, plan.incoming.manifest, self._same_names())

    def _thrown_away(self, standing: Sequence[Standing]) -> Iterator[Loss]:
        """What stood here and goes into the trash, because somebody put it there elsewhere."""
        for one in standing:
            if one.before is not None and one.trashed and not json.loads(one.before.fields).get(TRASHED):
                who = max(one.tips, key=lambda tip: (tip.clock, tip.id)).author
                what = f"{who} put the {one.kind} “{self._heading(one.kind, one.item, one.fields)}” into the trash"
                yield Loss(one.item, what, "it goes into the trash here too; it can be taken out again")

    def _nameless(self) -> set[str]:
        return self._file.lineage.of_kinds(sorted(NAMELESS))

    def _arrival(self, one: Standing, outcome: Outcome) -> Arrival:
        before: Mapping[str, Any] = json.loads(one.before.fields) if one.before is not None else {}
        names = {*one.fields, *before, *one.fields.get(CONFLICTS, ())} - {CONFLICTS}
        waiting = one.fields.get(CONFLICTS, {})
        changed = [name for name in names if name in waiting or one.fields.get(name) != before.get(name)]
        newest = max(one.tips, key=lambda tip: (tip.clock, tip.id))
        return Arrival(
            one.item,
            one.kind,
            outcome,
            self._heading(one.kind, one.item, one.fields),
            newest.author,
            moment(newest.clock),
            tuple(sorted(changed)) if before else (),
            before or None,
            one.fields,
        )

    def _heading(self, kind: str, item: str, fields: Mapping[str, Any]) -> str:
        if kind == "coding":
            code = self._name("code", fields["code"])
            return f"{code}: “{first_words(fields['quote'] or (fields['review'] or {}).get('quote', ''))}”"
        if kind == "link":
            ends = [self._name(end["kind"], end["id"]) for end in (fields["source"], fields["target"])]
            return f"{ends[0]} {fields['relation']} {ends[1]}"
        if kind == "dismissal":
            return self._name("series", fields["series"])
        words = next((fields[name] for name in ("name", "title", "text", "file", "body") if fields.get(name)), "")
        return first_words(str(words)) or self._headings.of(kind, item)

    def _name(self, kind: str, item: str) -> str:
        """What something is called that may only come along now; nothing where it is of another kind than is said, or
        a link, whose ends may be links in their turn."""
        one = self._plan.standing.get(item)
        if one is None:
            return self._headings.of(kind, item)
        return self._heading(kind, item, one.fields) if one.kind == kind != "link" else ""

    def _same_names(self) -> list[str]:
        """Names of what stands twice afterwards, because it was made apart."""
        return sorted({f"{kind} “{name}”" for kind, name in self._doubles()})

    def _doubles(self) -> Iterator[tuple[str, str]]:
        standing = self._plan.standing
        new = [one for one in standing.values() if one.kind in _NAMED and one.before is None and not one.trashed]
        if not new:
            return
        known: dict[tuple[object, ...], int] = {}
        for one in new:
            key = _key(one.kind, one.fields)
            known[key] = known.get(key, 0) + 1
        codes = self._file.codes.fields() if any(one.kind == "code" for one in new) else {}
        own = [
            ("code", {"name": code.name, "parent": code.parent}) for item, code in codes.items() if item not in standing
        ]
        for kind in ("person", "organisation"):
            names = self._file.people.names(kind) if any(one.kind == kind for one in new) else {}
            own += [(kind, {"name": name}) for item, name in names.items() if item not in standing]
        for kind, fields in own:
            key = _key(kind, fields)
            if key in known:
                known[key] += 1
        for one in new:
            if known[_key(one.kind, one.fields)] > 1:
                yield one.kind, one.fields["name"]


def _key(kind: str, fields: Mapping[str, Any]) -> tuple[object, ...]:
    return kind, folded(fields["name"]), fields.get("parent") if kind == "code" else None


def _refused(one: Refused) -> Arrival:
    return Arrival(one.item or one.revision, one.kind, Outcome.REJECTED, one.why)
