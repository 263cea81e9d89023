"""Fuzzy matching for the palette: letters in order, better at the beginnings of words."""


def score(wanted: str, text: str) -> int:
    """How well ``wanted`` fits ``text``: 0 for not at all, more for beginnings; case does not matter."""
    wanted, text = wanted.casefold().strip(), text.casefold()
    if not wanted:
        return 1
    at = text.find(wanted)
    if at >= 0:
        return 1000 - min(at, 400) + (500 if at == 0 else 250 if not text[at - 1].isalnum() else 0)
    return max(0, sum(scores)) if all(scores := [_letters(word, text) for word in wanted.split()]) else 0


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
