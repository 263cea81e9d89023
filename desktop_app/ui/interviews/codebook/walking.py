"""Where a code stands after it was moved by a key. The tree orders siblings by name, so that only parents change."""

from collections.abc import Sequence

from desktop_app.model.coding import Code


def place_after(codes: Sequence[Code], code: Code, step: str) -> tuple[str | None] | None:
    """The new parent in a tuple of its own (``(None,)``: the top), or ``None`` where the step leads nowhere.

    ``out`` goes one level up, ``in`` under the sibling above it, ``up`` and ``down`` under the parent's neighbours.
    """
    by_path = {one.path: one for one in codes}
    above = by_path.get(code.path[:-1])
    if step == "out":
        return (above.fields.parent,) if above is not None else None
    if step == "in":
        sibling = _neighbour(codes, code, -1)
        return (sibling.id,) if sibling is not None else None
    beside = _neighbour(codes, above, -1 if step == "up" else 1) if above is not None else None
    return (beside.id,) if beside is not None else None


def _neighbour(codes: Sequence[Code], code: Code, by: int) -> Code | None:
    """The sibling before or after a code."""
    siblings = [one for one in codes if one.path[:-1] == code.path[:-1]]
    at = next(number for number, one in enumerate(siblings) if one.id == code.id) + by
    return siblings[at] if 0 <= at < len(siblings) else None
