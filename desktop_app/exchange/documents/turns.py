"""Paragraphs to turns: who speaks and when, found in transcripts of every style, or nothing where nobody speaks.

Tried in this order: tables, heads with times, times and names on lines of their own, names before colons, names before
dots and dashes, times alone, names before tabs, names alone, marks at the ends of paragraphs. Refuses to see a
conversation without evidence from the whole text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.exchange.documents.evidence import READERS, Page, seen
from desktop_app.exchange.documents.heads import Head
from desktop_app.exchange.documents.margins import without_margins
from desktop_app.exchange.documents.marks import has_marks, unmarked
from desktop_app.exchange.documents.paragraphs import Source
from desktop_app.exchange.documents.utterances import Start, Utterance, laid_out
from desktop_app.model.documents import ParsedDocument
from desktop_app.model.memory import paused_collector


def find_turns(source: Source, pattern: str = "") -> ParsedDocument:
    """The document of ``source``, with turns where it is a transcript.

    ``pattern`` is what a person says a turn begins with (see ``pattern.py``); then nothing is guessed. Without turns
    the text is the paragraphs as they are, one per line. Raises ``WrongPattern`` with one sentence where the pattern is
    none or fits nothing.
    """
    with paused_collector():
        return _found(source, "\n".join(source.paragraphs).split("\n"), pattern)


def _found(source: Source, lines: list[str], pattern: str) -> ParsedDocument:
    if pattern.strip():
        from desktop_app.exchange.documents.pattern import PatternTakesAll, read_by_pattern

        page = Page(lines, Head(), Head())
        parsed = _document(source, page, read_by_pattern(lines, pattern), "pattern")
        if not parsed.turns:
            raise PatternTakesAll(pattern=pattern.strip())
        readings = iter([parsed])
    else:
        readings = _readings(source, seen(without_margins(lines)))
    for parsed in readings:
        if parsed.turns:
            return parsed
    return ParsedDocument(source.title, "\n".join(lines), format=source.format, notices=source.notices)


def _readings(source: Source, page: Page) -> Iterator[ParsedDocument]:
    for style, reader in READERS:
        page.instead.clear()
        page.left_out.clear()
        starts = reader(page)
        if starts:
            timeless = style == "table" and all(start.begins is None for start in starts)
            yield _document(source, page, starts, "labels" if timeless else _style(style, page))


def _style(style: str, page: Page) -> str:
    """The id of a style, where the reader's own can be told more exactly."""
    if page.head.style:
        return page.head.style
    if page.marks.hashes and style in {"labels", "marks", "timed"}:
        return "f4"
    gaps = Counter(item.gap for item in page.timed if item.form == "name-time")
    if style == "timed" and gaps:
        usual = gaps.most_common(1)[0][0]
        return {"   ": "teams-docx", "  ": "otter"}.get(usual, "timed")
    return {"marks": "timed", "tabs": "labels", "table": "timed"}.get(style, style)


def _document(source: Source, page: Page, starts: Sequence[Start], style: str) -> ParsedDocument:
    utterances = list(_utterances(page, starts))
    if style == "f4" or (style != "pattern" and has_marks(page.marks)):
        utterances = list(unmarked(utterances))
    text, turns = laid_out(utterances)
    wordless = sum(utterance.owned and not utterance.text.strip() for utterance in utterances)
    notices = [*source.notices, *page.head.notices, *page.left_out]
    if wordless:
        what = "1 speaker label has" if wordless == 1 else f"{wordless} speaker labels have"
        notices.append(f"{what} no words behind and made no turn.")
    return ParsedDocument(
        title=source.title,
        text=text,
        turns=turns,
        format=style,
        notices=tuple(notices),
        attributes=tuple(page.head.attributes + page.fields.attributes),
        occurred=page.head.occurred or page.fields.occurred,
    )


def _utterances(page: Page, starts: Sequence[Start]) -> Iterator[Utterance]:
    """What stands before the first turn belongs to nobody; all else to the turn that began last."""
    gone = page.head.gone | page.fields.gone
    first = starts[0].line
    yield Utterance(_lines(page, range(first), gone), owned=False)
    for number, start in enumerate(starts):
        until = starts[number + 1].line if number + 1 < len(starts) else len(page.lines)
        more = _lines(page, range(start.line + start.lines, until), gone)
        text = f"{start.rest}\n{more}" if more else start.rest
        yield Utterance(text, start.speaker, start.begins, start.ends)


def _lines(page: Page, places: Iterable[int], gone: set[int]) -> str:
    kept = (page.instead.get(at, page.lines[at]) for at in places if at not in gone)
    return "\n".join(line for line in kept if line is not None)
