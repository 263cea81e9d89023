"""Values beside each other, with what differs marked by a sign, by a line through or under the words, and by colour."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.ui.exchange.differing import MOST_CHARACTERS, MOST_ROWS, Row, marked, rows_of
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.labels import LINE_PERCENT

REMOVED, ADDED, DIFFERENT = "−", "+", "≠"


class SideBySide(QLabel):
    """What a text was and what it becomes, line by line."""

    def __init__(self, appearance: Appearance, old: str, new: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = rows_of(old, new)
        self._cut = max(len(old), len(new)) > MOST_CHARACTERS
        _make_readable(self)
        self.setAccessibleName(spoken(self._rows))
        appearance.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        theme = self._appearance.theme
        gone = f'span style="background:{theme.error_ground};color:{theme.error};text-decoration:line-through"'
        come = f'span style="background:{theme.accent_ground};color:{theme.accent};text-decoration:underline"'
        lines = []
        for row in self._rows[:MOST_ROWS]:
            if row.folded:
                words = count_text(row.folded, "… {number} line as before …", "… {number} lines as before …")
                lines.append(f'<tr><td colspan="4" style="color:{theme.muted}">{escape(words)}</td></tr>')
                continue
            left = _cells(row.old, row.old_marks, "" if row.same else REMOVED, gone, theme.error)
            right = _cells(row.new, row.new_marks, "" if row.same else ADDED, come, theme.accent)
            lines.append(f"<tr>{left}{right}</tr>")
        self.setText(_table(lines, len(self._rows), cut=self._cut))


class OneOfSeveral(QLabel):
    """One text, with the lines and words marked in which it differs from another; the same text twice is shown whole,
    without marks."""

    def __init__(self, appearance: Appearance, text: str, other: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        whole = text[:MOST_CHARACTERS]
        rows = rows_of(other, text) if text != other else [Row(line, line) for line in whole.split("\n")]
        self._cut = len(text) > MOST_CHARACTERS
        self._rows = [row for row in rows if row.folded or row.new is not None]
        self._empty = not text
        _make_readable(self)
        self.setAccessibleName(text or tr("nothing"))
        appearance.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        theme = self._appearance.theme
        if self._empty:
            self.setText(f'<span style="color:{theme.muted}">{escape(tr("nothing"))}</span>')
            return
        tag = f'span style="background:{theme.match};text-decoration:underline"'
        lines = []
        for row in self._rows[:MOST_ROWS]:
            if row.folded:
                words = count_text(row.folded, "… {number} line alike …", "… {number} lines alike …")
                lines.append(f'<tr><td colspan="2" style="color:{theme.muted}">{escape(words)}</td></tr>')
            else:
                cells = _cells(row.new, row.new_marks, "" if row.same else DIFFERENT, tag, theme.warning, share=100)
                lines.append(f"<tr>{cells}</tr>")
        self.setText(_table(lines, len(self._rows), cut=self._cut))


def spoken(rows: Sequence[Row]) -> str:
    """The differences as a screen reader says them."""
    parts = []
    for row in rows:
        if row.folded or row.same:
            continue
        parts += [tr("was: {text}", text=row.old)] if row.old is not None else []
        parts += [tr("becomes: {text}", text=row.new)] if row.new is not None else []
    return ". ".join(parts)


def _make_readable(label: QLabel) -> None:
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # A word longer than its half would make the page wider than the window.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def _cells(
    line: str | None, marks: Sequence[tuple[int, int]], sign: str, tag: str, colour: str, *, share: int = 50
) -> str:
    if line is None:
        return f'<td width="16"></td><td width="{share}%"></td>'
    words = marked(line, marks, tag) or "&nbsp;"
    return (
        f'<td width="16" style="color:{colour}">{sign or "&nbsp;"}</td>'
        f'<td width="{share}%" style="padding-right:12px">{words}</td>'
    )


def _table(lines: Sequence[str], number: int, *, cut: bool) -> str:
    more = number - MOST_ROWS
    rest = count_text(more, "and {number} more line", "and {number} more lines") if more > 0 else ""
    if cut:
        rest = tr("It is too long to be shown here whole; open it to read the rest.")
    body = "".join(lines)
    return f'<table width="100%" style="line-height:{LINE_PERCENT}%" cellspacing="0">{body}</table>{escape(rest)}'
