"""The reliability diagram: how often what was said with so much confidence came true, with counts and intervals."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop_app.model.calibration import CalibrationBin
from desktop_app.model.foresight import Score
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.drawing import Look, Spot, write_text
from desktop_app.ui.lenses.foresight.blocks import Block
from desktop_app.ui.lenses.foresight.telling import bin_words, percent

LEFT, RIGHT, TOP, BOTTOM = 46, 106, 30, 66
"""Around the plot; at its sides more where the words there need it."""
LEAST, MOST = 200.0, 380.0
SMALLEST, LARGEST = 3.5, 9.0
"""Radius of the point of one foresight, and of the bin with the most; the counts below say how many."""
CAP = 4


class Diagram(Block):
    def __init__(self, score: Score) -> None:
        self._found = score.calibration
        self._score = score
        self._plot = QRectF()
        self._right = 0.0
        self._shown: list[CalibrationBin] = []

    def arrange(self, width: float, look: Look) -> float:
        tiny = look.sizes.tiny
        left = max(LEFT, *(look.width(words, tiny) + 10 for words in (percent(1.0), tr("count"))))
        self._right = max(RIGHT, look.width(self._base_words(), tiny) + 10)
        side = min(max(width - left - self._right, LEAST), MOST)
        self._plot = QRectF(left, TOP, side, side)
        self._shown = [one for one in self._found.bins if one.count]
        queries = dict(zip(self._found.bins, self._score.bins, strict=True))
        self.spots = tuple(
            Spot(
                QRectF(self._x(one.low), TOP, self._x(one.high) - self._x(one.low), side + 21),
                bin_words(one),
                queries[one],
                ("bin", one.low),
            )
            for one in self._shown
        )
        return TOP + side + BOTTOM

    def _base_words(self) -> str:
        rate = self._found.base_rate
        return "" if rate is None else tr("base rate {share}", share=percent(rate))

    def _x(self, share: float) -> float:
        return self._plot.left() + share * self._plot.width()

    def _y(self, share: float) -> float:
        return self._plot.bottom() - share * self._plot.height()

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, look)
        self._paint_lines(painter, look)
        most = max((one.count for one in self._shown), default=1)
        for one in self._shown:
            self._paint_bin(painter, look, one, most)

    def _paint_axes(self, painter: QPainter, look: Look) -> None:
        plot, theme, tiny = self._plot, look.theme, look.sizes.tiny
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(plot)
        fits = look.width(percent(1.0), tiny) + 6 <= plot.width() / 5
        for at, tick in enumerate((0.0, 0.2, 0.4, 0.6, 0.8, 1.0)):
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), self._y(tick)), QPointF(plot.right(), self._y(tick)))
            side = QRectF(0, self._y(tick) - 10, plot.left() - 8, 20)
            write_text(painter, look, side, percent(tick), size=tiny, role="muted", align=Qt.AlignmentFlag.AlignRight)
            if at % 2 and not fits:
                continue
            below = QRectF(self._x(tick) - 40, plot.bottom() + 22, 80, 20)
            write_text(
                painter, look, below, percent(tick), size=tiny, role="muted", align=Qt.AlignmentFlag.AlignHCenter
            )
        title = QRectF(0, 0, plot.right(), TOP - 8)
        write_text(painter, look, title, tr("How often it came true"), size=look.sizes.small, role="muted")
        under = QRectF(plot.left(), plot.bottom() + 44, plot.width(), 20)
        write_text(
            painter,
            look,
            under,
            tr("How sure it was said to be"),
            size=look.sizes.small,
            role="muted",
            align=Qt.AlignmentFlag.AlignRight,
        )
        count = QRectF(0, plot.bottom() + 3, plot.left() - 8, 20)
        write_text(painter, look, count, tr("count"), size=tiny, role="muted", align=Qt.AlignmentFlag.AlignRight)

    def _paint_lines(self, painter: QPainter, look: Look) -> None:
        """Where what is said comes true just as often, and the share that came true of all."""
        plot, muted = self._plot, look.theme.color("muted")
        painter.setPen(QPen(muted, 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(plot.bottomLeft(), plot.topRight())
        if self._found.base_rate is None:
            return
        height = self._y(self._found.base_rate)
        painter.setPen(QPen(muted, 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))
        place = QRectF(plot.right() + 6, height - 10, self._right - 8, 20)
        write_text(painter, look, place, self._base_words(), size=look.sizes.tiny, role="muted")

    def _paint_bin(self, painter: QPainter, look: Look, one: CalibrationBin, most: int) -> None:
        assert one.confidence is not None
        assert one.frequency is not None
        assert one.interval is not None
        accent = look.theme.color("accent")
        x, y = self._x(one.confidence), self._y(one.frequency)
        low, high = (self._y(share) for share in one.interval)
        painter.setPen(QPen(accent, 1.4))
        painter.drawLine(QPointF(x, low), QPointF(x, high))
        for end in (low, high):
            painter.drawLine(QPointF(x - CAP, end), QPointF(x + CAP, end))
        radius = SMALLEST + (LARGEST - SMALLEST) * ((one.count - 1) / (most - 1) if most > 1 else 0)
        painter.setBrush(accent)
        painter.setPen(QPen(look.theme.color("surface"), 1.5))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        middle = (self._x(one.low) + self._x(one.high)) / 2
        count = QRectF(middle - 24, self._plot.bottom() + 3, 48, 20)
        write_text(
            painter,
            look,
            count,
            f"{one.count:,}",
            size=look.sizes.small,
            bold=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
