"""Fuzzy matching for the palette: letters in order, better at the beginnings of words."""


def score(wanted: str, text: str, *, loose: bool = True) -> int:
    """How well ``wanted`` fits ``text``: 0 for not at all, more for beginnings; case does not matter.

    Without ``loose`` every word must stand in the text as it was typed.
    """
    wanted, text = wanted.casefold().strip(), text.casefold()
    if not wanted:
        return 1
    at = text.find(wanted)
    if at >= 0:
        return 1000 - min(at, 400) + (500 if at == 0 else 250 if not text[at - 1].isalnum() else 0)
    words = wanted.split()
    if not loose:
        return 200 if all(word in text for word in words) else 0
    scores = [_letters(word, text) for word in words]
    return sum(scores) if all(scores) else 0


def _letters(wanted: str, text: str) -> int:
    """The letters of one word found in order; each gap costs, each beginning of a word counts."""
    total, at = 100, -1
    for letter in wanted:
        found = text.find(letter, at + 1)
        if found < 0:
            return 0
        beginning = found == 0 or not text[found - 1].isalnum()
        total += (20 if beginning else 0) - min(found - at - 1, 12)
        at = found
    return max(total, 1)
