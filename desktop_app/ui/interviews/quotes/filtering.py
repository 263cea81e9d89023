"""What is asked for, as data: the parts of a filter, and those that fit what is being typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.model.coding import Code, CodingFilter
from desktop_app.model.time import Occurred, describe
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets.fuzzy import score

MOST_OFFERS = 8


class Kind(StrEnum):
    """What a part of a filter is about."""

    CODE = "code"
    DOCUMENT = "document"
    SPEAKER = "speaker"
    ATTRIBUTE = "attribute"
    CODER = "coder"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``value`` is an id or a name, for an attribute that of its variable; ``other`` is then the value as
    shown. Of a time ``value`` and ``other`` are the bounds."""

    kind: Kind
    value: str
    label: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for: codes in the order of the tree, and pairs of id and name of the rest.

    ``values`` are pairs of a variable's id and name with the values as shown.
    """

    codes: tuple[Code, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    values: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    author: str = ""
    codings: int = 0

    def parts(self) -> list[Part]:
        """Every part that can be asked for, apart from times."""
        found = [Part(Kind.CODE, code.id, code.label) for code in self.codes]
        found += [Part(Kind.DOCUMENT, item, title) for item, title in self.documents]
        found += [Part(Kind.SPEAKER, name, name) for name in self.speakers]
        found += [
            Part(Kind.ATTRIBUTE, variable, f"{name}: {value}", value)
            for variable, name, values in self.values
            for value in values
        ]
        found += [Part(Kind.CODER, name, name) for name in self.coders]
        return found


def kind_words(kind: Kind) -> str:
    return {
        Kind.CODE: tr("code"),
        Kind.DOCUMENT: tr("document"),
        Kind.SPEAKER: tr("speaker"),
        Kind.ATTRIBUTE: tr("attribute"),
        Kind.CODER: tr("coder"),
        Kind.TIME: tr("time"),
    }[kind]


def offers(parts: Sequence[Part], typed: str, taken: Sequence[Part] = ()) -> list[Part]:
    """Parts that fit what is typed and are not asked for yet, the best first; case and accents do not matter.

    The name of a kind before the words, as in ``coder: m``, asks for that kind alone.
    """
    name, colon, rest = typed.partition(":")
    only = next((kind for kind in Kind if colon and kind_words(kind) == name.strip().casefold()), None)
    wanted = fold(rest if only else typed).strip()
    scored: list[tuple[int, int, Part]] = []
    for at, part in enumerate(parts):
        if part in taken or (only and part.kind != only):
            continue
        points = score(wanted, fold(part.label))
        if points:
            scored.append((-points, at, part))
    return [part for _, _, part in sorted(scored)[:MOST_OFFERS]]


def time_part(occurred: Occurred) -> Part:
    """What was said within a stretch of time."""
    return Part(Kind.TIME, occurred.start, describe(occurred.edtf), occurred.end)


def filter_of(parts: Sequence[Part], *, deep: bool = True) -> CodingFilter:
    """The filter that asks for these; of times the last one counts."""
    by_kind: Mapping[Kind, list[str]] = {kind: [part.value for part in parts if part.kind == kind] for kind in Kind}
    time = next((part for part in reversed(parts) if part.kind == Kind.TIME), None)
    return CodingFilter(
        codes=tuple(by_kind[Kind.CODE]),
        coders=tuple(by_kind[Kind.CODER]),
        targets=tuple(by_kind[Kind.DOCUMENT]),
        speakers=tuple(by_kind[Kind.SPEAKER]),
        attributes=tuple((part.value, part.other) for part in parts if part.kind == Kind.ATTRIBUTE),
        deep=deep,
        occurred_from=time.value if time else "",
        occurred_until=time.other if time else "",
    )


def with_part(parts: Sequence[Part], part: Part) -> tuple[Part, ...]:
    """With one more; a time takes the place of the one before."""
    kept = [known for known in parts if known != part and not (part.kind == known.kind == Kind.TIME)]
    return (*kept, part)
