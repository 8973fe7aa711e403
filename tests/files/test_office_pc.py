"""The office's Windows PC: how it writes texts, what names it forbids, how it holds a file that somebody has open."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.files import site_folder
from generator.files.disk import reason
from generator.model.names_and_ids import is_slug, slug_from
from tests.chance import whole
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town
from tests.folders import files_of
from tests.world import TODAY

FORBIDDEN = re.compile(
    r'(?i)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?|.*[<>:"\\|?*\x00-\x1f].*|.*[. ]', re.DOTALL
)


def run(*words: str | Path, encoding: str = "cp1252:strict") -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "NAHRAUM_TODAY": TODAY, "NO_COLOR": "1"}
    line = [sys.executable, "-m", "generator", *map(str, words)]
    return subprocess.run(line, capture_output=True, check=False, env=env, cwd=ROOT)


def as_windows_writes(root: Path) -> None:
    """Give every text of a project Windows' line ends, and every record and table a byte-order mark."""
    for path in sorted(root.rglob("*")):
        if path.suffix in (".yml", ".csv", ".md", ".geojson") and path.is_file():
            mark = b"\xef\xbb\xbf" if path.suffix in (".yml", ".csv") else b""
            path.write_bytes(mark + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@whole
def test_a_town_that_windows_wrote_gives_the_same_site(tmp_path: Path) -> None:
    """Line ends and byte-order marks are nobody's business, and neither is how the folder is called."""
    roots = [write_town(tmp_path / "stadt"), write_town(tmp_path / "Übung für Müller (neu)")]
    as_windows_writes(roots[1])
    sites = []
    for root in roots:
        result = run("build", "-p", root, "-o", root.parent / f"{root.name} site")
        assert result.returncode == 0, result.stdout.decode("cp1252") + result.stderr.decode("cp1252")
        sites.append(files_of(root.parent / f"{root.name} site"))
    assert sites[0] == sites[1]
    assert [name for name in sites[0] if any(FORBIDDEN.fullmatch(part) for part in name.split("/"))] == []


@whole
@pytest.mark.parametrize("encoding", ["cp1252:strict", "ascii:strict"])
def test_a_console_that_lacks_signs_shows_the_rest(tmp_path: Path, encoding: str) -> None:
    root = write_town(tmp_path / "stadt")
    offer = root / "resources/offers/krabbelgruppe.yml"
    text = FILES["resources/offers/krabbelgruppe.yml"]
    offer.write_text(text.replace("ages: 0-3", "ages: Зустріч → 3 ≥ 2"), "utf-8")
    result = run("check", "-p", root, encoding=encoding)
    assert (result.returncode, b"Traceback" in result.stderr, b"Hilfe:" in result.stdout) == (1, False, True)
    for words in (("help", "languages"), ("due", "--help"), ("help", "komma-trennt")):
        result = run(*words, encoding=encoding)
        assert (result.returncode, b"Traceback" in result.stderr) == (0, False), words


@pytest.mark.parametrize("key", ["con", "nul", "aux", "com1", "lpt9", "prn"])
def test_an_id_that_windows_forbids_is_none(key: str) -> None:
    assert FORBIDDEN.fullmatch(f"{key}.yml")
    assert not is_slug(key)
    assert is_slug(slug_from(key))
    assert not FORBIDDEN.fullmatch(f"{slug_from(key)}.yml")


@pytest.mark.parametrize("name", ["Über uns?", "a:b", "Ende.", "AUX", "x/y\\z", "Grüße ", "50 % <neu>"])
def test_names_that_are_made_of_names_are_names_everywhere(name: str) -> None:
    assert not FORBIDDEN.fullmatch(slug_from(name))


def test_a_new_site_that_cannot_take_its_place_gives_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders can't be exchanged in one step, the second rename may be the one that fails."""
    new, place = tmp_path / "neu", tmp_path / "site"
    for folder in (new, place):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name, "utf-8")
    monkeypatch.setattr(site_folder, "_swap", lambda *_folders: False)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self == new:
            raise PermissionError(errno.EACCES, "held")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(site_folder.Refused):
        site_folder.exchange(new, place)
    assert (place / "index.html").read_text("utf-8") == "site"


def test_a_record_that_an_editor_holds_open_stays_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = write_town(tmp_path / "stadt") / "resources/offers/krabbelgruppe.yml"
    before = offer.read_bytes()
    for name in ("rename", "replace", "unlink", "remove"):
        monkeypatch.setattr(os, name, held(getattr(os, name), offer.name))
    words = ["rename", "offer", "krabbelgruppe", "kreis", "-p", str(tmp_path / "stadt")]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "ein anderes Programm hält sie fest" in result.output
    assert offer.read_bytes() == before
    assert not offer.with_name("kreis.yml").exists()
    monkeypatch.undo()
    assert CliRunner().invoke(main, words).exit_code == 0


def held(call: Callable[..., object], name: str) -> Callable[..., object]:
    """Refuse what Windows refuses while a file of this name is open."""

    def refuse(*paths: str | Path, **more: object) -> object:
        if name in (Path(path).name for path in paths):
            error = PermissionError(errno.EACCES, "The process cannot access the file", *paths[:1])
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        return call(*paths, **more)

    return refuse


def test_windows_own_words_for_an_open_file_are_understood() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    assert reason(error) == "die Rechte reichen nicht"
    error.winerror = 32  # type: ignore[attr-defined]
    assert reason(error) == "ein anderes Programm hält sie fest"


def test_time_zones_come_with_the_packages() -> None:
    """Windows has none of its own: without this package no hour could be told there."""
    assert "\ntzdata==" in (ROOT / "site.lock").read_text("utf-8")
