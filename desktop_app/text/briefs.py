"""Briefs as Markdown (CommonMark) and as one page of HTML: readable anywhere, with each claim's mark leading to its
evidence. Whatever people wrote or a file brought stays words: it makes no heading, tag, link or script.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from desktop_app.model.briefs import SIDES, Brief, Claim, Return
from desktop_app.model.coverage import Coverage
from desktop_app.model.numbers import figure, plain
from desktop_app.model.questions import Amount, Piece, Question
from desktop_app.model.time import describe
from desktop_app.text.markdown import from_plain, to_html

LONGEST = 700
"""Characters of a piece of evidence that a brief quotes; its address leads to the rest."""
WIDEST = 64
"""Characters of a line of a table that fit on a page of paper without a word being broken."""

_MARK = re.compile("⟦([0-9]{1,6})⟧")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]|&#(?:x0*20(?:2[a-e]|6[6-9])|0*82(?:3[4-8]|9[4-7]));?", re.IGNORECASE)
"""Marks that embed, override or isolate a direction, and how Markdown writes them as numbers."""


@dataclass(frozen=True, slots=True)
class _Block:
    """``kind``: heading, text, prose (Markdown of a person), point, source (of ``number``) or table."""

    kind: str
    text: str = ""
    number: int = 0
    address: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


# --- what it says -----------------------------------------------------------------------------------------------------


def _blocks(brief: Brief) -> Iterator[_Block]:
    question = brief.question
    yield _Block("text", _asked(question))
    if brief.note:
        yield _Block("prose", brief.note)
    yield _Block("heading", "Answer so far" if question.is_open else "Answer")
    if not question.is_open:
        yield _Block("text", f"Answered {describe(question.fields.answered)}.")
    elif not brief.answer:
        yield _Block("text", "Open: nobody has answered it yet.")
    else:
        yield _Block("text", "Open; so far:")
    if brief.answer:
        yield _Block("prose", brief.answer)
    for relation, side in SIDES.items():
        claims = brief.of(relation)
        yield _Block(
            "heading", f"Evidence {side} ({len(claims)})" if side != "undecided" else f"Undecided ({len(claims)})"
        )
        if not claims:
            yield _Block("text", "Nothing was gathered here.")
        yield from (_Block("point", _claim(claim), claim.number) for claim in claims)
    yield from _options(brief.returns)
    yield from _covered(brief.coverage)
    yield from _unknown(brief)
    if brief.claims:
        yield _Block("heading", "Where each of this stands")
        yield from (_Block("source", _source(claim), claim.number, _address(claim.piece)) for claim in brief.claims)


def _asked(question: Question) -> str:
    fields = question.fields
    by = f" by {question.asker_name}" if question.asker_name else ""
    when = f" {describe(fields.asked)}" if fields.asked else ""
    whom = f" To be asked: {question.whom_name}." if question.whom_name else ""
    first = f"Asked{by}{when}." if by or when else "A question of our own."
    return f"{first}{whom}"


def _claim(claim: Claim) -> str:
    piece = claim.piece
    if piece.kind == "series":
        return _numbers(claim)
    words = _shortened(piece.text or piece.heading or "(no words)")
    said = piece.kind == "coding" or piece.entry_kind == "quote"
    told = f"“{words}”" if said else words
    if piece.entry_kind == "foresight":
        told = f"{told} ({_foresight(piece)})"
    about = ", ".join(part for part in (piece.speaker, describe(piece.occurred) if piece.occurred else "") if part)
    return f"{told} – {about}" if about else told


def _numbers(claim: Claim) -> str:
    piece, totals = claim.piece, claim.totals
    stretch = stretch_words(piece.start, piece.end)
    told = (
        f"{piece.heading or 'A series'}, {stretch}: {figure(piece.then, piece.unit)} as it stood when it was gathered"
    )
    if piece.is_restated:
        told += f"; restated since, now {figure(piece.now, piece.unit)}"
    elif piece.now is None:
        told += "; its numbers are not in this notebook any more"
    if totals is not None:
        above = f"{figure(totals.above, totals.unit)} ({totals.above_label or 'a series'})"
        below = f"{figure(totals.below, totals.unit)} ({totals.below_label or 'a series'})"
        told += f"; now {above} divided by {below}"
    return told


def _foresight(piece: Piece) -> str:
    parts = [f"horizon {describe(piece.horizon)}"] if piece.horizon else []
    if piece.confidence is not None:
        parts.append(f"{plain(piece.confidence * 100, 0)} % sure")
    parts.append(f"outcome: {piece.outcome.result}" if piece.outcome else "not resolved yet")
    return ", ".join(parts)


def _source(claim: Claim) -> str:
    piece = claim.piece
    if piece.kind == "series":
        return f"series {piece.heading or '(without a name)'}, {stretch_words(piece.start, piece.end)}"
    kind = {"": piece.kind, "coding": "coded passage"}.get(
        piece.entry_kind or piece.kind, piece.entry_kind or piece.kind
    )
    when = describe(piece.occurred) if piece.occurred else "undated"
    where = f"in {claim.where}" if claim.where else ""
    basis = f"basis: {piece.basis}" if piece.basis else ""
    beside = "" if piece.relation else "referred to, not gathered"
    parts = (piece.speaker, kind, when, where, claim.channel, basis, beside)
    return ", ".join(part for part in parts if part)


def _address(piece: Piece) -> str:
    return f"terrain:{piece.kind}/{piece.id}"


def stretch_words(start: str, end: str) -> str:
    """A stretch ``[start, end)`` as people name it, its last day included; what is no stretch, as it is."""
    from datetime import date, timedelta

    try:
        first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10]) - timedelta(days=1)
    except (ValueError, OverflowError):
        return f"{start} – {end}"
    return describe(str(first) if first >= last else f"{first}/{last}")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    cut = line[:LONGEST]
    return f"{cut.rpartition(' ')[0] or cut} …"


def _options(returns: Sequence[Return]) -> Iterator[_Block]:
    if not returns:
        return
    yield _Block("heading", "Options")
    rows = [("Option", "Gained", "Spent", "Gained − spent", "Gained / spent")]
    for one in returns:
        option, unit = one.option, one.option.gained.unit if one.option.gained else ""
        ratio = "–" if one.ratio is None else plain(one.ratio, 2)
        rows.append((option.name, _amount(option.gained), _amount(option.spent), figure(one.total, unit), ratio))
    yield _Block("table", "options", rows=tuple(rows))
    yield _Block("text", "A dash: an amount is missing, the units differ, or nothing was spent.")


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return "–"
    told = figure(amount.value, amount.unit)
    return f"{told} ({stretch_words(amount.start, amount.end)})" if amount.series else told


def _covered(found: Coverage) -> Iterator[_Block]:
    yield _Block("heading", "What the evidence covers")
    width = len(found.scales)
    rows = [("", *(term.short for term in found.scales))]
    for at, term in enumerate(found.perspectives):
        row = found.cells[at * width : (at + 1) * width]
        rows.append((term.short, *(str(cell.count or "·") for cell in row)))
    yield _Block("text", f"Entries among the evidence: {found.scope.total}, by perspective and time scale.")
    widest = sum(max(map(len, column)) for column in zip(*rows, strict=True))
    yield _Block("table", "grid" if widest <= WIDEST else "wide", rows=tuple(rows))


def _unknown(brief: Brief) -> Iterator[_Block]:
    yield _Block("heading", "What it does not know")
    found = brief.coverage
    missing = [one.short for one, row in zip(found.perspectives, found.by_perspective, strict=True) if not row.value]
    never = [one.short for one, column in zip(found.scales, found.by_scale, strict=True) if not column.value]
    if missing:
        yield _Block("text", f"No entry gathered is seen from: {', '.join(missing)}.")
    if never:
        yield _Block("text", f"No entry gathered moves at the scale of: {', '.join(never)}.")
    yield _Block("text", f"{len(found.blind_spots)} of {len(found.cells)} cells are empty.")
    for text in brief.open_questions:
        yield _Block("text", f"Still open: {text}")
    if brief.left_out:
        one = brief.left_out == 1
        what = "1 piece of evidence is" if one else f"{brief.left_out} pieces of evidence are"
        yield _Block("text", f"{what} left out: those whose words they are have withdrawn their consent.")


# --- Markdown ---------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"\](?=\(\s*(?!https?://|mailto:)|:)|!(?=\[)")
"""Behind which an address stands that is none of the web or of mail, a definition of one, or a picture."""
_BRACKET = re.compile(r"\\.|[\[\]]")
"""What is escaped already, or a bracket."""


def brief_markdown(brief: Brief) -> str:
    """The brief as CommonMark, LF newlines."""
    parts = [f"# {_literal(brief.question.fields.text)}"]
    listed = ""
    for block in _blocks(brief):
        glued = block.kind == listed and block.kind in {"point", "source"}
        parts.append(("\n" if glued else "\n\n") + _markdown(block))
        listed = block.kind
    return _straight("".join(parts)) + "\n"


def _straight(text: str) -> str:
    """Without the marks that turn a line round: what stands behind words would be read as theirs."""
    return _TURNS.sub("", text)


def _markdown(block: _Block) -> str:
    match block.kind:
        case "heading":
            return f"## {_literal(block.text)}"
        case "prose":
            return _prose_markdown(block.text)
        case "point":
            return f"- {_literal(block.text)} [\\[{block.number}\\]](#e{block.number})"
        case "source":
            anchor = f'<a id="e{block.number}"></a>'
            return f"- {anchor}**\\[{block.number}\\]** {_literal(block.text)} – `{block.address}`"
        case "table":
            return _table_markdown(block.rows)
    return _literal(block.text)


def _literal(text: str) -> str:
    """One line of Markdown that shows these words and nothing else."""
    return _BRACKET.sub(lambda found: found[0].rjust(2, "\\"), from_plain(" ".join(text.split())))


def _table_markdown(rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(_literal(cell).replace("|", "\\|") for cell in row) for row in rows]
    lines.insert(1, " | ".join("---" for _ in rows[0]))
    return "\n".join(f"| {line} |" for line in lines)


def _prose_markdown(text: str) -> str:
    """A person's own Markdown, set apart as a quotation: no tags, and no addresses but of the web and of mail."""
    # A space in between, and it is words.
    safe = _ADDRESS.sub(r"\g<0> ", text).replace("<", "&lt;")
    marked = _MARK.sub(lambda found: f"[\\[{int(found[1])}\\]](#e{int(found[1])})", safe)
    return "\n".join(f"> {line}".rstrip() for line in re.split(r"\r\n?|\n", marked))


# --- HTML -------------------------------------------------------------------------------------------------------------

_STYLE = """
body { background: #FFFFFF; color: #23262B; font: 15px/1.5 system-ui, "Segoe UI", sans-serif;
  overflow-wrap: anywhere; }
@media screen { body { max-width: 44em; margin: 2em auto; padding: 0 1em; } }
@media print { body { margin: 0; } }
pre { white-space: pre-wrap; }
h1 { font-size: 24px; } h2 { font-size: 18px; }
a { color: #2F6B5E; } blockquote { margin: 0 0 0 1em; padding-left: 1em; border-left: 3px solid #E2DDD2; }
li { margin-bottom: 4px; }
table { border-collapse: collapse; font-size: 13px; margin-top: 6px; }
td, th { border: 1px solid #E2DDD2; padding: 3px 8px; }
.grid td, .grid th { white-space: nowrap; font-size: 12px; padding: 3px 5px; }
th { color: #6C6F75; text-align: left; } code { color: #6C6F75; font-size: 12px; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def brief_html(brief: Brief) -> str:
    """The brief as one file of HTML: no script, nothing that is fetched."""
    title = escape(brief.question.fields.text)
    body: list[str] = []
    listed = ""
    for block in _blocks(brief):
        kind = block.kind if block.kind in {"point", "source"} else ""
        if listed and kind != listed:
            body.append("</ul>")
        if kind and kind != listed:
            body.append("<ul>")
        listed = kind
        body.append(_html(block))
    body.extend(["</ul>"] if listed else [])
    return _straight(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _html(block: _Block) -> str:
    text, number = escape(block.text), block.number
    match block.kind:
        case "heading":
            return f"<h2>{text}</h2>"
        case "prose":
            made = _MARK.sub(lambda found: _mark_html(int(found[1])), to_html(block.text))
            return f"<blockquote>{made}</blockquote>"
        case "point":
            return f"<li>{text} {_mark_html(number)}</li>"
        case "source":
            anchor = f'<a name="e{number}" id="e{number}"></a><b>[{number}]</b>'
            return f"<li>{anchor} {text} – <code>{escape(block.address)}</code></li>"
        case "table":
            return _table_html(block.rows, block.text)
    return f"<p>{text}</p>"


def _mark_html(number: int) -> str:
    return f'<a href="#e{number}">[{number}]</a>'


def _table_html(rows: Sequence[Sequence[str]], name: str) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    head, *body = rows
    made = "".join(row(cells, "td") for cells in body)
    return f'<table class="{name}">{row(head, "th")}{made}</table>'
