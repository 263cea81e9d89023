#!/usr/bin/env python3
"""The one door of the repository: set up, run, test, lint, take the pictures, measure.

    python3 packaging/bootstrap.py run      set up what is missing and open the app on the sample notebook
    python3 packaging/bootstrap.py test     the same with the development group, then run every test
    python3 packaging/bootstrap.py setup    only set up (with --dev: the development group too)
    python3 packaging/bootstrap.py lint     style, types, import contracts
    python3 packaging/bootstrap.py tour     pictures of every screen (--out DIR; build/tour unless told)
    python3 packaging/bootstrap.py bench    the figures beside their floors (--entries N, --json FILE)

What follows the command is handed on. Needs nothing but Python 3.11 or newer: only the standard library is used here,
and only syntax that an older Python can read, so that it can be told what it lacks.

The environment is .venv in the checkout (TERRAIN_VENV names another place). It holds exactly what the lock files say,
each part checked against its hash, and the project itself. A stamp written last says what was installed; where it is
missing or tells of something else the environment is made anew, so an interrupted installation mends itself.

Refuses to install anything the lock files do not name, and to change a system that is not Debian's or when not root.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("TERRAIN_VENV") or ROOT / ".venv").absolute()
STAMP = VENV / "terrain-stamp.json"
LOCKS = {
    "run": ROOT / "packaging" / "requirements.lock",
    "dev": ROOT / "packaging" / "requirements-dev.lock",
}
PICTURES = ROOT / "build" / "tour"
OLDEST_PYTHON = (3, 11)

# Shared library -> the Debian package that brings it. Qt loads these wherever it draws …
OFFSCREEN_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # QtNetwork; on Debian 12 it is there with Python, on 13 no more
}
# … and these where it draws on an X display.
DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Debian 13 and Ubuntu 24.04 renamed what has another size of time_t.
RENAMED_PACKAGES = {"libglib2.0-0": "libglib2.0-0t64"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


class Stop(Exception):
    """Something a person has to do first; its text is the sentence that says what."""


def say(text: str) -> None:
    print(text, flush=True)


# ---------------------------------------------------------------------------------------------------------------------
# The system: which shared libraries are missing, and who brings them


def library_loads(name: str) -> bool:
    """Whether the dynamic loader finds the shared library, asked the way Qt asks."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def font_present() -> bool:
    """Whether any outline font is installed; without one all text is drawn as boxes."""
    for folder in FONT_FOLDERS:
        for _, _, files in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith(FONT_ENDINGS) for name in files):
                return True
    return False


def venv_package(version: tuple[int, int], system_python: str) -> str:
    """The Debian package with ensurepip for this Python, given what /usr/bin/python3 really is."""
    name = f"python{version[0]}.{version[1]}"
    return "python3-venv" if system_python == name else f"{name}-venv"


def missing_parts(qt: bool, display: bool) -> dict[str, str]:
    """What the system lacks, for Qt and for a display where asked: name of the part -> Debian package."""
    missing = {}
    if importlib.util.find_spec("ensurepip") is None:
        missing["ensurepip"] = venv_package(sys.version_info[:2], Path("/usr/bin/python3").resolve().name)
    if qt and sys.platform == "linux":
        libraries = {**OFFSCREEN_LIBRARIES, **(DISPLAY_LIBRARIES if display else {})}
        missing.update({name: package for name, package in libraries.items() if not library_loads(name)})
        if not font_present():
            missing["a font"] = "fonts-dejavu-core"
    return missing


def package_names(missing: dict[str, str], known: set[str]) -> list[str]:
    """The packages to ask apt for, each once, under the name that this release knows."""
    names = []
    for package in missing.values():
        renamed = RENAMED_PACKAGES.get(package, package)
        name = renamed if renamed in known else package
        if name not in names:
            names.append(name)
    return names


def known_packages() -> set[str]:
    """Which of the packages with two names apt knows; empty where its lists have not been fetched yet."""
    known: set[str] = set()
    for package in RENAMED_PACKAGES:
        answer = subprocess.run(["apt-cache", "pkgnames", package], capture_output=True, text=True, check=False)
        known.update(answer.stdout.split())
    return known


def line_for_root(names: list[str], sudo: bool) -> str:
    """The line another user runs, or asks an administrator to run."""
    commands = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *names]]
    if sudo:
        return " && ".join(shlex.join(["sudo", *command]) for command in commands)
    return shlex.join(["su", "-c", " && ".join(shlex.join(command) for command in commands)])


def apt_get(*words: str) -> None:
    # The lock of another apt at work, such as unattended upgrades, is waited for.
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", *words]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
        raise Stop(f"'{shlex.join(command)}' failed; what it said is above.")


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install_system_parts(qt: bool, display: bool) -> None:
    """Installs the system packages that are missing, or stops with what to do where that is not ours to do."""
    missing = missing_parts(qt, display)
    if not missing:
        return
    lacks = f"This system lacks {', '.join(missing)}"
    if not shutil.which("apt-get"):
        raise Stop(f"{lacks}: install what brings them, then start this again.")
    if not is_root():
        line = line_for_root(package_names(missing, known_packages()), shutil.which("sudo") is not None)
        raise Stop(f"{lacks}. Run this line, then start this again:\n{line}")
    say(f"{lacks}; installing it")
    apt_get("update")
    names = package_names(missing, known_packages())
    apt_get("install", "-y", "--no-install-recommends", *names)
    importlib.invalidate_caches()
    still = missing_parts(qt, display)
    if still:
        raise Stop(f"This system still lacks {', '.join(still)}, although {', '.join(names)} are installed.")


# ---------------------------------------------------------------------------------------------------------------------
# The display


def display_named(environment: dict[str, str]) -> bool:
    """Whether a window is asked for at all: an offscreen platform is as good as no display."""
    if sys.platform != "linux":
        return True
    wished = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if wished:
        return wished not in ("offscreen", "minimal")
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def wayland_answers(environment: dict[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as link:
        try:
            link.connect(str(Path(environment.get("XDG_RUNTIME_DIR", "/run")) / name))
        except OSError:
            return False
    return True


def x_answers(environment: dict[str, str]) -> bool:
    """Whether the X server takes a connection, its access rights included."""
    if not environment.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(environment["DISPLAY"].encode(), None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def display_answers(environment: dict[str, str]) -> bool:
    """Whether a window can be opened now."""
    if not display_named(environment):
        return False
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    return wayland_answers(environment) or x_answers(environment)


def display_expected(environment: dict[str, str]) -> bool:
    """Whether what a display takes is needed; without libxcb there is no asking yet whether the named one answers."""
    return display_named(environment) and (display_answers(environment) or not library_loads("libxcb.so.1"))


# ---------------------------------------------------------------------------------------------------------------------
# The environment


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wanted_stamp(dev: bool) -> dict[str, str | None]:
    """What the stamp says of an environment that is as it should be."""
    return {
        "python": f"{sys.implementation.cache_tag} {platform.machine()}",
        "place": f"{ROOT} {VENV}",
        "run": digest(LOCKS["run"]),
        "dev": digest(LOCKS["dev"]) if dev else None,
        "project": digest(ROOT / "pyproject.toml"),
    }


def read_stamp() -> dict[str, str | None]:
    """What the stamp says is installed; empty where there is none or the environment lost its Python."""
    if not venv_python().exists():
        return {}
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def steps_from(have: dict[str, str | None], want: dict[str, str | None]) -> list[str]:
    """The steps from what is installed to what is wanted, of: venv, run, dev, project. None where all is there.

    A lock file that changed makes the environment anew, as nothing else would take away what it no longer names.
    """
    group = "dev" if want["dev"] else "run"
    stale = any(have.get(key) != want[key] for key in ("python", "place", "run"))
    if stale or (group == "dev" and have.get("dev") not in (None, want["dev"])):
        return ["venv", group, "project"]
    steps = [group] if group == "dev" and not have.get("dev") else []
    if have.get("project") != want["project"]:
        steps.append("project")
    return steps


def make_venv() -> None:
    say(f"Making {VENV} with Python {platform.python_version()}")
    if VENV != ROOT / ".venv" and VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise Stop(f"{VENV} is no Python environment and not empty: name another place in TERRAIN_VENV.")
    # Should this script run on the environment's own Python, the one below it makes the new one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    install([base, "-m", "venv", "--clear", str(VENV)], "Making the environment failed; what Python said is above.")


def install_lock(group: str) -> None:
    say("Installing the locked parts; the first time this takes a minute or so")
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[group])]
    install(
        pip(*options),
        "Installing the locked parts failed; what pip said is above. With the network there, start this again.",
    )


def install_project() -> None:
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
    install(pip(*options), "Installing the project itself failed; what pip said is above.")


def pip(*options: str) -> list[str]:
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    return [*command, *([] if sys.stdout.isatty() else ["-qq"]), *options]


def install(command: list[str], failed: str) -> None:
    if call(command):
        raise Stop(failed)


def set_up(dev: bool) -> None:
    """Makes the environment what the lock files say; quick where it is so already."""
    want, have = wanted_stamp(dev), read_stamp()
    steps = steps_from(have, want)
    if steps:
        STAMP.unlink(missing_ok=True)
    for step in steps:
        if step == "venv":
            make_venv()
            have = {}
        elif step == "project":
            install_project()
        else:
            install_lock(step)
    if steps:
        stamp = {**want, "dev": want["dev"] or have.get("dev")}
        fresh = STAMP.with_suffix(".new")
        fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        fresh.replace(STAMP)
    refuse_bad_pair(installed_qt(), sys.version_info[:2])


def installed_qt() -> str | None:
    """The version of PySide6-Essentials that lies in the environment."""
    for place in ("lib/python*/site-packages", "Lib/site-packages"):
        for info in VENV.glob(f"{place}/[Pp]y[Ss]ide6_[Ee]ssentials-*.dist-info"):
            return info.name.removesuffix(".dist-info").split("-")[1]
    return None


def refuse_bad_pair(qt: str | None, python: tuple[int, int]) -> None:
    """PySide6 6.12 drops a reference to None on every void call, which ends Python below 3.12 sooner or later."""
    if qt and python < (3, 12) and tuple(int(part) for part in qt.split(".")[:2]) >= (6, 12):
        raise Stop(
            f"PySide6 {qt} aborts on Python {python[0]}.{python[1]}: delete {VENV} and start this again, "
            "which installs the version below 6.12 that the lock file names, or use Python 3.12 or newer."
        )


# ---------------------------------------------------------------------------------------------------------------------
# The commands


def call(command: list[str], cwd: Path | None = None, **variables: str) -> int:
    """Runs a program to its end and returns its exit code; variables that are set already win over the given ones."""
    environment = {**variables, **os.environ}
    # Parts of another installation must not be found before the locked ones.
    for name in ("PYTHONHOME", "PYTHONPATH"):
        environment.pop(name, None)
    process = subprocess.Popen(command, cwd=cwd, env=environment)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue  # the program got it too, and ends in its own way
        return code if code >= 0 else 128 - code


def app(*words: str) -> list[str]:
    # -P: the folder one stands in must not be taken for the program.
    return [str(venv_python()), "-P", "-m", "desktop_app", *words]


def setup_command(words: list[str]) -> int:
    if set(words) - {"--dev"}:
        raise Stop("setup takes no words but --dev.")
    install_system_parts(qt=True, display=display_expected(dict(os.environ)))
    set_up(dev="--dev" in words)
    return 0


def run_command(words: list[str]) -> int:
    environment = dict(os.environ)
    install_system_parts(qt=True, display=display_expected(environment))
    set_up(dev=False)
    if display_answers(environment):
        return call(app("open", *(words or ["--sample"])))
    say("There is no display here, so Terrain takes the tour instead of opening its window.")
    code = call(app("tour", "--out", str(PICTURES)), QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(f"The pictures of every screen are in {PICTURES}")
    return code


def tour_command(words: list[str]) -> int:
    install_system_parts(qt=True, display=False)
    set_up(dev=False)
    told = any(word.split("=")[0] == "--out" for word in words)
    place = [] if told else ["--out", str(PICTURES)]
    return call(app("tour", *place, *words), QT_QPA_PLATFORM="offscreen")


def bench_command(words: list[str]) -> int:
    install_system_parts(qt=True, display=False)
    set_up(dev=False)
    return call([str(venv_python()), "-P", "-m", "tests.bench", *words], QT_QPA_PLATFORM="offscreen")


def test_command(words: list[str]) -> int:
    install_system_parts(qt=True, display=False)
    set_up(dev=True)
    python = str(venv_python())
    if words:
        return call([python, "-m", "pytest", *words], cwd=ROOT, QT_QPA_PLATFORM="offscreen")
    # Each test once: those of the window with Qt, all others where it cannot be imported.
    say("--- without Qt")
    others = call([python, "tests/without_qt.py"], cwd=ROOT)
    say("--- the window")
    return call([python, "-m", "pytest", "tests/ui"], cwd=ROOT, QT_QPA_PLATFORM="offscreen") or others


def lint_command(words: list[str]) -> int:
    if words:
        raise Stop("lint takes no words.")
    install_system_parts(qt=False, display=False)
    set_up(dev=True)
    python = str(venv_python())
    checks = {
        "style": [python, "-m", "ruff", "check"],
        "format": [python, "-m", "ruff", "format", "--check"],
        "types": [python, "-m", "mypy"],
        "contracts": [str(venv_python().with_name("lint-imports"))],
    }
    failed = []
    for name, command in checks.items():
        say(f"--- {name}")
        if call(command, cwd=ROOT):
            failed.append(name)
    say(f"--- failed: {', '.join(failed)}" if failed else "--- all in order")
    return 1 if failed else 0


COMMANDS = {
    "setup": setup_command,
    "run": run_command,
    "test": test_command,
    "lint": lint_command,
    "tour": tour_command,
    "bench": bench_command,
}


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        say(
            f"Terrain needs Python 3.11 or newer; this is Python {platform.python_version()}. "
            "Start this script with a newer one, for example: python3.12 packaging/bootstrap.py run"
        )
        return 1
    parser = argparse.ArgumentParser(
        usage=f"bootstrap.py {'|'.join(COMMANDS)} ...",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command", help=argparse.SUPPRESS)
    parser.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    try:
        return COMMANDS[wish.command](wish.words)
    except Stop as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"Setting up failed: {place}{error.strerror or error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
