"""Places that are no good for a notebook that is open, and which folder a notebook is attached to."""

from pathlib import Path

import pytest

from desktop_app.config import attached, places


def mounts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lines: str) -> None:
    file = tmp_path / "mounts"
    file.write_text(lines, encoding="utf-8")
    real = Path.read_text

    def read(self: Path, *arguments: str, **options: str) -> str:
        return real(file if str(self) == "/proc/mounts" else self, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", read)
    monkeypatch.setattr("sys.platform", "linux")


def test_a_folder_of_this_computer_is_fine(tmp_path: Path) -> None:
    assert places.warning_for(tmp_path / "shop.terrain") == ""
    assert places.warning_for(Path("/no/such/folder/shop.terrain")) == ""


@pytest.mark.parametrize(
    ("kind", "named"),
    [("nfs4", "nfs4"), ("cifs", "cifs"), ("smb3", "smb3"), ("9p", "9p"), ("fuse.sshfs", "sshfs"), ("fuse.own", "own")],
)
def test_network_drives_are_warned_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, named: str) -> None:
    mounts(monkeypatch, tmp_path, f"/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/team\\040drive {kind} rw 0 0\n")
    warning = places.warning_for(Path("/mnt/team drive/deep/shop.terrain"))
    assert f"on a network drive ({named})" in warning
    assert "/mnt/team drive/deep/shop.terrain" in warning
    assert places.warning_for(Path("/mnt/team/shop.terrain")) == ""


@pytest.mark.parametrize("kind", ["ext4", "fuseblk", "fuse.gocryptfs", "btrfs", "tmpfs", "vfat"])
def test_drives_of_this_computer_are_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str) -> None:
    mounts(monkeypatch, tmp_path, f"server:/ / nfs rw 0 0\n/dev/sdb1 /mnt/stick {kind} rw 0 0\n")
    assert places.warning_for(Path("/mnt/stick/shop.terrain")) == ""


def test_what_is_mounted_last_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts(monkeypatch, tmp_path, "auto /net autofs rw 0 0\nserver:/x /net nfs rw 0 0\ngarbage\n\n")
    assert "network drive (nfs)" in places.warning_for(Path("/net/shop.terrain"))


def test_the_disk_of_a_sandbox_is_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts(monkeypatch, tmp_path, "none / 9p rw 0 0\nnone /mnt/host 9p rw 0 0\n")
    assert places.warning_for(Path("/srv/notes/shop.terrain")) == ""
    assert "network drive (9p)" in places.warning_for(Path("/mnt/host/shop.terrain"))


@pytest.mark.parametrize(
    ("folders", "program"),
    [
        ("Dropbox/team", "Dropbox"),
        ("Dropbox (Shop)", "Dropbox"),
        ("OneDrive - Shop/notes", "OneDrive"),
        ("Library/Mobile Documents/x", "iCloud Drive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "Box"),
    ],
)
def test_folders_with_the_name_of_a_cloud(tmp_path: Path, folders: str, program: str) -> None:
    place = tmp_path / folders
    place.mkdir(parents=True)
    assert f"in a folder that {program} synchronises" in places.warning_for(place / "shop.terrain")


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0f3a.db", "Nextcloud"),
        ("._sync_0f3a.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
    ],
)
def test_folders_with_the_mark_of_a_cloud(tmp_path: Path, mark: str, program: str) -> None:
    place = tmp_path / "team" / "deep" / "er"
    place.mkdir(parents=True)
    assert places.warning_for(place / "shop.terrain") == ""
    (tmp_path / "team" / mark).mkdir()
    assert f"in a folder that {program} synchronises" in places.warning_for(place / "shop.terrain")


def test_the_way_there_makes_no_difference(tmp_path: Path) -> None:
    real = tmp_path / "Dropbox"
    real.mkdir()
    (tmp_path / "notes").symlink_to(real)
    assert "Dropbox" in places.warning_for(tmp_path / "notes" / "shop.terrain")


def test_a_folder_that_onedrive_tells_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert "OneDrive" in places.warning_for(tmp_path / "work" / "shop.terrain")
    assert places.warning_for(tmp_path / "workshop.terrain") == ""


def test_windows_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import PureWindowsPath

    assert places._windows_drive(PureWindowsPath(r"\\server\team\shop.terrain")) == r"\\server\team"  # type: ignore[arg-type]
    assert places._windows_drive(PureWindowsPath(r"C:\shop.terrain")) == ""  # type: ignore[arg-type]


def test_inside_an_attached_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    attached.attach("0" * 26, "ab12", shared)
    assert f"inside the shared folder {shared}" in places.warning_for(shared / "x" / "shop.terrain")
    assert places.warning_for(tmp_path / "shop.terrain") == ""


def test_an_attachment_is_kept_by_notebook_and_device(tmp_path: Path) -> None:
    assert attached.attached_folder("n", "one") is None
    assert attached.attached_folders() == []
    attached.attach("n", "one", tmp_path / "a")
    attached.attach("n", "two", tmp_path / "a")
    attached.attach("m", "one", tmp_path / "b")
    assert attached.attached_folder("n", "one") == tmp_path / "a"
    assert set(attached.attached_folders()) == {tmp_path / "a", tmp_path / "b"}
    attached.detach("n", "one")
    attached.detach("n", "one")
    assert attached.attached_folder("n", "one") is None
    assert attached.attached_folder("n", "two") == tmp_path / "a"


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', '{"folder": 3}', '{"folder": ""}', "\x00", "[" * 100_000])
def test_a_broken_attachment_is_none(text: str) -> None:
    attached.attach("n", "one", Path("/x"))
    attached.attached_file("n", "one").write_text(text, encoding="utf-8")
    assert attached.attached_folder("n", "one") is None
    assert attached.attached_folders() == []


def test_ids_that_make_no_file_name_stay_inside(home: Path) -> None:
    attached.attach("../..", "one", Path("/x"))
    assert attached.attached_folder("../..", "one") == Path("/x")
    assert attached.attached_file("../..", "one").parent == home / "terrain" / "data" / "folders"
