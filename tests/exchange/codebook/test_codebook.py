"""Codebooks out and in again: CSV, REFI-QDA, and what others write."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.codebook import CodebookError, read_codebook, write_codebook_csv, write_qdc
from desktop_app.exchange.codebook.description import describe, understand
from desktop_app.exchange.codebook.refi import guid_of
from desktop_app.model.codebook import ParsedCode
from desktop_app.model.coding import Code, CodeFields, tree
from desktop_app.model.errors import KnownError

SCHEMA = Path(__file__).resolve().parents[4] / "shared" / "schemas" / "REFI-QDA-Codebook.xsd"

FIELDS = {
    "p": CodeFields(
        "Price", None, "What it costs & why.\nIn <any> currency", "money", "- tips", ("“Too dear”", "a\nb"), "#CF6573"
    ),
    "f": CodeFields("Fairness / justice", "p", "=fair", examples=("'=x",)),
    "u": CodeFields("Unfair 😀", "f", exclude="When to use: never\n\\Example: none"),
    "q": CodeFields("Queue", None, colour="#0A7D35"),
}  # fmt: skip

Shape = list[tuple[str, int | None, str, str, str, tuple[str, ...]]]


def shape(codes: tuple[ParsedCode, ...]) -> Shape:
    return [(code.name, code.parent, code.definition, code.include, code.exclude, code.examples) for code in codes]


def wanted(codes: list[Code]) -> Shape:
    places = {code.id: at for at, code in enumerate(codes)}
    return [
        (f.name, places.get(f.parent or ""), f.definition, f.include, f.exclude, f.examples)
        for f in (code.fields for code in codes)
    ]


def table(text: str) -> tuple[ParsedCode, ...]:
    return read_codebook("codes.csv", text.encode())


def qdc(codes: str, namespace: str = 'xmlns="urn:QDA-XML:codebook:1.0"') -> tuple[ParsedCode, ...]:
    return read_codebook("codes.qdc", f"<CodeBook {namespace}><Codes>{codes}</Codes></CodeBook>".encode())


def paths(codes: tuple[ParsedCode, ...]) -> list[str]:
    made: list[str] = []
    for code in codes:
        made.append(code.name if code.parent is None else f"{made[code.parent]}/{code.name}")
    return made


# --- there and back --------------------------------------------------------------------------------------------------


def test_csv_comes_back_as_it_was() -> None:
    codes = tree(FIELDS, {})
    read = read_codebook("codes.csv", write_codebook_csv(codes))
    assert shape(read) == wanted(codes)
    assert [code.colour for code in read] == ["#CF6573", "", "", "#0A7D35"]
    assert [code.guid for code in read] == [guid_of(code.id) for code in codes]


def test_qdc_comes_back_as_it_was_with_the_colours_shown() -> None:
    codes = tree(FIELDS, {})
    read = read_codebook("codes.qdc", write_qdc(codes))
    assert shape(read) == wanted(codes)
    assert [code.colour for code in read] == ["#CF6573", "#CF6573", "#CF6573", "#0A7D35"]
    assert [code.guid for code in read] == [guid_of(code.id) for code in codes]


def test_a_code_keeps_its_guid_from_one_export_to_the_next() -> None:
    assert guid_of("0123456789abcdefghjkmnpqrs") == "06D621C2-9C48-5CAB-988D-CD435CC1423C"


def test_qdc_is_valid() -> None:
    if not SCHEMA.is_file():
        pytest.skip("the schema is not beside this checkout")
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for fields in (FIELDS, {"a": CodeFields("A\x01", definition="\x00x")}):
        schema.assertValid(etree.fromstring(write_qdc(tree(fields, {}))))


def test_some_codes_of_a_tree_stand_at_the_top_without_their_parents() -> None:
    codes = [code for code in tree(FIELDS, {}) if code.id in {"u", "q"}]
    for name, data in (("c.csv", write_codebook_csv(codes)), ("c.qdc", write_qdc(codes))):
        assert paths(read_codebook(name, data)) == ["Unfair 😀", "Queue"]


def test_codes_in_a_circle_are_written_as_they_are_shown() -> None:
    codes = tree({"a": CodeFields("A", "b"), "b": CodeFields("B", "a")}, {})
    for name, data in (("c.csv", write_codebook_csv(codes)), ("c.qdc", write_qdc(codes))):
        assert paths(read_codebook(name, data)) == ["A", "A/B"]


def test_no_codes_are_no_codebook() -> None:
    with pytest.raises(CodebookError, match="holds no codes"):
        write_qdc([])
    with pytest.raises(CodebookError, match="holds no codes"):
        read_codebook("codes.csv", write_codebook_csv([]))


PIECES = ("When to use:", "When not to use:", "Example:", "\\", "\n", " ", "\t", "a", "é😀", "=", "'", ",", "<&>", '"')
TEXT = st.lists(st.sampled_from(PIECES)).map("".join)
NAMES = st.text(alphabet=st.sampled_from("ab/>\\=' é😀:<"), min_size=1, max_size=6)


@st.composite
def codebooks(draw: st.DrawFn) -> Mapping[str, CodeFields]:
    """Trees in which no two codes under one parent share a name."""
    fields: dict[str, CodeFields] = {}
    for at in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from([None, *fields]))
        name = f"{' '.join(draw(NAMES).split())}{at}"
        texts = [draw(TEXT) for _ in range(3)]
        examples = tuple(draw(st.lists(TEXT, max_size=3)))
        fields[f"id{at}"] = CodeFields(name, parent, *texts, examples).checked()
    return fields


@settings(max_examples=150)
@given(codebooks())
def test_every_codebook_comes_back(fields: Mapping[str, CodeFields]) -> None:
    codes = tree(fields, {})
    assert shape(read_codebook("c.csv", write_codebook_csv(codes))) == wanted(codes)
    assert shape(read_codebook("c.qdc", write_qdc(codes))) == wanted(codes)


@given(TEXT, TEXT, TEXT, st.lists(TEXT.map(str.strip).filter(bool), max_size=3, unique=True).map(tuple))
def test_every_description_is_understood_as_it_was_meant(
    definition: str, include: str, exclude: str, examples: tuple[str, ...]
) -> None:
    fields = CodeFields("A", None, definition, include, exclude, examples)
    assert understand("A", describe(fields)) == ParsedCode("A", None, definition, include, exclude, examples)


# --- what others write -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "namespace",
    [
        'xmlns="urn:QDA-XML:codebook:1.0"',
        'xmlns="urn:QDA-XML:codebook:0:4"',
        'xmlns="urn:QDA-XML:codebook:1:0" origin="Some Program"',
        "",
    ],
)
def test_any_namespace_or_none_is_read(namespace: str) -> None:
    inner = '<Code guid="{0b7c5d9e-1111-2222-3333-444455556666}" name=" Fair  price " isCodable="false" color="#abc">'
    codes = qdc(f'{inner}<Description/><Code guid="x" name="Below" isCodable="true"/></Code>', namespace)
    guid = "0B7C5D9E-1111-2222-3333-444455556666"
    assert codes == (ParsedCode("Fair price", colour="#AABBCC", guid=guid), ParsedCode("Below", 0))


def test_a_description_with_labels_of_others_and_crlf() -> None:
    codes = qdc(
        '<Code name="A"><Description>Costs.&#13;\nWhen to use:\nalways&#13;\n\nExample: dear</Description></Code>'
    )
    assert codes == (ParsedCode("A", None, "Costs.", "always", "", ("dear",)),)


def test_a_codebook_inside_a_project_and_in_utf_16() -> None:
    book = '<CodeBook><Codes><Code name="A"/></Codes></CodeBook>'
    text = f'<?xml version="1.0" encoding="utf-16"?><Project name="x">{book}</Project>'
    assert paths(read_codebook("project.qde", text.encode("utf-16"))) == ["A"]
    assert paths(read_codebook("export.txt", text.encode("utf-16"))) == ["A"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("code\nA\nB\n", ["A", "B"]),
        ("name,parent\nB,A\nA,\nC,B\n", ["A", "A/B", "A/B/C"]),
        ("Code;Parent code;Description\nB;A / X;b\nA;;a\n", ["A", "A/X", "A/X/B"]),
        ("path\nA > B > C\nD\n", ["D", "A", "A/B", "A/B/C"]),
        ("name\nA\\B\nA\nA\\B\\C\n", ["A", "A/B", "A/B/C"]),
        ("name\nX\\A\nA\\B\n", ["X", "X/A", "A", "A/B"]),
        ("path\tname\nA / B\tB\nA\tA\nA / B\tC\n", ["A", "A/B", "A/B/C"]),
        ("code,parent\nPrice / quality,\nFair,Price / quality\n", ["Price / quality", "Price / quality/Fair"]),
        ("id,parent id,name\n1,,A\n2,1,B\n3,2,A\n4,0,D\n", ["A", "A/B", "A/B/A", "D"]),
        ("Node,Colour\nA,red\n", ["A"]),
    ],
)
def test_plain_tables_are_read(text: str, found: list[str]) -> None:
    assert paths(table(text)) == found


def test_columns_of_others_are_known_by_their_names() -> None:
    text = 'Tag,Memo,Inclusion criteria,Do not use when,Quotes,Color,Whatever\nA,"m\r\nn",i,e,q,336699,w\n'
    assert table(text) == (ParsedCode("A", None, "m\nn", "i", "e", ("q",), "#336699"),)


def test_tables_in_other_encodings_are_read() -> None:
    text = "code;definition\nPreis;für später\n"
    for encoding in ("utf-16", "cp1252", "utf-8-sig"):
        assert read_codebook("c.csv", text.encode(encoding)) == (ParsedCode("Preis", None, "für später"),)


# --- what is wrong ---------------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><CodeBook><Codes><Code name="&b;"/></Codes></CodeBook>'


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("c.qdc", b"", "“c.qdc” is no whole XML file"),
        ("c.qdc", b"<CodeBook>\n<Codes>", r"“c.qdc” is no whole XML file \(line 2\)"),
        ("c.qdc", b'<?xml version="1.0" encoding="nonsense"?><a/>', "no whole XML file"),
        ("c.qdc", BOMB.encode(), "declares entities of its own"),
        ("c.qdc", b"<html/>", "holds no REFI-QDA codebook, but a “html”"),
        ("c.qdc", b"<CodeBook/>", "holds no codes"),
        ("c.qdc", b"<CodeBook><Codes/></CodeBook>", "holds no codes"),
        ("c.qdc", b"PK\x03\x04...", "is a packed file"),
        ("c.qdc", b'<CodeBook><Codes><Code name="A"/><Code name=" "/></Codes></CodeBook>', "no name .number 2."),
        (
            "c.qdc",
            b'<CodeBook><Codes><Code name="A"><Code/></Code></Codes></CodeBook>',
            "no name .number 1 under “A”.",
        ),
        (
            "c.qdc",
            b'<CodeBook><Codes><Code name="A"><Code name="B"/><Code name="B "/></Code></Codes></CodeBook>',
            "two codes “B” under “A”",
        ),
        ("c.csv", b"", "is empty"),
        ("c.csv", b",,\n,,\n", "holds no codes"),
        ("c.csv", b"code,definition\n", "holds no codes"),
        ("c.csv", b"colour,size\nred,3\n", "no column with the names of codes.*“colour”, “size”"),
        ("c.csv", b"code,definition\nA,x\n,y\n", "has no name .line 3."),
        ("c.csv", b"code\nA\nA\n", "two codes “A” under the top"),
        ("c.csv", b"code,parent\nA,B\nB,A\nC,\n", "the code “A” lies below itself"),
        ("c.csv", b"code,parent\nA,A\n", "the code “A” lies below itself"),
        ("c.csv", b"code,parent\nA,\nB,\nX,A\nX,B\nY,X\n", "several codes “X”, which line 6"),
        ("c.csv", b"\x89PNG\r\n", "a PNG picture"),
        ("c.csv", b'code\n"A', "inside a quoted cell"),
    ],
)
def test_what_is_no_codebook_is_refused_in_one_sentence(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(KnownError, match=sentence):
        read_codebook(name, data)


def test_codes_nested_without_end_are_refused() -> None:
    with pytest.raises(CodebookError, match="more than 100 deep"):
        qdc('<Code name="A">' * 5000 + "</Code>" * 5000)
    with pytest.raises(CodebookError, match="more than 100 deep"):
        table("path\n" + " / ".join("abcdefghij"[at % 10] for at in range(150)) + "\n")
    with pytest.raises(CodebookError, match="more than 100 deep"):
        table("path\n" + "\\".join("ab" * 20_000) + "\n")
    assert len(qdc('<Code name="A">' * 100 + "</Code>" * 100)) == 100


def test_a_codebook_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.exchange.codebook import parsed, reading, refi

    monkeypatch.setattr(parsed, "MAX_CODES", 3)
    monkeypatch.setattr(refi, "MAX_CODES", 3)
    with pytest.raises(CodebookError, match="more than 3 codes"):
        table("code\nA\nB\nC\nD\n")
    with pytest.raises(CodebookError, match="more than 3 codes"):
        qdc("".join(f'<Code name="{name}"/>' for name in "ABCD"))
    monkeypatch.setattr(reading, "MAX_FILE", 3)
    with pytest.raises(CodebookError, match="is larger than"):
        table("code\nA\n")


def test_a_name_without_end_does_not_fill_the_sentence() -> None:
    with pytest.raises(CodebookError) as caught:
        table("code\n" + ("x" * 5000 + "\n") * 2)
    assert len(str(caught.value)) < 200


def test_texts_without_end_are_read_in_time_that_grows_with_them() -> None:
    """A hundred thousand of what could be tried against each other would not end."""
    labels = "Example: a\nWhen to use: b\n" * 50_000
    assert len(qdc(f'<Code name="A"><Description>{labels}</Description></Code>')[0].examples) == 50_000
    assert paths(table(f"path\nA{' ' * 100_000}B\n")) == ["A B"]


def test_an_own_copy_with_rows_added_by_hand() -> None:
    written = write_codebook_csv(tree(replace_all(FIELDS), {})).decode("utf-8-sig")
    header = written.split("\r\n", 1)[0].split(",")
    added = dict.fromkeys(header, "") | {"code": "New", "parent": "Price / Fairness"}
    read = table(written + ",".join(added[name] for name in header) + "\r\n")
    assert paths(read)[-2:] == ["Price/Fairness/New", "Queue"]


def replace_all(fields: Mapping[str, CodeFields]) -> dict[str, CodeFields]:
    return {item: replace(code, name=code.name.split(" /")[0]) for item, code in fields.items()}
