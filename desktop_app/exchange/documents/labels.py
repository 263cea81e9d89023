"""Speaker labels: what can be a name before a colon, and when names before colons make a conversation.

A single “Note: …” is no speaker. Refuses to take a label for a name without evidence from the whole text.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 40
MOST_WORDS = 5
PHONE = re.compile(r"\+?[\d*][\d*\s().-]{5,}")
"""A telephone number, its end perhaps hidden, as who dials in is called."""
_LONGEST_CALLER = 60
_FEW = 2
_INITIALS = 2

# Words before a colon that head a field or a remark, whatever their number.
FIELDS = frozenset(
    """
    action actions address background bcc cc cell city company con conclusion cons contact country created date datum
    dauer day decision definition destinataire due duration durée e-mail email example examples exercise fax fecha
    fichier figure file filename finding findings format from ftp fw fwd goal http https id instructions ip isbn issn
    keyword keywords kontakt language length lieu link links location media mobile mp3 mp4 name names nb notas note
    notes notiz objet ort owner page pages phone place priority pro problem project projekt pros ps published re
    recorded recording reference references remark remarks result results see sent setting solution source sources
    start status step subject summary table tags tel telephone theme time tip titel title to todo topic transcribed
    transcriber transcript transcription type uhrzeit update updated url version via warning web website wichtig word
    words www zeit
    """.split()
) | {"interview date", "interview length", "date of interview", "transcribed by", "recorded by", "phone number",
     "file name", "audio file", "recording date", "audio length", "word count", "time zone", "last name", "first name",
     "interview id", "participant id", "start time", "end time", "interview number", "case id", "study id"}  # fmt: skip
SILENT = (
    FIELDS
    | frozenset(
        """
    add added advantage advantages also and because benefit benefits but changed chapter code codes debug
    definitions deprecated dienstag disadvantage disadvantages donnerstag error finally first fix fixed freitag
    fri friday however hypothesis info insight insights meaning memo memos mittwoch mon monday montag no now
    objective objectives observation observations ok okay opportunities quote quotes recommendation
    recommendations reflection reflections removed requirement requirements risk risks samstag saturday second
    section so sonntag strength strengths sunday takeaway takeaways term terms themes then third threats thu
    thursday tue tuesday warn weakness weaknesses wed wednesday well yes
    """.split()
    )
    | {"for example", "for instance", "in short"}
)
"""Fields and words that head a remark or go on with one: nobody is called so."""
ASKED_AND_ANSWERED = ({"q", "a"}, {"question", "answer"}, {"f", "a"}, {"frage", "antwort"}, {"i", "b"}, {"i", "r"})

PARTICLES = frozenset(
    "& + al and bin da de del della den der di dos du el et la le mit ten ter und van von with y zu".split()
)
"""Words of a name, or between two, that are written small."""

_ROLE = re.compile(
    r"(?:interview(?:er(?:in)?|ee|te[rs]?|ter)|respondent|participant|moderator(?:in)?|facilitator|researcher|speaker"
    r"|sprecher(?:in)?|befragte[rs]?|teilnehmer(?:in)?|forscher(?:in)?|proband(?:in)?|enquêt(?:eur|rice|é|ée)|locuteur"
    r"|entrevistad(?:or|ora|o|a)|participante|intervistat(?:ore|rice|o|a)|geïnterviewde|host|guest|int|resp|mod|unknown"
    r" speaker|unknown|unidentified(?: speaker)?|witness|the court|audience|man|woman|all|both"
    r"|[ipbrsgm]\d{1,3}|[ipbrq])[ _-]?\d{0,3}",
    re.IGNORECASE,
)

_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\xad"
_ENDS = _INVISIBLE + " \t\xa0\u202f\u3000*_"
_REFUSED = re.compile(r"[:\uff1a!?;,=<>{}|\"“”„«»…\\\n\t#•·]|//|--|[—–]|\d\.\d")
_SENTENCE_DOT = re.compile(r"\w{6,}\.(?:\s|$)|\.\.")
_BRACKETS = re.compile(r"\s*(?P<all>(?P<name>[^\n():\uff1a]{1,40}?)(?:\s*\([^()\n]{1,40}\)){1,3})\s*[:\uff1a](?!\S)")
"""A name with a place, a party or a part behind it, which do not count for its length."""
NUMBERED_SPEAKER = re.compile(r"\s*\[(?P<name>speaker[ _]?\w{1,3})\](?:\s*:)?(?:\s|$)", re.IGNORECASE)
"""A speaker as recognisers number them, in brackets: a colon need not follow."""
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = (".", "?", "!", "…", "。", "？", "！", "؟", "।", "\"", "”", "»")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that may begin with a label: where, whose, what the line says after it.

    ``apart`` is false where a line with words stands right above.
    """

    line: int
    label: str
    rest: str
    apart: bool = False


def tidied(text: str) -> str:
    """A name without white space, emphasis, brackets around it and marks of direction at its ends."""
    name = text.strip(_ENDS)
    if len(name) > 1 and (name[0], name[-1]) in {("[", "]"), ("(", ")"), ("<", ">")} and name[0] not in name[1:]:
        name = name[1:-1].strip(_ENDS)
    return name


def is_caller(name: str) -> bool:
    """Whether a tidied text beside a time has the shape of a name as people call themselves in meetings: “Berg, Anna”,
    a telephone number, or any :func:`is_label`."""
    plain = name.replace(", ", " ", 1).replace(" | ", " ")
    return bool(PHONE.fullmatch(name)) or is_label(plain, _LONGEST_CALLER, MOST_WORDS + 3)


def is_label(name: str, longest: int = LONGEST, words: int = MOST_WORDS) -> bool:
    """Whether a tidied text has the shape of a speaker's name: short, with a letter, and no sentence."""
    sure = name.rstrip("?")  # “B2?:” is a speaker the transcriber was not sure of
    if not sure or len(name) > longest or not _LETTER.search(sure) or _REFUSED.search(sure):
        return False
    counted = [word for word in name.split() if not word.endswith(".") and word.casefold() not in PARTICLES]
    return len(counted) <= words and not _SENTENCE_DOT.search(name) and name.count("(") == name.count(")")


def split_label(text: str, longest: int = LONGEST) -> tuple[str, str] | None:
    """Label and rest of a line ``Name: text``, by its first colon; ``None`` where there is none of that shape.

    The colon may be the full-width one, and a space may stand before it, as the French write it.
    """
    head = text[: longest + 8]
    closing = _BRACKETS.match(text[: _LONGEST_CALLER + longest])
    if closing and is_label(closing["name"].strip(_ENDS), longest):
        return tidied(closing["all"]), text[closing.end() :].strip()
    if head.lstrip()[:2] in {"Q.", "A."}:
        return _in_court(text, longest)
    told = NUMBERED_SPEAKER.match(head)
    if told:
        return told["name"], text[told.end() :].strip()
    return _before_colon(text, head, longest)


def _in_court(text: str, longest: int) -> tuple[str, str] | None:
    """``Q.`` and ``A.`` as courts write questions and answers; “A. Berg: …” is a name."""
    letter, _, said = text.lstrip().partition(".")
    named = _before_colon(text, text[: longest + 8], longest)
    if named and is_name_like(named[0]) and not said.startswith(("  ", "\t")):
        return named
    return (letter, said.strip()) if said[:1].isspace() else None


def _before_colon(text: str, head: str, longest: int) -> tuple[str, str] | None:
    place = min((at for at in (head.find(":"), head.find("\uff1a")) if at > 0), default=-1)
    if place < 1:
        return None
    rest = text[place + 1 :]
    if head[place] == ":" and (
        rest.startswith(("/", "\\", ":", "-)", ")")) or (rest[:1].isdigit() and head[place - 1].isdigit())
    ):
        return None
    name = tidied(head[:place])
    if not (is_label(name, longest) or _is_name_and_role(name)):
        return None
    stripped = rest.lstrip("*_") if head.lstrip().startswith(("*", "_")) else rest
    return name, stripped.strip()


def _is_name_and_role(name: str) -> bool:
    """Whether it is “Ines Vidal, baker” or “Berg, Anna”: two words at most on either side of one comma."""
    parts = name.split(", ")
    return (
        len(parts) == 2
        and all(part and len(part.split()) <= 2 and is_label(part) for part in parts)
        and is_name_like(parts[0])
    )


def is_field(label: str) -> bool:
    return label.casefold() in FIELDS


def is_name_like(label: str) -> bool:
    """Whether every word begins as names do: with a capital, a number, a bracket, or in a script without capitals."""
    words = label.split()
    return (
        len(words) <= MOST_WORDS + 1
        and label.casefold() not in SILENT
        and not any(word[0].islower() and word not in PARTICLES for word in words)
    )


def is_role(label: str) -> bool:
    """Whether a label says what somebody is in an interview: “I”, “B1”, “P07”, “Moderator”, “Speaker 2”."""
    return bool(_ROLE.fullmatch(label))


def is_sentence(text: str) -> bool:
    """Whether words look spoken rather than filled in: they end as a sentence does, or are more than a few."""
    return text.rstrip().endswith(_SENTENCE_END) or len(text.split()) > MOST_WORDS + 2


def speakers_among(found: Sequence[Labelled], paragraphs: int) -> frozenset[str]:
    """The labels that are speakers, given all lines with a label and how many paragraphs there are; empty: none are.

    Wanted are labels that repeat, at least two turns by one or two by each of two, on two of five paragraphs; a
    conversation that plainly goes to and fro may have longer answers. A question and its answer are enough.
    """
    counts = Counter(item.label for item in found if item.label.casefold() not in SILENT)
    if len(counts) > 1 and {label.casefold().rstrip("0123456789 ") for label in counts} in ASKED_AND_ANSWERED:
        return frozenset(counts) if sum(counts.values()) * 5 >= paragraphs * 2 else frozenset()
    repeated = {label: count for label, count in counts.items() if count >= _FEW}
    if not _takes_turns(found, repeated):
        repeated = {label: count for label, count in repeated.items() if ", " not in label}
    if not repeated or (len(repeated) == 1 and not _speaks_alone(next(iter(repeated)))):
        return frozenset()
    total = sum(repeated.values()) + sum(1 for label, n in counts.items() if n == 1 and is_name_like(label))
    to_and_fro = _alternate(found, repeated) or all(map(is_role, repeated))
    if total * 5 >= paragraphs * 2 or (to_and_fro and len(repeated) > 1 and total * 12 >= paragraphs):
        return frozenset(repeated)
    return frozenset()


def _speaks_alone(label: str) -> bool:
    """Whether a label that alone comes again can be a speaker; an “A.” without “Q.” counts a list."""
    return is_name_like(label) and label.casefold() != "a"


def _alternate(found: Sequence[Labelled], repeated: dict[str, int]) -> bool:
    """Whether two labels or more come four times each and the speaker mostly changes."""
    if sum(count >= 2 * _FEW for count in repeated.values()) < _FEW:
        return False
    return _takes_turns(found, repeated)


def _takes_turns(found: Sequence[Labelled], repeated: Collection[str]) -> bool:
    """Whether there are two labels or more and the speaker mostly changes; in a list of books authors do not."""
    order = [item.label for item in found if item.label in repeated]
    changes = sum(first != second for first, second in pairwise(order))
    return len(set(order)) > 1 and changes * 2 >= len(order)


def _is_short(label: str) -> bool:
    """Whether it is an initial or two, with or without a number: “I”, “MB”, “P07”."""
    return len(label.rstrip("0123456789")) <= _INITIALS


def accepted(found: Sequence[Labelled], speakers: Collection[str], paragraphs: int) -> list[Labelled]:
    """The lines that begin a turn: those of ``speakers``, and of anybody of the same shape who says just one thing."""
    if not speakers:
        return []
    first = next(item.line for item in found if item.label in speakers)
    capitals = all(label.isupper() for label in speakers)
    initials = capitals and all(map(_is_short, speakers))
    known = [item for item in found if item.label in speakers]
    parted = sum(item.apart for item in known) * 5 >= len(known) * 4
    bare = {item.line for item in known if not item.rest}

    def may_be_one(item: Labelled) -> bool:
        alike = (not capitals or item.label.isupper()) and (not initials or _is_short(item.label))
        above = item.line - 2 if item.apart else item.line - 1
        stands = (item.apart or not parted) and above not in bare
        return (
            (alike or is_role(item.label))
            and stands
            and is_name_like(item.label)
            and (item.line > first or is_sentence(item.rest))
        )

    turns = [item for item in found if item.label in speakers or may_be_one(item)]
    dense = len(turns) * 2 >= paragraphs
    return turns if dense else [item for item in turns if item.label in speakers]
