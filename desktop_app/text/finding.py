"""Finding places in a text: words and phrases, folded as search folds them, or a regular expression.

``price opaque`` are places of both words where they stand in one unit, ``"price talk"`` is a phrase, ``opaq*`` the
beginning of a word, ``price OR cost`` either. A regular expression has a bound on time, as nothing else stops one that
tries the same again and again.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desktop_app.model.errors import KnownError
from desktop_app.text.tokens import SPACELESS, Token, tokens

Span = tuple[int, int]
"""Code points ``[start, end)``."""

SECONDS = 2.0
"""What a regular expression may take on one text."""
ALTOGETHER = 30.0
"""What it may take on all texts."""
MOST = 20_000
"""Places in one text; an expression that finds more of them means something else."""
LONGEST = 1_000

_TERM = re.compile(r"\"(?P<phrase>[^\"]*)\"|(?P<word>\S+)")
_ONE_SPACELESS = re.compile(f"[{SPACELESS}]")


class WrongSearch(KnownError):
    """What was given to look for cannot be looked for."""


class EmptySearch(WrongSearch):
    template = "There is nothing to look for in “{text}”; type a word, or a phrase in quotation marks."


class BrokenExpression(WrongSearch):
    template = "“{text}” is no regular expression ({reason}); correct it, or look for words instead."


class SlowExpression(WrongSearch):
    template = "“{text}” takes too long on “{title}”; make it simpler, without repeats inside repeats."


class TooManyPlaces(WrongSearch):
    template = "“{text}” is found at more than {most} places of “{title}”; make it narrower."


class Finder(Protocol):
    """Where something stands in a text: ``title`` names it in errors, ``unit`` gives the stretch that words share."""

    def __call__(self, text: str, title: str, unit: Callable[[Span], Span]) -> list[Span]: ...


@dataclass(frozen=True, slots=True)
class _Term:
    """Words in sequence; of the last one only the beginning is meant where ``prefix``."""

    words: tuple[str, ...]
    prefix: bool


def word_finder(query: str) -> Finder:
    """What finds the places of words, in order and without repeats; raises :class:`EmptySearch`."""
    alternatives = [terms for part in re.split(r"\s+OR\s+", query) if (terms := list(_terms(part)))]
    if not alternatives:
        raise EmptySearch(text=query.strip())
    last_alone = any(_ONE_SPACELESS.fullmatch(term.words[-1]) for terms in alternatives for term in terms)

    def find(text: str, title: str, unit: Callable[[Span], Span]) -> list[Span]:
        found: set[Span] = set()
        read = list(tokens(text, last_alone=last_alone))
        places: dict[str, list[int]] = {}
        for at, token in enumerate(read):
            places.setdefault(token.text, []).append(at)
        for terms in alternatives:
            by_term = [list(_places(term, read, places)) for term in terms]
            if len(by_term) > 1:
                units = {span: unit(span) for spans in by_term for span in spans}
                shared = set.intersection(*({units[span] for span in spans} for spans in by_term))
                by_term = [[span for span in spans if units[span] in shared] for spans in by_term]
            found.update(span for spans in by_term for span in spans)
        return _few(sorted(found), query, title)

    return find


def _terms(part: str) -> Iterator[_Term]:
    for match in _TERM.finditer(part):
        text = match["phrase"] if match["phrase"] is not None else match["word"]
        prefix = text.endswith("*")
        words = tuple(token.text for token in tokens(text.rstrip("*")))
        if words:
            yield _Term(words, prefix or (len(words) == 1 and bool(_ONE_SPACELESS.fullmatch(words[0]))))


def _places(term: _Term, read: Sequence[Token], places: dict[str, list[int]]) -> Iterator[Span]:
    *before, last = term.words
    if before:
        firsts: Iterable[int] = places.get(before[0], ())
    else:
        firsts = _beginning(last, places) if term.prefix else places.get(last, ())
    length = len(term.words)
    for first in firsts:
        stretch = read[first : first + length]
        if len(stretch) < length or any(token.text != word for token, word in zip(stretch, before, strict=False)):
            continue
        final = stretch[-1]
        if final.text == last or (term.prefix and final.text.startswith(last)):
            alone = _ONE_SPACELESS.fullmatch(last) and final.text != last
            yield stretch[0].start, final.start + len(last) if alone else final.end


def _beginning(prefix: str, places: dict[str, list[int]]) -> list[int]:
    return [at for word, found in places.items() if word.startswith(prefix) for at in found]


def expression_finder(expression: str) -> Finder:
    """What finds the places where a regular expression fits, letters in either case; raises :class:`BrokenExpression`.

    ``^`` and ``$`` are the ends of a line. Places without a character are none.
    """
    compiled = _compiled(expression)
    left = ALTOGETHER

    def find(text: str, title: str, unit: Callable[[Span], Span]) -> list[Span]:
        nonlocal left
        found: list[Span] = []
        began = time.monotonic()
        try:
            for match in compiled.finditer(text, timeout=min(SECONDS, left)):
                if match.start() < match.end():
                    found.append(match.span())
                if len(found) > MOST:
                    break
        except TimeoutError:
            raise SlowExpression(text=_shown(expression), title=title) from None
        left = max(left - (time.monotonic() - began), 0.001)
        return _few(found, expression, title)

    return find


def _compiled(expression: str) -> Any:
    import regex  # type: ignore[import-untyped]  # re cannot be stopped

    if not expression.strip():
        raise EmptySearch(text=expression)
    if len(expression) > LONGEST:
        raise BrokenExpression(text=_shown(expression), reason=f"it is longer than {LONGEST} characters")
    try:
        return regex.compile(expression, regex.IGNORECASE | regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError, ValueError) as error:
        reason = str(error).rstrip(".") or "it nests too deeply"
        raise BrokenExpression(text=_shown(expression), reason=reason) from None


def _few(found: list[Span], text: str, title: str) -> list[Span]:
    if len(found) > MOST:
        raise TooManyPlaces(text=_shown(text), most=f"{MOST:,}", title=title)
    return found


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def line_test(text: str, *, regex: bool = False) -> Callable[[str], bool]:
    """Whether a line holds these words in sequence, or a regular expression fits somewhere in it.

    Raises :class:`EmptySearch` or :class:`BrokenExpression`.
    """
    if regex:
        compiled = _compiled(text)

        def fits(line: str) -> bool:
            try:
                return compiled.search(line[:LONGEST], timeout=SECONDS) is not None
            except TimeoutError:
                raise SlowExpression(text=_shown(text), title=_shown(line)) from None

        return fits
    wanted = [token.text for token in tokens(text)]
    if not wanted:
        raise EmptySearch(text=text.strip())

    def holds(line: str) -> bool:
        read = [token.text for token in tokens(line)]
        return any(read[at : at + len(wanted)] == wanted for at in range(len(read) - len(wanted) + 1))

    return holds
