"""Taking names out of what is handed on as a text to be read: those of everybody who may not be named."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

from desktop_app.notebook.file import NotebookFile
from desktop_app.services.consent import Consents, limiting_people
from desktop_app.text.markdown import from_plain, to_html, to_plain

Hide = Callable[[str], str]
"""Takes out of a text the names of those who may not be named."""


def hiding(file: NotebookFile, consent: Consents) -> Hide:
    """Takes the names away of everybody who may not be named: in what they said, and wherever else they are."""
    from desktop_app.services.pseudonyms import Pseudonyms
    from desktop_app.services.redaction import Redactors

    nameless = frozenset(limiting_people(file).union(*consent.anonymous.values()))
    if not nameless:
        return lambda text: text
    redactor = Redactors(Pseudonyms(file), Consents(anonymous={"": nameless}), {}, redacts=False).of("")
    return lambda text: redactor.text(text).text


def words_or_markdown(text: str, hide: Hide) -> str:
    """Markdown as it is, unless a name is read in it that its marks and escapes take apart: then its words alone."""
    plain = to_plain(text)
    addresses = "\n".join(unquote(unescape(found)) for found in re.findall(r'="([^"]*)"', to_html(text)))
    if hide(plain) == plain and hide(addresses) == addresses:
        return text
    return from_plain(hide(plain))
