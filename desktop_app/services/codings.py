"""Codings: applying codes to texts, changing and taking back what was applied, and settling what a correction left."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.model.changes import Changes
from desktop_app.model.coding import CONSENSUS, Coding, CodingFields, CodingFilter, Stretch, TargetKind, Waiting
from desktop_app.model.documents import Text
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.coded import document_text, entry_text
from desktop_app.services.codes import Codes
from desktop_app.services.context import Context
from desktop_app.text.anchors import surroundings

EVERY = CodingFilter()
WIDTH = 60
"""Code points of context on either side of a quote."""


class Codings:
    def __init__(self, context: Context, codes: Codes) -> None:
        self._context = context
        self._file = context.file
        self._codes = codes

    # --- reading ----------------------------------------------------------------------------------------------------

    def text(self, target_kind: str, target: str) -> Text:
        """What can be coded of a document or an entry, by its full id."""
        if target_kind == TargetKind.ENTRY:
            return entry_text(self._context, target)
        return document_text(self._context, target)

    def _text_here(self, target_kind: str, target: str) -> Text | None:
        try:
            return self.text(target_kind, target)
        except NotFound:
            return None

    def of(self, target: str) -> list[Coding]:
        """Codings of a document or an entry with their sources, in the order of the text."""
        return self.with_sources(self._file.codings.of(target))

    def with_sources(self, codings: Sequence[Coding]) -> list[Coding]:
        """The same, those with their ``source`` that a merge has brought."""
        found = self._file.log.sources(coding.id for coding in codings)
        return [replace(coding, source=found[coding.id]) if coding.id in found else coding for coding in codings]

    def find(self, wanted: CodingFilter = EVERY) -> list[Coding]:
        """Codings that fit codes, coders, targets and times of a filter, by target and in the order of the text.

        Speakers and attributes are looked at by retrieval, which reads the texts.
        """
        codes = None
        if wanted.codes:
            codes = sorted(self._codes.below(wanted.codes) if wanted.deep else wanted.codes)
        found = self._file.codings.find(codes=codes, coders=wanted.coders or None, targets=wanted.targets or None)
        return [
            coding
            for coding in found
            if (not wanted.since or coding.at >= wanted.since) and (not wanted.until or coding.at < wanted.until)
        ]

    def quotes(self, ids: Iterable[str]) -> dict[str, str]:
        """The quoted words of codings, by id."""
        return self._file.codings.quotes(ids)

    def get(self, coding: str) -> CodingFields:
        """A coding with its anchor, by id or unique beginning of it; raises :class:`NotFound`."""
        return self._file.codings.full(self.resolve(coding))

    def resolve(self, coding: str) -> str:
        return self._file.journal.resolve("coding", coding)

    def coders(self) -> dict[str, int]:
        """Everybody who has coded, with the number of their codings, most first."""
        return self._file.codings.coders()

    # --- applying ---------------------------------------------------------------------------------------------------

    def add(
        self,
        target: str,
        start: int,
        end: int,
        code: str,
        *,
        target_kind: str = TargetKind.DOCUMENT,
        coder: str = "",
        weight: int | None = None,
        version: str = "",
    ) -> Changes[str]:
        """Apply a code to the code points ``[start, end)`` of a text and return the coding's id.

        ``target`` is a full id; ``code`` an id, a path or a name, and made where there is none of it; ``coder`` is the
        notebook's author unless given. The very same coding is not made twice: its id is returned. ``version`` is that
        of the text that was looked at. Raises :class:`Invalid` for a range outside the text or of another version.
        """
        with self._context.change("Code") as recorder:
            text = self._standing(target_kind, target)
            if version and version != text.version:
                raise Invalid(message=f"“{text.title}” has been changed meanwhile; look at it again and code it then.")
            item = self._apply(recorder, text, start, end, code, coder, weight)
        return self._context.changes(recorder, item)

    def add_many(self, stretches: Sequence[Stretch], code: str, *, label: str, coder: str = "") -> Changes[int]:
        """Apply one code to many stretches in one step; returns how many codings are new."""
        with self._context.change(label) as recorder:
            item = self._codes.ensure(recorder, code)
            texts: dict[str, Text] = {}
            before = len(recorder.touched.get("coding", ()))
            for stretch in stretches:
                if stretch.target not in texts:
                    texts[stretch.target] = self._standing(stretch.target_kind, stretch.target)
                text = texts[stretch.target]
                if stretch.quote and text.text[stretch.start : stretch.end] != stretch.quote:
                    raise Invalid(message=f"“{text.title}” has been changed meanwhile; look for the places again.")
                self._apply(recorder, text, stretch.start, stretch.end, item, coder, None)
            made = len(recorder.touched.get("coding", ())) - before
        return self._context.changes(recorder, made)

    def _standing(self, target_kind: str, target: str) -> Text:
        text = self.text(target_kind, target)
        if self._file.journal.fields(target).get("trashed"):
            raise Invalid(message=f"“{text.title}” is in the trash; take it out before coding it.")
        return text

    def agree(self, recorder: Recorder, text: Text, start: int, end: int, code: str) -> str:
        """Apply a code as what the team has agreed on, within the caller's change; returns the coding's id."""
        return self._applied(recorder, text, start, end, code, CONSENSUS, None)

    def _apply(
        self, recorder: Recorder, text: Text, start: int, end: int, code: str, coder: str, weight: int | None
    ) -> str:
        who = " ".join(coder.split()) or self._file.journal.author
        if folded(who) == folded(CONSENSUS):
            # Agreement leaves it out, so that somebody of that name would code and never be compared.
            raise Invalid(message=f"“{CONSENSUS}” is what a team agreed on, and nobody codes as it; use another name.")
        return self._applied(recorder, text, start, end, code, who, weight)

    def _applied(
        self, recorder: Recorder, text: Text, start: int, end: int, code: str, who: str, weight: int | None
    ) -> str:
        _check_range(text, start, end)
        _check_weight(weight)
        item = self._codes.ensure(recorder, code)
        for other in self._file.codings.at(text.id, start, end):
            if other.code == item and other.coder == who:
                return other.id
        fields = CodingFields(text.kind, text.id, item, start, end, text.text[start:end], who, text.version, weight)
        made = new_id()
        if recorder.label == "Code":
            recorder.label = f"Code {self._file.journal.fields(item)['name']}"
        recorder.record("coding", made, fields.to_json(), new=True)
        return made

    # --- changing ---------------------------------------------------------------------------------------------------

    def resize(self, coding: str, start: int, end: int) -> Changes[str]:
        """Give a coding another range of its text, which also confirms one that waited for a person."""
        with self._context.change("Resize coding") as recorder:
            before = self._file.codings.fields(coding)
            fields = CodingFields.from_json(before)
            text = self.text(fields.target_kind, fields.target)
            _check_range(text, start, end)
            fields = replace(
                fields, start=start, end=end, quote=text.text[start:end], version=text.version, review=None
            )
            recorder.record("coding", coding, {**before, **fields.to_json()})
        return self._context.changes(recorder, coding)

    def recode(self, codings: Sequence[str], code: str) -> Changes[int]:
        """Give codings another code (made where there is none of it); returns how many had another one.

        Where the coder has that code on the very same words already, one coding stays.
        """
        with self._context.change("Recode") as recorder:
            item = self._codes.ensure(recorder, code)
            changed = 0
            for coding in codings:
                before = self._file.codings.fields(coding)
                same = [
                    other
                    for other in self._file.codings.at(before["target"], before["start"], before["end"])
                    if (other.code, other.coder) == (item, before["coder"]) and other.id != coding
                ]
                doubled = {"trashed": True} if same else {}
                changed += recorder.record("coding", coding, {**before, "code": item, **doubled})
        return self._context.changes(recorder, changed)

    def weigh(self, codings: Sequence[str], weight: int | None) -> Changes[int]:
        """Say how much codings weigh, 0–100, or nothing of it (``None``)."""
        _check_weight(weight)
        with self._context.change("Weigh coding") as recorder:
            changed = 0
            for coding in codings:
                changed += recorder.record("coding", coding, {**self._file.codings.fields(coding), "weight": weight})
        return self._context.changes(recorder, changed)

    def remove(self, codings: Sequence[str]) -> Changes[int]:
        """Uncode: put codings into the trash; returns how many were not there yet."""
        with self._context.change("Uncode") as recorder:
            removed = sum(self._file.journal.trash(recorder, "coding", coding) for coding in codings)
        return self._context.changes(recorder, removed)

    # --- the review list --------------------------------------------------------------------------------------------

    def waiting(self, target: str | None = None) -> list[Waiting]:
        """Codings that could not follow a correction for certain, with what they quoted before and quote now; without
        those whose text is not in this notebook."""
        found = self._file.codings.find(targets=[target] if target else None, review=True)
        known = {code.id: code for code in self._codes.list()}
        texts: dict[str, Text | None] = {}
        listed = []
        for coding in found:
            if coding.target not in texts:
                texts[coding.target] = self._text_here(coding.target_kind, coding.target)
            text = texts[coding.target]
            if text is None:
                continue
            review = self._file.codings.full(coding.id).review
            assert review is not None
            before, after = surroundings(text.text, coding.start, coding.end, WIDTH)
            path = known[coding.code].path if coding.code in known else ()
            listed.append(
                Waiting(coding, review, text.text[coding.start : coding.end], before, after, text.title, path)
            )
        return listed

    def confirm(self, codings: Sequence[str]) -> Changes[int]:
        """Say that codings on the review list are where they belong; one without words left cannot be."""
        with self._context.change("Confirm coding") as recorder:
            confirmed = 0
            for coding in codings:
                before = self._file.codings.fields(coding)
                if before["start"] == before["end"]:
                    raise Invalid(
                        message="Nothing is left of the words of this coding; select where it belongs, or remove it."
                    )
                confirmed += recorder.record("coding", coding, {**before, "review": None})
        return self._context.changes(recorder, confirmed)


def _check_range(text: Text, start: int, end: int) -> None:
    if not 0 <= start < end <= len(text.text):
        raise Invalid(
            message=f"{start}–{end} is no range of “{text.title}”, which has {len(text.text)} characters; give a start"
            " and a later end within it."
        )


def _check_weight(weight: int | None) -> None:
    if weight is not None and not 0 <= weight <= 100:
        raise Invalid(message=f"A weight lies between 0 and 100, and {weight} does not; choose another.")
