"""The grid of 4 px: all distances are multiples of it."""

GRID = 4
SPACE_S = 4
"""Between an icon and its word, between lines of one thing."""
SPACE_M = 8
"""Between things that belong together."""
SPACE_L = 16
"""Between groups; the inside of a card."""
SPACE_XL = 24
"""Around a screen."""

CORNER = 8
"""Radius of a card's corners; fields and buttons have 6."""

READING_WIDTH_CHARACTERS = 72
"""Longest line of running text."""
