"""Agreement of three coders over forty documents and fifty codes, beside counting every character with numpy."""

import random
from collections.abc import Iterator

import numpy as np

from desktop_app.lenses.agreement import agreement
from desktop_app.model.agreement import Applied, Unit
from tests.bench.figures import Call, Figure, in_turns

DOCUMENTS, CODES, CODERS, CHARACTERS = 40, 50, 3, 60_000
PLACES = 300
"""Stretches of a document that somebody codes: a coder applies three of four of them, a little shifted."""
ROUNDS = 3


def study() -> tuple[list[Applied], dict[str, int], list[str]]:
    """What three coders applied, the length of each document, and the coders."""
    dice = random.Random(7)
    coders = [f"coder {number}" for number in range(CODERS)]
    applied = []
    for document in range(DOCUMENTS):
        for _ in range(PLACES):
            start, code = dice.randrange(CHARACTERS - 400), f"code {dice.randrange(CODES)}"
            end = start + dice.randrange(20, 300)
            for coder in coders:
                if dice.random() < 0.75:
                    low, high = start + dice.randrange(10), end + dice.randrange(10)
                    applied.append(Applied(f"document {document}", code, coder, low, high))
    return applied, {f"document {number}": CHARACTERS for number in range(DOCUMENTS)}, coders


def counted(applied: list[Applied], lengths: dict[str, int], coders: list[str]) -> int:
    """How many characters each set of coders shares, code by code: a flag per character and coder."""
    places = {coder: place for place, coder in enumerate(coders)}
    by_code: dict[tuple[str, str], list[Applied]] = {}
    for one in applied:
        by_code.setdefault((one.target, one.code), []).append(one)
    shared = np.zeros(1 << len(coders), dtype=np.int64)
    for (target, _), found in by_code.items():
        flags = np.zeros(lengths[target], dtype=np.int64)
        for one in found:
            flags[one.start : one.end] |= 1 << places[one.coder]
        shared += np.bincount(flags, minlength=len(shared))
    return int(shared.sum())


def figures() -> Iterator[Figure]:
    """The coefficients of all codes, documents and overall, intervals included, in each unit."""
    applied, lengths, coders = study()
    for unit in Unit:

        def pairs(unit: Unit = unit) -> Iterator[tuple[Call, Call]]:
            for _ in range(ROUNDS):
                yield (
                    lambda: agreement(applied, lengths, coders, unit),
                    lambda: counted(applied, lengths, coders),
                )

        value, floor = in_turns(pairs())
        what = f"{DOCUMENTS} documents × {CODES} codes × {CODERS} coders, {len(applied):,} codings"
        yield Figure(f"agreement_{unit}", value * 1000, "ms", floor * 1000, what, "characters counted with numpy")
