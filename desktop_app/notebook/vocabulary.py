"""The terms a notebook has added to the vocabularies."""

from desktop_app.model.vocabulary import Term, VocabularyName
from desktop_app.notebook.database import Database


class Terms:
    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, vocabulary: VocabularyName) -> list[tuple[str, Term]]:
        """The notebook's own terms of a vocabulary with their item ids, in the order they were made."""
        rows = self._database.rows(
            "SELECT term.id, term, name, question, description FROM term JOIN item ON item.id = term.id"
            " WHERE vocabulary = ? ORDER BY item.created",
            (vocabulary,),
        )
        return [
            (item, Term(term, name, name, question, description, own=True))
            for item, term, name, question, description in rows
        ]
