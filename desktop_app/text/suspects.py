"""What in a text may still say who somebody is: likely names, and addresses and numbers that are somebody's own.

For a person to look at. A name is guessed from a title before it, from a verb of speech, or from capitals inside a
sentence where the text does not write the same word small elsewhere; in German, where every noun has a capital, only
two of them in a row count, and neither behind an article.
"""

import re
from collections.abc import Iterable, Iterator

from desktop_app.model.redaction import Suspect
from desktop_app.text.names import is_common, is_title
from desktop_app.text.tokens import fold

_AROUND = 40
"""Characters of context on either side."""
_LETTER = r"[^\W\d_]"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻŁĽĹŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŸŹŻŽΑ-ΩА-Я]"
_NAME = rf"(?<!{_LETTER}){_CAPITAL}(?:{_LETTER}|[\u0300-\u036f]|['’\-](?={_LETTER})){{1,30}}"
_PARTS = rf"{_NAME}(?:[ \u00a0](?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn) ){{0,2}}{_NAME}){{0,3}}"

_NETWORKS = "linkedin|xing|facebook|instagram|github|tiktok|twitter|x"
_PATTERNS = (
    ("address", re.compile(r"\bhttps?://[^\s/@:]{1,80}(?::[^\s/@]{0,80})?@[^\s<>\"]{1,200}")),
    ("address", re.compile(r"\bhttps?://[^\s<>\"]{1,200}/(?:(?:in|users?|people|u)/|[@~])[\w.\-]+", re.IGNORECASE)),
    ("address", re.compile(rf"\b(?:www\.)?(?:{_NETWORKS})\.com/[\w.\-/@]+", re.IGNORECASE)),
    ("mail", re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")),
    ("account", re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{4}){2,7}(?:[ \u00a0]?[A-Z0-9]{1,4})?\b")),
    ("account", re.compile(r"(?<![\d.,])\d{4}[ \u00a0\-]?\d{4}[ \u00a0\-]?\d{4}[ \u00a0\-]?\d{1,7}(?![\d.,]\d|\d)")),
    ("phone", re.compile(r"(?<![\w.,])(?:\+|00)\d{1,3}[ ()./\u00a0\-]{0,2}(?:\d[ ()./\u00a0\-]{0,2}){6,13}(?!\w)")),
    ("phone", re.compile(r"(?<![\w.,+])\(?0\d{1,4}\)?(?:[ .\u00a0\-]| ?/ ?)(?:\d[ /.\u00a0\-]?){4,10}(?!\w)")),
    ("phone", re.compile(r"(?<![\w.,+])\(?\d{3}\)?[ .\u00a0\-]\d{3}[ .\u00a0\-]\d{4}(?!\w)")),
    ("handle", re.compile(rf"(?<![\w@./])@{_LETTER}[\w.\-]{{1,38}}\w")),
)  # fmt: skip
_TITLED = re.compile(
    rf"\b(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Dd]r|[Pp]rof|Professor|Doctor|Sir|Lady|Lord|[Ff]rau|[Hh]err[n]?|[Mm]me|[Mm]lle|"
    rf"Madame|Monsieur|M|[Ss]eñora?|[Ss]eñorita|[Ss]ra?|[Dd]oña|[Dd]on)\b\.?[ \u00a0]+({_PARTS})"
)
_SAID = re.compile(
    rf"({_PARTS}),? (?:said|says|told|asked|answered|replied|wrote|called|sagte|meinte|fragte|schrieb|dit|dijo)\b"
)
_SEQUENCE = re.compile(_PARTS)
_SMALL = re.compile(rf"(?<!{_LETTER})[a-zß-öø-ÿ]{_LETTER}+")
_BEGINS = re.compile(r"(?:\A|[.!?…:;\n|•])[\s*_\"'“”„«»(\[#>\-–—\d.)]*\Z")
_ARTICLE = re.compile(
    r"\b(?:der|die|das|dem|den|des|ein|eine|einen|einem|einer|kein|keine|mein|meine|ihr|ihre|sein|seine|unser|unsere|im|am"
    r"|zum|zur|vom|beim|ins|the|a|an|le|la|les|un|une|el|los|las|una)[ \u00a0]\Z",
    re.IGNORECASE,
)
_GERMAN = re.compile(r"\b(?:der|die|das|und|ist|nicht|wir|ich|mit|ein|eine|für|auf)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march april may"
    " june july august september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag"
    " januar februar marz mai juni juli oktober dezember english german french spanish italian european american"
    " english deutsch google excel facebook instagram linkedin youtube whatsapp slack zoom teams microsoft apple amazon"
    " internet ok okay person christmas easter god europe germany france spain italy england britain america usa uk eu"
    " london paris berlin madrid the a an this that these those he she it we they you my your our their his her der die"
    " das ein eine dieser diese le la les un une ce cette el los las una este esta il elle wir er es sie ihnen ihr ihre"
    " nobody somebody everybody everyone someone anyone anything nothing something who what when where why how both one"
    " two three four none all some many most others that's niemand jemand wer was sundays saturdays mondays tuesdays"
    " wednesdays thursdays fridays ihrem ihren usted ceo cto crm seo roi kpi pdf faq".split()
)


def suspects(text: str, parts: Iterable[str] = ()) -> list[Suspect]:
    """What a person should look at, in the order of the text and without overlap. ``parts`` are words by which people
    of this notebook are called; where they stand with a capital they count without further ado."""
    known = frozenset(map(fold, parts))
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS:
        _take(taken, ((match.start(), match.end(), kind) for match in pattern.finditer(text)))
    for pattern in (_TITLED, _SAID):
        found = ((match.start(1), match.end(1), "name") for match in pattern.finditer(text))
        _take(taken, (one for one in found if not _is_no_name(text[one[0] : one[1]].split(maxsplit=1)[0])))
    _take(taken, ((start, end, "name") for start, end in _names(text, known)))
    return [_suspect(text, *place) for place in sorted(taken)]


def _take(taken: list[tuple[int, int, str]], found: Iterable[tuple[int, int, str]]) -> None:
    """Adds what does not overlap with what is there."""
    places = sorted(taken)
    at = 0
    for start, end, kind in found:
        while at < len(places) and places[at][1] <= start:
            at += 1
        if at == len(places) or end <= places[at][0]:
            taken.append((start, end, kind))


def _names(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    small = {fold(match[0]) for match in _SMALL.finditer(text)}
    german = 50 * sum(1 for _ in _GERMAN.finditer(text)) > len(text.split())
    for match in _SEQUENCE.finditer(text):
        start, end = match.span()
        words = match[0].replace("\u00a0", " ").split(" ")
        begins = _BEGINS.search(text[max(start - 16, 0) : start]) is not None
        while words and (_is_no_name(words[0]) or (begins and (fold(words[0]) in small or len(words) == 1))):
            if begins and fold(words[0]) in known and not is_common(fold(words[0])):
                break
            start += len(words.pop(0)) + 1
            begins = False
        while len(words) > 1 and _is_no_name(words[-1]):
            end -= len(words.pop()) + 1
        if begins and len(words) == 1 and fold(words[0]) not in known:
            continue
        if not words or _is_no_name(" ".join(words)) or match[0].isupper():
            continue
        if any(fold(word) in known for word in words) or not _is_everyday(text, start, words, small, german=german):
            yield start, end


def _is_everyday(text: str, start: int, words: list[str], small: set[str], *, german: bool) -> bool:
    folded = [fold(word) for word in words]
    if all(word in small for word in folded):
        return True
    behind_article = _ARTICLE.search(text[max(start - 8, 0) : start]) is not None
    if german:
        return len(words) < 2 or behind_article
    return behind_article and len(words) == 1


def _is_no_name(text: str) -> bool:
    words = text.split()
    return all(fold(word).replace("’", "'") in _NO_NAMES or is_title(word) for word in words)


def _suspect(text: str, start: int, end: int, kind: str) -> Suspect:
    context = " ".join(text[max(start - _AROUND, 0) : end + _AROUND].split())
    return Suspect(kind, text[start:end], start, end, context)
