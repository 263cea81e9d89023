"""Agreement between coders: coefficients that name their unit, and where the coders differ.

Start at :func:`agreement` (``comparison.py``). Each unit is a file (``characters``, ``segments``, ``continuum``) that
says what it found as counts, of which ``evidence.py`` and ``coefficients.py`` make the figures. Refuses to fill in:
what is undefined is ``None``, who coded nothing is missing.
"""

from desktop_app.lenses.agreement.comparison import agreement
from desktop_app.lenses.agreement.disagreements import disagreements
from desktop_app.lenses.agreement.levels import reliability

__all__ = ["agreement", "disagreements", "reliability"]
