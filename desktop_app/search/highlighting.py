"""Which words of a found text to mark, and the snippet around them."""

from collections.abc import Callable, Iterator

from desktop_app.model.queries import And, Fuzzy, Or, Phrase, Prefix, Query, Words
from desktop_app.search.analysis import stands_alone, stemmer, words
from desktop_app.text.snippets import Known, Snippet, snippet

_REMEMBERED = 20_000


def highlighter(query: Query, language: str, width: int = 160) -> Callable[[str], Snippet]:
    """A function from a plain text to its snippet with what the query's words matched; keep it for all hits."""
    matches = matcher(query, language)
    known: Known = {}
    return lambda text: snippet(text, matches, width, known)


def matcher(query: Query, language: str) -> Callable[[str], bool]:
    """Whether a folded token is one that the query asks for (excluded words are not)."""
    parts = list(_asked(query))
    stem = stemmer(language)
    stems = {stem(words(part.text)[0]) for part in parts if isinstance(part, Words) and _is_stemmed(part.text)}
    exact = {
        word
        for part in parts
        if isinstance(part, Phrase) or (isinstance(part, Words) and not _is_stemmed(part.text))
        for word in words(part.text)
    }
    prefixes = tuple(
        word for part in parts if isinstance(part, Prefix) or stands_alone(part.text) for word in words(part.text)
    )
    fuzzy = [word for part in parts if isinstance(part, Fuzzy) for word in words(part.text)]
    known: dict[str, bool] = {}

    def matches(token: str) -> bool:
        answer = known.get(token)
        if answer is None:
            answer = (
                token in exact
                or (bool(stems) and stem(token) in stems)
                or (bool(prefixes) and token.startswith(prefixes))
                or any(within_one_edit(token, word) for word in fuzzy)
            )
            if len(known) < _REMEMBERED:
                known[token] = answer
        return answer

    return matches


def _asked(query: Query) -> Iterator[Words | Phrase | Prefix | Fuzzy]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part)
        case Words() | Phrase() | Prefix() | Fuzzy():
            yield query
        case _:
            return


def _is_stemmed(text: str) -> bool:
    return len(words(text)) == 1 and not stands_alone(text)


def within_one_edit(one: str, other: str) -> bool:
    """Whether one letter put in, taken out, changed, or swapped with the next makes both equal."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((number for number, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    return shorter[at + 1 :] == longer[at + 1 :] or (
        shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    )
