"""Tables in: the rows of a CSV file or of an Excel workbook, as texts.

Refuses to guess what the rows mean; that is for those who asked for them.
"""


def read_rows(name: str, data: bytes) -> tuple[list[list[str]], list[str]]:
    """All rows, with LF newlines in their cells, and sentences about what was not read.

    Which of both it is, its bytes tell. Raises the errors of ``exchange.spreadsheets`` and
    ``exchange.metrics.decoding``, each one sentence.
    """
    from desktop_app.exchange.metrics.decoding import decode
    from desktop_app.exchange.metrics.rows import split_rows
    from desktop_app.exchange.spreadsheets import is_workbook, read_workbook

    if is_workbook(data):
        sheet = read_workbook(name, data)
        others = ", ".join(f"“{other}”" for other in sheet.others)
        return sheet.rows, [f"Only the sheet “{sheet.name}” was read, not {others}."] if others else []
    decoded = decode(data, name)
    rows = split_rows(decoded.text, name, cut=decoded.cut)
    cut = ["The file is cut off in the middle of its last character."] if decoded.cut else []
    return [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows.cells], cut
