"""REFI-QDA codebooks (.qdc), version 1.0 of the schema of 18 March 2019, which the standard 1.5 still names.

What other programs really write is read: elements by their local name in any namespace or none, GUIDs in braces and in
either case, colours of three digits, empty descriptions. Sets of codes are not read, as Terrain has none.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.exchange.codebook.description import describe, understand
from desktop_app.exchange.codebook.errors import BrokenXml, NoCodes, NotACodebook, TooManyCodes, UnsafeXml, shown
from desktop_app.exchange.codebook.parsed import MAX_CODES, Draft, in_order
from desktop_app.model.codebook import ParsedCode
from desktop_app.model.coding import Code

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_SCHEMA = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_GUIDS = uuid.UUID("8d3b6f0e-52c4-5b0a-9f0e-0f6c1f7f2a51")
"""Under which the ids of codes make their GUIDs. It may never change: other programs know codes by the result."""
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guid_of(code_id: str) -> str:
    """The GUID of a code, the same at every export: a version 5 UUID of its id, in upper case."""
    return str(uuid.uuid5(_GUIDS, code_id)).upper()


def colour_of(text: str) -> str:
    """``#RRGGBB`` in upper case of a colour written with three or six digits; empty for anything else."""
    match = _COLOUR.fullmatch(text.strip())
    if match is None:
        return ""
    digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
    return f"#{digits.upper()}"


def known_guid(text: str) -> str:
    """A GUID in upper case without braces; empty for what is none."""
    match = _GUID.fullmatch(text.strip())
    return match[1].upper() if match else ""


# --- reading ---------------------------------------------------------------------------------------------------------


def read_qdc(file: str, data: bytes) -> tuple[ParsedCode, ...]:
    """The codes of a codebook, or of the codebook inside an unpacked project; raises a ``CodebookError``."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise BrokenXml(file=file, line=error.position[0]) from None
    except DefusedXmlException:
        raise UnsafeXml(file=file) from None
    except (LookupError, ValueError):  # an encoding that nobody knows, or that expat cannot read
        raise BrokenXml(file=file, line=1) from None
    book = root if _local(root) == "CodeBook" else next(_children(root, "CodeBook"), None)
    if book is None:
        raise NotACodebook(file=file, root=shown(_local(root)))
    return in_order(_drafts(book, file), file)


def _drafts(book: Any, file: str) -> Iterator[Draft]:
    """Drafts of all code elements, those above first, without recursion: nesting may be meant to break it."""
    codes = next(_children(book, "Codes"), None)
    if codes is None:
        raise NoCodes(file=file)
    waiting: list[tuple[Any, Draft | None]] = [(codes, None)]
    count = 0
    while waiting:
        element, parent = waiting.pop()
        for at, child in enumerate(_children(element, "Code"), start=1):
            count += 1
            if count > MAX_CODES:
                raise TooManyCodes(file=file, limit=MAX_CODES)
            above = f" under “{shown(parent.code.name)}”" if parent else ""
            draft = Draft(_code(child), f"number {at}{above}")
            draft.put_under(parent)
            waiting.append((child, draft))
            yield draft


def _code(element: Any) -> ParsedCode:
    description = next((child.text or "" for child in _children(element, "Description")), "")
    code = understand(" ".join(element.get("name", "").split()), description)
    return replace(code, colour=colour_of(element.get("color", "")), guid=known_guid(element.get("guid", "")))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if _local(child) == name)


# --- writing ---------------------------------------------------------------------------------------------------------


def write_qdc(codes: Sequence[Code]) -> bytes:
    """A codebook of the given codes, those without their parent among them at the top. Raises ``NoCodes`` for none,
    as the schema knows no empty codebook.

    Order of elements and namespace are those of the schema, GUIDs in upper case, which some programs insist on.
    Colours are those shown. Characters that XML cannot hold are left out.
    """
    from lxml import etree

    if not codes:
        raise NoCodes(file="codebook.qdc")
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE, "xsi": _XSI})
    root.set("origin", "Terrain")
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    top = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
    elements = {code.id: etree.Element(f"{{{NAMESPACE}}}Code") for code in codes}
    for code in codes:
        element = elements[code.id]
        element.set("guid", guid_of(code.id))
        element.set("name", _NOT_XML.sub("", code.fields.name))
        element.set("isCodable", "true")
        if colour := colour_of(code.fields.colour or code.colour):
            element.set("color", colour)
        if description := describe(code.fields):
            etree.SubElement(element, f"{{{NAMESPACE}}}Description").text = _NOT_XML.sub("", description)
    for code in codes:
        # A code of a circle stands at the top of what is shown, though it has a parent.
        above = elements.get(code.fields.parent or "") if code.depth else None
        (top if above is None else above).append(elements[code.id])
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
