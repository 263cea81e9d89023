"""The tests; `python3 packaging/bootstrap.py test` runs them, README.md here says how they are kept."""
