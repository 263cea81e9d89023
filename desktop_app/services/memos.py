"""Memos: dated texts about codes, codings, documents, entries, people or the project."""

from collections.abc import Container, Sequence
from dataclasses import replace

from desktop_app.model.changes import Changes
from desktop_app.model.ids import new_id
from desktop_app.model.memos import About, Memo, MemoFields
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings


class Memos:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    # --- changing ---------------------------------------------------------------------------------------------------

    def add(self, fields: MemoFields, *, draft_of: str = "") -> Changes[str]:
        """Write a memo and return its id. What it is about is given by ids or their unique beginnings; about the
        ``notebook`` needs none.

        ``draft_of`` names the surface whose kept draft this replaces. Raises :class:`Invalid` without words,
        :class:`NotFound` for something that is not there.
        """
        item = new_id()
        with self._context.change("Write memo") as recorder:
            recorder.record("memo", item, self._checked(fields).to_json(), new=True)
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def edit(self, memo: str, fields: MemoFields, *, draft_of: str = "") -> Changes[str]:
        """Give a memo other words, or other things it is about; raises like :meth:`add`."""
        item = self.resolve(memo)
        with self._context.change("Edit memo") as recorder:
            before = self._file.journal.fields(item)
            known = {(thing["kind"], thing["id"]) for thing in before["about"]}
            recorder.record("memo", item, {**before, **self._checked(fields, known).to_json()})
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def _checked(self, fields: MemoFields, known: Container[tuple[str, str]] = ()) -> MemoFields:
        """With full ids. What the memo was about before may have been lost by an exchange and stays named."""
        checked = fields.checked()
        about = [thing if (thing.kind, thing.id) in known else self._thing(thing) for thing in checked.about]
        return replace(checked, about=tuple(dict.fromkeys(about)))

    def _thing(self, about: About) -> About:
        if about.kind == "notebook":
            return About("notebook", self._file.id)
        return About(about.kind, self._file.journal.resolve(about.kind, about.id))

    def trash(self, memo: str) -> Changes[bool]:
        """Put a memo into the trash; returns whether it was not there yet."""
        return self._set_trashed(memo, "Move memo to trash", trashed=True)

    def restore(self, memo: str) -> Changes[bool]:
        """Take a memo out of the trash; returns whether it was in it."""
        return self._set_trashed(memo, "Restore from trash", trashed=False)

    def _set_trashed(self, memo: str, label: str, *, trashed: bool) -> Changes[bool]:
        item = self.resolve(memo)
        with self._context.change(label) as recorder:
            moved = self._file.journal.trash(recorder, "memo", item, trashed=trashed)
        return self._context.changes(recorder, moved)

    # --- reading ----------------------------------------------------------------------------------------------------

    def resolve(self, memo: str) -> str:
        """The full id of an id or of its unique beginning; raises :class:`NotFound` or :class:`Ambiguous`."""
        return self._file.journal.resolve("memo", memo)

    def get(self, memo: str) -> Memo:
        """One memo by id or its unique beginning, in the trash or not."""
        return self._named([self._file.memos.get(self.resolve(memo))])[0]

    def of(self, item: str) -> list[Memo]:
        """Memos about a thing (its full id), oldest first."""
        return self._named(self._file.memos.of(item))

    def counts(self) -> dict[str, int]:
        """How many memos are about each thing, by its id."""
        return self._file.memos.counts()

    def _named(self, memos: Sequence[Memo]) -> list[Memo]:
        """With the names of what they are about, in its order."""
        headings = Headings(self._context)
        return [
            replace(memo, names=tuple(headings.of(thing.kind, thing.id) for thing in memo.fields.about))
            for memo in memos
        ]

    # Last in the class: below it, ``list`` would name this method.
    def list(self) -> list[Memo]:
        """Every memo, the one edited last first."""
        return self._named(self._file.memos.all())
