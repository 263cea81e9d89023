"""What holds for every test: a home of its own, silence, and a run that ran something.

Refuses to know a room: fixtures of one room live in that room's conftest.
"""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Slow machines must not fail a property for the time an example takes; CI draws the same examples every time.
settings.register_profile("terrain", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("terrain")

# The variables that lead to a person's own folders; a test must neither read nor write there.
HOME_VARIABLES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in list(os.environ):
        if name.startswith(("TERRAIN_", "XDG_")) and name != "XDG_RUNTIME_DIR":
            del os.environ[name]
    config.addinivalue_line(
        "markers",
        "expects_log(pattern): the test makes a log record of WARNING or above whose text the pattern is found in; "
        "any other such record, and a pattern that no record fits, fails the test.",
    )


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for what is made once and shared, such as a template notebook."""
    with pytest.MonkeyPatch.context() as patch:
        yield move_home(patch, tmp_path_factory.mktemp("session"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This test's own home folder, empty; Terrain's settings, data, cache and state lie in `terrain` below it."""
    return move_home(monkeypatch, tmp_path_factory.mktemp("home"))


def move_home(patch: pytest.MonkeyPatch, folder: Path) -> Path:
    for name in HOME_VARIABLES:
        patch.setenv(name, str(folder))
    patch.setenv("TERRAIN_HOME", str(folder / "terrain"))
    return folder


@pytest.fixture(autouse=True)
def silence(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """An unexpected log record of WARNING or above fails the test."""
    yield
    records = [
        record
        for when in ("setup", "call", "teardown")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    patterns = [re.compile(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    texts = [record.getMessage() for record in records]
    loud = [
        f"{record.levelname} {record.name}: {text}"
        for record, text in zip(records, texts, strict=True)
        if not any(pattern.search(text) for pattern in patterns)
    ]
    assert not loud, "unexpected in the log:\n" + "\n".join(loud)
    unmet = [pattern.pattern for pattern in patterns if not any(pattern.search(text) for text in texts)]
    assert not unmet, f"expected in the log, but not there: {unmet}"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run that was to run tests and only skipped them is no success."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus != pytest.ExitCode.OK or session.config.option.collectonly or reporter is None:
        return
    if not any(reporter.stats.get(outcome) for outcome in ("passed", "xfailed")):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
