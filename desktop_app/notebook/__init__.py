"""The notebook file: schema, revisions, undo, repositories, backup and check over one SQLite database.

The only room that speaks SQL. It refuses to know of people typing (that is ``services``), of file formats and of the
search index; it hands out and takes ``model`` objects.
"""
