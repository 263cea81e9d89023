"""The bench: Terrain's figures, each beside a floor that was measured in the same run on the same machine.

A floor is the least that any program would need for the same: a raw insert, a bare window, SQLite's own full-text
index, a loop over ``csv.reader``. Value and floor are measured in turns, so that a busy machine slows both; what is
told is the median of each and their ratio. Run it with ``python3 packaging/bootstrap.py bench``; no test is in here.
"""
