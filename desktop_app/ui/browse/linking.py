"""Adding a link in place: a relation, and a thing found by typing. Offers series for the chosen stretch of time too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.model.queries import Hit
from desktop_app.model.samples import iso
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import CompletionPopup, LinkButton, Offer
from desktop_app.ui.widgets.time_axis import stretch_name

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST = 8
Target = tuple[str, str, str]
"""Kind, id and label of what a link can lead to."""


def find_targets(notebook: "Notebook", typed: str, entry_id: str, *, series: bool) -> list[Target]:
    """Entries that match what was typed and, on demand, series whose name holds it."""
    found: list[Target] = []
    if series:
        near = [item for item in notebook.metrics.list() if typed.casefold() in item.label.casefold()]
        found += [("series", item.id, item.label) for item in near[:3]]
    try:
        # The last word is still being typed.
        result = notebook.search.run(f"{typed}*" if typed[-1:].isalnum() else typed, limit=MOST)
    except KnownError:
        # Half a query while typing: offers come with the next letter.
        return found
    things = {(hit.type, hit.id): _label(hit) for hit in result.hits if hit.id != entry_id}
    found += [(kind, item, label) for (kind, item), label in things.items()]
    return found[:MOST]


def _label(hit: Hit) -> str:
    return hit.snippet if hit.type == "coding" else hit.title or hit.snippet


class LinkMaker(QWidget):
    """``link_made(LinkFields)`` when a thing was chosen, ``left()`` on Esc."""

    link_made = Signal(object)
    left = Signal()

    def __init__(
        self,
        appearance: Appearance,
        operations: Operations,
        entry_id: str,
        stretch: tuple[float, float] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations = operations
        self._entry_id = entry_id
        self._stretch = stretch
        self._targets: dict[Offer, Target] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.relation = QComboBox(self)
        self.relation.setAccessibleName(tr("Relation"))
        for relation in Relation:
            self.relation.addItem(tr(str(relation)), str(relation))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("What it is linked to"))
        where = tr("an entry, or a series in {stretch}", stretch=stretch_name(*stretch)) if stretch else ""
        self.line.setPlaceholderText(where or tr("an entry; choose a stretch of time to link a series"))
        leave = LinkButton(tr("Cancel"), self)
        leave.clicked.connect(self.left)
        row.addWidget(self.relation)
        row.addWidget(self.line, 1)
        row.addWidget(leave)
        self.popup = CompletionPopup(appearance, self.line)
        self.popup.wanted.connect(self._look)
        self.popup.accepted.connect(self._take)

    def _look(self, text: str, position: int) -> None:
        typed, entry_id, series = text.strip(), self._entry_id, self._stretch is not None
        if not typed:
            self.popup.offer([], text, position)
            return
        self._operations.read(
            tr("Find what to link"),
            lambda notebook: find_targets(notebook, typed, entry_id, series=series),
            lambda found: self._offer(found, text, position),
            key="browse.link",
        )

    def _offer(self, found: Sequence[Target], text: str, position: int) -> None:
        notes = {
            "series": tr("series, the chosen stretch"),
            "person": tr("person"),
            "document": tr("document"),
            "coding": tr("coding"),
            "code": tr("code"),
            "memo": tr("memo"),
            "question": tr("question"),
        }
        self._targets = {
            Offer(label, 0, len(text), notes.get(kind, "")): (kind, item, label) for kind, item, label in found
        }
        self.popup.offer(list(self._targets), text, position)

    def _take(self, offer: Offer) -> None:
        target = self._targets.get(offer)
        if target is None:
            return
        kind, item, _ = target
        low, high = self._stretch if kind == "series" and self._stretch else (None, None)
        end = End(kind, item, iso(low) if low else "", iso(high) if high else "")
        self.link_made.emit(LinkFields(End("entry", self._entry_id), self.relation.currentData(), end))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
