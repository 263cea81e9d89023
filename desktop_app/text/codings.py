"""A coding whose text has become another one."""

from dataclasses import replace

from desktop_app.model.coding import CodingFields, Review
from desktop_app.text.anchors import Correction, surroundings


def moved_coding(fields: CodingFields, correction: Correction, version: str) -> tuple[CodingFields, bool]:
    """A coding on the corrected text, whose SHA-256 is ``version``, and whether its place is certain.

    Where it is a guess the coding waits for a person: its review holds what stood there before the first doubtful edit,
    as that is what has to be compared with.
    """
    place = correction.move(fields.start, fields.end)
    review = fields.review
    if not place.certain and review is None:
        review = Review(fields.quote, *surroundings(correction.old, fields.start, fields.end))
    quote = correction.new[place.start : place.end]
    moved = replace(fields, start=place.start, end=place.end, quote=quote, version=version, review=review)
    return moved, place.certain
