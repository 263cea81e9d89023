"""Options of a decision side by side: bars for what they bring in total, dots for their ratio, both from zero."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.numbers import figure
from desktop_app.model.totals import AmountSeen, Comparison, OptionSeen, ratio_figure
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, mixed, write_text

HEAD, ROW, BAR, NOTE = 30, 92, 20, 26
NAME_SHARE, TOTAL_SHARE = 0.18, 0.5
"""Of the width: names, and totals; the rest is for ratios."""
GAP = 28
FIGURE = 92
WORD = 58
RIGHT = Qt.AlignmentFlag.AlignRight


class OptionsDrawing(Drawing):
    """In the order given. Where units differ there are numbers and no bars."""

    def __init__(self, found: Comparison) -> None:
        self._found = found
        self._width = 0.0
        self._rows: list[QRectF] = []
        values = [value for option in found.options for value in _totals(option) if value is not None]
        self._high, self._low = max([*values, 0.0]), min([*values, 0.0])
        self._most = max([option.ratio or 0.0 for option in found.options] + [1.0])

    def arrange(self, width: float, look: Look) -> float:
        self._width = width
        top = HEAD + NOTE * len(self._sentences())
        self._rows, spots = [], []
        for option in self._found.options:
            row = QRectF(0, top, width, ROW - 12)
            self._rows.append(row)
            spots.append(
                Spot(QRectF(0, top, width * NAME_SHARE, ROW - 12), _words(option), "", ("option", option.name))
            )
            for at, (amount, word) in enumerate(
                ((option.gained, tr("gained")), (option.spent, tr("spent"))),
            ):
                if amount is not None and amount.series:
                    rect = QRectF(width * NAME_SHARE, top + at * (BAR + 4), width * TOTAL_SHARE, BAR)
                    query = amount.entries.query if amount.entries else ""
                    spots.append(Spot(rect, _amount_words(word, amount), query, ("amount", option.name, at)))
            top += ROW
        self.spots = spots
        return top + 8.0

    def _sentences(self) -> list[str]:
        if self._found.units_differ:
            return [tr("The units differ, so the options are not compared.")]
        if self._found.crossing:
            one, other = self._found.crossing
            return [tr("By total {one} brings more, by ratio {other} does.", one=one, other=other)]
        return []

    # --- painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._width * NAME_SHARE, self._width * (NAME_SHARE + TOTAL_SHARE) + GAP
        top = 0.0
        for sentence in self._sentences():
            write_text(painter, look, QRectF(0, top, self._width, NOTE), sentence, bold=True)
            top += NOTE
        heads = (
            (QRectF(left, top, self._width * TOTAL_SHARE, HEAD), tr("In total")),
            (QRectF(right, top, self._width - right, HEAD), tr("By ratio: gained / spent")),
        )
        for rect, words in heads:
            write_text(painter, look, rect, words, size=look.sizes.small, role="muted")
        for row, option in zip(self._rows, self._found.options, strict=True):
            name = QRectF(0, row.top(), left - 16, row.height())
            write_text(painter, look, name, option.name)
            self._paint_totals(painter, look, QRectF(left, row.top(), self._width * TOTAL_SHARE, row.height()), option)
            self._paint_ratio(painter, look, QRectF(right, row.top(), self._width - right, row.height()), option)
            painter.setPen(QPen(look.theme.color("line"), 1))
            painter.drawLine(QPointF(0, row.bottom() + 6), QPointF(self._width, row.bottom() + 6))

    def _paint_totals(self, painter: QPainter, look: Look, rect: QRectF, option: OptionSeen) -> None:
        units = [amount.unit if amount else "" for amount in (option.gained, option.spent)]
        rows = zip((tr("gained"), tr("spent"), tr("net")), _totals(option), (*units, option.unit), strict=True)
        bars = QRectF(rect.left() + WORD, rect.top(), max(rect.width() - WORD - FIGURE, 20), rect.height())
        spread = (self._high - self._low) or 1.0
        zero = bars.left() - self._low / spread * bars.width()
        accent, surface = look.theme.color("accent"), look.theme.color("surface")
        for at, (word, value, unit) in enumerate(rows):
            top = rect.top() + at * (BAR + 4)
            write_text(
                painter, look, QRectF(rect.left(), top, WORD - 8, BAR), word, size=look.sizes.small, role="muted"
            )
            shown = QRectF(bars.right() + 8, top, FIGURE - 8, BAR)
            write_text(painter, look, shown, figure(value, unit), size=look.sizes.small, bold=at == 2, align=RIGHT)
            if value is None or self._found.units_differ:
                continue
            end = zero + value / spread * bars.width()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent if at == 2 else mixed(accent, surface, 0.45 if at == 0 else 0.22))
            painter.drawRoundedRect(QRectF(min(zero, end), top + 3, abs(end - zero), BAR - 6), 2, 2)
        if not self._found.units_differ:
            painter.setPen(QPen(look.theme.color("line_strong"), 1))
            painter.drawLine(QPointF(zero, rect.top()), QPointF(zero, rect.top() + 3 * (BAR + 4)))

    def _paint_ratio(self, painter: QPainter, look: Look, rect: QRectF, option: OptionSeen) -> None:
        """A dot on an axis from zero, and the two ratios in words with what they divide."""
        axis = rect.top() + BAR / 2 + 2
        end = rect.right() - 10
        painter.setPen(QPen(look.theme.color("line_strong"), 1))
        painter.drawLine(QPointF(rect.left(), axis), QPointF(end, axis))
        painter.drawLine(QPointF(rect.left(), axis - 4), QPointF(rect.left(), axis + 4))
        if option.ratio is not None and not self._found.units_differ:
            x = rect.left() + max(option.ratio, 0.0) / self._most * (end - rect.left())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.theme.color("ratio"))
            painter.drawEllipse(QPointF(x, axis), 6, 6)
        lines = _ratio_lines(option)
        for at, words in enumerate(lines):
            place = QRectF(rect.left(), rect.top() + (at + 1) * (BAR + 4), rect.width(), BAR)
            write_text(painter, look, place, words, size=look.sizes.small, role="text" if at == 0 else "muted")


def _totals(option: OptionSeen) -> tuple[float | None, float | None, float | None]:
    gained, spent = (amount.value if amount else None for amount in (option.gained, option.spent))
    return gained, spent, option.net


def _ratio_lines(option: OptionSeen) -> list[str]:
    if option.units_differ:
        return [tr("gained and spent are in two units")]
    if option.ratio is None:
        return [tr("no ratio: nothing to divide by")]
    gained, spent, net = (figure(value, option.unit) for value in _totals(option))
    return [
        tr("{ratio} = {gained} / {spent}", ratio=ratio_figure(option.ratio, ""), gained=gained, spent=spent),
        tr("return {ratio} = {net} / {spent}", ratio=figure(option.returned, "ratio"), net=net, spent=spent),
    ]


def _words(option: OptionSeen) -> str:
    gained, spent, net = (figure(value, option.unit) for value in _totals(option))
    return tr(
        "{name}: gained {gained}, spent {spent}, net {net}, gained / spent {ratio}",
        name=option.name,
        gained=gained,
        spent=spent,
        net=net,
        ratio=ratio_figure(option.ratio, ""),
    )


def _amount_words(word: str, amount: AmountSeen) -> str:
    stretch = tr("{start} to {end}, that day excluded", start=amount.start, end=amount.end)
    if not amount.is_total:
        return tr("{word}: {series} does not add up over time", word=word, series=amount.name)
    said = tr(
        "{word}: {series}, {stretch}: {value}",
        word=word,
        series=amount.name,
        stretch=stretch,
        value=figure(amount.value, amount.unit),
    )
    if amount.now is not None and amount.value is not None and amount.now != amount.value:
        return tr("{said}; restated since: {now}", said=said, now=figure(amount.now, amount.unit))
    return said
