"""Terrain: an offline desktop journal for what metrics cannot say."""

__version__ = "0.1.0"
