"""The bootstrap script: what it decides, with the machine it would ask or change replaced by answers."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"
ALL_THERE = {"python": "cpython-311 x86_64", "place": "here", "run": "r1", "dev": "d1", "project": "p1"}


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("TERRAIN_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script on a Linux where every library loads and a font is there, until a test says otherwise."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(bootstrap, "library_loads", lambda name: True)
    monkeypatch.setattr(bootstrap, "font_present", lambda: True)
    monkeypatch.setattr(bootstrap, "known_packages", set)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    return bootstrap


class TestSystemParts:
    def test_nothing_is_missing_where_all_loads(self, bare: ModuleType) -> None:
        assert bare.missing_parts(qt=True, display=True) == {}

    def test_offscreen_needs_these(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: False)
        names = bare.package_names(bare.missing_parts(qt=True, display=False), known=set())
        assert names == [
            "libglib2.0-0",
            "libgl1",
            "libegl1",
            "libxkbcommon0",
            "libfontconfig1",
            "libdbus-1-3",
            "libgssapi-krb5-2",
        ]

    def test_a_display_needs_these_besides(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: "xcb" in name or "x11" in name)
        offscreen = bare.missing_parts(qt=True, display=False)
        monkeypatch.setattr(bare, "library_loads", lambda name: False)
        with_display = bare.package_names(bare.missing_parts(qt=True, display=True), known=set())
        assert [name for name in with_display if name not in offscreen.values()] == [
            "libxcb-cursor0",
            "libxcb-icccm4",
            "libxcb-keysyms1",
            "libxcb-shape0",
            "libxkbcommon-x11-0",
        ]

    def test_only_what_does_not_load_is_asked_for(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: name != "libEGL.so.1")
        assert bare.missing_parts(qt=True, display=True) == {"libEGL.so.1": "libegl1"}

    def test_without_a_font_one_is_asked_for(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "font_present", lambda: False)
        assert bare.missing_parts(qt=True, display=False) == {"a font": "fonts-dejavu-core"}

    def test_style_and_types_need_no_library(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: False)
        assert bare.missing_parts(qt=False, display=False) == {}

    def test_other_systems_bring_their_libraries(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: False)
        monkeypatch.setattr(sys, "platform", "darwin")
        assert bare.missing_parts(qt=True, display=True) == {}

    def test_ensurepip_comes_with_the_package_of_this_python(
        self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare.importlib.util, "find_spec", lambda name: None)
        assert list(bare.missing_parts(qt=False, display=False)) == ["ensurepip"]
        assert bare.venv_package((3, 11), "python3.11") == "python3-venv"
        assert bare.venv_package((3, 12), "python3.11") == "python3.12-venv"

    def test_renamed_packages_where_apt_knows_them(self, bootstrap: ModuleType) -> None:
        missing = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0", "libGL.so.1": "libgl1"}
        assert bootstrap.package_names(missing, known={"libglib2.0-0t64"}) == ["libglib2.0-0t64", "libgl1"]
        assert bootstrap.package_names(missing, known=set()) == ["libglib2.0-0", "libgl1"]

    def test_fonts_are_found_in_folders_below(
        self, bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "FONT_FOLDERS", (str(tmp_path / "none"), str(tmp_path)))
        (tmp_path / "truetype").mkdir()
        (tmp_path / "truetype" / "README").touch()
        assert not bootstrap.font_present()
        (tmp_path / "truetype" / "Plain.TTF").touch()
        assert bootstrap.font_present()

    def test_a_library_that_is_not_there_does_not_load(self, bootstrap: ModuleType) -> None:
        assert not bootstrap.library_loads("libterrain-is-not-there.so.7")


class TestInstallingSystemParts:
    @pytest.fixture
    def lacking(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """libEGL is missing until apt-get install was called; the calls are in the list."""
        calls: list[list[str]] = []

        def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
            calls.append(command)
            return subprocess.CompletedProcess(command, 0, b"")

        monkeypatch.setattr(
            bare, "library_loads", lambda name: name != "libEGL.so.1" or any("install" in call for call in calls)
        )
        monkeypatch.setattr(bare.subprocess, "run", run)
        return calls

    def test_root_updates_then_installs_by_name(
        self, bare: ModuleType, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare, "is_root", lambda: True)
        bare.install_system_parts(qt=True, display=False)
        assert [call[3:] for call in lacking] == [
            ["update"],
            ["install", "-y", "--no-install-recommends", "libegl1"],
        ]

    def test_nothing_is_called_where_all_is_there(
        self, bare: ModuleType, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare, "library_loads", lambda name: True)
        monkeypatch.setattr(bare, "is_root", lambda: True)
        bare.install_system_parts(qt=True, display=True)
        assert lacking == []

    def test_another_user_is_told_the_line(
        self, bare: ModuleType, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare, "is_root", lambda: False)
        with pytest.raises(bare.Stop) as stop:
            bare.install_system_parts(qt=True, display=False)
        assert str(stop.value).splitlines() == [
            "This system lacks libEGL.so.1. Run this line, then start this again:",
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1",
        ]
        assert lacking == []

    def test_without_sudo_the_line_asks_for_roots_password(self, bootstrap: ModuleType) -> None:
        line = bootstrap.line_for_root(["libegl1", "libgl1"], sudo=False)
        assert line == "su -c 'apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1'"

    def test_other_distributions_are_told_the_libraries(
        self, bare: ModuleType, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare.shutil, "which", lambda name: None)
        with pytest.raises(bare.Stop, match=r"^This system lacks libEGL\.so\.1: install what brings them"):
            bare.install_system_parts(qt=True, display=False)
        assert lacking == []

    def test_what_stays_missing_is_said(
        self, bare: ModuleType, lacking: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bare, "is_root", lambda: True)
        monkeypatch.setattr(bare, "library_loads", lambda name: name != "libGL.so.1")
        with pytest.raises(bare.Stop, match=r"still lacks libGL\.so\.1, although libgl1 are installed"):
            bare.install_system_parts(qt=True, display=False)


class TestSteps:
    def test_nothing_where_all_is_there(self, bootstrap: ModuleType) -> None:
        assert bootstrap.steps_from(ALL_THERE, ALL_THERE) == []

    def test_the_development_group_serves_a_run(self, bootstrap: ModuleType) -> None:
        assert bootstrap.steps_from(ALL_THERE, {**ALL_THERE, "dev": None}) == []

    def test_the_development_group_is_added(self, bootstrap: ModuleType) -> None:
        assert bootstrap.steps_from({**ALL_THERE, "dev": None}, ALL_THERE) == ["dev"]

    def test_a_changed_project_file_is_installed_again(self, bootstrap: ModuleType) -> None:
        assert bootstrap.steps_from({**ALL_THERE, "project": "p0"}, ALL_THERE) == ["project"]

    @pytest.mark.parametrize(
        "have",
        [
            {},
            {**ALL_THERE, "python": "cpython-312 x86_64"},
            {**ALL_THERE, "place": "there"},
            {**ALL_THERE, "run": "r0"},
            {**ALL_THERE, "dev": "d0"},
        ],
        ids=["nothing", "python", "place", "run lock", "dev lock"],
    )
    def test_all_is_made_anew(self, bootstrap: ModuleType, have: dict[str, str | None]) -> None:
        assert bootstrap.steps_from(have, ALL_THERE) == ["venv", "dev", "project"]
        if have.get("dev") != "d0":
            assert bootstrap.steps_from(have, {**ALL_THERE, "dev": None}) == ["venv", "run", "project"]


class TestSetUp:
    @pytest.fixture
    def done(self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The steps that were carried out; each leaves what the next look at the environment sees."""
        steps: list[str] = []

        def make_venv() -> None:
            bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
            bootstrap.venv_python().touch()
            steps.append("venv")

        monkeypatch.setattr(bootstrap, "make_venv", make_venv)
        monkeypatch.setattr(bootstrap, "install_lock", steps.append)
        monkeypatch.setattr(bootstrap, "install_project", lambda: steps.append("project"))
        return steps

    def test_the_second_time_nothing_is_done(self, bootstrap: ModuleType, done: list[str]) -> None:
        bootstrap.set_up(dev=False)
        assert done == ["venv", "run", "project"]
        bootstrap.set_up(dev=False)
        assert done == ["venv", "run", "project"]

    def test_a_run_keeps_the_development_group(self, bootstrap: ModuleType, done: list[str]) -> None:
        bootstrap.set_up(dev=True)
        bootstrap.set_up(dev=False)
        bootstrap.set_up(dev=True)
        assert done == ["venv", "dev", "project"]

    def test_an_interrupted_installation_is_made_anew(
        self, bootstrap: ModuleType, done: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bootstrap.set_up(dev=False)
        with monkeypatch.context() as patch:

            def interrupted(group: str) -> None:
                raise KeyboardInterrupt

            patch.setattr(bootstrap, "install_lock", interrupted)
            with pytest.raises(KeyboardInterrupt):
                bootstrap.set_up(dev=True)
        done.clear()
        bootstrap.set_up(dev=True)
        assert done == ["venv", "dev", "project"]

    @pytest.mark.parametrize("text", ["", "{", "[]"])
    def test_a_broken_stamp_is_no_stamp(self, bootstrap: ModuleType, done: list[str], text: str) -> None:
        bootstrap.set_up(dev=False)
        bootstrap.STAMP.write_text(text, encoding="utf-8")
        assert bootstrap.read_stamp() == {}

    def test_an_environment_that_lost_its_python_is_made_anew(self, bootstrap: ModuleType, done: list[str]) -> None:
        bootstrap.set_up(dev=False)
        bootstrap.venv_python().unlink()
        done.clear()
        bootstrap.set_up(dev=False)
        assert done == ["venv", "run", "project"]

    def test_the_stamp_says_what_is_installed(self, bootstrap: ModuleType, done: list[str]) -> None:
        bootstrap.set_up(dev=False)
        assert json.loads(bootstrap.STAMP.read_text(encoding="utf-8")) == bootstrap.wanted_stamp(dev=False)

    def test_a_folder_of_something_else_is_left_alone(self, bootstrap: ModuleType) -> None:
        bootstrap.VENV.mkdir()
        (bootstrap.VENV / "letter.txt").write_text("dear", encoding="utf-8")
        with pytest.raises(bootstrap.Stop, match="no Python environment and not empty"):
            bootstrap.make_venv()
        assert (bootstrap.VENV / "letter.txt").exists()


class TestBadPair:
    def test_it_is_refused_in_one_sentence(self, bootstrap: ModuleType) -> None:
        with pytest.raises(bootstrap.Stop) as stop:
            bootstrap.refuse_bad_pair("6.12.0", (3, 11))
        assert str(stop.value).startswith("PySide6 6.12.0 aborts on Python 3.11: delete ")
        assert "\n" not in str(stop.value)

    @pytest.mark.parametrize(("qt", "python"), [("6.11.3", (3, 11)), ("6.12.0", (3, 12)), (None, (3, 11))])
    def test_good_pairs_pass(self, bootstrap: ModuleType, qt: str | None, python: tuple[int, int]) -> None:
        bootstrap.refuse_bad_pair(qt, python)

    def test_the_installed_version_is_read_from_the_environment(self, bootstrap: ModuleType) -> None:
        assert bootstrap.installed_qt() is None
        packages = bootstrap.VENV / "lib" / "python3.11" / "site-packages"
        (packages / "pyside6_essentials-6.12.0.dist-info").mkdir(parents=True)
        assert bootstrap.installed_qt() == "6.12.0"


class TestDisplay:
    @pytest.fixture
    def calls(self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
        """The programs that were started, in an environment that is set up."""
        started: list[list[str]] = []

        def call(command: list[str], **_: str) -> int:
            started.append(command)
            return 0

        monkeypatch.setattr(bare, "set_up", lambda dev: None)
        monkeypatch.setattr(bare, "call", call)
        return started

    @pytest.mark.parametrize(
        ("environment", "named"),
        [
            ({}, False),
            ({"DISPLAY": ""}, False),
            ({"DISPLAY": ":0"}, True),
            ({"WAYLAND_DISPLAY": "wayland-0"}, True),
            ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
            ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal:enable_fonts"}, False),
            ({"QT_QPA_PLATFORM": "vnc"}, True),
        ],
    )
    def test_named(self, bare: ModuleType, environment: dict[str, str], named: bool) -> None:
        assert bare.display_named(environment) is named

    def test_a_display_that_nobody_serves_does_not_answer(self, bare: ModuleType, tmp_path: Path) -> None:
        environment = {"DISPLAY": ":987", "WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert not bare.display_answers(environment)

    def test_what_a_display_takes_is_needed_where_it_may_answer(
        self, bare: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nobody = {"DISPLAY": ":987"}
        assert not bare.display_expected({})
        assert not bare.display_expected(nobody)
        monkeypatch.setattr(bare, "library_loads", lambda name: name != "libxcb.so.1")
        assert bare.display_expected(nobody)
        monkeypatch.setattr(bare, "library_loads", lambda name: True)
        monkeypatch.setattr(bare, "x_answers", lambda environment: True)
        assert bare.display_expected(nobody)

    def test_without_a_display_the_tour_is_taken(
        self,
        bare: ModuleType,
        calls: list[list[str]],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(bare, "display_answers", lambda environment: False)
        assert bare.run_command([]) == 0
        assert [call[2:] for call in calls] == [["-m", "desktop_app", "tour", "--out", str(bare.PICTURES)]]
        said = capsys.readouterr().out.splitlines()
        assert said == [
            "There is no display here, so Terrain takes the tour instead of opening its window.",
            f"The pictures of every screen are in {bare.PICTURES}",
        ]

    @pytest.mark.parametrize(
        ("words", "opened"), [([], ["open", "--sample"]), (["my.terrain"], ["open", "my.terrain"])]
    )
    def test_with_a_display_the_app_opens(
        self,
        bare: ModuleType,
        calls: list[list[str]],
        monkeypatch: pytest.MonkeyPatch,
        words: list[str],
        opened: list[str],
    ) -> None:
        monkeypatch.setattr(bare, "display_answers", lambda environment: True)
        assert bare.run_command(words) == 0
        assert [call[2:] for call in calls] == [["-m", "desktop_app", *opened]]


class TestCall:
    def test_the_exit_code_comes_back(self, bootstrap: ModuleType) -> None:
        assert bootstrap.call([sys.executable, "-c", "raise SystemExit(3)"]) == 3

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
    def test_an_abort_is_no_success(self, bootstrap: ModuleType) -> None:
        assert bootstrap.call([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 137

    def test_variables_of_the_person_win(
        self, bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("QT_QPA_PLATFORM", "vnc")
        monkeypatch.setenv("PYTHONPATH", "/somewhere/else")
        out = tmp_path / "out"
        code = (
            "import os, sys; open(sys.argv[1], 'w').write(' '.join(sorted(os.environ)) + os.environ['QT_QPA_PLATFORM'])"
        )
        assert bootstrap.call([sys.executable, "-c", code, str(out)], QT_QPA_PLATFORM="offscreen") == 0
        assert out.read_text().endswith("vnc")
        assert "PYTHONPATH" not in out.read_text()


def test_the_script_tells_an_old_python_what_it_lacks(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert bootstrap.main() == 1
    assert capsys.readouterr().out.startswith("Terrain needs Python 3.11 or newer; this is Python ")


def test_a_stop_is_one_sentence_on_stderr(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "setup", "--everything"])
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == "setup takes no words but --dev.\n"


def test_what_cannot_be_written_is_named(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(dev: bool) -> None:
        raise OSError(28, "No space left on device", "/some/.venv")

    monkeypatch.setattr(bootstrap, "install_system_parts", lambda qt, display: None)
    monkeypatch.setattr(bootstrap, "set_up", full)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "setup"])
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == "Setting up failed: /some/.venv: No space left on device\n"
