"""The two vocabularies as this notebook knows them, and terms of its own."""

import re

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.vocabulary import Term, Vocabulary, VocabularyName
from desktop_app.services.context import Context

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Vocabularies:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def perspectives(self) -> Vocabulary:
        return self._context.vocabulary("perspective")

    def scales(self) -> Vocabulary:
        return self._context.vocabulary("scale")

    def add_term(self, vocabulary: VocabularyName, term: Term) -> Changes[str]:
        """Give the notebook a term of its own; raises :class:`Invalid` for a taken or malformed id, or no name."""
        if not _ID.fullmatch(term.id):
            raise Invalid(message=f"“{term.id}” cannot be the id of a term; use small letters, digits and hyphens.")
        if term.id in self._context.vocabulary(vocabulary):
            raise Invalid(message=f"There is already a term “{term.id}”; choose another id.")
        if not term.name.strip():
            raise Invalid(message="A term needs a name; type one.")
        item = new_id()
        with self._context.change(f"Add {vocabulary} {term.name}") as recorder:
            fields = {
                "vocabulary": vocabulary,
                "term": term.id,
                "name": term.name.strip(),
                "question": term.question,
                "description": term.description,
            }
            recorder.record("term", item, fields, new=True)
        return self._context.changes(recorder, item)

    def remove_term(self, vocabulary: VocabularyName, term: str) -> Changes[str]:
        """Take one of the notebook's own terms away; entries keep its id. Raises :class:`Invalid` for any other."""
        found = [item for item, own in self._file.terms.of(vocabulary) if own.id == term]
        if not found:
            raise Invalid(message=f"“{term}” is not one of this notebook’s own terms; built-in terms stay.")
        with self._context.change("Remove term") as recorder:
            self._file.journal.trash(recorder, "term", found[0])
        return self._context.changes(recorder, found[0])
