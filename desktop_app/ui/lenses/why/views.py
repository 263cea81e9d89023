"""What stands beside the list: the ledger of one place under its series, or of one effect."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.facts import Figure
from desktop_app.model.why import Effect, Ledger, Reason, SeriesLine, Why, WhyPlace
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas
from desktop_app.ui.lenses.why.drawing import WhyDrawing
from desktop_app.ui.lenses.why.forms import PlaceForm
from desktop_app.ui.lenses.why.telling import (
    BASIS_WORDS,
    effect_words,
    place_words,
    reason_words,
    restated_words,
    swing_words,
    tension_words,
    totals_words,
)
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    Card,
    FaintLabel,
    HeadingLabel,
    MutedLabel,
    SectionLabel,
    SmallLink,
    TextLabel,
)

MOST_CARDS = 60
"""Reasons shown as cards; the search behind them finds all."""
LINES = 68
"""Characters of a line that reads well."""


class LedgerView(QWidget):
    """Reasons as cards. ``entry_opened(str)`` an id, ``query_opened(str)`` what a figure counts."""

    entry_opened = Signal(str)
    query_opened = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.cards: list[ReasonCard] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_M)

    def section(self, words: str) -> None:
        self.column.addSpacing(SPACE_M)
        self.column.addWidget(SectionLabel(words, self))

    def link(self, words: str, query: str) -> None:
        """A figure in words that leads to its entries."""
        made = SmallLink(self.appearance, words, self, more=tr("Show the entries behind it"))
        made.clicked.connect(lambda: self.query_opened.emit(query))
        self.column.addWidget(made)

    def faint(self, words: str) -> None:
        self.column.addWidget(FaintLabel(words, self, wrap=True))

    def ledger(self, ledger: Ledger, unit: str) -> None:
        """The counts by basis, what does not go together, and the reasons themselves."""
        if ledger.by_basis:
            row = QHBoxLayout()
            row.setSpacing(SPACE_M)
            for basis, found in ledger.by_basis.items():
                row.addWidget(self._count(basis, found))
            row.addStretch()
            self.column.addLayout(row)
        for words in tension_words(ledger):
            self.column.addWidget(TextLabel(words, self, wrap=True))
        headings = {reason.entry: reason.heading for reason in ledger.reasons}
        for reason in ledger.reasons[:MOST_CARDS]:
            card = ReasonCard(self.appearance, reason, unit, [headings[entry] for entry in reason.against], self)
            card.opened.connect(self.entry_opened)
            self.cards.append(card)
            self.column.addWidget(card)
        if len(ledger.reasons) > MOST_CARDS:
            more = len(ledger.reasons) - MOST_CARDS
            self.link(count_text(more, "{number} more reason", "{number} more reasons"), ledger.query)

    def _count(self, basis: str, found: Figure) -> SmallLink:
        words = BASIS_WORDS.get(basis, "{number} " + basis)
        said = count_text(int(found.value or 0), words, words)
        made = SmallLink(self.appearance, said, self, more=tr("Show the entries behind it"))
        made.clicked.connect(lambda: self.query_opened.emit(found.query))
        return made


class PlaceView(LedgerView):
    """A place: its series with all its places, what is known of it, its reasons. ``place_chosen(key)`` another place
    by its number, ``spot_seen(Canvas, QRectF)`` for scrolling. Forms go into it by :meth:`put_form`."""

    place_chosen = Signal(object)
    spot_seen = Signal(object, QRectF)

    def __init__(self, appearance: Appearance, found: Why, one: WhyPlace, line: SeriesLine, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.place = one
        self.form: PlaceForm | None = None
        self.drawing = WhyDrawing(line, found.places, one.key)
        self.canvas = Canvas(appearance, tr("{name} and its places", name=one.series.label), self)
        self.canvas.show_drawing(self.drawing)
        self.canvas.choose_key(one.key)
        self.column.addWidget(self.canvas)
        self._build_head()
        self._form_place = QVBoxLayout()
        self.column.addLayout(self._form_place)
        self._build_reasons()
        self._build_beside()
        self.column.addStretch(1)
        self.canvas.spot_chosen.connect(self._spot_chosen)

    def _spot_chosen(self, spot: object) -> None:
        if spot is not None:
            self.spot_seen.emit(self.canvas, getattr(spot, "rect", QRectF()))
            self.place_chosen.emit(getattr(spot, "key", None))

    def _build_head(self) -> None:
        one = self.place
        self.column.addWidget(HeadingLabel(place_words(one), self, wrap=True))
        if one.totals is not None:
            for words in totals_words(one.totals):
                self.column.addWidget(TextLabel(words, self, wrap=True))
        self.column.addWidget(MutedLabel(swing_words(one), self, wrap=True))
        if one.dismissal is not None:
            note, author = one.dismissal.fields.note, one.dismissal.author
            words = tr("Dismissed by {author}: {note}", author=author, note=note) if note else ""
            self.column.addWidget(TextLabel(words or tr("Dismissed by {author}.", author=author), self, wrap=True))

    def _build_reasons(self) -> None:
        one = self.place
        self.section(tr("Reasons"))
        if not one.ledger.reasons:
            words = tr("Nobody has said why.")
            self.column.addWidget(TextLabel(words, self, wrap=True))
        self.ledger(one.ledger, one.series.unit)
        if one.elsewhere.value:
            count = count_text(int(one.elsewhere.value), "{number} entry", "{number} entries")
            self.link(tr("{count} that this search does not find also say why", count=count), one.elsewhere.query)

    def _build_beside(self) -> None:
        one = self.place
        if one.questions:
            self.section(tr("Questions about it"))
            for asked in one.questions:
                whom = tr("ask {name}", name=asked.whom) if asked.whom else ""
                state = "" if asked.is_open else tr("answered")
                self.link(" · ".join(part for part in (asked.text, whom, state) if part), asked.query)
        if one.about.value:
            self.section(tr("Written about that time"))
            count = count_text(int(one.about.value), "{number} entry", "{number} entries")
            self.link(tr("{count} of those days; nobody said they were the reason", count=count), one.about.query)

    # --- forms -------------------------------------------------------------------------------------------------------

    def put_form(self, form: PlaceForm | None) -> None:
        """Shows a form under the head, in place of the one before."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        if form is not None:
            self._form_place.addWidget(form)
            form.focus_first()


class EffectView(LedgerView):
    """An effect with its stated causes."""

    def __init__(self, appearance: Appearance, effect: Effect, unit: str, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self.effect = effect
        self.column.addWidget(HeadingLabel(effect.label or tr("(no words)"), self, wrap=True))
        self.column.addWidget(MutedLabel(effect_words(effect), self, wrap=True))
        if effect.target_query:
            self.link(tr("Show it"), effect.target_query)
        self.section(tr("Stated causes"))
        self.ledger(effect.ledger, unit)
        self.faint(tr("A stated cause is what somebody wrote; nothing here is proven by a number."))
        self.column.addStretch(1)


class ReasonCard(Card):
    """One reason: its words as a link, how it is known, the figures it was linked to. ``opened(str)`` its entry."""

    opened = Signal(str)

    def __init__(
        self, appearance: Appearance, reason: Reason, unit: str, against: Iterable[str], parent: QWidget
    ) -> None:
        super().__init__(parent, margin=12, spacing=4)
        self.reason = reason
        heading = reason.heading or tr("(no words)")
        self.link = SmallLink(appearance, heading, self, more=tr("Open the entry"))
        self.link.clicked.connect(lambda: self.opened.emit(reason.entry))
        self.body.addWidget(self.link)
        self.told = MutedLabel(reason_words(reason), self, wrap=True)
        self.body.addWidget(self.told)
        for what in against:
            words = tr("Contradicts, or is contradicted by: {what}", what=what)
            self.body.addWidget(TextLabel(words, self, wrap=True))
        self.figures = restated_words(reason, unit)
        if self.figures:
            made = TextLabel if reason.is_restated else FaintLabel
            self.body.addWidget(made(self.figures, self, wrap=True))
