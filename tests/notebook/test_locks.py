"""Two connections in one process and a second program: nobody takes the log away under the open ones."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.notebook.database import Database

OTHER = """
import sys
from pathlib import Path
from desktop_app.notebook.database import Database
database = Database.open(Path(sys.argv[1]))
database.execute("INSERT INTO words VALUES (?)", ("theirs",))
database.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="locks there belong to the descriptor")
def test_another_program_that_leaves_does_not_take_the_log_from_under_two_connections(tmp_path: Path) -> None:
    path = tmp_path / "n.terrain"
    with_words = Database.open(path, create=True)
    with_words.execute("CREATE TABLE words (word TEXT)")
    second = Database.open(path)  # looks at the header while the first has the file
    subprocess.run([sys.executable, "-c", OTHER, str(path)], check=True)
    assert (tmp_path / "n.terrain-wal").exists()
    second.execute("INSERT INTO words VALUES (?)", ("ours",))
    assert with_words.execute("SELECT word FROM words ORDER BY word").fetchall() == [("ours",), ("theirs",)]
    second.close()
    with_words.close()
    later = Database.open(path)
    assert later.execute("SELECT word FROM words ORDER BY word").fetchall() == [("ours",), ("theirs",)]
    later.close()
