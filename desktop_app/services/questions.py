"""Questions: asking, answering, gathering what speaks for and against, and the options of a decision."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.model.merging import CONFLICTS
from desktop_app.model.questions import (
    EVIDENCE_KINDS,
    EVIDENCE_RELATIONS,
    Amount,
    Option,
    Piece,
    Question,
    QuestionDraft,
    QuestionFields,
)
from desktop_app.model.samples import days, iso
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.links import StoredLink
from desktop_app.services.context import Context
from desktop_app.services.evidence import Evidence
from desktop_app.services.naming import Naming
from desktop_app.services.stretches import figure_of, stretch_end


class Questions:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file
        self._naming = Naming(context)
        self._evidence = Evidence(context)

    # --- asking and answering ---------------------------------------------------------------------------------------

    def add(self, draft: QuestionDraft, *, draft_of: str = "") -> Changes[str]:
        """Write a question down and return its id; without ``asked`` it was asked today.

        People named for the first time are made in the same step. ``draft_of`` names the surface whose kept draft this
        replaces. Raises :class:`Invalid`, :class:`BadDate`, :class:`Ambiguous` or :class:`NotFound`; nothing is kept
        then.
        """
        item = new_id()
        with self._context.change("Write question") as recorder:
            new = self._given(recorder, replace(draft, asked="today") if draft.asked is None else draft)
            recorder.record("question", item, QuestionFields(**{"text": "", **new}).checked().to_json(), new=True)
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def edit(self, question: str, draft: QuestionDraft, *, draft_of: str = "") -> Changes[str]:
        """Change what the draft gives and nothing else; raises like :meth:`add`."""
        item = self.resolve(question)
        with self._context.change("Edit question") as recorder:
            self._write(recorder, item, self._given(recorder, draft))
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def answer(
        self, question: str, answer: str = "", *, when: str = "today", entry: str | None = None, draft_of: str = ""
    ) -> Changes[str]:
        """Say that a question is answered: in words (Markdown), by an entry, or elsewhere.

        Without words those that stand there stay, and so does the entry. Raises :class:`BadDate` without a date.
        """
        item = self.resolve(question)
        new: dict[str, Any] = {"answered": self._context.when(when).edtf}
        if answer.strip():
            new["answer"] = answer
        if entry is not None:
            new["answer_entry"] = self._entry(entry)
        with self._context.change("Answer question") as recorder:
            self._write(recorder, item, new)
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def reopen(self, question: str) -> Changes[str]:
        """Let a question be open again; what was answered stays with it."""
        item = self.resolve(question)
        with self._context.change("Reopen question") as recorder:
            self._write(recorder, item, {"answered": ""})
        return self._context.changes(recorder, item)

    def set_options(self, question: str, options: Sequence[Option], *, draft_of: str = "") -> Changes[str]:
        """Say between what the question decides, in this order.

        An amount that names a stretch of a series, by id or name, and no value takes the total as it stands, and the
        series' unit; one that stands already stays, though its series be gone. Raises :class:`Invalid` for options
        without a name of their own.
        """
        item = self.resolve(question)
        before = QuestionFields.from_json(self._file.journal.fields(item)).options
        standing = {amount for option in before for amount in (option.gained, option.spent) if _is_taken(amount)}
        with self._context.change("Set options") as recorder:
            self._write(recorder, item, {"options": self._options(options, standing)})
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def _given(self, recorder: Recorder, draft: QuestionDraft) -> dict[str, Any]:
        new: dict[str, Any] = {
            name: value for name in ("text", "note", "answer") if (value := getattr(draft, name)) is not None
        }
        for name in ("asker", "whom"):
            if (person := getattr(draft, name)) is not None:
                new[name] = self._naming.person(recorder, person, None)
        if draft.entry is not None:
            new["entry"] = self._entry(draft.entry)
        if draft.asked is not None:
            new["asked"] = self._context.when(draft.asked).edtf if draft.asked.strip() else ""
        if draft.options is not None:
            new["options"] = self._options(draft.options)
        return new

    def _write(self, recorder: Recorder, item: str, new: dict[str, Any]) -> None:
        """Give a question these fields. What a later Terrain has added is carried along untouched, and so are options
        that are not given: a merge may have brought two of one name."""
        before = self._file.journal.fields(item)
        fields = replace(QuestionFields.from_json(before), **{"options": (), **new}).checked().to_json()
        kept = {} if "options" in new else {"options": before.get("options", [])}
        recorder.record("question", item, {**before, **fields, **kept})

    def _entry(self, entry: str) -> str | None:
        return self._file.journal.resolve("entry", entry) if entry.strip() else None

    def _options(self, options: Sequence[Option], standing: Collection[Amount | None] = ()) -> tuple[Option, ...]:
        def taken(amount: Amount | None) -> Amount | None:
            return amount if amount in standing else self._amount(amount)

        return tuple(replace(option, gained=taken(option.gained), spent=taken(option.spent)) for option in options)

    def _amount(self, amount: Amount | None) -> Amount | None:
        if amount is None or not amount.series:
            value = None if amount is None or amount.value is None else float(amount.value)
            return amount and replace(amount, value=value, series=None, start="", end="")
        end = stretch_end(self._file, End("series", amount.series, amount.start, amount.end, amount.value))
        series, _ = figure_of(self._file, end.id, end.start, end.end)
        unit = amount.unit or (series.unit if series else "")
        return Amount(end.then, unit, end.id, end.start, end.end)

    # --- gathering --------------------------------------------------------------------------------------------------

    def gather(self, question: str, thing: End, relation: str = Relation.SUPPORTS) -> Changes[str]:
        """Let a thing speak for a question (``supports``), against it (``contradicts``), or undecided (``mentions``),
        and return the link's id. A thing that has been gathered already speaks as said now.

        Raises :class:`Invalid` for another relation, for what cannot be evidence, or lies in the trash.
        """
        made = self.gather_all(question, [thing], relation)
        return Changes(made.label, made.touched, made.result[0])

    def gather_all(
        self, question: str, things: Sequence[End], relation: str = Relation.SUPPORTS
    ) -> "Changes[list[str]]":
        """As :meth:`gather`, several things in one step."""
        if relation not in EVIDENCE_RELATIONS:
            raise Invalid(message=f"“{relation}” is no evidence; use one of {', '.join(EVIDENCE_RELATIONS)}.")
        item = self.resolve(question)
        with self._context.change("Gather evidence") as recorder:
            links = [self._gather(recorder, item, self._source(thing), relation) for thing in things]
        return self._context.changes(recorder, links)

    def _gather(self, recorder: Recorder, question: str, source: End, relation: str) -> str:
        links = [link.id for link in self._gathered(question) if _are_same(link.source, source)]
        # A merge may have brought the same thing twice.
        for other in links[1:]:
            self._file.journal.trash(recorder, "link", other)
        made = links[0] if links else new_id()
        before = self._file.journal.fields(made) if links else {}
        # Two people may have said differently how it speaks: this is the last word.
        kept = {name: value for name, value in before.items() if name != CONFLICTS}
        fields = {**LinkFields(source, relation, End("question", question)).to_json(), **kept}
        recorder.record("link", made, {**fields, "relation": relation}, new=not links)
        return made

    def let_go(self, question: str, *things: str) -> Changes[int]:
        """Take things away from a question, and return how many links that were: of a series those of every stretch,
        unless the id of one link is given; then it is that piece alone.

        Raises :class:`NotFound` or :class:`Invalid` for what has not been gathered; nothing is taken away then.
        """
        item = self.resolve(question)
        with self._context.change("Let go of evidence") as recorder:
            found = {link: None for thing in things for link in self._links_of(item, thing)}
            for link in found:
                self._file.journal.trash(recorder, "link", link)
        return self._context.changes(recorder, len(found))

    def _links_of(self, question: str, thing: str) -> "list[str]":
        links = self._gathered(question)
        for one in links:
            if one.id == thing:
                return [
                    link.id for link in links if link.relation == one.relation and _are_same(link.source, one.source)
                ]
        named = thing if any(link.source.id == thing for link in links) else self.thing(thing).id
        found = [link.id for link in links if link.source.id == named]
        if not found:
            raise Invalid(message=f"“{thing}” has not been gathered for that question; look at its evidence.")
        return found

    def thing(self, name: str) -> End:
        """What can be gathered, by its id or the unique beginning of it; a series by its name too.

        Raises :class:`NotFound` or :class:`Ambiguous`. Of a series the end lacks its stretch.
        """
        found = []
        for kind in EVIDENCE_KINDS:
            try:
                resolve = self._file.metrics.resolve if kind == "series" else None
                found.append(End(kind, resolve(name) if resolve else self._file.journal.resolve(kind, name)))
            except NotFound:
                continue
        if len(found) > 1:
            examples = ", ".join(end.id for end in found)
            raise Ambiguous(name=name, what="thing", count=len(found), examples=examples)
        if not found:
            raise NotFound(what="entry, coding, document, memo or series", name=name)
        return found[0]

    def stretch(self, series: str, from_: str, to: str = "") -> End:
        """A stretch of a series between two dates as typed, the second one included; without it the stretch is the
        first. Raises :class:`BadDate`, or :class:`Invalid` for one without an end."""
        first = self._context.when(from_)
        last = self._context.when(to) if to.strip() else first
        if first.start == OPEN_START or last.end == OPEN_END:
            raise Invalid(message=f"“{from_}”, “{to}” has no beginning or no end; give both, such as 2026-Q1.")
        return stretch_end(self._file, End("series", series, iso(days(first.start)), iso(days(last.end))))

    def _source(self, thing: End) -> End:
        if thing.kind == "series":
            return stretch_end(self._file, thing)
        if thing.kind not in EVIDENCE_KINDS:
            raise Invalid(message=f"A {thing.kind} cannot be evidence; use one of {', '.join(EVIDENCE_KINDS)}.")
        item = self._file.journal.resolve(thing.kind, thing.id)
        if self._file.journal.fields(item).get("trashed"):
            raise Invalid(message=f"That {thing.kind} lies in the trash; take it out before it can be evidence.")
        return End(thing.kind, item)

    def _gathered(self, question: str) -> list[StoredLink]:
        """Every link that makes something evidence, the same ones twice too."""
        links = self._file.links.of(question)
        return [link for link in links if link.target.id == question and link.relation in EVIDENCE_RELATIONS]

    # --- trash ------------------------------------------------------------------------------------------------------

    def trash(self, questions: Sequence[str]) -> Changes[int]:
        """Put questions into the trash; returns how many were not there yet."""
        label = "Move question to trash" if len(questions) == 1 else "Move questions to trash"
        return self._set_trashed(questions, label, trashed=True)

    def restore(self, questions: Sequence[str]) -> Changes[int]:
        """Take questions out of the trash; returns how many were in it."""
        return self._set_trashed(questions, "Restore from trash", trashed=False)

    def _set_trashed(self, questions: Sequence[str], label: str, *, trashed: bool) -> Changes[int]:
        items = [self.resolve(question) for question in questions]
        with self._context.change(label) as recorder:
            moved = sum(self._file.journal.trash(recorder, "question", item, trashed=trashed) for item in items)
        return self._context.changes(recorder, moved)

    # --- reading ----------------------------------------------------------------------------------------------------

    def resolve(self, question: str) -> str:
        """The full id of an id or of its unique beginning; raises :class:`NotFound` or :class:`Ambiguous`."""
        return self._file.journal.resolve("question", question)

    def get(self, question: str) -> Question:
        """One question by id or its unique beginning, in the trash or not."""
        return self._file.questions.get(self.resolve(question))

    def asked_by(self, person: str) -> "list[Question]":
        """What somebody asked (their full id), oldest first."""
        return self._file.questions.asked_by(person)

    def evidence(self, question: str) -> tuple[Piece, ...]:
        """What was gathered for a question and stands, in the order of time, undated last."""
        return self._evidence.of(self.resolve(question))

    # Last in the class: below it, ``list`` would name this method.
    def list(self) -> "list[Question]":
        """Every question, open ones first, then the newest first."""
        return self._file.questions.all()


def _is_taken(amount: Amount | None) -> bool:
    return amount is not None and amount.value is not None


def _are_same(one: End, other: End) -> bool:
    return (one.kind, one.id, one.start, one.end) == (other.kind, other.id, other.start, other.end)
