"""What holds items together, where two notebooks met: codings and their texts and codes, the tree of codes.

Each item has been merged for itself; here what is true only of several at once is made true again, by rules that look
at states alone, so that it comes out the same on every machine:

- a text or a code that somebody still codes with comes out of the trash, as an edit counts more than the trash;
- a code under one that is gone moves up, to what that was merged into or to what stands above it, and of codes that lie
  below each other in a circle the one moved last goes to the top;
- a coding of a code that was merged has the one that took over;
- a coding placed on another version of its text is placed on the one that stands, or waits for a person;
- where a coder has applied a code to the very same words twice, one coding says it.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from desktop_app.model.coding import CodingFields, Review
from desktop_app.model.exchange import Loss
from desktop_app.model.merging import TRASHED, TRASHED_WITH
from desktop_app.notebook.contents import MergedContents
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.standing import Standing, Standings
from desktop_app.text.anchors import Correction, surroundings, version
from desktop_app.text.codings import moved_coding

_TEXTS = ("document", "entry")


class Coherence:
    """Sees to the items of one merge; ``standing`` is altered and grows by what else has to change."""

    def __init__(
        self, database: Database, standings: Standings, contents: MergedContents, standing: dict[str, Standing]
    ) -> None:
        self._database = database
        self._standings = standings
        self._contents = contents
        self._all = standing
        self._news = set(standing)
        self._corrections: dict[tuple[str, str], Correction | None] = {}
        self.losses: list[Loss] = []

    def see_to(self) -> None:
        codings = self._concerned()
        self._revive(codings)
        codings |= self._back_with_their_texts()
        self._see_to_tree()
        for coding in sorted(codings):
            self._recode(self._all[coding])
        for coding in sorted(codings):
            self._place(self._all[coding])
        self._say_once(codings)

    # --- which items ------------------------------------------------------------------------------------------------

    def _load(self, items: Iterable[str]) -> None:
        self._all.update(self._standings.here(item for item in dict.fromkeys(items) if item not in self._all))

    def _of_kind(self, *kinds: str) -> list[Standing]:
        return [standing for standing in self._all.values() if standing.kind in kinds]

    def _concerned(self) -> set[str]:
        """The codings that what came in may have to do with, their texts and their codes; all of them are loaded."""
        texts = {standing.item for standing in self._of_kind(*_TEXTS) if _has_another_text(standing)}
        codes = {standing.item for standing in self._of_kind("code")}
        own = {standing.item for standing in self._of_kind("coding")}
        for coding in own:
            standing = self._all[coding]
            states = [standing.fields, *([json.loads(standing.before.fields)] if standing.before else [])]
            texts.update(fields["target"] for fields in states)
            codes.update(fields["code"] for fields in states)
        found = own | self._codings_by("target", texts) | self._codings_by("code", codes)
        self._load(found)
        for coding in found & self._all.keys():
            texts.add(self._all[coding].fields["target"])
            codes.add(self._all[coding].fields["code"])
        self._load(texts | codes)
        return {coding for coding in found if coding in self._all}

    def _codings_by(self, column: str, values: Collection[str]) -> set[str]:
        assert column in ("target", "code")
        found: set[str] = set()
        for batch in batches(values):
            rows = self._database.rows(f"SELECT id FROM coding WHERE {column} IN ({holders(batch)})", batch)
            found.update(coding for (coding,) in rows)
        return found

    def _stands(self, item: str) -> bool:
        return item in self._all and not self._all[item].trashed

    # --- an edit counts more than the trash -------------------------------------------------------------------------

    def _revive(self, codings: Iterable[str]) -> None:
        for coding in sorted(codings):
            fields = self._all[coding].fields
            if fields.get(TRASHED):
                continue
            for item in (fields["target"], fields["code"]):
                standing = self._all.get(item)
                if standing is not None and standing.trashed and not standing.fields.get("merged_into"):
                    del standing.fields[TRASHED]
                    standing.revived = True
                    self._tell(
                        standing,
                        f"this {standing.kind} was put into the trash while somebody went on coding with it",
                        "it is kept; put it into the trash again if it should be there",
                    )

    def _back_with_their_texts(self) -> set[str]:
        """Codings that went into the trash with a text that is not there any more."""
        texts = [standing.item for standing in self._of_kind(*_TEXTS) if standing.revived and not standing.trashed]
        if not texts:
            return set()
        rows = self._database.rows(
            "SELECT item.id FROM item JOIN revision ON revision.id = item.head WHERE item.kind = 'coding'"
            f" AND item.trashed = 1 AND json_extract(revision.fields, '$.{TRASHED_WITH}') IN"
            " (SELECT value FROM json_each(?))",
            (json.dumps(texts),),
        )
        self._load(coding for (coding,) in rows)
        found = set()
        for standing in self._of_kind("coding"):
            fields = standing.fields
            if not fields.get(TRASHED) or fields.get(TRASHED_WITH) not in texts:
                continue
            self._load([fields["code"]])
            code = self._standing_code(fields["code"])
            if code is not None:
                fields.update(code=code)
                del fields[TRASHED], fields[TRASHED_WITH]
                found.add(standing.item)
        return found

    # --- the tree of codes ------------------------------------------------------------------------------------------

    def _see_to_tree(self) -> None:
        if not self._of_kind("code"):
            return
        self._load(code for (code,) in self._database.rows("SELECT id FROM item WHERE kind = 'code'"))
        standing = sorted(
            (code for code in self._of_kind("code") if not code.trashed), key=lambda code: code.newest, reverse=True
        )
        for code in standing:
            parent = code.fields["parent"]
            above = self._above(parent)
            if above != parent:
                code.fields["parent"] = None if above == code.item else above
                self._tell(code, "the code above this one is gone", "it stands where that one stood")
        for code in standing:
            # Newest first: the move that closed the circle is the one that is not made.
            if self._is_in_circle(code):
                code.fields["parent"] = None
                self._tell(
                    code, "two people moved codes below each other", "this one, moved last, stands at the top now"
                )

    def _above(self, parent: str | None) -> str | None:
        passed: set[str] = set()
        while parent is not None and not self._stands(parent):
            if parent in passed or parent not in self._all:
                return None
            passed.add(parent)
            parent = self._all[parent].fields.get("merged_into") or self._all[parent].fields["parent"]
        return parent

    def _is_in_circle(self, code: Standing) -> bool:
        passed: set[str] = set()
        at = code.fields["parent"]
        while at is not None and at not in passed:
            if at == code.item:
                return True
            passed.add(at)
            at = self._all[at].fields["parent"]
        return False

    # --- codings ----------------------------------------------------------------------------------------------------

    def _standing_code(self, code: str) -> str | None:
        passed: set[str] = set()
        found: str | None = code
        while found is not None and not self._stands(found):
            if found in passed or found not in self._all:
                return None
            passed.add(found)
            found = self._all[found].fields.get("merged_into")
            self._load([found] if found else ())
        return found

    def _recode(self, coding: Standing) -> None:
        if coding.trashed or self._stands(coding.fields["code"]):
            return
        code = self._standing_code(coding.fields["code"])
        if code is not None:
            coding.fields["code"] = code

    def _place(self, coding: Standing) -> None:
        """On the text as it stands; what came in is not believed to fit it before that was seen."""
        target = self._all.get(coding.fields["target"])
        if coding.trashed or target is None or target.trashed or target.kind not in _TEXTS:
            return
        fields = CodingFields.from_json(coding.fields)
        now = _version(target)
        if fields.version == now and coding.item not in self._news:
            return
        text = self._text(target)
        if text is None or (fields.version == now and text[fields.start : fields.end] == fields.quote):
            return
        correction = None if fields.version == now else self._correction(target, fields.version, now, text)
        if correction is None or correction.old[fields.start : fields.end] != fields.quote:
            after, certain = _looked_for(fields, text, now), False
        else:
            after, certain = moved_coding(fields, correction, now)
        coding.fields.update(after.to_json())
        if not certain:
            self._tell(coding, "a coding may not fit its text any more", "it waits in the list of codings to look at")

    def _text(self, target: Standing) -> str | None:
        return target.fields["body"] if target.kind == "entry" else self._contents.text(_version(target))

    def _correction(self, target: Standing, old: str, now: str, text: str) -> Correction | None:
        if (old, now) not in self._corrections:
            before = self._contents.text(old) if target.kind == "document" else self._body(target, old)
            self._corrections[old, now] = None if before is None else Correction(before, text)
        return self._corrections[old, now]

    def _body(self, entry: Standing, wanted: str) -> str | None:
        """An earlier body of an entry."""
        for body in self._standings.earlier(entry, "body"):
            if version(body) == wanted:
                return body
        return None

    def _say_once(self, codings: Iterable[str]) -> None:
        said: set[tuple[Any, ...]] = set()
        for item in sorted(codings):
            coding = self._all[item]
            names = ("target", "code", "coder", "start", "end", "weight")
            key = (*(coding.fields[name] for name in names), *coding.fields["settles"])
            if coding.trashed or coding.fields["start"] == coding.fields["end"]:
                continue
            if key in said:
                coding.fields[TRASHED] = True
            said.add(key)

    def _tell(self, standing: Standing, what: str, why: str) -> None:
        """Told once, when it comes to be so."""
        if standing.turns:
            self.losses.append(Loss(standing.item, what, why))


def _version(target: Standing) -> str:
    if target.kind == "document":
        found: str = target.fields["content"]["blob"]
        return found
    return version(target.fields["body"])


def _has_another_text(standing: Standing) -> bool:
    """Whether a text or its being in the trash is different from what it was, or it is new."""
    if standing.before is None:
        return False
    before = Standing(standing.item, standing.kind, None, standing.tips, json.loads(standing.before.fields))
    return before.trashed != standing.trashed or _version(before) != _version(standing) or standing.revived


def _looked_for(fields: CodingFields, text: str, now: str) -> CodingFields:
    """Where the text it was placed on is not known: where its quote stands, if it stands there once; a person has to
    look at it either way."""
    at = text.find(fields.quote) if fields.quote else -1
    if at < 0 or text.find(fields.quote, at + 1) >= 0:
        at = min(fields.start, len(text))
        end = at
    else:
        end = at + len(fields.quote)
    review = fields.review or Review(fields.quote, *surroundings(text, at, end))
    return replace(fields, start=at, end=end, quote=text[at:end], version=now, review=review)
