"""What is left in a redacted text that looks like a name, an address or a number: each text once. No widgets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.model.redaction import Suspect


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A text that was found ``count`` times; ``context`` is where it was found first."""

    text: str
    kind: str
    count: int
    context: str


def suspicions_of(suspects: Sequence[Suspect], left: Collection[str], hidden: Collection[str]) -> list[Suspicion]:
    """Those that nobody has decided about yet, most frequent first."""
    found: dict[str, Suspicion] = {}
    for one in suspects:
        if one.text in left or one.text in hidden:
            continue
        before = found.get(one.text)
        count = before.count + 1 if before else 1
        context = before.context if before else " ".join(one.context.split())
        found[one.text] = Suspicion(one.text, str(one.kind), count, context)
    return sorted(found.values(), key=lambda suspicion: -suspicion.count)
