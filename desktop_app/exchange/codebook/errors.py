"""Every way a codebook can be wrong, one sentence each; nothing of it is taken over then."""

from desktop_app.model.errors import KnownError

_SHOWN = 80


def shown(name: str) -> str:
    """A name as a sentence can hold it."""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


class CodebookError(KnownError):
    """A codebook that cannot be read."""


class CodebookTooLarge(CodebookError):
    template = "“{file}” is larger than the {limit} MB that a codebook may have; export only the codes."


class BrokenXml(CodebookError):
    template = "“{file}” is no whole XML file (line {line}); export it again."


class UnsafeXml(CodebookError):
    template = "“{file}” declares entities of its own, which no codebook needs; it was not opened."


class NotACodebook(CodebookError):
    template = "“{file}” holds no REFI-QDA codebook, but a “{root}”; export the codes as a .qdc file or as CSV."


class PackedProject(CodebookError):
    template = "“{file}” is a packed file, no codebook; export the codes as a .qdc file or as CSV."


class NoCodes(CodebookError):
    template = "“{file}” holds no codes; export it again with its codes."


class NoNameColumn(CodebookError):
    template = "“{file}” has no column with the names of codes; call one “code” (there are: {columns})."


class NamelessCode(CodebookError):
    """``where`` says which one: "line 3", "number 2 under “Price”"."""

    template = "A code in “{file}” has no name ({where}); give it one."


class DuplicateCode(CodebookError):
    template = "“{file}” has two codes “{name}” under {parent}; rename one of them."


class AmbiguousParent(CodebookError):
    template = "“{file}” has several codes “{name}”, which line {line} names as parent; write its whole path there."


class CircularCodes(CodebookError):
    template = "In “{file}” the code “{name}” lies below itself; put it under another one."


class TooDeep(CodebookError):
    template = "In “{file}” codes lie more than {limit} deep; move them up."


class TooManyCodes(CodebookError):
    template = "“{file}” holds more than {limit} codes; import it in parts."
