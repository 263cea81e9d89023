"""What is done with the text in front: every change is drawn at once and asked of the notebook, without any widget."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.model.changes import Changes
from desktop_app.model.coding import COLOURS, PATH_SEPARATOR, Code, CodeFields, Coding
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.finding import find_named
from desktop_app.ui.interviews.coding.filtering import Looking
from desktop_app.ui.interviews.coding.reads import Again, Opened, look_again
from desktop_app.ui.interviews.coding.recent import RecentCodes
from desktop_app.ui.interviews.coding.shown import PENDING, Difference, ShownCodings
from desktop_app.ui.ops import ChangeOp, Operations, ReadOp

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

NEW_CODE = "new:"
"""Before the id of a code that is being made."""


class CodingDesk(QObject):
    """``drawn(changed, removed)`` codings to draw, ``reset()`` all of them anew, ``recoded()`` codes have other
    names or colours, ``told()`` counts or codes are others, ``refused(KnownError)``, ``stale()`` the text itself has
    changed and wants to be opened again.
    """

    drawn = Signal(list, list)
    reset = Signal()
    recoded = Signal()
    told = Signal()
    refused = Signal(object)
    stale = Signal()

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self.opened: Opened | None = None
        self.codings = ShownCodings()
        self.codes: dict[str, Code] = {}
        self.recent = RecentCodes()
        self.looking = Looking()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def open(self, opened: Opened) -> None:
        other = self.opened is None or self.opened.text.id != opened.text.id
        self.opened = opened
        self.codings.reset(opened.codings)
        self.codes = {code.id: code for code in opened.codes}
        self.looking = replace(
            self.looking,
            author=opened.author,
            # Names of speakers belong to one text; what is hidden of coders and codes stays so from text to text.
            speakers=frozenset() if other else self.looking.speakers,
        )
        self.recent.keep(self.codes)
        self.recent.begin(opened.codings, opened.author)
        self.reset.emit()
        self.told.emit()

    def close(self) -> None:
        """No text is in front any more."""
        self.opened = None
        self.codings.reset(())

    def look(self, looking: Looking) -> None:
        """Looks at other codings; the counts of the codebook follow when they have been read."""
        recount = looking.blind != self.looking.blind
        self.looking = looking
        if recount:
            # Until then nothing is counted: not even for a moment is there anything of the others.
            self.codes = {item: replace(code, count=0, below=0) for item, code in self.codes.items()}
        self.reset.emit()
        self.told.emit()
        if recount:
            self.look_again()

    def visible(self) -> list[Coding]:
        """Codings of the coders that are looked at, in no order."""
        return [coding for coding in self.codings.all() if self.looking.sees_coder(coding.coder)]

    def coders(self) -> dict[str, int]:
        """Coders of this text that may be known of, with the number of their codings, the author first."""
        counts = {self.looking.author: 0}
        for coding in self.codings.all():
            if not self.looking.blind or coding.coder == self.looking.author:
                counts[coding.coder] = counts.get(coding.coder, 0) + 1
        return counts

    def codebook(self) -> list[Code]:
        """The codebook in its order, without codes that are still being made."""
        return [code for code in self.codes.values() if not code.id.startswith(NEW_CODE)]

    def look_again(self) -> None:
        """Asks what the notebook says now; the answer is drawn as a difference."""
        opened = self.opened
        if opened is None:
            return
        known = self.codings.snapshot()
        coders = [self.looking.author] if self.looking.blind else None
        self._operations.submit(
            ReadOp(
                tr("Read codings"),
                lambda notebook: look_again(notebook, opened, known, coders),
                lambda again: self._looked(again, opened),
                lambda _: self.stale.emit(),
                key="coding.again",
            )
        )

    def _looked(self, again: Again, compared: Opened) -> None:
        if self.opened is None or again.target != self.opened.text.id:
            return
        if compared.text is not self.opened.text:
            # It was opened anew meanwhile, so that this says nothing about what is shown now.
            self.look_again()
            return
        if again.stale:
            self.stale.emit()
            return
        self.opened = replace(self.opened, document=again.document)
        before, self.codes = self.codes, {code.id: code for code in again.codes}
        self.recent.keep(self.codes)
        difference = self.codings.reconcile(again.changed, again.removed)
        making = {coding.code for coding in self.codings.all() if coding.code.startswith(NEW_CODE)}
        self.codes.update((item, before[item]) for item in making if item in before)
        if _look_of(before) != _look_of(self.codes):
            self.recoded.emit()
        self._draw(difference)
        self.told.emit()

    def _draw(self, difference: Difference) -> None:
        seen = [coding for coding in difference.changed if self.looking.sees_coder(coding.coder)]
        if seen or difference.removed:
            self.drawn.emit(seen, difference.removed)

    # --- applying ----------------------------------------------------------------------------------------------------

    def apply(self, code: str, start: int, end: int) -> bool:
        """Applies a code (an id, or a name or path, which is made where there is none) to a stretch.

        False where it is applied there already.
        """
        opened = self.opened
        if opened is None or not start < end:
            return False
        item = self._known_or_new(code)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        text = opened.text
        for coding in self.codings.all():
            if coding.start == start and coding.end == end and (coding.code, coding.coder) == (item, opened.author):
                return False
        token, difference = self.codings.put(Coding("", text.kind, text.id, item, start, end, opened.author, at=now))
        if not item.startswith(NEW_CODE):
            self.recent.use(item)
        self._draw(difference)
        wanted = code if item.startswith(NEW_CODE) else item
        self._submit(
            tr("Code"),
            lambda notebook: notebook.codings.add(
                text.id, start, end, wanted, target_kind=text.kind, version=text.version
            ),
            token,
            self._applied if item.startswith(NEW_CODE) else None,
        )
        return True

    def _applied(self, changes: Changes[str]) -> None:
        """A code was made with it: it takes a key."""
        for code in changes.touched.get("code", ()):
            self.recent.use(code)

    def _known_or_new(self, code: str) -> str:
        if code in self.codes:
            return code
        found = find_named(list(self.codes.values()), code)
        if found is not None:
            return found.id
        path = tuple(part.strip() for part in code.split(PATH_SEPARATOR))
        above = find_named(list(self.codes.values()), PATH_SEPARATOR.join(path[:-1])) if path[1:] else None
        tops = sum(known.depth == 0 for known in self.codes.values())
        colour = above.colour if above else COLOURS[tops % len(COLOURS)]
        made = Code(NEW_CODE + code, CodeFields(path[-1]), path, colour)
        self.codes[made.id] = made
        self.recoded.emit()
        return made.id

    # --- changing ----------------------------------------------------------------------------------------------------

    def recode(self, coding: str, code: str) -> None:
        found = self._own(coding)
        if found is not None:
            item = self._known_or_new(code)
            if item != found.code:
                token, difference = self.codings.alter([replace(found, code=item)])
                self._draw(difference)
                wanted = code if item.startswith(NEW_CODE) else item
                self._submit(tr("Recode"), lambda notebook: notebook.codings.recode([coding], wanted), token)

    def resize(self, coding: str, start: int, end: int) -> None:
        found = self._own(coding)
        if found is not None and start < end and (found.review or (start, end) != (found.start, found.end)):
            token, difference = self.codings.alter([replace(found, start=start, end=end, review=False)])
            self._draw(difference)
            self._submit(tr("Resize coding"), lambda notebook: notebook.codings.resize(coding, start, end), token)

    def weigh(self, coding: str, weight: int | None) -> None:
        found = self._own(coding)
        if found is not None and weight != found.weight:
            token, difference = self.codings.alter([replace(found, weight=weight)])
            self._draw(difference)
            self._submit(tr("Weigh coding"), lambda notebook: notebook.codings.weigh([coding], weight), token)

    def remove(self, codings: Sequence[str]) -> None:
        ids = [item for item in codings if self._own(item) is not None]
        if ids:
            token, difference = self.codings.remove(ids)
            self._draw(difference)
            self._submit(tr("Uncode"), lambda notebook: notebook.codings.remove(ids), token)

    def confirm(self, coding: str) -> None:
        """Says that a coding is where it belongs."""
        found = self._own(coding)
        if found is not None and found.start < found.end:
            token, difference = self.codings.alter([replace(found, review=False)])
            self._draw(difference)
            self._submit(tr("Confirm coding"), lambda notebook: notebook.codings.confirm([coding]), token)

    def _own(self, coding: str) -> Coding | None:
        """A coding that the notebook knows; one that is still being applied cannot be changed for a moment."""
        return None if coding.startswith(PENDING) else self.codings.get(coding)

    def _submit(
        self,
        label: str,
        call: "Callable[[Notebook], Changes[Any]]",
        token: int,
        then: Callable[[Changes[Any]], None] | None = None,
    ) -> None:
        def done(changes: Changes[Any] | None) -> None:
            self.codings.done(token)
            if changes is None or not changes.touched:
                # Nothing was changed, so nothing will be announced: it was there already.
                self.look_again()
            if then is not None and changes is not None:
                then(changes)

        def refuse(error: KnownError) -> None:
            self._draw(self.codings.take_back(token))
            self.refused.emit(error)
            self.look_again()

        self._operations.submit(ChangeOp(label, call, done, refuse))


def _look_of(codes: dict[str, Code]) -> dict[str, tuple[object, ...]]:
    """What of codes is drawn in the text."""
    return {item: (code.path, code.colour) for item, code in codes.items()}
