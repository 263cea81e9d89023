"""Redaction: names of people give way to pseudonyms, and come back in a text that somebody went on with.

A text is read once, word by word; each word is looked up folded (without case and accents), and only around those that
belong to a name is anything compared. So the time grows with the text and not with the number of people. Whatever is
written together or apart, turned round or with initials (``Berg, Anna``; ``a.berg``; ``AnnaBerg``) is one replacement.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from desktop_app.text.names import PARTICLES, begins_sentences, is_common, is_title, name_words, spellings
from desktop_app.text.replacing import Redacted, Span, replaced, spans_through, widened
from desktop_app.text.tokens import SPACELESS, fold

_LETTER = rf"[^\W\d_{SPACELESS}]"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARK = rf"[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff{_UNSEEN}]"
_ENCODED = r"%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f])+"
"""A letter beyond ASCII in an address."""
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}+|{_MARK})*")
_WORD_OR_ENCODED = re.compile(rf"(?:{_LETTER}|{_ENCODED})(?:{_LETTER}+|{_MARK}|{_ENCODED})*")
_SEEN = str.maketrans(dict.fromkeys(_UNSEEN))
_MAILBOX = re.compile(r"[\w.+'’\-]{0,64}(?=@\w)")
_BEFORE_MAILBOX = re.compile(r"[\w.+'’\-]{0,64}\Z")
_BETWEEN = re.compile(r"(?:[ \t\u00a0\u202f]{1,2}|[._+\-\u2010-\u2014'’·・]|, ?|\. |%20|)")
"""What may stand between two words of one name."""
_ENDINGS = ("s", "es", "ens", "sche", "schen", "scher", "sches")
_BEGINS = re.compile(r"(?:\A|[.!?…:\n])[\s*_\"'“”„«»(\[#>\-–—]*\Z")
"""What stands before the first word of a sentence."""
_LOOK_BACK = 16
_NUMBERED = re.compile(r"(.*\D)([1-9]\d*)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class _Form:
    """One way to name a person: its words by each of their spellings, how often each is in it, and first letters."""

    pseudonym: str
    rank: int
    words: Mapping[str, str]
    counts: Mapping[str, int]
    initials: frozenset[str]
    last: frozenset[str]


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    by: str
    forms: list[_Form] = field(default_factory=list)


class Redactor:
    """Replaces names. ``names`` are by pseudonym the ways in which somebody is called, the full name first; ``hide``
    are further texts, letter by letter but for case, with what stands in their place.

    What stands for the ``nameless`` is no pseudonym, so that it means nobody in a text that was written anew;
    ``former`` are pseudonyms that nobody is given any more, with the names of those who had them.

    A word that several people are called by is taken for the one of them who was named last in the text by more than
    that, else for the first. An everyday word (``Mark``, ``Will``) is a name where it is capitalised inside a sentence,
    beside another word of the name or behind a title; :meth:`doubtful` tells of those that begin one.
    """

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        hide: Mapping[str, str] | None = None,
        *,
        nameless: Collection[str] = (),
        former: Mapping[str, str] | None = None,
    ) -> None:
        self._alone: dict[str, list[_Form]] = {}
        self._joined: dict[str, _Form] = {}
        self._mailed: dict[str, _Form] = {}
        self._runs: dict[str, list[tuple[str, _Form]]] = {}
        self._known: set[str] = set()
        self._written_so: dict[str, str] = {}
        self._names = dict(former or {})
        self._names |= {one: forms[0] for one, forms in names.items() if forms and one not in nameless}
        for rank, (pseudonym, forms) in enumerate(names.items()):
            for form in forms:
                self._add(pseudonym, rank, form)
        for runs in self._runs.values():
            runs.sort(key=lambda one: -len(one[0]))
        written = {**self._written_so, **(hide or {})}
        self._hide = {unicodedata.normalize("NFC", text).casefold(): by for text, by in written.items() if text.strip()}
        self._hidden = _literal(written)
        self._pseudonym = _occurrences(self._names)
        first = "".join(re.escape(character) for character in self._runs)
        self._run = re.compile(f"[{first}]") if first else None

    # --- what people are called -------------------------------------------------------------------------------------

    def _add(self, pseudonym: str, rank: int, name: str) -> None:
        found = name_words(name)
        if _has_digit(name) or (not found.alone and not found.runs):
            self._written_so[name] = pseudonym
        ways = [spellings(word) for word in found.words]
        form = _Form(
            pseudonym,
            rank,
            {word: way[0] for way in ways for word in way},
            Counter(way[0] for way in ways),
            frozenset(word[:1] for way in ways for word in way),
            frozenset(ways[-1]) if ways else frozenset(),
        )
        self._known.update(form.words)
        for word in found.alone:
            for way in spellings(word):
                self._alone.setdefault(way, []).append(form)
        for word in found.compounds:
            for way in spellings(word):
                self._joined.setdefault(way, form)
        for run in found.runs:
            for way in dict.fromkeys((run, unicodedata.normalize("NFD", run))):
                self._runs.setdefault(way[0], []).append((way, form))
        if len(ways) > 1:
            for plain in {tuple(way[0] for way in ways), tuple(way[-1] for way in ways)}:
                first, last = plain[0], plain[-1]
                turned = ("".join(plain), last + "".join(plain[:-1]), first + last, last + first)
                short = (first[:1] + last, last + first[:1], first + last[:1])
                for word in turned:
                    self._joined.setdefault(word, form)
                for word in short:
                    self._mailed.setdefault(word, form)

    @cached_property
    def shared(self) -> Mapping[str, tuple[str, ...]]:
        """By pseudonym the folded words by which others are called too."""
        found: dict[str, list[str]] = {}
        for word, forms in self._alone.items():
            if len({form.pseudonym for form in forms}) > 1:
                for form in forms:
                    found.setdefault(form.pseudonym, []).append(word)
        return {pseudonym: tuple(words) for pseudonym, words in found.items()}

    @cached_property
    def _everyday(self) -> frozenset[str]:
        return frozenset(filter(is_common, self._alone))

    # --- replacing --------------------------------------------------------------------------------------------------

    def text(self, text: str) -> Redacted:
        """The text without the names."""
        return replaced(text, _places(self._found(text, mailed=False)))

    def file_name(self, name: str) -> str:
        """A name of a file, in which a letter and a name are written together more often."""
        return replaced(name, _places(self._found(name, mailed=True))).text

    def label(self, label: str) -> str:
        """A tag or a term, in which hyphens stand for blanks."""
        found = self.text(label)
        return "-".join(found.text.split()) if found.spans else label

    def query(self, query: str) -> str:
        """A search, in which a pseudonym of several words needs quotes."""
        found = self.text(query)
        parts, at = [], 0
        for span in found.spans:
            by = found.text[span.to_start : span.to_end]
            quoted = query[: span.start].count('"') % 2 == 1
            parts += [query[at : span.start], by if quoted or " " not in by else f'"{by}"']
            at = span.end
        return "".join([*parts, query[at:]])

    def bears(self, name: str) -> bool:
        """Whether all of a text is somebody's name, such as that of an author."""
        spans = self.text(name).spans
        rest = "".join(name[one.end : two.start] for one, two in zip((_START, *spans), (*spans, _END), strict=True))
        return bool(spans) and all(is_title(word) for word in _WORD.findall(rest))

    def doubtful(self, text: str) -> list[tuple[int, int]]:
        """Where everyday words that are somebody's name too begin a sentence, and were left."""
        if self._everyday.isdisjoint(map(fold, _WORD.findall(text))):
            return []
        left: list[tuple[int, int]] = []
        self._found(text, mailed=False, left=left)
        return left

    def _found(self, text: str, *, mailed: bool, left: list[tuple[int, int]] | None = None) -> list[_Found]:
        found: list[_Found] = []
        words = self._words(text)
        last: _Form | None = None
        at = free = 0
        while at < len(words):
            run = self._name_at(text, words, at, free, last, mailed)
            if run is None:
                if left is not None and self._is_left(text, words[at]):
                    left.append((words[at].start, words[at].end))
                at += 1
                continue
            found.append(run)
            free = run.end
            if len(run.forms) == 1:
                last = run.forms[0]
            while at < len(words) and words[at].start < run.end:
                at += 1
        found += self._runs_in(text)
        if "@" in text:
            _take_mailboxes(text, found)
        found += [_Found(*place) for place in self._hidden_in(text)]
        return _joined(text, found)

    def _words(self, text: str) -> list[_Word]:
        """The words of a text; those written together (``AnnaBergNotes``) apart, unless they are known so."""
        found: list[_Word] = []
        for match in (_WORD_OR_ENCODED if "%" in text else _WORD).finditer(text):
            word = match[0]
            start = match.start()
            if word.isascii():
                folded = word.lower()
            else:
                word = word.rstrip(_UNSEEN)
                folded = fold(word.translate(_SEEN))
            if "%" in word:
                found += _decoded(word, start)
                continue
            humps = [] if self._is_whole(word, folded) else _humps(word)
            if not humps or any(end - begin < 3 for begin, end in humps):
                found.append(_Word(start, start + len(word), folded))
            else:
                found += [_Word(start + begin, start + end, fold(word[begin:end])) for begin, end in humps]
        return found

    def _is_whole(self, word: str, folded: str) -> bool:
        if word[1:].islower() or word.islower() or word.isupper():
            return True
        return folded in self._known or folded in self._joined

    def _name_at(
        self, text: str, words: Sequence[_Word], at: int, free: int, last: _Form | None, mailed: bool
    ) -> _Found | None:
        word = words[at]
        whole = self._joined.get(word.folded) or self._mailed.get(word.folded)
        if whole is not None and (word.folded in self._joined or mailed or _is_beside_at(text, word)):
            return _Found(word.start, _with_digits(text, word.end), whole.pseudonym, [whole])
        stem = self._stem(word.folded)
        if stem is None:
            return None
        best: tuple[int, int, int] | None = None
        forms: list[_Form] = []
        near = {words[at + step].folded for step in (-1, 1) if 0 <= at + step < len(words)}
        is_initial = any(len(one) == 1 for one in near)
        for form in self._alone[stem]:
            start, end, count = word.start, word.end, 1
            if is_initial or not near.isdisjoint(form.words):
                start, end, count = self._grown(text, words, at, form, stem, free)
            if count == 1 and stem != word.folded:
                end = word.end - (len(word.folded) - len(stem))
            if best is None or count > best[2]:
                best, forms = (start, end, count), []
            if count == best[2] and all(other.pseudonym != form.pseudonym for other in forms):
                forms.append(form)
        assert best is not None
        start, end, count = best
        if not self._is_meant(text, words, at, stem, start, end, count):
            return None
        chosen = next((form for form in forms if last and form.pseudonym == last.pseudonym), None)
        chosen = chosen or min(forms, key=lambda form: form.rank)
        return _Found(start, _with_digits(text, end), chosen.pseudonym, forms)

    def _grown(
        self, text: str, words: Sequence[_Word], at: int, form: _Form, stem: str, free: int
    ) -> tuple[int, int, int]:
        """Start, end and number of words of the name around one of its words."""
        left = dict(form.counts)
        left[form.words[stem]] -= 1

        def is_next(word: _Word) -> bool:
            word_of_name = form.words.get(word.folded, "")
            left[word_of_name] = left.get(word_of_name, 0) - 1
            return left[word_of_name] >= 0

        first = last = at
        while stem == words[at].folded and last + 1 < len(words) and _is_one_name(text, words[last], words[last + 1]):
            following = words[last + 1]
            if self._begins_another(text, words, last + 1, form):
                break
            if not is_next(following) and not _is_initial_after(text, following, form):
                break
            last += 1
        while first and words[first - 1].start >= free and _is_one_name(text, words[first - 1], words[first]):
            before = words[first - 1]
            if not is_next(before) and not _is_initial_before(text, before, words[first], form):
                break
            first -= 1
        while last > at and words[last].folded in PARTICLES and words[last].folded not in form.last:
            last -= 1
        end = words[last].end
        if last > at and len(words[last].folded) == 1 and text[end : end + 1] == ".":
            end += 1
        return words[first].start, end, last - first + 1

    def _begins_another(self, text: str, words: Sequence[_Word], at: int, form: _Form) -> bool:
        """Whether behind a comma the name of somebody else begins."""
        if "," not in text[words[at - 1].end : words[at].start] or at + 1 == len(words):
            return False
        if text[words[at].end : words[at].end + 1] in ("@", ".", "_") and text[words[at].end + 1 :][:1].isalnum():
            return True
        following = words[at + 1]
        known = following.folded in self._alone and following.folded not in form.words
        return known and _is_one_name(text, words[at], following)

    def _stem(self, folded: str) -> str | None:
        if folded in self._alone:
            return folded
        if not folded.endswith(_ENDINGS):
            return None
        stems = (folded.removesuffix(ending) for ending in _ENDINGS if folded.endswith(ending))
        return next((stem for stem in stems if stem in self._alone and not is_common(stem)), None)

    def _is_meant(
        self, text: str, words: Sequence[_Word], at: int, stem: str, start: int, end: int, count: int
    ) -> bool:
        """Whether an everyday word is a name here."""
        if not is_common(stem):
            return True
        written = text[start:end]
        if count > 1:
            return written != written.lower() or " " not in written
        if not text[start].isupper():
            return text.strip() == written
        before = words[at - 1] if at else None
        titled = before is not None and is_title(before.folded) and start - before.end <= 2
        alone = text.strip() == written or text[end : end + 1] == ":"
        begins = begins_sentences(stem) and _BEGINS.search(text[max(start - _LOOK_BACK, 0) : start]) is not None
        return titled or alone or not begins

    def _is_left(self, text: str, word: _Word) -> bool:
        return word.folded in self._alone and text[word.start].isupper()

    def _runs_in(self, text: str) -> Iterator[_Found]:
        """Names in scripts without spaces."""
        if self._run is None:
            return
        at = 0
        while match := self._run.search(text, at):
            start = match.start()
            form = next(
                ((run, form) for run, form in self._runs[match[0]] if text.startswith(run, start)),
                None,
            )
            at = start + (len(form[0]) if form else 1)
            if form:
                yield _Found(start, _with_digits(text, at), form[1].pseudonym, [form[1]])

    def _hidden_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._hidden is not None:
            for match in self._hidden.finditer(text):
                by = self._hide.get(unicodedata.normalize("NFC", match[0]).casefold())
                if by is not None:
                    yield match.start(), match.end(), by

    # --- and back ---------------------------------------------------------------------------------------------------

    def named(self, text: str) -> Redacted:
        """A text that somebody wrote who knew pseudonyms only, with the full names."""
        return replaced(text, ((start, end, self._names[by]) for start, end, by in self._pseudonyms(text)))

    def named_label(self, label: str) -> str:
        """As :meth:`named`, of a tag or a term."""
        by_label = {"-".join(pseudonym.split()): name for pseudonym, name in self._names.items()}
        if label in by_label:
            return "-".join(by_label[label].split())
        found = self.named(label)
        return "-".join(found.text.split()) if found.spans else label

    def _pseudonyms(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._pseudonym is not None:
            for match in self._pseudonym.finditer(text):
                if match[0] in self._names:
                    yield match.start(), match.end(), match[0]

    def restore(self, original: str, redacted: str, edited: str) -> Redacted:
        """What ``edited`` says of the ``original``, of which ``redacted`` was handed out.

        A pseudonym that was left alone becomes what stood there. One in a stretch that was written anew becomes what a
        pseudonym of that stretch stood for, in their order, or the person's full name. Everything else stays as it was
        edited. The spans are those of ``edited`` that have become something else.
        """
        made = self.text(original)
        spans = made.spans if made.text == redacted else spans_through(made, redacted)
        stood = [(span.to_start, span.to_end, original[span.start : span.end]) for span in spans]
        # What reads like a pseudonym and is none means itself.
        said = list(self._pseudonyms(redacted))
        places = sorted([*stood, *_outside(said, stood)])
        found = self._stayed_and_written(redacted, edited, places)
        return replaced(edited, [(start, end, by) for start, end, by in found if edited[start:end] != by])

    def _stayed_and_written(
        self, redacted: str, edited: str, places: Sequence[tuple[int, int, str]]
    ) -> Iterator[tuple[int, int, str]]:
        at = 0
        shift = 0
        for i1, i2, j1, j2 in widened(redacted, edited, places):
            while at < len(places) and places[at][1] <= i1 and not (places[at][0] == places[at][1] == i1):
                start, end, was = places[at]
                yield start + shift, end + shift, was
                at += 1
            stood: dict[str, list[str]] = {}
            while at < len(places) and places[at][1] <= i2:
                start, end, was = places[at]
                stood.setdefault(redacted[start:end], []).append(was)
                at += 1
            yield from self._written(edited, j1, j2, stood)
            shift = j2 - i2
        for start, end, was in places[at:]:
            yield start + shift, end + shift, was

    def _written(
        self, edited: str, start: int, end: int, stood: Mapping[str, list[str]]
    ) -> Iterator[tuple[int, int, str]]:
        """Pseudonyms, and whatever else had stood for something, in a stretch that was written anew."""
        words = sorted({*stood} - self._names.keys(), key=len, reverse=True)
        others = re.compile("|".join(map(re.escape, words))) if words and all(words) else None
        found = [(one, two, by) for one, two, by in self._pseudonyms_between(edited, start, end)]
        if others is not None:
            found += [(m.start(), m.end(), m[0]) for m in others.finditer(edited, start, end)]
        upto = start
        for one, two, by in sorted(found):
            if one < upto:
                continue
            was = stood.get(by)
            yield one, two, was.pop(0) if was else self._names.get(by, by)
            upto = two

    def _pseudonyms_between(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        if self._pseudonym is None:
            return
        at = start
        while match := self._pseudonym.search(text, at):
            if match.start() >= end:
                return
            at = max(match.end(), at + 1)
            if match.end() <= end and match[0] in self._names:
                yield match.start(), match.end(), match[0]


_START, _END = Span(0, 0, 0, 0), Span(1 << 60, 1 << 60, 0, 0)


# --- finding --------------------------------------------------------------------------------------------------------


def _has_digit(name: str) -> bool:
    return any(character.isdigit() for character in name)


def _literal(hide: Mapping[str, str]) -> re.Pattern[str] | None:
    """Texts that are replaced letter by letter, the longest first; whole words where they begin and end with one."""
    parts = []
    for text in sorted(filter(str.strip, hide), key=len, reverse=True):
        for way in dict.fromkeys((unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))):
            before = r"(?<!\w)" if re.match(r"\w", way) and not re.match(f"[{SPACELESS}]", way) else ""
            after = r"(?!\w)" if re.match(r"\w", way[-1]) and not re.match(f"[{SPACELESS}]", way[-1]) else ""
            parts.append(before + re.escape(way) + after)
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _occurrences(names: Mapping[str, str]) -> re.Pattern[str] | None:
    """Pseudonyms as somebody writes them; numbered ones by what stands before their number, as there may be many."""
    heads, others = set(), []
    for pseudonym in names:
        numbered = _NUMBERED.fullmatch(pseudonym)
        if numbered:
            heads.add(numbered[1])
        else:
            others.append(pseudonym)
    parts = [re.escape(one) + (r"(?![^\W_])" if one[-1].isalnum() else "") for one in sorted(others, key=len)[::-1]]
    parts += [re.escape(head) + r"[1-9][0-9]*(?![0-9])" for head in sorted(heads, key=len)[::-1]]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts)})") if parts else None


def _humps(word: str) -> list[tuple[int, int]]:
    """The parts of a word that begin with a capital each (``AnnaBerg``, ``UXBerg``)."""
    cuts = [
        at
        for at in range(1, len(word))
        if word[at].isupper() and (not word[at - 1].isupper() or word[at + 1 : at + 2].islower())
    ]
    return list(zip([0, *cuts], [*cuts, len(word)], strict=True))


def _decoded(word: str, start: int) -> list[_Word]:
    """A word of an address (``J%C3%BCrgen``) as it is read, or what is left of it where that is no word."""
    from urllib.parse import unquote

    plain = unquote(word, errors="replace")
    if _WORD.fullmatch(plain):
        return [_Word(start, start + len(word), fold(plain.translate(_SEEN)))]
    return [_Word(start + one.start(), start + one.end(), fold(one[0])) for one in _WORD.finditer(word)]


def _take_mailboxes(text: str, found: Iterable[_Found]) -> None:
    """A name in the first half of a mail address is replaced with all of that half, which is made of the same name."""
    for one in found:
        after = _MAILBOX.match(text, one.end)
        if after is not None:
            before = _BEFORE_MAILBOX.search(text[max(one.start - 64, 0) : one.start])
            one.start -= len(before[0]) if before else 0
            one.end = after.end()


def _is_one_name(text: str, one: _Word, other: _Word) -> bool:
    if other.start - one.end > 3 or not _BETWEEN.fullmatch(text, one.end, other.start):
        return False
    return len(one.folded) == 1 or text[one.end : other.start] != ". "


def _is_initial_before(text: str, word: _Word, following: _Word, form: _Form) -> bool:
    if len(word.folded) != 1 or word.folded not in form.initials:
        return False
    between = text[word.end : following.start]
    if not text[word.start].isupper():
        return between in ("_", ".", "-") or (between != "" and "." in between and text[following.start].islower())
    return between.strip() != "" or word.folded not in ("a", "i", "o")


def _is_initial_after(text: str, word: _Word, form: _Form) -> bool:
    if len(word.folded) != 1 or word.folded not in form.initials:
        return False
    return text[word.start].isupper() and text[word.end : word.end + 1] == "."


def _is_beside_at(text: str, word: _Word) -> bool:
    after = re.compile(r"[\d._-]{0,8}@").match(text, word.end)
    return after is not None or text[max(word.start - 1, 0) : word.start] == "@"


def _with_digits(text: str, end: int) -> int:
    """A number that is written together with a name goes with it, or it would be read as that of the pseudonym."""
    while end < len(text) and text[end].isdigit():
        end += 1
    return end


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """In order and without overlap: what overlaps is one, named by the longer, and so are parts without spaces."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda it: (it.start, -it.end)):
        before = kept[-1] if kept else None
        if before is not None and one.start < before.end:
            if one.end - one.start > before.end - before.start:
                before.by = one.by
            before.end = max(before.end, one.end)
        elif (
            before is not None
            and before.by == one.by
            and re.match(f"[{SPACELESS}]", text[one.start])
            and text[before.end : one.start] in ("", " ", "・", "·", "＝", "\u3000")
        ):
            before.end = one.end
        else:
            kept.append(one)
    return kept


def _places(found: Iterable[_Found]) -> Iterator[tuple[int, int, str]]:
    return ((one.start, one.end, one.by) for one in found)


def _outside(
    places: Iterable[tuple[int, int, str]], others: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Those that overlap none of the others, which are in order."""
    starts = [start for start, _, _ in others]
    for start, end, text in places:
        at = bisect_left(starts, end) - 1
        if at < 0 or others[at][1] <= start:
            yield start, end, text
