"""Which codes fit what is being typed: fuzzy on the whole path, the best first."""

from collections.abc import Sequence

from desktop_app.model.coding import PATH_SEPARATOR, Code
from desktop_app.text.tokens import fold
from desktop_app.ui.widgets.fuzzy import score

OWN_NAME = 400
"""What a match in a code's own name counts more than one in the names above it."""


def find_codes(codes: Sequence[Code], typed: str) -> list[Code]:
    """Codes that fit, best first; all in their order where nothing is typed. Case and accents do not matter."""
    wanted = fold(typed).strip()
    if not wanted:
        return list(codes)
    scored = [(_score(wanted, code), code) for code in codes]
    fitting = [(points, code) for points, code in scored if points > 0]
    fitting.sort(key=lambda pair: (-pair[0], len(pair[1].label)))
    return [code for _, code in fitting]


def _score(wanted: str, code: Code) -> int:
    own = score(wanted, fold(code.fields.name))
    return max(own + OWN_NAME if own else 0, score(wanted, fold(code.label)))


def find_named(codes: Sequence[Code], typed: str) -> Code | None:
    """The code that has exactly this path, or this name where no other has it; else ``None``."""
    wanted = _key(typed)
    by_path = [code for code in codes if _key(code.label) == wanted]
    found = by_path or [code for code in codes if _key(code.fields.name) == wanted]
    return found[0] if len(found) == 1 else None


def is_named(codes: Sequence[Code], typed: str) -> bool:
    """Whether some code has this name or path, so that none has to be made."""
    wanted = _key(typed)
    return any(wanted in (_key(code.label), _key(code.fields.name)) for code in codes)


def _key(text: str) -> tuple[str, ...]:
    return tuple(" ".join(fold(part).split()) for part in text.split(PATH_SEPARATOR))
