"""Pure analysis: figures made from points and entries already read. Opens no file, knows no database and no Qt."""
