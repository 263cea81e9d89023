"""Every way a metric file can be wrong, one sentence each."""

from desktop_app.model.errors import KnownError


class MetricFileError(KnownError):
    """A metric file that cannot be read; nothing of it was taken over."""


class MissingMetricFile(MetricFileError):
    template = "There is no file or folder “{file}”; check the path."


class UnreadableMetricFile(MetricFileError):
    template = "“{file}” cannot be opened ({reason}); check its permissions."


class EmptyMetricFile(MetricFileError):
    template = "“{file}” is empty; export it again."


class BinaryMetricFile(MetricFileError):
    """``kind`` says what it looks like: "an Excel workbook", "a PNG picture", "not a text file"."""

    template = "“{file}” is {kind}, which holds no table Terrain can read; export it as CSV."


class UnknownEncoding(MetricFileError):
    template = "“{file}” is not UTF-8, UTF-16 or Windows-1252 text (see line {line}); export it again as UTF-8 CSV."


class FileTooLarge(MetricFileError):
    template = "“{file}” is larger than the {limit} MB Terrain reads at once; export a shorter stretch of time."


class LineTooLong(MetricFileError):
    template = (
        "Line {line} of “{file}” is longer than {limit} characters, so it is no table row; export the file again."
    )


class TooManyColumns(MetricFileError):
    template = "Line {line} of “{file}” has {count} cells; a table wider than {limit} is not read."


class UnclosedQuote(MetricFileError):
    template = (
        "“{file}” ends inside a quoted cell that opens on line {line}; it seems to be cut off, so export it again."
    )


class DamagedZip(MetricFileError):
    template = "“{file}” is a damaged or incomplete zip ({reason}); download it again."


class EncryptedZip(MetricFileError):
    template = "“{file}” is locked with a password; unpack it first and import the folder."


class UnsafeZip(MetricFileError):
    template = "“{file}” holds an entry that points outside the zip (“{entry}”); it was not opened."


class NoMetricsInFolder(MetricFileError):
    template = "“{file}” holds no CSV file that a metric profile reads."


class UnreadMetricFile(MetricFileError):
    """``lines`` is the first lines as one string; ``first_lines`` the same as a tuple."""

    template = "No metric profile reads “{file}”, which begins with: {lines}"


class ProfileMismatch(MetricFileError):
    template = "The profile “{profile}” does not read “{file}”, which begins with: {lines}"


class UnknownProfile(MetricFileError):
    template = "There is no metric profile “{profile}”; the profiles are {known}."
