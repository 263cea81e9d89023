"""A code's four texts as the one description that REFI-QDA has, and back without a loss.

The definition comes first; when to use the code, when not, and each example follow as paragraphs that begin with a
label. A line of a text that itself begins like a label gets a backslash, which is taken off again.
"""

import re
from collections.abc import Iterator

from desktop_app.model.codebook import ParsedCode
from desktop_app.model.coding import CodeFields

_INCLUDE, _EXCLUDE, _EXAMPLE = "When to use:", "When not to use:", "Example:"
_LABELS = f"(?:{_INCLUDE}|{_EXCLUDE}|{_EXAMPLE})"
_TO_MASK = re.compile(rf"^(?=\\*{_LABELS})", re.MULTILINE)
_MASKED = re.compile(rf"^\\(?=\\*{_LABELS})", re.MULTILINE)
_LABEL = re.compile(rf"^({_INCLUDE}|{_EXCLUDE}|{_EXAMPLE})[ \t]?", re.MULTILINE)
_BREAK = "\n\n"


def describe(code: CodeFields) -> str:
    """The description of a code; empty where it has none of the four."""
    labelled = [(_INCLUDE, code.include), (_EXCLUDE, code.exclude), *((_EXAMPLE, text) for text in code.examples)]
    parts = [f"{label} {_TO_MASK.sub(_one_backslash, text)}" for label, text in labelled if text]
    if code.definition:
        parts.insert(0, _TO_MASK.sub(_one_backslash, code.definition))
    return _BREAK.join(parts)


def _one_backslash(_: re.Match[str]) -> str:
    return "\\"


def understand(name: str, description: str) -> ParsedCode:
    """A code with what its description holds; one without our labels is a definition as a whole."""
    told: dict[str, list[str]] = {"": [], _INCLUDE: [], _EXCLUDE: [], _EXAMPLE: []}
    for label, text in _sections(description.replace("\r\n", "\n").replace("\r", "\n")):
        if text:
            told[label].append(text)
    return ParsedCode(
        name,
        definition="".join(told[""]),
        include="\n".join(told[_INCLUDE]),
        exclude="\n".join(told[_EXCLUDE]),
        examples=tuple(told[_EXAMPLE]),
    )


def _sections(description: str) -> Iterator[tuple[str, str]]:
    label, start = "", 0
    for match in _LABEL.finditer(description):
        if match.start():
            yield label, _unmasked(description[start : match.start()])
        label, start = match[1], match.end()
        if match[0] == label and description.startswith("\n", start):
            start += 1  # others put what is labelled on the next line
    yield label, _MASKED.sub("", description[start:])


def _unmasked(text: str) -> str:
    ended = text.removesuffix(_BREAK) if text.endswith(_BREAK) else text.removesuffix("\n")
    return _MASKED.sub("", ended)
