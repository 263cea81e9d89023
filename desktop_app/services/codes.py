"""The codebook: codes in a tree, and what is done with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_app.model.changes import Changes, RevisionInfo
from desktop_app.model.coding import COLOURS, MOST_LEVELS, PATH_SEPARATOR, Code, CodeFields, tree
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.context import Context


class Codes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    # --- reading ----------------------------------------------------------------------------------------------------

    def get(self, code: str) -> Code:
        """A code by id, unique beginning of it, path or name; raises :class:`NotFound` or :class:`Ambiguous`."""
        return self._known()[self.resolve(code)]

    def resolve(self, code: str) -> str:
        """The id of a code given by id or its unique beginning, by its path (``Price talk / opaque``) or by its name.

        A name that several codes have is :class:`Ambiguous`, and the top one of that name is not preferred. A code in
        the trash is :class:`NotFound`.
        """
        if self._file.codes.exists(code):
            return code
        found = self._find(code, self._uncounted()) or self._file.journal.resolve("code", code)
        if not self._file.codes.exists(found):
            raise NotFound(what="code", name=code)
        return found

    def _find(self, text: str, known: Sequence[Code]) -> str | None:
        if any(code.id == text for code in known):
            return text
        wanted = path_key(text)
        by_path = [code for code in known if path_key(code.label) == wanted]
        named = by_path or [code for code in known if folded(code.fields.name) == folded(text)]
        if len(named) > 1:
            examples = ", ".join(code.label for code in named[:3])
            raise Ambiguous(name=text, what="code", count=len(named), examples=examples)
        return named[0].id if named else None

    def _uncounted(self) -> list[Code]:
        """The tree without counts, which cost more than all the rest when there are many codings."""
        return tree(self._file.codes.fields(), {})

    def _known(self) -> dict[str, Code]:
        return {code.id: code for code in self.list()}

    def below(self, codes: Iterable[str]) -> set[str]:
        """Ids of these codes and of all codes under them."""
        fields = self._file.codes.fields()
        children: dict[str | None, list[str]] = {}
        for item, code in fields.items():
            children.setdefault(code.parent, []).append(item)
        found: set[str] = set()
        waiting = [code for code in codes if code in fields]
        while waiting:
            item = waiting.pop()
            if item not in found:
                found.add(item)
                waiting += children.get(item, ())
        return found

    def history(self, code: str) -> list[RevisionInfo]:
        """What became of a code, newest first; of one in the trash too, by its id."""
        found = self._find(code, self._uncounted()) or self._file.journal.resolve("code", code)
        return self._file.log.history(found)

    # --- changing ---------------------------------------------------------------------------------------------------

    def add(self, fields: CodeFields) -> Changes[str]:
        """Add a code; ``parent`` is an id. A name with `` / `` in it is a path, whose missing upper codes are made.

        Raises :class:`Invalid` without a name, or where its parent has a code of that name already.
        """
        with self._context.change(f"Add code {fields.name.strip()}") as recorder:
            *above, name = [part.strip() for part in fields.name.split(PATH_SEPARATOR)]
            parent = self.ensure(recorder, PATH_SEPARATOR.join(above)) if above else fields.parent
            item = self._add(recorder, replace(fields, name=name, parent=parent))
        return self._context.changes(recorder, item)

    def ensure(self, recorder: Recorder, path: str) -> str:
        """The code of a path or name, made (with those above it) where there is none; within the caller's change."""
        if self._file.codes.exists(path):
            return path
        if self._file.journal.head(path):
            # An id whose code has gone to the trash is no name for a new one.
            raise NotFound(what="code", name=path)
        known = self._uncounted()
        found = self._find(path, known)
        if found:
            return found
        parent: str | None = None
        walked: list[str] = []
        for name in [part.strip() for part in path.split(PATH_SEPARATOR)]:
            walked.append(name)
            there = next(
                (code.id for code in known if path_key(code.label) == path_key(PATH_SEPARATOR.join(walked))), None
            )
            parent = there or self._add(recorder, CodeFields(name, parent=parent))
        assert parent is not None
        return parent

    def _add(self, recorder: Recorder, fields: CodeFields) -> str:
        checked = fields.checked()
        known = self._file.codes.fields()
        if checked.parent is not None and checked.parent not in known:
            raise NotFound(what="code", name=checked.parent)
        _refuse_double(checked, known)
        _refuse_deep(checked, known)
        checked = with_colour(checked, sum(code.parent is None for code in known.values()))
        item = new_id()
        recorder.record("code", item, checked.to_json(), new=True)
        return item

    def edit(self, code: str, fields: CodeFields) -> Changes[str]:
        """Give a code other fields; raises :class:`Invalid` like :meth:`add`, and for a parent that lies below it."""
        item = self.resolve(code)
        with self._context.change("Edit code") as recorder:
            before = self._file.journal.fields(item)
            if recorder.label == "Edit code":
                recorder.label = f"Edit code {before['name']}"
            checked = fields.checked()
            known = self._file.codes.fields()
            _refuse_double(checked, {key: other for key, other in known.items() if key != item})
            if checked.parent is not None:
                if checked.parent not in known:
                    raise NotFound(what="code", name=checked.parent)
                if checked.parent in self.below([item]):
                    raise Invalid(message=f"“{checked.name}” cannot stand below itself; choose another place for it.")
            recorder.record("code", item, {**before, **checked.to_json()})
        return self._context.changes(recorder, item)

    def move(self, code: str, parent: str | None) -> Changes[str]:
        """Put a code, with all below it, under another one, or at the top (``None``)."""
        found = self.get(code)
        above = self.resolve(parent) if parent else None
        fields = found.fields
        if above is None and not fields.colour:
            fields = replace(fields, colour=found.colour)
        with self._context.change(f"Move code {fields.name}") as recorder:
            self.edit(found.id, replace(fields, parent=above))
        return self._context.changes(recorder, found.id)

    def merge(self, codes: Sequence[str], into: str) -> Changes[int]:
        """Give the codings of codes to another one and put them into the trash; codes below them move along.

        Where a coder had both on the very same words, one coding stays. Returns how many codings changed their code.
        """
        target = self.resolve(into)
        gone = [item for item in dict.fromkeys(self.resolve(code) for code in codes) if item != target]
        if not gone:
            raise Invalid(message="Merging needs two different codes; choose another one.")
        with self._context.change("Merge codes") as recorder:
            known = self._file.codes.fields()
            for item in gone:
                if _lies_below(target, item, known):
                    # What is merged into a code below it would take that code along.
                    self._lift(recorder, target, item)
                    known = self._file.codes.fields()
                children = [child for child, fields in known.items() if fields.parent == item]
                for child in children:
                    self._adopt(recorder, child, target)
                if children:
                    known = self._file.codes.fields()
            taken = self._places(target)
            moved = sum(self._hand_over(recorder, item, target, taken) for item in gone)
            for item in gone:
                before = self._file.journal.fields(item)
                recorder.record("code", item, {**before, "merged_into": target, "trashed": True})
        return self._context.changes(recorder, moved)

    def _lift(self, recorder: Recorder, code: str, above: str) -> None:
        before = self._file.journal.fields(code)
        lifted = {**before, "parent": self._file.journal.fields(above)["parent"]}
        others = {item: other for item, other in self._file.codes.fields().items() if item not in (code, above)}
        _refuse_double(CodeFields.from_json(lifted), others)
        recorder.record("code", code, lifted)

    def _adopt(self, recorder: Recorder, child: str, target: str) -> None:
        """A child whose name the target has among its own already becomes part of that one."""
        before = self._file.journal.fields(child)
        known = self._file.codes.fields()
        same = [
            item
            for item, code in known.items()
            if code.parent == target and item != child and folded(code.name) == folded(before["name"])
        ]
        if not same:
            recorder.record("code", child, {**before, "parent": target})
            return
        for item, code in known.items():
            if code.parent == child:
                self._adopt(recorder, item, same[0])
        self._hand_over(recorder, child, same[0], self._places(same[0]))
        recorder.record("code", child, {**before, "merged_into": same[0], "trashed": True})

    def _places(self, code: str) -> set[tuple[object, ...]]:
        return {_place(coding) for coding in self._file.codings.find(codes=[code])}

    def _hand_over(self, recorder: Recorder, code: str, target: str, taken: set[tuple[object, ...]]) -> int:
        """``taken`` are the places that the target has already; those that it gets are added."""
        moved = 0
        for coding in self._file.codings.find(codes=[code]):
            before = self._file.journal.fields(coding.id)
            place = _place(coding)
            # Both on the same words by the same coder: one of them says it.
            doubled = {"trashed": True} if place in taken else {}
            taken.add(place)
            recorder.record("coding", coding.id, {**before, "code": target, **doubled})
            moved += 1
        return moved

    def split(self, code: str, names: Sequence[str], choice: Mapping[str, str]) -> Changes[dict[str, str]]:
        """Make codes of these names below a code and give each chosen coding to one of them.

        ``choice`` maps a coding's id to one of ``names``; codings that are not in it stay. Returns ids by name.
        """
        item = self.resolve(code)
        with self._context.change("Split code") as recorder:
            parent = self._file.journal.fields(item)
            recorder.label = f"Split code {parent['name']}"
            made = {name: self._add(recorder, CodeFields(name, parent=item)) for name in dict.fromkeys(names)}
            for coding, name in choice.items():
                before = self._file.codings.fields(coding)
                if before["code"] != item or name not in made:
                    raise Invalid(
                        message="Only codings of the code that is split can be given to its parts; look again."
                    )
                recorder.record("coding", coding, {**before, "code": made[name]})
        return self._context.changes(recorder, made)

    def trash(self, code: str) -> Changes[int]:
        """Put a code, all codes below it and their codings into the trash; returns how many codings went."""
        item = self.resolve(code)
        with self._context.change("Move code to trash") as recorder:
            recorder.label = f"Move code {self._file.journal.fields(item)['name']} to trash"
            gone = self.below([item])
            codings = self._file.codings.find(codes=sorted(gone))
            for coding in codings:
                self._file.journal.trash(recorder, "coding", coding.id)
            for code_id in sorted(gone):
                self._file.journal.trash(recorder, "code", code_id)
        return self._context.changes(recorder, len(codings))

    # Last in the class: below it, ``list`` would name this method.
    def list(self, coders: Sequence[str] | None = None) -> list[Code]:
        """The tree in its order, each code with its counts (of all coders, or of those named)."""
        return tree(self._file.codes.fields(), self._file.codes.counts(coders))


def with_colour(fields: CodeFields, tops: int) -> CodeFields:
    """A top code without a colour gets the next one; ``tops`` is how many there are before it."""
    if fields.colour or fields.parent is not None:
        return fields
    return replace(fields, colour=COLOURS[tops % len(COLOURS)])


def path_key(text: str) -> tuple[str, ...]:
    """A path as it is compared: its names folded, the separator taken with or without spaces around it."""
    parts = text.split(PATH_SEPARATOR) if PATH_SEPARATOR in text else [text]
    return tuple(folded(part) for part in parts)


def _place(coding: object) -> tuple[object, ...]:
    return tuple(getattr(coding, name) for name in ("target", "start", "end", "coder"))


def _refuse_double(fields: CodeFields, known: Mapping[str, CodeFields]) -> None:
    for code in known.values():
        if code.parent == fields.parent and folded(code.name) == folded(fields.name):
            raise Invalid(message=f"There is a code “{code.name}” at that place already; choose another name.")


def _lies_below(code: str, above: str, known: Mapping[str, CodeFields]) -> bool:
    passed: set[str] = set()
    found: str | None = code
    while found is not None and found in known and found not in passed:
        passed.add(found)
        found = known[found].parent
        if found == above:
            return True
    return False


def _refuse_deep(fields: CodeFields, known: Mapping[str, CodeFields]) -> None:
    levels, above = 1, fields.parent
    while above is not None and above in known and levels <= MOST_LEVELS:
        levels, above = levels + 1, known[above].parent
    if levels > MOST_LEVELS:
        raise Invalid(message=f"Codes lie at most {MOST_LEVELS} deep; put “{fields.name}” further up.")
