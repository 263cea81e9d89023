"""What the figures of calibration mean, in words beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop_app.model.facts import Figure
from desktop_app.model.foresight import FEW, Foresight
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.drawing import Look, Spot, write_text
from desktop_app.ui.lenses.foresight.blocks import Block, wrapped_height, write_wrapped
from desktop_app.ui.lenses.foresight.telling import counted, number, percent

VALUE = 76.0
"""Pixels for the figures before their words, at least."""
GAP = 10


@dataclass(frozen=True, slots=True)
class _Item:
    value: str
    words: str
    query: str
    key: object


class Figures(Block):
    """Each figure with its meaning; what was left out comes last, each with the way to its entries."""

    def __init__(self, found: Foresight) -> None:
        self._items = tuple(_items(found))
        self._value = VALUE

    def arrange(self, width: float, look: Look) -> float:
        top, spots = 0.0, []
        self._value = max(VALUE, *(look.width(item.value, look.sizes.body, bold=True) + 1 for item in self._items))
        for item in self._items:
            height = wrapped_height(look, item.words, look.sizes.small, width - self._value - GAP)
            height = max(height, look.sizes.body * 1.5) + 6
            spots.append(Spot(QRectF(0, top, width, height), f"{item.value}: {item.words}", item.query, item.key))
            top += height + 4
        self.spots = tuple(spots)
        return top

    def paint(self, painter: QPainter, look: Look) -> None:
        for spot, item in zip(self.spots, self._items, strict=True):
            rect = spot.rect.adjusted(0, 3, 0, -3)
            value = QRectF(rect.left(), rect.top(), self._value, look.sizes.body * 1.4)
            write_text(painter, look, value, item.value, bold=True, align=Qt.AlignmentFlag.AlignRight)
            words = rect.adjusted(self._value + GAP, 3, 0, 3)
            write_wrapped(painter, look, words, item.words, size=look.sizes.small, role="muted")


def _items(found: Foresight) -> Iterator[_Item]:
    made = found.score.calibration
    scored = tr("{hits} of {n}", hits=counted(made.hits), n=made.n)
    words = tr("scored foresights came true.") if made.n else tr("No foresight can be scored yet.")
    if made.base_rate is not None:
        words += " " + tr("That is the base rate, {share}.", share=percent(made.base_rate))
    if 0 < made.n < FEW:
        words += " " + tr("Below {few} of them the figures say little yet.", few=FEW)
    query = found.score.scored

    def item(name: str, value: float | None, meaning: str) -> _Item:
        return _Item(number(value), meaning, query, ("score", name))

    yield _Item(scored, words, query, ("score", "base rate"))
    yield item(
        "brier",
        made.brier,
        tr(
            "Brier score: how far what was said lay from what came, squared. 0 is best; “50 % sure” of everything"
            " gives 0.25. It is reliability − resolution + uncertainty."
        ),
    )
    yield item(
        "reliability",
        made.reliability,
        tr("Reliability: how far what was said lay from how often just that came true. 0 is best."),
    )
    yield item(
        "resolution",
        made.resolution,
        tr("Resolution: how well more and less sure told apart what came from what did not. More is better."),
    )
    yield item(
        "uncertainty",
        made.uncertainty,
        tr("Uncertainty: the score of who always says the base rate. It lies in what was asked, not in who answered."),
    )
    yield item(
        "skill",
        made.skill,
        tr(
            "Skill against the base rate: 1 is perfect, 0 no nearer than always saying the base rate, below 0 further"
            " off. “–” where everything came true, or nothing."
        ),
    )
    partly = tr("came true partly; counted as half.") if found.partly_half else tr("came true partly; not scored.")
    yield _left_out("partly", found.partly, partly)
    yield _left_out("unsure", found.unsure, tr("resolved without a confidence; not scored."))
    yield _left_out("unresolved", found.unresolved, tr("not resolved yet."))


def _left_out(name: str, figure: Figure, words: str) -> _Item:
    return _Item(str(figure.value), words, figure.query if figure.value else "", ("left", name))
