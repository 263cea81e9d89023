"""Starting the window, and what it holds in memory, beside a bare QMainWindow; each start is a process of its own.

Run as ``python -m tests.bench.window app NOTEBOOK`` or ``… bare`` it opens that window, and prints ``ready`` once it
has been painted and has answered an event, and ``settled`` once nothing is left to be done, each with the resident
memory.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure

STARTS = 7
ROOT = Path(__file__).resolve().parents[2]


def resident_kilobytes() -> int:
    """Memory of this process that is in use: VmRSS, or the most it ever was where there is no /proc."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // 1024 if sys.platform == "darwin" else most
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def start(*words: str) -> tuple[float, float]:
    """Seconds until a window answers, and its megabytes when it has settled."""
    command = [sys.executable, "-P", "-m", "tests.bench.window", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    begun = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as told,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=told, text=True) as running,
    ):
        assert running.stdout is not None
        ready = running.stdout.readline()
        took = time.perf_counter() - begun
        settled = running.stdout.readline()
        running.wait()
        told.seek(0)
        if running.returncode or not ready.startswith("ready") or not settled.startswith("settled"):
            raise RuntimeError(f"{' '.join(command)} ended with {running.returncode}: {told.read()}")
    return took, int(settled.split()[1]) / 1024


def figures(notebook: Path) -> list[Figure]:
    """Starts in turns, after one of each that fills the system's caches."""
    ours, bare = [], []
    for number in range(STARTS + 1):
        pair = start("app", str(notebook)), start("bare")
        if number:
            ours.append(pair[0])
            bare.append(pair[1])
    seconds, memory = (
        (median(each[place] for each in ours), median(each[place] for each in bare)) for place in range(2)
    )
    return [
        Figure("start", *_told(seconds, "s"), "start until the window answers", "a bare QMainWindow"),
        Figure("memory", *_told(memory, "MB"), "resident once all is read", "a bare QMainWindow"),
    ]


def _told(pair: tuple[float, float], unit: str) -> tuple[float, str, float]:
    return pair[0], unit, pair[1]


# --- in the process of its own ----------------------------------------------------------------------------------------


def tell(what: str) -> None:
    sys.stdout.write(f"{what} {resident_kilobytes()}\n")
    sys.stdout.flush()


def when_answered(window: object, then: Callable[[], None]) -> object:
    """Call ``then`` when the window has been painted and an event posted after that has come round."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    assert isinstance(window, QWidget)

    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.painted:
                self.painted = True
                QTimer.singleShot(0, then)
            return False

    watch = Watch(window)
    window.installEventFilter(watch)
    return watch


def bare() -> int:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.resize(1200, 800)

    def answered() -> None:
        tell("ready")
        tell("settled")
        application.quit()

    when_answered(window, answered)
    window.show()
    return application.exec()


def app(notebook: str) -> int:
    """The program as a person starts it; only its event loop is looked into."""
    from desktop_app.__main__ import main
    from desktop_app.ui.shell import application as shell

    execute = shell.Program.execute

    def watched(program: shell.Program) -> int:
        from PySide6.QtCore import QTimer

        def settled() -> None:
            assert program.operations is not None
            program.operations.wait_until_idle()
            tell("settled")
            program.application.quit()

        def answered() -> None:
            tell("ready")
            # What the shell does a moment later belongs to what it holds.
            QTimer.singleShot(3000, settled)

        when_answered(program.window, answered)
        return execute(program)

    shell.Program.execute = watched  # type: ignore[method-assign]
    return main(["open", notebook])


if __name__ == "__main__":
    sys.exit(app(sys.argv[2]) if sys.argv[1] == "app" else bare())
