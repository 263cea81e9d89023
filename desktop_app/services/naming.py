"""From what people type to ids: terms of a vocabulary, people and organisations, made where they are new."""

import difflib
from collections.abc import Iterable

from desktop_app.model.errors import Ambiguous, Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.model.vocabulary import VocabularyName
from desktop_app.notebook.journal import Recorder
from desktop_app.services.context import Context, built_in


class Naming:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def terms(self, vocabulary: VocabularyName, given: Iterable[str]) -> tuple[str, ...]:
        """Ids for ids, names, or their unique beginnings; raises :class:`Invalid` naming the nearest right one."""
        wanted_ids = tuple(given)
        if all(text in built_in(vocabulary) for text in wanted_ids):
            return tuple(dict.fromkeys(wanted_ids))
        known = self._context.vocabulary(vocabulary)
        ids = [term.id for term in known]
        by_name = {name.casefold(): term.id for term in known for name in (term.id, term.name, term.short)}
        found = []
        for text in wanted_ids:
            wanted = text.strip().casefold()
            if not wanted:
                continue
            begins = {term for name, term in by_name.items() if name.startswith(wanted)}
            if wanted in by_name:
                found.append(by_name[wanted])
            elif len(begins) == 1:
                found.append(begins.pop())
            else:
                raise Invalid(message=_no_term(vocabulary, text, ids))
        return tuple(dict.fromkeys(found))

    def organisation(self, recorder: Recorder, name: str) -> str | None:
        """The organisation of that name (or id), made if it is new; ``None`` for an empty name."""
        if not name.strip():
            return None
        if self._file.people.exists("organisation", name):
            return name
        found = self._file.people.named("organisation", name)
        if found:
            return found[0]
        item = new_id()
        recorder.record("organisation", item, OrganisationFields(name).checked().to_json(), new=True)
        return item

    def person(self, recorder: Recorder, name: str, org: str | None) -> str | None:
        """The person of that name (or id), made if new; ``org`` is the id of their organisation where one was given.

        Two people of one name are told apart by organisation; without one, :class:`Ambiguous` is raised. Somebody known
        without an organisation gets the one given.
        """
        if not name.strip():
            return None
        if self._file.people.exists("person", name):
            return name
        found = self._file.people.named("person", name)
        if org and len(found) > 1:
            found = [item for item in found if self._file.journal.fields(item).get("org") == org]
        if len(found) > 1:
            raise Ambiguous(name=name, what="person", count=len(found), examples=", ".join(item[:8] for item in found))
        if not found:
            item = new_id()
            recorder.record("person", item, PersonFields(name, org=org).checked().to_json(), new=True)
            return item
        fields = self._file.journal.fields(found[0])
        if org and not fields.get("org"):
            recorder.record("person", found[0], {**fields, "org": org})
        return found[0]


def _no_term(vocabulary: str, text: str, ids: list[str]) -> str:
    near = difflib.get_close_matches(text.casefold(), ids, n=1, cutoff=0.5)
    what = "time scale" if vocabulary == "scale" else vocabulary
    hint = f"did you mean “{near[0]}”?" if near else f"use one of {', '.join(ids)}."
    return f"“{text}” is no {what} of this notebook; {hint}"
