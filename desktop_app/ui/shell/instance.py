"""One running window per person and notebook: a later start hands its wish to the first one and ends.

Messages are JSON objects of at most 64 kB, ended by closing; ``verb`` is ``capture`` (with ``text``) or ``open``. The
socket lies in the person's own state folder and only they can connect to it.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_app.config.paths import state_dir

LONGEST = 65_536
ANSWER = b"ok"
WAIT_MILLISECONDS = 2_000
LONGEST_PATH = 100


def server_name(notebook: Path | None) -> str:
    """The socket of a notebook's window: a path on Linux and macOS, a pipe's name on Windows."""
    whose = str(state_dir().absolute()) + "\n" + (str(notebook.resolve()) if notebook else "")
    name = f"terrain-{hashlib.sha256(whose.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    path = str(state_dir().absolute() / "run" / name)
    # A socket's path has about 107 bytes; a deep home falls back to the shared folder, where the name is still ours.
    return path if len(path.encode()) <= LONGEST_PATH else str(Path(tempfile.gettempdir()) / name)


def send(notebook: Path | None, message: dict[str, str]) -> bool:
    """Hands ``message`` to the running window of that notebook; false when there is none that answers."""
    data = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    name = server_name(notebook)
    if len(data) > LONGEST or (sys.platform != "win32" and not Path(name).exists()):
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MILLISECONDS):
        return False
    socket.write(len(data).to_bytes(4, "big") + data)
    socket.flush()
    answered = socket.waitForReadyRead(WAIT_MILLISECONDS) and socket.readAll().data() == ANSWER
    socket.abort()
    return answered


class Instance(QObject):
    """The listening side. ``received(dict)`` for each well-formed message; anything else is dropped."""

    received = Signal(dict)

    def __init__(self, notebook: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)
        name = server_name(notebook)
        if sys.platform != "win32":
            Path(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # With the option above Qt makes the socket aside and moves it here: one left by a crash is no obstacle.
        self.listening = self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _take(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Reader(socket, self)


class _Reader(QObject):
    """Reads one message of one connection, answers, and goes away; a slow or talkative one is cut off."""

    def __init__(self, socket: QLocalSocket, instance: Instance) -> None:
        super().__init__(socket)
        self._socket = socket
        self._instance = instance
        self._data = b""
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._give_up)
        self._patience.start(WAIT_MILLISECONDS)
        self._read()

    def _give_up(self) -> None:
        self._socket.abort()

    def _read(self) -> None:
        self._data += self._socket.readAll().data()
        if len(self._data) < 4:
            return
        length = int.from_bytes(self._data[:4], "big")
        if length > LONGEST or len(self._data) > 4 + length:
            self._socket.abort()
        elif len(self._data) == 4 + length:
            message = _message(self._data[4:])
            if message is None:
                self._socket.abort()
                return
            self._socket.write(ANSWER)
            self._socket.flush()
            self._socket.disconnectFromServer()
            self._instance.received.emit(message)


def _message(data: bytes) -> dict[str, str] | None:
    try:
        message = json.loads(data)
    except ValueError:
        return None
    if not isinstance(message, dict) or message.get("verb") not in ("capture", "open"):
        return None
    return {key: value for key, value in message.items() if isinstance(value, str)}
