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
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
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
    """Sees to the items of one merge; ``standing`` is altered and grows by what else has to change.

    Looked at are the items that something came in for, those changed here since the last merge (which others see
    together with what they have, too), those that stand otherwise than anybody wrote them, and what hangs together
    with all of these: so it comes out as if everything had been looked at.
    """

    def __init__(
        self, database: Database, standings: Standings, contents: MergedContents, standing: dict[str, Standing]
    ) -> None:
        self._database = database
        self._standings = standings
        self._contents = contents
        self._all = standing
        self._suspect = set(standing)
        self._versions: dict[str, str] = {}
        self._texts: dict[str, str | None] = {}
        self._corrections: dict[tuple[str, str], Correction | None] = {}
        self._last: dict[str, str] = {}
        self.losses: list[Loss] = []

    def see_to(self) -> None:
        codings = self._concerned()
        if not codings and not self._of_kind("code"):
            return
        self._break_circles_of_merging()
        self._revive(codings)
        self._back_with_their_texts(codings)
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
        """The codings that have to be looked at; they, their texts and all codes are loaded."""
        if not self._is_anything_coded():
            return set()
        concerned: dict[str, set[str]] = {kind: set() for kind in (*_TEXTS, "code", "coding")}
        for standing in self._of_kind(*concerned):
            concerned[standing.kind].add(standing.item)
        for item, kind in self._changed_here():
            concerned[kind].add(item)
        found = concerned["coding"] | self._codings_by("code", concerned["code"])
        found |= self._codings_of(concerned["document"] | concerned["entry"])
        if not found and not concerned["code"]:
            return set()
        found |= self._derived_codings() | self._left_in_trash()
        self._suspect |= found
        self._load(code for (code,) in self._database.rows("SELECT id FROM item WHERE kind = 'code'"))
        self._load_all_around(found)
        return {coding.item for coding in self._of_kind("coding")}

    def _is_anything_coded(self) -> bool:
        if self._of_kind("coding", "code"):
            return True
        return self._database.one("SELECT 1 FROM item WHERE kind IN ('coding', 'code') LIMIT 1") is not None

    def _changed_here(self) -> list[tuple[str, str]]:
        """Items with their kinds that were written since the last merge, which is when this was last looked at."""
        return self._database.rows(
            "SELECT DISTINCT item, kind FROM revision WHERE kind IN ('document', 'entry', 'code', 'coding')"
            " AND number > (SELECT coalesce(max(last), 0)"
            " FROM exchange JOIN change ON change.id = exchange.change WHERE direction = 'in')"
        )

    def _derived_codings(self) -> set[str]:
        """Codings that stand otherwise than anybody wrote them, which may have lost its reason."""
        rows = self._database.rows(
            "SELECT item.id FROM item JOIN revision ON revision.id = item.head"
            " WHERE item.kind = 'coding' AND revision.device = ''"
        )
        return {coding for (coding,) in rows}

    def _left_in_trash(self) -> set[str]:
        """Codings that went into the trash with a text which is not there any more."""
        back: set[str] = set()
        for batch in batches(self._trashed_with):
            sql = f"SELECT id FROM item WHERE trashed = 0 AND id IN ({holders(batch)})"
            back.update(text for (text,) in self._database.rows(sql, batch))
        return {coding for text in back for coding in self._trashed_with[text]}

    @cached_property
    def _trashed_with(self) -> Mapping[str, list[str]]:
        """By text the codings that lie in the trash with it."""
        found: dict[str, list[str]] = {}
        for coding, text in self._database.rows(
            f"SELECT item.id, json_extract(revision.fields, '$.{TRASHED_WITH}') AS text"
            " FROM item JOIN revision ON revision.id = item.head"
            " WHERE item.kind = 'coding' AND item.trashed = 1 AND text IS NOT NULL"
        ):
            found.setdefault(text, []).append(coding)
        return found

    def _codings_of(self, texts: AbstractSet[str]) -> set[str]:
        """Codings of texts, and those in the trash with them."""
        gone = {coding for text in texts & self._trashed_with.keys() for coding in self._trashed_with[text]}
        return gone | self._codings_by("target", texts)

    def _load_all_around(self, codings: Collection[str]) -> None:
        """Codings with their texts, with all others of these texts, and with all others of codes that are gone."""
        texts: set[str] = set()
        gone: set[str] = set()
        waiting = set(codings)
        while True:
            self._load(waiting)
            states = [state for coding in waiting if coding in self._all for state in _states(self._all[coding])]
            around = {state["target"] for state in states} - texts
            self._load(around)
            codes = {code.item for code in self._of_kind("code") if code.trashed} - gone
            waiting = (self._codings_of(around) | self._codings_by("code", codes)) - self._all.keys()
            if not waiting:
                return
            texts |= around
            gone |= codes

    def _codings_by(self, column: str, values: Collection[str]) -> set[str]:
        assert column in ("target", "code")
        found: set[str] = set()
        for batch in batches(values):
            rows = self._database.rows(f"SELECT id FROM coding WHERE {column} IN ({holders(batch)})", batch)
            found.update(coding for (coding,) in rows)
        return found

    def _stands(self, item: str) -> bool:
        return item in self._all and not self._all[item].trashed

    def _code(self, item: str | None) -> Standing | None:
        """A code, in the trash or not: what is said to be one in a copy of others may be anything."""
        found = self._all.get(item) if item is not None else None
        return found if found is not None and found.kind == "code" else None

    def _is_code(self, item: str | None) -> bool:
        """Whether it is a code outside of the trash."""
        found = self._code(item)
        return found is not None and not found.trashed

    # --- an edit counts more than the trash -------------------------------------------------------------------------

    def _break_circles_of_merging(self) -> None:
        """Where codes were merged into each other, all of them would be gone: the merge made last is the one that
        counts."""
        taken_over = {code.item: _merged_into(code) for code in self._of_kind("code")}
        for circle in _circles(taken_over):
            last = max((self._all[item] for item in circle), key=lambda code: code.newest)
            self._take_out(self._all[last.fields["merged_into"]], "codes were merged into each other", "one is kept")

    def _revive(self, codings: Iterable[str]) -> None:
        for coding in sorted(codings):
            fields = self._all[coding].fields
            if fields.get(TRASHED):
                continue
            for standing in (self._all.get(fields["target"]), self._code(self._last_code(fields["code"]))):
                if standing is not None and standing.trashed:
                    self._take_out(
                        standing,
                        f"this {standing.kind} was put into the trash while somebody went on coding with it",
                        "it is kept; put it into the trash again if it should be there",
                    )

    def _take_out(self, standing: Standing, what: str, why: str) -> None:
        del standing.fields[TRASHED]
        self._last.clear()
        if "merged_into" in standing.fields:
            standing.fields["merged_into"] = None
        self._tell(standing, what, why)

    def _back_with_their_texts(self, codings: Iterable[str]) -> None:
        """Codings that went into the trash with a text that is not there any more."""
        for coding in sorted(codings):
            fields = self._all[coding].fields
            text = fields.get(TRASHED_WITH)
            if fields.get(TRASHED) and text and self._stands(text) and self._is_code(self._last_code(fields["code"])):
                del fields[TRASHED], fields[TRASHED_WITH]

    # --- the tree of codes ------------------------------------------------------------------------------------------

    def _see_to_tree(self) -> None:
        standing = sorted(
            (code for code in self._of_kind("code") if not code.trashed), key=lambda code: code.newest, reverse=True
        )
        known: dict[str, str | None] = {}
        for code in standing:
            parent = code.fields["parent"]
            above = self._above(parent, known)
            if above != parent:
                code.fields["parent"] = None if above == code.item else above
                self._tell(code, "the code above this one is gone", "it stands where that one stood")
        for circle in _circles({code.item: code.fields["parent"] for code in standing}):
            # The move that closed the circle is the one that is not made.
            code = max((self._all[item] for item in circle), key=lambda one: one.newest)
            code.fields["parent"] = None
            self._tell(code, "two people moved codes below each other", "this one, moved last, stands at the top now")

    def _above(self, parent: str | None, known: dict[str, str | None]) -> str | None:
        """The code outside of the trash that stands for this one; ``known`` keeps what was found."""
        passed: dict[str, None] = {}
        while parent is not None and not self._is_code(parent):
            found = self._code(parent)
            if parent in known or parent in passed or found is None:
                parent = known.get(parent)
                break
            passed[parent] = None
            parent = found.fields.get("merged_into") or found.fields["parent"]
        known.update(dict.fromkeys(passed, parent))
        return parent

    # --- codings ----------------------------------------------------------------------------------------------------

    def _last_code(self, code: str) -> str:
        """The code that took over, or this one."""
        passed: dict[str, None] = {}
        while code not in passed and code not in self._last and self._code(code) is not None:
            passed[code] = None
            code = _merged_into(self._all[code]) or code
        last = self._last.get(code, code)
        self._last.update(dict.fromkeys(passed, last))
        return last

    def _recode(self, coding: Standing) -> None:
        if not coding.trashed and not self._is_code(coding.fields["code"]):
            last = self._last_code(coding.fields["code"])
            if self._is_code(last):
                coding.fields["code"] = last

    def _place(self, coding: Standing) -> None:
        """On the text as it stands; what is new is not believed to fit it before that was seen."""
        target = self._all.get(coding.fields["target"])
        if coding.trashed or target is None or target.trashed or target.kind not in _TEXTS:
            return
        fields = CodingFields.from_json(coding.fields)
        now = self._version(target)
        if fields.version == now and coding.item not in self._suspect:
            return
        text = self._text(target)
        if text is None or (fields.version == now and text[fields.start : fields.end] == fields.quote):
            return
        correction = None if fields.version == now else self._correction(target, fields.version, now, text)
        if correction is None or correction.old[fields.start : fields.end] != fields.quote:
            after, certain = looked_for(fields, text, now), False
        else:
            after, certain = moved_coding(fields, correction, now)
        coding.fields.update(after.to_json())
        if not certain:
            self._tell(coding, "a coding may not fit its text any more", "it waits in the list of codings to look at")

    def _version(self, target: Standing) -> str:
        if target.item not in self._versions:
            fields = target.fields
            found = fields["content"]["blob"] if target.kind == "document" else version(fields["body"])
            self._versions[target.item] = found
        return self._versions[target.item]

    def _text(self, target: Standing) -> str | None:
        if target.kind == "entry":
            body: str = target.fields["body"]
            return body
        name = self._version(target)
        if name not in self._texts:
            self._texts[name] = self._contents.text(name)
        return self._texts[name]

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


def _states(coding: Standing) -> list[Mapping[str, Any]]:
    """How a coding is, and how it was here."""
    return [coding.fields, *([json.loads(coding.before.fields)] if coding.before is not None else [])]


def _merged_into(code: Standing) -> str | None:
    """What took over of a code that is gone."""
    return code.fields.get("merged_into") if code.trashed else None


def _circles(following: Mapping[str, str | None]) -> list[list[str]]:
    """The circles in which things follow each other, one at most for each."""
    circles: list[list[str]] = []
    seen: set[str] = set()
    for first in following:
        way: dict[str, int] = {}
        at: str | None = first
        while at is not None and at in following and at not in seen:
            seen.add(at)
            way[at] = len(way)
            at = following[at]
        if at is not None and at in way:
            circles.append(list(way)[way[at] :])
    return circles


def looked_for(fields: CodingFields, text: str, now: str) -> CodingFields:
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
