"""Documents built in memory, as small as their formats allow."""

import io
import zipfile
from collections.abc import Mapping, Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_RELATED}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{prefix if prefix != "draw" else "drawing"}:1.0"'
    for prefix in ("office", "text", "table", "draw", "style")
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return out.getvalue()


def docx(body: str, *, strict: bool = False, **parts: str) -> bytes:
    """A Word file of the XML in ``body``; ``footnotes``, ``endnotes``, ``comments`` and ``styles`` by name."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATED}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **{f"word/{kind}.xml": f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>" for kind, content in parts.items()},
    }
    if strict:
        files = {
            path: text.replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main") for path, text in files.items()
        }
    return zipped(files)


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt(body: str, *, automatic: str = "") -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF_NAMESPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        }
    )


def fodt(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_ODF_NAMESPACES}><office:body><office:text>{body}'
        "</office:text></office:body></office:document>"
    ).encode()


def epub(pages: Mapping[str, str], *, spine: Sequence[str] = (), title: str = "", **parts: str) -> bytes:
    """A book; ``spine`` names its pages in reading order (all, as given). ``encryption`` is that of META-INF."""
    items = "".join(
        f'<item id="i{number}" href="{path}" media-type="application/xhtml+xml"/>' for number, path in enumerate(pages)
    )
    places = [list(pages).index(path) for path in spine or pages]
    references = "".join(f'<itemref idref="i{place}"/>' for place in places)
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata><dc:title '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</dc:title></metadata><manifest>{items}</manifest>'
            f"<spine>{references}</spine></package>",
            **{f"OPS/{path.replace('%20', ' ')}": page for path, page in pages.items()},
            **{f"META-INF/{name}.xml": content for name, content in parts.items()},
        }
    )


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, trailer: str = "") -> bytes:
    """A PDF in Helvetica 12: of each page the texts (Latin-1) with the place in points where each begins."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        font,
    ]
    box, fonts = "/MediaBox [0 0 595 842]", "/Font << /F1 3 0 R >>"
    for number, texts in enumerate(pages):
        shown = "".join(f"BT /F1 12 Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, text in texts)
        objects += [
            f"<< /Type /Page /Parent 2 0 R {box} /Resources << {fonts} >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
        ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252"))
    start = out.tell()
    entries = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
