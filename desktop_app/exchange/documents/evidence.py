"""What speaks for each style in the lines of a text; every reader gives the starts of its turns, or none.

Evidence is asked of the whole text: names that come again, times that rise, heads that stand at the top.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from desktop_app.exchange.documents.clocks import mostly_rising
from desktop_app.exchange.documents.few import few_speakers, heads_a_remark
from desktop_app.exchange.documents.heads import Head, read_fields, read_head
from desktop_app.exchange.documents.labels import (
    Labelled,
    accepted,
    is_field,
    is_label,
    is_name_like,
    is_sentence,
    speakers_among,
    split_label,
    tidied,
)
from desktop_app.exchange.documents.marks import Marks, count_marks
from desktop_app.exchange.documents.tables import told_by_cells, told_by_columns
from desktop_app.exchange.documents.timed import (
    REACH,
    Timed,
    has_words_below,
    names_behind,
    pairs,
    plain_start,
    scan,
)
from desktop_app.exchange.documents.utterances import Start

_FEW = 2
_NARROW = 120
_LONG_TURN = 60
_SHORT_TURN = 8
"""Paragraphs of a turn on average, up to which heads that are plain, or could be prose, are believed."""
_FULL = 50
_LOUD = re.compile(
    r"\s*(?P<name>(?:(?:MR|MRS|MS|DR|PROF|REV|SEN|SIR|Mr|Mrs|Ms|Dr|Prof|Rev|Sen)\.\s|(?:Senator|Sir|The|Miss)\s)?"
    r"[^\W\d_a-z][^\W_a-z.]{1,15}(?: [^\W_a-z.]{1,15}){0,2})\.\s+(?=\S)"
)
_DASHED = re.compile(r"\s*(?P<name>[^\W\d_][^\n—–]{0,30}?)(?:\s?[—–]\s?| - )(?=\S)")
_TITLES = 3
_SOON = 5 * 60 * 1000
"""A time alone and without hours is one of a recording only if the first lies in its first minutes (ms)."""


@dataclass(slots=True)
class Page:
    """The lines of a source and what was seen on them; ``head`` and ``fields`` say which are no talk.

    ``instead`` is what stands for a line in the text once that is known for a transcript; ``None`` takes it out.
    ``left_out`` are sentences about what a reader could not take over.
    """

    lines: Sequence[str]
    head: Head
    fields: Head
    timed: list[Timed] = field(default_factory=list)
    labelled: list[Labelled] = field(default_factory=list)
    marks: Marks = field(default_factory=lambda: count_marks(()))
    instead: dict[int, str | None] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    paragraphs: int = 0
    first: int = 0

    def forms(self, *forms: str) -> list[Timed]:
        return [item for item in self.timed if item.form in forms]


def seen(lines: Sequence[str]) -> Page:
    """Every line looked at once."""
    head = read_head(lines)
    page = Page(lines, head, read_fields(lines) if not head.style else Head())
    gone = head.gone | page.fields.gone
    left = [at for at, line in enumerate(lines) if at not in gone and line and not line.isspace()]
    page.first = left[0] if left else 0
    for at in left:
        found = scan(lines[at], at)
        if found is not None:
            page.timed.append(found)
        if _may_be_labelled(lines[at]):
            label = split_label(plain_start(lines[at]))
            if label is not None:
                page.labelled.append(Labelled(at, *label, apart=at == 0 or not lines[at - 1].strip()))
    page.marks = count_marks(lines[at] for at in left)
    page.paragraphs = _paragraphs(page, left)
    return page


def _may_be_labelled(line: str) -> bool:
    head = line[:REACH]
    return ":" in head or "\uff1a" in head or head.lstrip().startswith(("Q.", "A.", "["))


def _paragraphs(page: Page, left: Sequence[int]) -> int:
    """Lines with words, without those that only go on a full line above them, where lines are wrapped."""
    lines = page.lines
    if max((len(lines[at]) for at in left), default=0) > _NARROW:
        return len(left)
    heads = {item.line for item in page.labelled} | {item.line for item in page.timed}
    below = [(upper, lower) for upper, lower in pairwise(left) if lower == upper + 1 and lower not in heads]
    wrapped = sum(len(lines[upper]) >= _FULL for upper, _ in below)
    return len(left) - wrapped


# --- the readers ----------------------------------------------------------------------------------------------------


def _heads_with_times(page: Page) -> list[Start]:
    """``[00:01:23] Name: text``, ``Name (00:01): text``, ``Name  0:03`` with the words below."""
    heads = _trusted(page)
    if not _is_timed(page, heads):
        return []
    names, taken = {item.speaker for item in heads}, {item.line for item in heads}
    if any(item.form == "time-name" for item in heads):
        names |= speakers_among(page.labelled, page.paragraphs)
    if all(_in_brackets(item) for item in heads):
        more = [item for item in page.forms("time", "time-text") if not item.gap[-1:].isdigit()]
        page.instead.update({item.line: item.rest or None for item in more})
    untimed = [item for item in page.labelled if item.label in names and item.line not in taken]
    starts = [*_starts(heads), *(Start(item.line, item.label, item.rest) for item in untimed)]
    return sorted(starts, key=lambda start: start.line)


def _in_brackets(item: Timed) -> bool:
    return item.gap in {"[", "("} or (item.form == "time-name" and not item.gap[-1:].isdigit())


def _set_off(item: Timed) -> bool:
    """Whether name and time stand apart in a way that prose does not know."""
    return item.form == "time-name" or item.gap in {"[", "\t"} or len(item.gap) > 1


def _of_the_day(item: Timed) -> bool:
    """Whether a time without hours and brackets is rather one of the day, as in “10:30 Meeting: prices”."""
    return item.form != "name-time" and item.gap[-1:].isdigit() and item.gap.count(":") == 1 and item.begins >= _SOON


def _trusted(page: Page) -> list[Timed]:
    """Of a name before a time, one that comes again, or one set off from the words in the same way as those."""
    heads = page.forms("time-name", "name-time")
    behind = names_behind(page.timed, page.lines)
    counts = Counter(item.speaker for item in heads)
    few = _is_short(page, heads)
    gaps = {item.gap for item in heads if counts[item.speaker] >= _FEW}
    trusted = []
    for item in heads:
        named, again = is_name_like(item.speaker), counts[item.speaker] >= _FEW
        known = again or few or item.gap in gaps or page.head.style != ""
        if (named and known) or (_set_off(item) and (named or again)):
            trusted.append(item)
    return sorted([*trusted, *behind], key=lambda item: item.line)


def _is_timed(page: Page, heads: Sequence[Timed]) -> bool:
    if not heads or _of_the_day(heads[0]) or not mostly_rising([item.begins for item in heads]):
        return False
    if page.head.style:
        return True
    again = max(Counter(item.speaker for item in heads).values()) >= _FEW
    sure = all(map(_set_off, heads))
    if len(heads) * (_LONG_TURN if sure else _SHORT_TURN) < page.paragraphs:
        return False
    return again or ((sure or _is_short(page, heads)) and _is_near_top(page, heads[0]) and heads[0].begins < _SOON)


def _is_short(page: Page, heads: Sequence[Timed]) -> bool:
    """Whether heads whose names do not come again fill the text: names with words below, from its top on."""
    if len(heads) < _FEW or len(heads) * 4 < page.paragraphs or heads[0].begins >= _SOON:
        return False
    names = [item.speaker for item in heads]
    named = all(is_name_like(name) and not heads_a_remark(name) and not is_sentence(name) for name in names)
    return named and all(item.rest or has_words_below(item, page.lines) for item in heads)


def _is_near_top(page: Page, head: Timed) -> bool:
    """Whether nothing but a title or two stands above."""
    above = [line for line in page.lines[page.first : head.line] if line.strip()]
    return len(above) <= _TITLES and not any(map(is_sentence, above))


def _names_and_times_in_two_lines(page: Page) -> list[Start]:
    heads = pairs(page.timed, page.lines) or _few_pairs(page)
    return _starts(heads) if len(heads) * 25 >= page.paragraphs else []


def _few_pairs(page: Page) -> list[Timed]:
    """Heads over two lines whose names do not come again, in a text that is made of nothing else."""
    found = pairs(page.timed, page.lines, repeated=False)
    return found if _is_short(page, found) and _is_near_top(page, found[0]) else []


def _names_before_colons(page: Page) -> list[Start]:
    """``Name: text``; a time on a line of its own is that of the next name."""
    alone = {item.line: item for item in page.forms("time")}
    marked = page.marks.rising and max(page.marks.count, len(alone)) >= len(page.labelled)
    speakers = speakers_among(page.labelled, page.paragraphs)
    speakers = speakers or few_speakers(page.labelled, page.lines, page.paragraphs - len(alone), marked=marked)
    turns = accepted(page.labelled, speakers, page.paragraphs)
    if not turns:
        return []
    beside = {item.line: item for item in page.forms("name-time") if item.gap == "[" and item.rest}
    if (len(alone) >= _FEW or (alone and page.head.style)) and mostly_rising([item.begins for item in alone.values()]):
        page.instead.update(dict.fromkeys(alone))
    starts, before = [], -1
    for turn in turns:
        ahead = [at for at in range(turn.line - 1, max(before, turn.line - 4), -1) if at in page.instead][:1]
        timed = beside.get(turn.line)
        if timed is not None and timed.speaker == turn.label:
            starts += _starts([timed])
        else:
            starts.append(Start(turn.line, turn.label, turn.rest, alone[ahead[0]].begins if ahead else None))
        before = turn.line
    return starts


def _names_before_dots(page: Page) -> list[Start]:
    """``SAM. Hello``, ``SAM — Hello``: dots after names in capitals, dashes after any, where all of them come again."""
    found = []
    for at, line in enumerate(page.lines):
        label = _LOUD.match(line[:REACH]) or _DASHED.match(line[:REACH])
        name = label["name"].rstrip(".") if label else ""
        if label and is_label(name) and is_name_like(name) and not heads_a_remark(name):
            found.append(Labelled(at, name, line[label.end() :].strip()))
    counts = Counter(item.label for item in found)
    turns = [item for item in found if counts[item.label] >= _FEW]
    loud = all(item.label.split()[-1].isupper() for item in turns)
    changes = sum(first.label != second.label for first, second in pairwise(turns))
    enough = len(turns) * 2 >= page.paragraphs if loud else len(turns) * 5 >= page.paragraphs * 4
    if len({item.label for item in turns}) < _FEW or changes * 2 < len(turns) or not enough:
        return []
    known = {item.line for item in turns}
    spoken = [item for item in found if item.line in known or (loud and item.label.split()[-1].isupper())]
    return [Start(item.line, item.label, item.rest) for item in spoken]


def _times_alone(page: Page) -> list[Start]:
    """A time and the words below or behind it, with nobody's name."""
    below = page.forms("time")
    enough = len(below) >= _FEW or (below and page.head.style)
    if enough and below[0].line == page.first and mostly_rising([item.begins for item in below]):
        return [] if _of_the_day(below[0]) else _starts(below)
    behind = [item for item in page.forms("time-text") if not (item.gap[-1:].isdigit() and item.gap.count(":") == 1)]
    if len(behind) >= _FEW and behind[0].line == page.first and mostly_rising([item.begins for item in behind]):
        return _starts(behind) if len(behind) * 5 >= page.paragraphs * 2 else []
    return []


def _told_by_columns(page: Page) -> list[Start]:
    table = told_by_columns(page.lines)
    if table is None:
        return []
    page.instead[table.head] = None
    if table.others:
        page.left_out.append(f"Columns of the table were left out: {', '.join(table.others)}.")
    return table.starts


def _told_by_cells(page: Page) -> list[Start]:
    return told_by_cells(page.lines)


def _names_before_tabs(page: Page) -> list[Start]:
    """A table with the speaker in its first column."""
    found = []
    for at, line in enumerate(page.lines):
        name, tab, _ = line[:REACH].partition("\t")
        if tab and is_label(tidied(name)) and not is_field(tidied(name)):
            found.append(Labelled(at, tidied(name), line[len(name) + 1 :].strip()))
    spoken = sum(is_sentence(item.rest) for item in found)
    if len({item.label for item in found}) < _FEW or spoken * 2 < len(found) or len(found) * 5 < page.paragraphs * 3:
        return []
    speakers = speakers_among(found, page.paragraphs)
    if len(speakers) < _FEW:
        return []
    return [Start(item.line, item.label, item.rest) for item in accepted(found, speakers, page.paragraphs)]


def _names_before_blanks(page: Page) -> list[Start]:
    """Names on lines of their own that two blanks close, as Otter writes them where it leaves the times out."""
    lines = page.lines
    filled = [at for at in range(len(lines)) if lines[at].strip() and at not in page.head.gone]
    blocks = [at for at in filled if at == 0 or not lines[at - 1].strip()]
    closed = [at for at in blocks if lines[at].endswith("  ") and _words_below(lines, at) == at + 1]
    named = [at for at in closed if is_label(tidied(lines[at])) and is_name_like(tidied(lines[at]))]
    if len(named) < _FEW or len(named) * 2 < len(blocks):
        return []
    return [Start(at, tidied(lines[at]), "") for at in named]


def _names_alone(page: Page) -> list[Start]:
    """Names on lines of their own, with the words below."""
    named = dict(_lone_names(page))
    counts = Counter(named.values())
    again = [(at, name) for at, name in named.items() if counts[name] >= _FEW]
    loud = [(at, name) for at, name in again if name.isupper()]
    turns = loud if len({name for _, name in loud}) >= _FEW else again
    changes = sum(first[1] != second[1] for first, second in pairwise(turns))
    enough = len(turns) * (10 if turns is loud else 4) >= page.paragraphs
    if len({name for _, name in turns}) < _FEW or changes * 2 < len(turns) or not enough:
        return []
    below = [_words_below(page.lines, at) for at, _ in turns]
    said = [page.lines[at] for at in below]
    spoken = turns is loud or sum(map(is_sentence, said)) * 3 >= len(said)
    if not spoken or not dict(turns).keys().isdisjoint(below):
        return []
    return [Start(at, name, "") for at, name in turns]


def _lone_names(page: Page) -> Iterator[tuple[int, str]]:
    lines = page.lines
    gone = page.head.gone | page.fields.gone
    again = {line for line, count in Counter(lines).items() if count >= _FEW and len(line) <= REACH}
    for at, line in enumerate(lines[:-1]):
        below = _words_below(lines, at) if line in again and line and at not in gone else 0
        if not below:
            continue
        name = tidied(plain_start(line))
        if is_label(name) and is_name_like(name) and not is_sentence(name) and lines[below].strip() != line.strip():
            yield at, name


def _words_below(lines: Sequence[str], at: int) -> int:
    """The line with the words of a name alone: the next, or below a name with emphasis the one after; 0: none."""
    reach = 3 if plain_start(lines[at]) != lines[at] else 2
    return next((below for below in range(at + 1, min(at + reach, len(lines))) if lines[below].strip()), 0)


def _marks_at_ends(page: Page) -> list[Start]:
    """Paragraphs that close with a time mark, as f4 writes them without names."""
    marks = page.marks
    if marks.closing < _FEW or not marks.rising or marks.closing * 5 < page.paragraphs * 2:
        return []
    starts, open_turn = [], False
    for at, line in enumerate(page.lines):
        if not line.strip():
            continue
        if not open_turn:
            starts.append(Start(at, "", line))
        open_turn = count_marks((line,)).closing == 0
    return starts


def _starts(heads: Sequence[Timed]) -> list[Start]:
    return [Start(item.line, item.speaker, item.rest, item.begins, item.ends, item.lines) for item in heads]


READERS: tuple[tuple[str, Callable[[Page], list[Start]]], ...] = (
    ("table", _told_by_columns),
    ("table", _told_by_cells),
    ("timed", _heads_with_times),
    ("timed", _names_and_times_in_two_lines),
    ("labels", _names_before_colons),
    ("labels", _names_before_dots),
    ("timed", _times_alone),
    ("tabs", _names_before_tabs),
    ("names", _names_before_blanks),
    ("names", _names_alone),
    ("marks", _marks_at_ends),
)
"""Style id and reader, in the order in which they are tried."""
