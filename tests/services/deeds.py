"""Everything that people do in a notebook, drawn by chance: for tests of what comes of it when copies of it meet."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CONSENSUS, CodeFields
from desktop_app.model.dismissals import DismissalFields
from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.errors import Invalid, KnownError
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.model.questions import EVIDENCE_KINDS, EVIDENCE_RELATIONS, Amount, Option, QuestionDraft
from desktop_app.model.vocabulary import Term
from desktop_app.services import Notebook

T = TypeVar("T")

WORDS = ("price", "opaque", "they took me seriously", "🙂 étage", "سلام", "value  ", "a", "help", "and then")
TRANSCRIPT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Ana: How did you choose your roaster? 🙂

2
00:00:05.000 --> 00:00:15.000
Ines Vidal: The price was opaque. They took me seriously.

3
00:00:19.500 --> 00:00:30.000
Ines Vidal: Then a friend — étage du café — asked me to stay.
"""
TABLES = {
    "visits.csv": "Date,Visits,Orders\n2026-01-01,10,1\n2026-01-02,12,2\n",
    "restated.csv": "Date,Visits,Orders\n2026-01-02,13,2\n2026-01-03,9,4\n",
}


class Deeds:
    """What one person may do next; what cannot be done just now is left."""

    def __init__(self, notebook: Notebook, folder: Path) -> None:
        self.notebook = notebook
        self._folder = folder
        self.chance = Random(0)

    def do(self, name: str, seed: int) -> None:
        self.chance = Random(seed)
        try:
            ALL[name](self)
        except KnownError:
            return

    # --- drawing ----------------------------------------------------------------------------------------------------

    def items(self, kind: str, *, trashed: int = 0) -> list[str]:
        database = self.notebook._file.database
        sql = "SELECT id FROM item WHERE kind = ? AND trashed = ? ORDER BY created, id"
        return [item for (item,) in database.rows(sql, (kind, trashed))]

    def one(self, kind: str, *, trashed: int = 0) -> str:
        """An item of a kind; raises a known error where there is none, as the services do."""
        return self._one_of(self.items(kind, trashed=trashed))

    def _one_of(self, found: Sequence[T]) -> T:
        if not found:
            raise Invalid(message="there is none")
        return self.chance.choice(found)

    def words(self, most: int = 3) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, most))).strip() or "a"

    def some(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.chance.sample(names, self.chance.randint(0, len(names))))

    def edited(self, text: str) -> str:
        """The text with a line or a few words changed."""
        lines = text.split("\n")
        at = self.chance.randrange(len(lines))
        match self.chance.randrange(5):
            case 0:
                lines.insert(at, self.words())
            case 1 if len(lines) > 1:
                del lines[at]
            case 2:
                lines[at] = self.words()
            case 3:
                lines.append(self.words())
            case _:
                cut = self.chance.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + self.chance.choice(WORDS) + lines[at][cut + self.chance.randint(0, 6) :]
        return "\n".join(lines)

    # --- entries ----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        body = "\n".join(self.words() for _ in range(self.chance.randint(1, 5)))
        self.notebook.entries.add(EntryDraft(body=body, when="2026-03-01", tags=self.some(("a", "b/c", "ü"))))

    def edit(self) -> None:
        """One field of an entry, or several."""
        entry, chance = self.one("entry"), self.chance
        body = self.notebook.entries.get(entry).fields.body
        choices: dict[str, Callable[[], Any]] = {
            "body": lambda: self.edited(body),
            "title": lambda: self.words(1),
            "kind": lambda: chance.choice(("note", "quote", "event", "foresight")),
            "when": lambda: chance.choice(("2026-03-01", "2026-04", "", "2020/2021")),
            "scales": lambda: self.some(("day", "week", "year")),
            "perspectives": lambda: self.some(("holistic", "random-events")),
            "tags": lambda: self.some(("a", "b/c", "d!", "ü")),
            "speaker": lambda: chance.choice(("Ana", "Ines Vidal", "")),
            "org": lambda: chance.choice(("Harbour", "Mill", "")),
            "channel": lambda: chance.choice(("phone", "mail", "")),
            "basis": lambda: chance.choice(("verbatim", "paraphrased", "")),
            "consent": lambda: chance.choice(("named", "anonymous", "")),
            "surprise": lambda: chance.choice((True, False)),
            "horizon": lambda: chance.choice(("2027", "2028-01", "")),
            "confidence": lambda: chance.choice((0.25, 0.5, 1.0, -1)),
            "check": lambda: Check(self._series(), "above", 5.0, "2026-01"),
            "outcome": lambda: Outcome(chance.choice(("hit", "miss", "")), "2026-05-01", self.words(1)),
            "series": lambda: (self._series(),),
        }
        names = chance.sample(sorted(choices), chance.randint(1, 3))
        self.notebook.entries.edit(entry, EntryDraft(**{name: choices[name]() for name in names}))

    def body(self) -> None:
        entry = self.one("entry")
        body = self.edited(self.notebook.entries.get(entry).fields.body)
        self.notebook.entries.edit(entry, EntryDraft(body=body))

    def attach(self) -> None:
        entry, name = self.one("entry"), self.chance.choice(("a.txt", "b.txt"))
        if self.chance.random() < 0.3:
            self.notebook.entries.edit(entry, EntryDraft(detach=(name,)))
        else:
            self.notebook.entries.attach_bytes(entry, name, "text/plain", self.chance.choice((b"one", b"two")))

    def trash_entry(self) -> None:
        self.notebook.entries.trash([self.one("entry")])

    def restore_entry(self) -> None:
        self.notebook.entries.restore([self.one("entry", trashed=1)])

    def bring_back(self) -> None:
        entry = self.one("entry")
        revisions = [info.id for info in self.notebook._file.log.history(entry) if not info.fields.get("trashed")]
        self.notebook.entries.bring_back(entry, self._one_of(revisions))

    def later_terrain(self) -> None:
        """A field that only a later version knows."""
        file, kind = self.notebook._file, self.chance.choice(("entry", "person", "code"))
        item = self.one(kind)
        with file.journal.change("Write what is unknown here") as recorder:
            recorder.record(kind, item, {**file.journal.fields(item), "mood": self.words(1)})

    # --- people and what hangs together -----------------------------------------------------------------------------

    def person(self) -> None:
        self.notebook.people.add(PersonFields(name=self.chance.choice(("Ana", "Ines Vidal", "Leo")), note=self.words()))

    def edit_person(self) -> None:
        person = self.one("person")
        fields = self.notebook.people.get(person).fields
        new: dict[str, Any] = {
            "name": self.chance.choice(("Ana", "Ines Vidal", "Leo")),
            "note": self.edited(fields.note),
            "consent": self.chance.choice(("named", "anonymous", "")),
            "pseudonym": self.words(1),
            "org": self.chance.choice([*self.items("organisation"), None]),
        }
        name = self.chance.choice(sorted(new))
        self.notebook.people.edit(person, replace(fields, **{name: new[name]}))

    def stage(self) -> None:
        steps = [StageStep("prospect", "2026-01-01"), StageStep("customer", "2026-02"), StageStep("advocate", "2026")]
        self.notebook.people.add_stage(self.one("person"), self.chance.choice(steps))

    def trash_person(self) -> None:
        self.notebook.people.trash(self.one("person"))

    def organisation(self) -> None:
        if self.chance.random() < 0.4:
            self.notebook.people.add_organisation(OrganisationFields(self.chance.choice(("Harbour", "Mill"))))
        elif self.chance.random() < 0.8:
            item = self.one("organisation")
            self.notebook.people.edit_organisation(item, OrganisationFields(self.words(1), self.words()))
        else:
            self.notebook.people.trash_organisation(self.one("organisation"))

    def link(self) -> None:
        if self.chance.random() < 0.3:
            self.notebook.links.remove(self.one("link"))
            return
        source, target = End("entry", self.one("entry")), End("entry", self.one("entry"))
        if self.chance.random() < 0.3:
            target = End("series", self._series(), "2026-01-01", "2026-01-03")
        self.notebook.links.add(LinkFields(source, "supports", target))

    def saved_search(self) -> None:
        match self.chance.randrange(3):
            case 0:
                self.notebook.saved_searches.add(self.words(1), "price")
            case 1:
                self.notebook.saved_searches.edit(self.one("search"), self.words(1), self.words())
            case _:
                self.notebook.saved_searches.remove(self.one("search"))

    def term(self) -> None:
        term = Term(self.chance.choice(("tide", "season")), self.words(1), "", "When?")
        if self.chance.random() < 0.7:
            self.notebook.vocabulary.add_term("scale", term)
        else:
            self.notebook.vocabulary.remove_term("scale", term.id)

    def rename(self) -> None:
        self.notebook.rename(self.words(1))

    # --- metrics ----------------------------------------------------------------------------------------------------

    def _series(self) -> str:
        return self._one_of([series.id for series in self.notebook.metrics.list()])

    def metrics(self) -> None:
        name = self.chance.choice(sorted(TABLES))
        path = self._folder / name
        path.write_text(TABLES[name], encoding="utf-8")
        self.notebook.metrics.import_files([path], backup=False)

    def remove_import(self) -> None:
        self.notebook.metrics.remove_import(self.one("import"))

    def edit_series(self) -> None:
        numerator = self.chance.choice((None, self._series(), ""))
        self.notebook.metrics.edit_series(self._series(), additive=self.chance.random() < 0.5, numerator=numerator)

    # --- documents --------------------------------------------------------------------------------------------------

    def document(self) -> None:
        if self.chance.random() < 0.5:
            self.notebook.documents.add(self.words(1), "\n".join(self.words() for _ in range(4)))
            return
        path = self._folder / "interview.vtt"
        path.write_text(TRANSCRIPT, encoding="utf-8")
        self.notebook.documents.import_files([path], backup=False)

    def correct(self) -> None:
        document = self.one("document")
        self.notebook.documents.correct(document, self.edited(self.notebook.documents.text(document).text))

    def speaker(self) -> None:
        spoken = [one.id for one in self.notebook.documents.list() if one.fields.content.speakers]
        document = self._one_of(spoken)
        speaker = self._one_of(self.notebook.documents.get(document).fields.content.speakers)
        if self.chance.random() < 0.5:
            self.notebook.documents.rename_speaker(document, speaker, self.chance.choice(("Ana", "Ines", "Leo")))
        else:
            self.notebook.documents.match_speaker(document, speaker, self.chance.choice(("Ana", "Ines Vidal", "")))

    def edit_document(self) -> None:
        new = self.chance.choice(({"title": self.words(1)}, {"when": "2026-05"}, {"note": self.words()}, {"when": ""}))
        self.notebook.documents.edit(self.one("document"), **new)

    def trash_document(self) -> None:
        self.notebook.documents.trash(self.one("document"))

    def restore_document(self) -> None:
        self.notebook.documents.restore(self.one("document", trashed=1))

    def variable(self) -> None:
        subject = self.chance.choice(("document", "person"))
        match self.chance.randrange(4):
            case 0:
                self.notebook.attributes.add(VariableFields(self.chance.choice(("Age", "Place")), subject=subject))
            case 1:
                item = self.one("variable")
                known = {one.id: one.fields for one in self.notebook.attributes.variables()}[item]
                fields = replace(known, description=self.words(), choices=self.some(("x", "y", "z")))
                self.notebook.attributes.edit(item, fields)
            case 2:
                self.notebook.attributes.trash(self.one("variable"))
            case _:
                self.notebook.attributes.restore(self.one("variable", trashed=1))

    def value(self) -> None:
        found = self._one_of([one.id for one in self.notebook.attributes.variables()])
        subject = {one.id: one.fields.subject for one in self.notebook.attributes.variables()}[found]
        self.notebook.attributes.set(subject, [self.one(subject)], found, self.chance.choice(("x", "y", "")))

    # --- codes ------------------------------------------------------------------------------------------------------

    def code(self) -> None:
        self.notebook.codes.add(CodeFields(self.chance.choice(("Price", "Help", "Trust / Face", "Price / Low"))))

    def edit_code(self) -> None:
        code = self.one("code")
        fields = self.notebook.codes.get(code).fields
        new: dict[str, Any] = {
            "name": self.words(1),
            "definition": self.edited(fields.definition),
            "examples": self.some(("x", "y", "z")),
            "colour": self.chance.choice(("#112233", "#AABBCC")),
        }
        name = self.chance.choice(sorted(new))
        self.notebook.codes.edit(code, replace(fields, **{name: new[name]}))

    def move_code(self) -> None:
        self.notebook.codes.move(self.one("code"), self.chance.choice([*self.items("code"), None]))

    def merge_codes(self) -> None:
        self.notebook.codes.merge([self.one("code")], self.one("code"))

    def split_code(self) -> None:
        code = self.one("code")
        codings = [coding.id for coding in self.notebook._file.codings.find(codes=[code])]
        names = (self.words(1), "Part")
        self.notebook.codes.split(code, names, {coding: self.chance.choice(names) for coding in codings})

    def trash_code(self) -> None:
        self.notebook.codes.trash(self.one("code"))

    # --- codings ----------------------------------------------------------------------------------------------------

    def coding(self) -> None:
        kind = self.chance.choice(("document", "document", "entry"))
        target = self.one(kind)
        text = self.notebook.codings.text(kind, target).text
        start = self.chance.randrange(len(text) or 1)
        end = min(len(text), start + self.chance.choice((3, 3, 8, 20)))
        coder = self.chance.choice(("", "", "Team"))
        self.notebook.codings.add(target, start, end, self.one("code"), target_kind=kind, coder=coder)

    def resize(self) -> None:
        coding = self.one("coding")
        fields = self.notebook.codings.get(coding)
        length = len(self.notebook.codings.text(fields.target_kind, fields.target).text)
        start = self.chance.randrange(max(length, 1))
        self.notebook.codings.resize(coding, start, min(length, start + self.chance.randint(1, 9)))

    def recode(self) -> None:
        self.notebook.codings.recode([self.one("coding")], self.one("code"))

    def weigh(self) -> None:
        self.notebook.codings.weigh([self.one("coding")], self.chance.choice((None, 0, 50)))

    def uncode(self) -> None:
        self.notebook.codings.remove([self.one("coding")])

    def confirm(self) -> None:
        self.notebook.codings.confirm([self._one_of([one.coding.id for one in self.notebook.codings.waiting()])])

    def settle_difference(self) -> None:
        coding = self.notebook.codings.get(self.one("coding"))
        file = self.notebook._file
        text = self.notebook.codings.text(coding.target_kind, coding.target)
        with file.journal.change("Settle difference") as recorder:
            item = self.notebook.codings.agree(recorder, text, coding.start, coding.end, coding.code)
            before = file.codings.fields(item)
            assert before["coder"] == CONSENSUS
            recorder.record("coding", item, {**before, "settles": sorted({*before["settles"], self.one("coding")})})

    def memo(self) -> None:
        kinds = ("code", "coding", "document", "entry", "person", "question")
        match self.chance.randrange(4):
            case 0 | 1:
                kind = self.chance.choice(kinds)
                self.notebook.memos.add(MemoFields(self.words(), about=(About(kind, self.one(kind)),)))
            case 2:
                memo = self.notebook.memos.get(self.one("memo")).fields
                kind = self.chance.choice(kinds)
                about = (*memo.about, About(kind, self.one(kind)))
                self.notebook.memos.edit(self.one("memo"), replace(memo, body=self.edited(memo.body), about=about))
            case _:
                self.notebook.memos.trash(self.one("memo"))

    # --- questions --------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        asker = self.chance.choice(("Ana", "Ines Vidal", ""))
        entry = self.one("entry") if self.chance.random() < 0.3 else None
        self.notebook.questions.add(QuestionDraft(self.words(), asker=asker, entry=entry, asked="2026-03"))

    def edit_question(self) -> None:
        question, chance = self.one("question"), self.chance
        fields = self.notebook.questions.get(question).fields
        choices: dict[str, Callable[[], Any]] = {
            "text": self.words,
            "note": lambda: self.edited(fields.note),
            "asker": lambda: chance.choice(("Ana", "")),
            "whom": lambda: chance.choice(("Ines Vidal", "")),
            "asked": lambda: chance.choice(("2026-03-01", "2025", "")),
            "answer": lambda: self.edited(fields.answer),
            "options": lambda: tuple(Option(name, self._amount()) for name in self.some(("Print", "Radio"))),
        }
        names = chance.sample(sorted(choices), chance.randint(1, 2))
        self.notebook.questions.edit(question, QuestionDraft(**{name: choices[name]() for name in names}))

    def _amount(self) -> Amount | None:
        if self.chance.random() < 0.5:
            return self.chance.choice((None, Amount(7.5, "€"), Amount(None)))
        return Amount(None, series=self._series(), start="2026-01-01", end="2026-01-03")

    def answer(self) -> None:
        question = self.one("question")
        if self.chance.random() < 0.3:
            self.notebook.questions.reopen(question)
        else:
            self.notebook.questions.answer(question, self.words(), when="2026-04", entry=self.one("entry"))

    def gather(self) -> None:
        question, kind = self.one("question"), self.chance.choice(EVIDENCE_KINDS)
        if kind == "series":
            thing = End("series", self._series(), "2026-01-01", "2026-01-03")
        else:
            thing = End(kind, self.one(kind))
        self.notebook.questions.gather(question, thing, self.chance.choice(EVIDENCE_RELATIONS))

    def let_go(self) -> None:
        question = self.one("question")
        self.notebook.questions.let_go(question, self._one_of(self.notebook.questions.evidence(question)).link)

    def trash_question(self) -> None:
        if self.chance.random() < 0.5:
            self.notebook.questions.trash([self.one("question")])
        else:
            self.notebook.questions.restore([self.one("question", trashed=1)])

    def dismiss(self) -> None:
        file = self.notebook._file
        with file.journal.change("Dismiss place") as recorder:
            if self.chance.random() < 0.6:
                fields = DismissalFields(self._series(), "2026-01-01", "2026-01-03", self.words()).checked()
                recorder.record("dismissal", new_id(), fields.to_json(), new=True)
            else:
                file.journal.trash(recorder, "dismissal", self.one("dismissal"))

    # --- history ----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Take one of the values of a conflict, or one of one's own."""
        conflict = self._one_of([(one.item, one.field) for one in self.notebook.conflicts.all()])
        options = next(one.options for one in self.notebook.conflicts.of(conflict[0]) if one.field == conflict[1])
        if self.chance.random() < 0.8:
            self.notebook.conflicts.settle(*conflict, self.chance.choice(options).revision)
        else:
            self.notebook.conflicts.settle_with(*conflict, self.chance.choice(options).value)

    def undo(self) -> None:
        self.notebook.history.undo()

    def redo(self) -> None:
        self.notebook.history.redo()


_OWN = ("do", "items", "one", "words", "some", "edited")
ALL: dict[str, Callable[[Deeds], None]] = {
    name: deed for name, deed in vars(Deeds).items() if not name.startswith("_") and name not in _OWN
}
"""By name, each to be done with a seed of its own."""
