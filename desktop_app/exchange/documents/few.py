"""Speakers of a talk so short that no name comes again: taken only where the file leaves no other reading.

Almost every paragraph must begin with a label that looks like a name or a role and heads no remark, and the words must
sound spoken, or a time must stand beside each label.
"""

import re
from collections.abc import Sequence

from desktop_app.exchange.documents.labels import SILENT, Labelled, is_name_like, is_role

_MOST = 12
"""Turns above which names would come again."""
# Words that head a paragraph of a text which is no talk, with and without a number behind them.
_HEADINGS = frozenset(
    """
    absent abstract acknowledgements after afterwards agenda aim aims analysis annex answer apologies appendix
    approach attendees aufgabe bedeutung before behaviour beispiel best challenge challenges chorus class
    closing comment comments dear december description design dessert discussion ergebnis ergebnisse evening
    event fall fazit february feedback folge folgen frage framework frustration frustrations gains goals group
    growth home impact implications improvements ingredients install introduction issue issues item items
    january job july kapitel key lesson level license limits lunch main march material materials measure method
    methods month more morning motto nachteil nachteile need needs next november october opening opportunity
    option options outcome outcomes outlook output overview pain pains part persona phase plan point points
    preparation present press process product purpose quarter question questions reason reasons regards request
    role rule rules sample saying schritt scope season september serves session sincerely skill skills slide
    spring stage story style suggestion suggestions summer task tasks teil threat today tomorrow tool tools
    topics usage value values verse vorteil vorteile week what when where which who why winter year yesterday
    yours ziel ziele
    """.split()
)
_ASKING = frozenset({"q", "question", "f", "frage"})
"""Labels of the questions of a form, which nobody answers."""
_OPENERS = frozenset(
    """
    hello hi hey yes yeah yep no nope ok okay well so thanks thank sure right exactly bye goodbye welcome um uh
    mhm hm oh ah great good ja nein hallo doch also danke genau äh ähm hm mhm bitte tschüss guten oui non
    bonjour merci alors ben salut sí si hola bueno gracias pues ciao grazie buongiorno sim não olá obrigado
    obrigada nee hoi dank はい いいえ
    """.split()
)
_FIRST_PERSON = re.compile(r"(?<!\w)(?:I|I['’]\w{1,2}|ich|Ich|je|Je|j['’]\w+|J['’]\w+|yo|Yo|ik|Ik|io|Io)(?!\w)")
_ASKED = re.compile(r"[?？؟;]\s*$|[?？؟]|か。")


def few_speakers(
    found: Sequence[Labelled], lines: Sequence[str], paragraphs: int, *, marked: bool = False
) -> frozenset[str]:
    """The labels of ``found`` where all of them are speakers who come once or twice; empty: they are none.

    ``paragraphs`` is how many there are in all, ``marked`` whether a time mark stands in each of the labelled lines.
    """
    labels = [item.label for item in found]
    if not 2 <= len(labels) <= _MOST or len(set(labels)) < 2:
        return frozenset()
    if not all(is_name_like(label) and not heads_a_remark(label) and not label[0].isdigit() for label in labels):
        return frozenset()
    if {label.casefold().rstrip("0123456789. ") for label in labels} <= _ASKING:
        return frozenset()
    words = [item.rest or _below(lines, item.line) for item in found]
    bare = sum(not item.rest for item in found)
    if not all(words) or len(labels) * 5 < (paragraphs - bare) * 3:
        return frozenset()
    roles = sum(is_role(label) and len(label) > 1 for label in labels)
    spoken = sum(map(_sounds_spoken, words))
    sure = marked or roles * 2 >= len(labels) or spoken * 2 >= len(labels)
    return frozenset(labels) if sure else frozenset()


def heads_a_remark(label: str) -> bool:
    """Whether a label is a heading rather than a name, with or without a number: “Conclusion”, “Step 2”."""
    plain = label.rstrip("0123456789.) ").casefold()
    first = plain.split(" ", 1)[0] if plain else ""
    return plain in SILENT or plain in _HEADINGS or first in _HEADINGS


def _sounds_spoken(words: str) -> bool:
    first = re.match(r"\W*(\w+)", words)
    opens = first is not None and first[1].casefold() in _OPENERS
    return opens or bool(_FIRST_PERSON.search(words) or _ASKED.search(words))


def _below(lines: Sequence[str], at: int) -> str:
    return next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
