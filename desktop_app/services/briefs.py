"""Questions through a lens, and the briefs that they become."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.lenses.coverage import coverage
from desktop_app.lenses.evidence import asked, in_order, returns
from desktop_app.model.briefs import Brief, Claim, Questions, Renderer, Studied, Totals
from desktop_app.model.coverage import Coverage
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.facts import ENTRIES, EntryFacts, Scope
from desktop_app.model.questions import Piece, Question
from desktop_app.model.redaction import SOMEONE
from desktop_app.services.context import Context
from desktop_app.services.coverage import terms_of
from desktop_app.services.evidence import Evidence
from desktop_app.services.headings import Headings
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.progress import Progress, ShouldStop, Told
from desktop_app.services.stretches import figure_of
from desktop_app.services.unnamed import Hide, hiding, words_or_markdown

if TYPE_CHECKING:
    from desktop_app.services.consent import Consents

REFERENCE = re.compile(
    r"\[\[(?P<id>[0-9a-z-]{8,64})(?:\|(?P<name>[^\[\]\n]{0,200}))?\]\]"
    r"|\[(?P<words>[^\[\]\n]{0,200})\]\(terrain:(?:entry/)?(?P<address>[0-9a-z-]{8,64})\)"
)
"""How a note or an answer refers to an entry: ``[[ID]]``, or a link to its address."""

ENDINGS = (".md", ".html", ".pdf")


class Briefs:
    def __init__(self, context: Context, scope: LensScope) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._evidence = Evidence(context)

    # --- the lens ---------------------------------------------------------------------------------------------------

    def read(self, query: str = "") -> Questions:
        """Every question with its evidence among the entries of a query."""
        scope, entries = self._scope.read(query)
        questions = self._file.questions.all()
        gathered: dict[str, dict[str, list[str]]] = {}
        for item, links in self._file.questions.evidence([one.id for one in questions]).items():
            by_relation = gathered.setdefault(item, defaultdict(list))
            for link in links:
                by_relation[link.relation].append(link.source.id)
        perspectives, scales = (self._context.vocabulary(name).terms for name in ("perspective", "scale"))
        by_id = {entry.id: entry for entry in entries}
        return Questions(scope, asked(scope, questions, gathered, by_id, perspectives, scales))

    def study(self, question: str) -> Studied:
        """One question (id or its unique beginning) with its evidence and what that covers."""
        item = self._file.journal.resolve("question", question)
        pieces = self._evidence.of(item)
        found = self._file.questions.get(item)
        return Studied(found, pieces, self._coverage(item, pieces), returns(found.fields.options))

    def _coverage(self, item: str, pieces: Iterable[Piece]) -> Coverage:
        wanted = {piece.id for piece in pieces if piece.kind == "entry"}
        entries: list[EntryFacts] = [entry for entry in self._scope.every() if entry.id in wanted]
        scope = Scope(f"{ENTRIES} question:{item}", "The evidence of a question.", len(entries))
        terms = (terms_of(self._context.vocabulary(name), entries, f"{name}s") for name in ("perspective", "scale"))
        return coverage(scope, entries, *terms)

    def csv(self, found: Questions) -> bytes:
        """One row for each question: id, text, open, pieces and entries by side with their queries, cells filled."""
        sides = ("for", "against", "undecided")
        header = [f"{side}{more}" for side in sides for more in ("_pieces", "_entries", "_query")]
        rows = []
        for one in found.questions:
            figures = [
                value
                for side in (one.supporting, one.contradicting, one.undecided)
                for value in (side.pieces, side.entries.value, side.entries.query)
            ]
            state = "open" if one.question.is_open else "answered"
            rows.append((one.question.id, one.question.fields.text, state, *figures, one.filled, one.blind_spots))
        return self._scope.table(("id", "question", "state", *header, "filled", "blind_spots"), rows)

    # --- the brief --------------------------------------------------------------------------------------------------

    def brief(self, question: str, *, progress: Progress | None = None, should_stop: ShouldStop | None = None) -> Brief:
        """What a question's brief says, as far as those allow it whose words it holds.

        Raises :class:`Invalid` for a question that was asked by somebody who has withdrawn their consent, and
        :class:`Interrupted`.
        """
        from desktop_app.services.consent import consents

        told = Told("The brief", progress, should_stop)
        told(0.0, "reading the evidence")
        item = self._file.journal.resolve("question", question)
        found = self._file.questions.get(item)
        pieces = [*self._evidence.of(item), *self._referred(found)]
        told(0.5, "looking after consent")
        fields = found.fields
        beside = [one for one in (fields.entry, fields.answer_entry) if one]
        ids = {item, *beside, *(piece.id for piece in pieces), *(piece.target for piece in pieces if piece.target)}
        consent = consents(self._file, ids)
        if item in consent.withheld:
            raise Invalid(message="Whoever asked this question has withdrawn their consent; there can be no brief.")
        kept = [piece for piece in pieces if not consent.withheld.intersection((piece.id, piece.target))]
        hide = hiding(self._file, consent)
        told(0.7, "putting it together")
        claims = self._claims([_unspoken(piece, consent) for piece in kept], hide)
        numbers = {claim.piece.id: claim.number for claim in reversed(claims)}
        note, answer = (
            words_or_markdown(self._marked(hide(text), numbers), hide) for text in (fields.note, fields.answer)
        )
        return Brief(
            self._redacted(found, hide),
            note,
            answer,
            claims,
            len(pieces) - len(kept),
            self._coverage(item, (piece for piece in kept if piece.relation)),
            tuple(
                replace(one, option=replace(one.option, name=hide(one.option.name))) for one in returns(fields.options)
            ),
            self._open_in(item, {piece.id for piece in kept}, hide),
        )

    def write(
        self,
        question: str,
        ending: str,
        pdf: Renderer | None = None,
        *,
        progress: Progress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> bytes:
        """A brief as the bytes of a ``.md``, ``.html`` or ``.pdf`` (for which ``pdf`` makes a PDF of its HTML).

        Raises :class:`Invalid` for another ending, and what :meth:`brief` raises.
        """
        from desktop_app.text.briefs import brief_html, brief_markdown

        if ending not in ENDINGS or (ending == ".pdf" and pdf is None):
            raise Invalid(message=f"A brief is written as .md, .html or .pdf, not {ending or 'without an ending'}.")
        made = self.brief(question, progress=progress, should_stop=should_stop)
        if ending == ".md":
            return brief_markdown(made).encode("utf-8")
        page = brief_html(made)
        return pdf(page) if ending == ".pdf" and pdf is not None else page.encode("utf-8")

    def _referred(self, question: Question) -> list[Piece]:
        """The entries that note and answer refer to and that were not gathered, as pieces without a relation."""
        links = self._file.questions.evidence([question.id]).get(question.id, ())
        known = {link.source.id for link in links}
        found: dict[str, None] = {}
        for text in (question.fields.note, question.fields.answer):
            for match in REFERENCE.finditer(text):
                item = self._entry(match["id"] or match["address"])
                if item is not None and item not in known:
                    found[item] = None
        return [self._evidence.of_entry(entry) for entry in self._file.entries.many(list(found)) if not entry.trashed]

    def _entry(self, name: str) -> str | None:
        try:
            return self._file.journal.resolve("entry", name)
        except (NotFound, Ambiguous):
            # Words in brackets that name nothing stay words in brackets.
            return None

    def _marked(self, text: str, numbers: dict[str, int]) -> str:
        """With ``⟦n⟧`` in the place of references; brackets that somebody typed so are made others."""

        def mark(match: re.Match[str]) -> str:
            number = numbers.get(self._entry(match["id"] or match["address"]) or "")
            words = match["words"] or match["name"] or ""
            if number is None:
                return words or "(not in this brief)"
            return f"{words} ⟦{number}⟧".strip()

        return REFERENCE.sub(mark, text.replace("⟦", "[").replace("⟧", "]"))

    def _redacted(self, found: Question, hide: Hide) -> Question:
        fields = replace(found.fields, text=hide(found.fields.text))
        asker, whom = hide(found.asker_name), hide(found.whom_name)
        return replace(found, fields=fields, asker_name=asker, whom_name=whom)

    def _claims(self, pieces: Iterable[Piece], hide: Hide) -> tuple[Claim, ...]:
        headings = Headings(self._context)
        ordered = in_order(list(pieces))
        entries = {
            entry.id: entry
            for entry in self._file.entries.many([one.target or one.id for one in ordered if one.kind != "series"])
        }
        made = []
        for number, piece in enumerate(ordered, 1):
            where = headings.of("document", piece.target) if piece.target and piece.target not in entries else ""
            held = entries.get(piece.target or piece.id)
            clean = replace(
                piece,
                text=hide(piece.text),
                heading=hide(piece.heading),
                speaker=hide(piece.speaker),
            )
            channel = held.fields.channel if held else ""
            totals = self._totals(piece) if piece.kind == "series" else None
            made.append(Claim(number, clean, hide(where), hide(channel), totals))
        return tuple(made)

    def _totals(self, piece: Piece) -> Totals | None:
        series = next(iter(self._file.metrics.series([piece.id])), None)
        if series is None or not (series.numerator and series.denominator):
            return None
        above, over = figure_of(self._file, series.numerator, piece.start, piece.end)
        below, under = figure_of(self._file, series.denominator, piece.start, piece.end)
        unit = above.unit if above else ""
        return Totals(over, above.label if above else "", under, below.label if below else "", unit)

    def _open_in(self, item: str, gathered: set[str], hide: Hide) -> tuple[str, ...]:
        """Other questions that are open, and were asked in what was gathered; not those of the withdrawn."""
        from desktop_app.services.consent import consents

        found = [
            one for one in self._file.questions.all() if one.id != item and one.is_open and one.fields.entry in gathered
        ]
        gone = consents(self._file, {one.id for one in found}).withheld if found else set()
        return tuple(sorted(hide(one.fields.text) for one in found if one.id not in gone))


def _unspoken(piece: Piece, consent: "Consents") -> Piece:
    """A piece without what its text calls a speaker who is not to be named there: that may be no name of theirs."""
    nameless = consent.anonymous.get(piece.id, frozenset()) | consent.anonymous.get(piece.target, frozenset())
    return replace(piece, speaker=SOMEONE) if piece.speaker and piece.person in nameless else piece
