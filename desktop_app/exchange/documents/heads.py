"""What stands before and after the talk: the heads of Otter and Teams, fields such as “Date: …”, closing lines.

It goes beside the text. Refuses to drop a line that is not known for what it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.exchange.documents.labels import is_field, is_sentence, split_label
from desktop_app.model.time import BadDate, parse_when

_OTTER_HEADINGS = {
    "SUMMARY KEYWORDS": "Keywords",
    "KEYWORDS": "Keywords",
    "SPEAKERS": "Speakers",
    "SUMMARY": "Summary",
    "OUTLINE": "Outline",
    "ACTION ITEMS": "Action items",
    "TRANSCRIPT": "",
}
_OTTER_SURE = frozenset({"SUMMARY KEYWORDS", "SPEAKERS"})
_OTTER_FOOT = re.compile(r"\s*Transcribed by (?:https?://)?(?:www\.)?otter\.ai/?\s*", re.IGNORECASE)
_TALK_STARTS = re.compile(r"\S.{0,78}\s\(?\d{1,3}:\d{2}(?::\d{2})?\)?\s*|\d{1,3}:\d{2}(?::\d{2})?\s*")
_DURATION = re.compile(
    r"(?=\d)(?:\d{1,3}\s?(?:h[a-z]{0,5}|Std)\.?)?\s*(?:\d{1,3}\s?m[a-z]{0,6}\.?)?\s*(?:\d{1,3}\s?s[a-z]{0,7}\.?)?",
    re.IGNORECASE,
)
# Teams says it in the language of the one who downloads.
_TEAMS_EVENT = re.compile(
    r"\s*\S.{0,78}?\s(?:(?:started|stopped) transcription|hat die Transkription (?:gestartet|beendet)"
    r"|a (?:commencé|démarré|arrêté) la transcription|(?:inició|detuvo|ha iniciado|ha detenido) la transcripción"
    r"|(?:ha avviato|ha interrotto) la trascrizione|(?:iniciou|parou|interrompeu) a transcrição"
    r"|heeft de transcriptie (?:gestart|gestopt))\s*",
    re.IGNORECASE,
)
_OTTER_LINE = re.compile(
    r"(?P<date>\D{0,12}\d.*\b(?:19|20)\d\d\b.*?)\s*[•·|]\s*(?P<length>\d{1,3}:\d{2}(?::\d{2})?)\s*"
)
_AMBIGUOUS_DAY = re.compile(r"\D*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\D*.*")
_MEET_END = re.compile(r"[#*\s]*Meeting ended after (?P<length>\d{1,2}:\d\d:\d\d)\W*")
_MEET_FOOT = re.compile(r"\W*This editable transcript was computer generated and might contain errors\.")
_WORD_SOUND = frozenset({"audio file", "audiodatei", "fichier audio", "archivo de audio", "file audio", "audiobestand"})
_WORD_TALK = frozenset(
    "transcript transcription transkript transkription transcripción trascrizione transcriptie".split()
)
_YAML_NOTHING = frozenset({"[]", "{}", "null", "~", "|", ">", "|-", ">-"})
_FRONT_LINES = 200
_FIRST_LINES = 40
_LAST_LINES = 8
_TITLE_LINES = 6
_LONGEST_FIELD = 100
_DATES = frozenset({"date", "datum", "fecha", "recorded", "recording date", "interview date", "date of interview"})
_REMARKS = frozenset("note notes notiz nb ps example examples see tip warning topic theme".split())
_ANY_TIME = datetime(2000, 1, 1)
"""What relative words would count from; only words with a year are read."""


@dataclass(slots=True)
class Head:
    """What was read from lines ``gone``, which are no longer text. ``style`` is the id they give away, or empty."""

    gone: set[int] = field(default_factory=set)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    occurred: str = ""
    style: str = ""
    notices: list[str] = field(default_factory=list)

    def take_date(self, text: str) -> bool:
        """Keep a moment as ``occurred`` (EDTF) where the text is one for certain."""
        found = moment(text)
        self.occurred = self.occurred or found
        return bool(found)


def moment(text: str) -> str:
    """EDTF of a date with its year, as files write it; empty for none, and for 3/4/2026, which is two days."""
    words = text.strip()
    unsure = _AMBIGUOUS_DAY.fullmatch(words)
    if len(words) > _LONGEST_FIELD or not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", words):
        return ""
    if unsure and len(unsure[1]) <= 2 and max(int(unsure[1]), int(unsure[2])) <= 12 and unsure[1] != unsure[2]:
        return "" if "." not in words else _read(words)
    return _read(words)


def _read(words: str) -> str:
    try:
        return parse_when(words, _ANY_TIME).edtf
    except BadDate:
        return ""


def read_head(lines: Sequence[str]) -> Head:
    """What Otter or Teams wrote around the talk; lines of nobody's known making stay."""
    head = Head()
    _otter(lines, head)
    if not head.style:
        _teams(lines, head)
    if not head.style:
        _meet(lines, head)
    if not head.style:
        _word(lines, head)
    return head


def _otter(lines: Sequence[str], head: Head) -> None:
    first = [(at, lines[at].strip()) for at in range(min(len(lines), _FIRST_LINES)) if lines[at].strip()]
    sure = next((place for place, (_, line) in enumerate(first) if line in _OTTER_SURE), None)
    if sure is not None and any(_TALK_STARTS.fullmatch(line) for _, line in first[sure:]):
        head.style = "otter"
        start = next(place for place, (_, line) in enumerate(first) if line in _OTTER_HEADINGS)
        _otter_title(first[:start], head)
        _otter_sections(first[start:], head)
    for at in range(max(0, len(lines) - _FIRST_LINES), len(lines)):
        if _OTTER_FOOT.fullmatch(lines[at]):
            head.style = "otter"
            head.gone.add(at)
            head.notices.append("The closing line “Transcribed by https://otter.ai” was left out.")


def _otter_title(first: list[tuple[int, str]], head: Head) -> None:
    if len(first) > _TITLE_LINES:
        return
    for place, (at, line) in enumerate(first):
        found = _OTTER_LINE.fullmatch(line[:_LONGEST_FIELD])
        if found and head.take_date(found["date"]):
            head.attributes += [("Date", found["date"]), ("Duration", found["length"])]
        elif head.take_date(line):
            head.attributes.append(("Date", line))
        elif place == 0:
            head.attributes.append(("Title", line))
        else:
            continue
        head.gone.add(at)


def _otter_sections(rest: list[tuple[int, str]], head: Head) -> None:
    name, words = "", list[str]()
    for at, line in [*rest, (-1, "")]:
        if at < 0 or line in _OTTER_HEADINGS or (name and _TALK_STARTS.fullmatch(line)):
            if name and words:
                head.attributes.append((name, " ".join(words)))
            if line not in _OTTER_HEADINGS:
                return
            name, words = _OTTER_HEADINGS[line], []
        elif name:
            words.append(line)
        else:
            return
        head.gone.add(at)


def _teams(lines: Sequence[str], head: Head) -> None:
    filled = [at for at in range(min(len(lines), _FIRST_LINES)) if lines[at].strip()]
    start = next((place for place, at in enumerate(filled) if _TEAMS_EVENT.fullmatch(lines[at])), None)
    if start is None:
        _teams_without_event(lines, filled[:_TITLE_LINES], head)
    elif start <= _TITLE_LINES:
        _teams_title(lines, filled[:start], head)
    if start is not None:
        head.style = "teams-docx"
        ends = range(max(0, len(lines) - _LAST_LINES), len(lines))
        head.gone |= {at for at in (*filled, *ends) if _TEAMS_EVENT.fullmatch(lines[at])}


def _teams_without_event(lines: Sequence[str], filled: list[int], head: Head) -> None:
    """A title, a date and a duration one below the other are a head too, as Teams once wrote it."""
    for place in range(1, len(filled) - 1):
        if _is_duration(lines[filled[place + 1]]) and moment(lines[filled[place]]):
            _teams_title(lines, filled[: place + 2], head)
            return


def _meet(lines: Sequence[str], head: Head) -> None:
    """Google Meet's title, date and attendees, and what it says under the talk."""
    for at in range(max(0, len(lines) - _LAST_LINES), len(lines)):
        ended = _MEET_END.fullmatch(lines[at][:_LONGEST_FIELD])
        if ended:
            head.attributes.append(("Duration", ended["length"]))
        if ended or _MEET_FOOT.match(lines[at]):
            head.style = "meet"
            head.gone.add(at)
    first = [(at, lines[at].strip()) for at in range(min(len(lines), _FIRST_LINES)) if lines[at].strip()]
    names = [line.casefold().strip("#* ") for _, line in first]
    if names[1:2] == ["attendees"] and "transcript" in names[:_TITLE_LINES]:
        head.style = "meet"
    if not head.style:
        return
    talk = next((place for place, (_, line) in enumerate(first) if _is_talk(line)), 0)
    if talk > _TITLE_LINES:
        return
    for place, (at, line) in enumerate(first[:talk]):
        dated = head.take_date(line)
        if place and names[place - 1] == "attendees":
            head.attributes.append(("Speakers", line))
        elif len(line) > _LONGEST_FIELD:
            continue
        elif names[place].strip("📖 ") not in {"attendees", "transcript"}:
            head.attributes.append(("Date" if dated else "Title", line))
        head.gone.add(at)


def _word(lines: Sequence[str], head: Head) -> None:
    """What Word writes above what it transcribes: the sound file between two headings."""
    first = [(at, lines[at].strip()) for at in range(min(len(lines), _FIRST_LINES)) if lines[at].strip()][:_TITLE_LINES]
    for place, (at, line) in enumerate(first[:-2]):
        if line.casefold() in _WORD_SOUND and first[place + 2][1].casefold() in _WORD_TALK:
            head.attributes.append((line, first[place + 1][1]))
            head.gone |= {at, first[place + 1][0], first[place + 2][0]}


def _is_talk(line: str) -> bool:
    return bool(_TALK_STARTS.fullmatch(line)) or split_label(line.lstrip("#* ")) is not None


def _is_duration(line: str) -> bool:
    text = line.strip()
    return bool(text) and bool(_DURATION.fullmatch(text)) and not text.isdigit()


def _teams_title(lines: Sequence[str], filled: list[int], head: Head) -> None:
    for place, at in enumerate(filled):
        line = lines[at].strip()
        if _is_duration(line):
            head.attributes.append(("Duration", line))
        elif head.take_date(line):
            head.attributes.append(("Date", line))
        elif place == 0:
            head.attributes.append(("Title", line))
        else:
            continue
        head.gone.add(at)


def read_fields(lines: Sequence[str]) -> Head:
    """Fields that head the talk, such as “Date: 3 May 2026” and those around them, become attributes.

    They end at the first line that looks spoken; without one of the known names among them there are none.
    """
    head = Head()
    if _front_matter(lines, head):
        return head
    block: list[tuple[int, str, str]] = []
    last, closed = 0, False
    for at in range(min(len(lines), _FIRST_LINES)):
        line = lines[at].strip()
        found = split_label(line)
        if not line:
            last, closed = (len(block) if last and not closed else last), bool(last)
        elif found is None:
            if block or is_sentence(line):
                break
        elif is_field(found[0]) or not (closed or is_sentence(found[1])):
            if len(found[1]) > _LONGEST_FIELD:
                break
            block.append((at, *found))
            last = len(block) if is_field(found[0]) and found[0].casefold() not in _REMARKS else last
        else:
            break
    for at, name, value in block[:last]:
        head.gone.add(at)
        if value:
            head.attributes.append((name, value))
            if name.casefold() in _DATES:
                head.take_date(value)
    return head


def _front_matter(lines: Sequence[str], head: Head) -> bool:
    """Fields between two lines ``---`` at the top, as Markdown files have them. Of YAML: ``name: value``, values on
    several lines, and lists, whose items are joined by commas."""
    until = next((at for at in range(1, min(len(lines), _FRONT_LINES)) if lines[at].rstrip() == "---"), 0)
    if not until or lines[0].rstrip() != "---":
        return False
    found: list[tuple[str, list[str]]] = []
    for line in lines[1:until]:
        name, colon, value = line.partition(":")
        nested = line.startswith((" ", "\t", "-"))
        if colon and not nested and not line.startswith("#"):
            found.append((name.strip(), [value.strip()]))
        elif found and nested:
            found[-1][1].append(line.strip())
        elif line.strip():
            return False
    if len({name for name, _ in found}) < len(found):
        return False  # who speaks comes again, a field does not
    for name, values in found:
        values = values[1:] if values[0] in _YAML_NOTHING else values
        items = [value.removeprefix("- ").strip("\"' ") for value in values if value.startswith("- ")]
        value = ", ".join(items) if items else " ".join(filter(None, values)).strip("\"' ")
        if value:
            head.attributes.append((name, value))
            if name.casefold() in _DATES:
                head.take_date(value)
    head.gone |= set(range(until + 1))
    return True
