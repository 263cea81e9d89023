"""Names of people as words: what a name is made of, how it may be spelt, and which of its words are everyday ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.text.tokens import SPACELESS, fold

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lady lord rev st herr frau fraulein hr fr dipl ing med mag phd"
    " msc bsc mme mlle madame monsieur mademoiselle m me maitre docteur senor senora senorita sr sra srta don dona"
    " doctor jr".split()
)
"""Folded; they go with a name and say nothing of who it is."""

PARTICLES = frozenset(
    "van von vom zu zum zur der den de del della di da do dos das du des la le el al bin ibn ben ter ten te y e und and"
    " et the of af av".split()
)
"""Folded; words of a name that name nobody alone."""

_EVERYDAY = frozenset(
    # English
    "will mark may june april august rose grace hope joy faith art bill chase dawn drew frank grant guy heather"
    " ivy jack jean lily nick olive pat peg penny pierce rich rob robin ruby rusty sandy skip sky stone sue summer"
    " autumn victor"
    " violet wade ward page brown black white green gray grey young king long short little small good best price cook"
    " baker smith hunter mason carter bishop knight day week winter frost snow rain field hill wood woods park parks"
    " rivers brook brooks lake ford fox wolf bird fish lamb bull love sharp swift strong wise noble moody reed case"
    " bond bank banks cash coin marsh moss bush cross church temple hall house gates bell ball bean berry cherry cotton"
    " english french holland german miles major marshall major dean earl duke christian carol harmony melody crystal"
    " amber pearl iris daisy basil ginger sage angel star storm max sunny buddy junior lane rush walker singer weaver"
    " potter porter butler driver farmer gardener shepherd archer turner newman friend savage stern blunt wild gay"
    " power powers read bright light dark early late more moore much case chance charity constance prudence patience"
    " verity eve noel trinity destiny genesis lance mercy dale glen cliff heath forest rock clay flint sterling rowan"
    # roles, which people are called by where their name is not known
    " interviewer moderator speaker customer client user participant respondent interviewee manager owner team support"
    " sales anonymous unknown person people man woman boy girl mother father friend boss colleague teacher student"
    " nurse plumber caller agent buyer seller guest member all everybody nobody someone narrator voice group"
    # German
    " interviewerin moderatorin kunde kundin nutzer nutzerin sprecher sprecherin befragte befragter person leiter"
    " leiterin unbekannt lang klein gross kurz jung alt neu schwarz weiss braun grun roth rot fromm frei gut reich"
    " stark wild ernst mai"
    # French
    " petit grand blanc noir roux pierre claire aime marin fleur franc content vrai leger client cliente"
    " enqueteur enquetrice"
    # Spanish
    " paz luz sol rosa mercedes dolores consuelo blanca cruz reyes flores santos campos bello rico franco domingo leon"
    " mar cliente entrevistador entrevistadora pilar".split()
)

_OPENERS = frozenset(
    "will mark may june april august hope grant chase drew skip summer autumn winter day week price cook short long"
    " little small good best black white green brown gray grey rich young sharp swift strong wise frank sunny early"
    " late more most much max bright light dark stern blunt wild savage major cash love rush read english french german"
    " faith joy patience"
    " interviewer moderator speaker customer client user participant respondent interviewee manager owner team support"
    " sales anonymous unknown person people man woman boy girl mother father friend boss colleague teacher student"
    " nurse plumber caller agent buyer seller guest member all everybody nobody someone narrator voice group"
    " interviewerin moderatorin kunde kundin nutzer nutzerin sprecher sprecherin befragte befragter leiter leiterin"
    " unbekannt lang klein gross kurz jung alt neu schwarz weiss braun grun rot frei gut reich stark ernst mai"
    " petit grand blanc noir aime vrai leger client cliente content bello rico".split()
)

_PART = re.compile(rf"[^\W\d_{SPACELESS}](?:[^\W\d_{SPACELESS}]|[\u0300-\u036f\u00ad\u200b-\u200d])*|[{SPACELESS}]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_OPENED = re.compile(r"\(.*?\)|\[.*?\]")


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a name without its titles, in order; ``alone`` are those by which somebody may be called alone.

    ``compounds`` are those of its words that a mark joins, without it (``O’Brien``); ``runs`` are names in scripts
    that write no spaces, whole and in parts.
    """

    words: tuple[str, ...]
    alone: tuple[str, ...]
    compounds: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


def name_words(name: str) -> NameWords:
    """What a name is made of."""
    import unicodedata

    name = unicodedata.normalize("NFC", name)
    plain = _OPENED.sub(" ", name)
    found = [match[0] for match in _PART.finditer(plain if _PART.search(plain) else name)]
    runs = [word for word in found if re.match(f"[{SPACELESS}]", word)]
    words = [word for word in found if word not in runs and fold(word) not in TITLES]
    capitals = any(word[0].isupper() for word in words)
    alone = [
        word
        for word in words
        if len(word) > 1
        and fold(word) not in PARTICLES
        and (word[0].isupper() or not capitals or not word[0].islower())
    ]
    if any(character.isdigit() for character in name):
        alone = [word for word in alone if not is_common(fold(word))]
    elif len(words) == 1 and not alone:
        alone = words
    return NameWords(tuple(words), tuple(dict.fromkeys(alone)), _compounds(plain), tuple(_runs(runs)))


def _compounds(name: str) -> tuple[str, ...]:
    pieces = ([match[0] for match in _PART.finditer(piece)] for piece in name.split())
    return tuple("".join(parts) for parts in pieces if len(parts) > 1)


def _runs(parts: Sequence[str]) -> list[str]:
    """Whole names, and what stands for one of its parts: 2 of 3, 2 and 2 of 4 characters; one says nothing."""
    found = ["".join(parts), *parts] if parts else []
    if len(parts) == 1 and _HAN.fullmatch(parts[0]):
        if len(parts[0]) == 3:
            found.append(parts[0][1:])
        elif len(parts[0]) == 4:
            found += [parts[0][:2], parts[0][2:]]
    return [part for part in dict.fromkeys(found) if len(part) > 1 or len(parts) == 1 == len(parts[0])]


@lru_cache(maxsize=65536)
def spellings(word: str) -> tuple[str, ...]:
    """A word folded, and as it is written where there are no umlauts: ``Müller`` is ``muller`` and ``mueller``."""
    return tuple(dict.fromkeys((fold(word), fold(word.lower().translate(_UMLAUTS)))))


def is_common(word: str) -> bool:
    """Whether a folded word of a name is one that texts are full of without meaning anybody."""
    return len(word) < 3 or word in _EVERYDAY


def begins_sentences(word: str) -> bool:
    """Whether an everyday word (folded) stands at the beginning of sentences too without meaning anybody; most nouns
    have something before them there, so that one without is a name."""
    return len(word) < 3 or word in _OPENERS


def is_title(word: str) -> bool:
    return fold(word) in TITLES
