"""One running instance: messages between processes of one person, and nothing else."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop_app.ui.shell.instance import LONGEST, Instance, send, server_name

SEND = """
import sys
from pathlib import Path
from desktop_app.ui.shell.instance import send
sys.exit(0 if send(Path(sys.argv[1]), {"verb": "capture", "text": sys.argv[2]}) else 3)
"""


@pytest.fixture
def listening(qapp, tmp_path):
    made = Instance(tmp_path / "a.terrain")
    assert made.listening
    yield made
    made.close()


def post(notebook: Path, data: bytes) -> QLocalSocket:
    socket = QLocalSocket()
    socket.connectToServer(server_name(notebook))
    assert socket.waitForConnected(1000)
    socket.write(data)
    socket.flush()
    return socket


def framed(value: object) -> bytes:
    data = json.dumps(value).encode()
    return len(data).to_bytes(4, "big") + data


def test_another_process_hands_its_wish_over(qtbot, listening, tmp_path):
    with qtbot.waitSignal(listening.received, timeout=20_000) as told:
        process = subprocess.Popen([sys.executable, "-c", SEND, str(tmp_path / "a.terrain"), "“häh” 🙂"])
    assert told.args == [{"verb": "capture", "text": "“häh” 🙂"}]
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    assert process.returncode == 0


def test_where_nobody_listens_nothing_is_sent(qapp, tmp_path):
    assert not send(tmp_path / "b.terrain", {"verb": "open"})


def test_notebooks_have_their_own_windows(tmp_path):
    assert server_name(tmp_path / "a.terrain") != server_name(tmp_path / "b.terrain")
    assert server_name(tmp_path / "x" / ".." / "a.terrain") == server_name(tmp_path / "a.terrain")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no file mode")
def test_only_the_person_can_connect(listening, tmp_path):
    mode = Path(server_name(tmp_path / "a.terrain")).stat().st_mode
    assert stat.S_IMODE(mode) & (stat.S_IRWXG | stat.S_IRWXO) == 0


@pytest.mark.parametrize(
    "data",
    [
        framed({"verb": "format"}),
        framed(["capture"]),
        framed("x"),
        (5).to_bytes(4, "big") + b"{{{{{",
        framed({"verb": "open", "text": "x" * LONGEST}),
        (2).to_bytes(4, "big") + b"{}{}{}",
    ],
)
def test_what_is_no_message_is_dropped(qtbot, listening, tmp_path, data):
    with qtbot.assertNotEmitted(listening.received):
        socket = post(tmp_path / "a.terrain", data)
        qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
        assert not socket.readAll().data()


def test_a_message_in_pieces_is_read(qtbot, listening, tmp_path):
    data = framed({"verb": "open"})
    socket = post(tmp_path / "a.terrain", data[:6])
    with qtbot.waitSignal(listening.received) as told:
        qtbot.wait(1)
        socket.write(data[6:])
        socket.flush()
    assert told.args == [{"verb": "open"}]


def test_too_long_a_text_is_not_sent(listening, tmp_path):
    assert not send(tmp_path / "a.terrain", {"verb": "capture", "text": "x" * LONGEST})


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe leaves nothing behind")
def test_a_socket_left_by_a_crash_is_cleaned(qtbot, qapp, tmp_path):
    name = Path(server_name(tmp_path / "c.terrain"))
    name.parent.mkdir(parents=True, exist_ok=True)
    code = "import socket,sys,os; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(name)], check=False)
    assert name.exists()
    assert not send(tmp_path / "c.terrain", {"verb": "open"})
    made = Instance(tmp_path / "c.terrain")
    assert made.listening
    made.close()
    assert list(name.parent.iterdir()) == []
