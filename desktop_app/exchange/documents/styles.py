"""The ids of the ways documents come, with names for people."""

from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    "zoom-vtt": "Zoom captions (VTT)",
    "teams-vtt": "Teams captions (VTT)",
    "vtt": "Captions (WebVTT)",
    "srt": "Subtitles (SRT)",
    "teams-docx": "Teams transcript",
    "meet": "Google Meet transcript",
    "otter": "Otter transcript",
    "timed": "Transcript with times (Descript, Rev, Trint, Sonix)",
    "labels": "Transcript with names before a colon",
    "names": "Transcript with names on lines of their own",
    "f4": "f4 or MAXQDA transcript",
    "whisper-json": "Whisper (JSON)",
    "pattern": "Transcript read by a pattern of your own",
    "answers": "Column of answers",
    "docx": "Word document",
    "odt": "OpenDocument text",
    "rtf": "Rich text",
    "pdf": "PDF",
    "html": "Web page",
    "epub": "Book (EPUB)",
    "md": "Markdown",
    "txt": "Plain text",
}
"""Style id → human name; the ids of a transcript's style and of a plain reader's format."""
