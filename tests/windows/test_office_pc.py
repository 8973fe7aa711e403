"""The office's Windows PC, as far as it can be had here: what it lacks is switched off one by one, what it refuses is refused.

What stays untried: Windows itself. Its own path functions, antivirus programs and network drives are no part of these tests.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.files import site_folder
from generator.files.disk import reason
from generator.model.names_and_ids import is_slug, slug_from
from tests.chance import whole
from tests.conftest import ROOT
from tests.edit.towns import FILES, write_town
from tests.folders import files_of
from tests.windows.pretending import forbidden
from tests.world import BY_WORDS, TODAY, prepared

pytestmark = whole


FOLDER = "Übung für Müller (neu)"


def windows(
    *words: str | Path, held: Path | None = None, encoding: str = "cp1252:strict"
) -> subprocess.CompletedProcess[bytes]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": encoding,
        "NAHRAUM_TODAY": TODAY,
        "NO_COLOR": "1",
    }
    if held is not None:
        env["NAHRAUM_HELD"] = str(held)
    line = [sys.executable, "-m", "tests.windows.pretending", *map(str, words)]
    return subprocess.run(line, capture_output=True, check=False, env=env, cwd=ROOT)


def as_windows_writes(root: Path) -> None:
    """Give every text of a project Windows' line ends, and every record and table a byte-order mark."""
    for path in sorted(root.rglob("*")):
        if (
            path.suffix in (".yml", ".csv", ".md", ".geojson")
            and path.is_file()
            and "releases" not in path.parts
        ):
            mark = b"\xef\xbb\xbf" if path.suffix in (".yml", ".csv") else b""
            path.write_bytes(mark + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "words", [pytest.param(words) for words in BY_WORDS], ids=" ".join
)  # fmt: skip
def test_every_command_works_without_what_windows_lacks(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    call = BY_WORDS[words]
    root = prepared(folder, call)
    usual = subprocess.run(
        [sys.executable, "-m", "generator", *call.line(prepared_beside(tmp_path, call))],
        capture_output=True, check=False, cwd=ROOT, env={**os.environ, "NAHRAUM_TODAY": TODAY, "PYTHONPATH": str(ROOT)},
    ) if words != ("serve",) else None  # fmt: skip
    result = windows(*call.line(root))
    said = result.stdout.decode("cp1252") + result.stderr.decode("cp1252")
    assert result.returncode == (usual.returncode if usual else 0), said
    assert "Traceback" not in said
    assert "Fehler von Nahraum" not in said


def prepared_beside(tmp_path: Path, call: object) -> Path:
    usual = tmp_path / "sonst"
    usual.mkdir()
    return prepared(usual, call)  # type: ignore[arg-type]


def test_a_town_that_windows_wrote_gives_the_same_site(tmp_path: Path) -> None:
    """Line ends and byte-order marks are nobody's business, and neither is how the folder is called."""
    roots = [write_town(tmp_path / "stadt"), write_town(tmp_path / FOLDER)]
    as_windows_writes(roots[1])
    sites = []
    for root in roots:
        result = windows("build", "-p", root, "-o", root.parent / f"{root.name} site")
        assert result.returncode == 0, result.stdout.decode("cp1252") + result.stderr.decode("cp1252")
        sites.append(files_of(root.parent / f"{root.name} site"))
    assert sites[0].keys() == sites[1].keys()
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []
    assert [name for name in sites[0] if any(forbidden(part) for part in name.split("/"))] == []


def test_backslashes_lead_to_the_same_file(tmp_path: Path) -> None:
    """Messages name files with slashes on every system: they are what links, schemas and `cleared` are compared with."""
    root = write_town(tmp_path / FOLDER)
    (root / "resources/offers/krabbelgruppe.yml").write_text(
        FILES["resources/offers/krabbelgruppe.yml"] + "kosten: 2\n", "utf-8"
    )
    said = windows("check", "-p", root, "--format", "concise").stdout.decode("cp1252")
    assert said.startswith("resources/offers/krabbelgruppe.yml:")


def test_a_console_that_lacks_signs_shows_the_rest(tmp_path: Path) -> None:
    root = write_town(tmp_path / "stadt")
    offer = root / "resources/offers/krabbelgruppe.yml"
    offer.write_text(
        FILES["resources/offers/krabbelgruppe.yml"].replace("ages: 0-3", "ages: Зустріч → 3 ≥ 2"), "utf-8"
    )
    for words in (
        ("check", "-p", root),
        ("words", "languages"),
        ("translations", "--help"),
        ("explain", "komma-trennt"),
    ):
        for encoding in ("cp1252:strict", "ascii:strict"):
            result = windows(*words, encoding=encoding)
            assert b"Traceback" not in result.stderr, (words, encoding)
            assert result.returncode == (1 if words[0] == "check" else 0), (words, encoding, result.stderr)
    assert "Hilfe:" in windows("check", "-p", root).stdout.decode("cp1252")


@pytest.mark.parametrize("key", ["con", "nul", "aux", "com1", "lpt9", "prn"])
def test_an_id_that_windows_forbids_is_refused_with_a_better_one(tmp_path: Path, key: str) -> None:
    root = write_town(tmp_path / "stadt")
    assert not is_slug(key)
    assert is_slug(slug_from(key))
    assert not forbidden(f"{slug_from(key)}.yml")
    result = windows("new", "offer", key, "-p", root)
    assert result.returncode == 1
    assert slug_from(key) in result.stdout.decode("cp1252")
    (root / "resources/topics.yml").write_text(f"- id: {key}\n  name: Etwas\n", "utf-8")
    assert windows("check", "-p", root).returncode == 1, "a word would become a page, too"


@pytest.mark.parametrize("name", ["Über uns?", "a:b", "Ende.", "AUX", "x/y\\z", "Grüße ", "50 % <neu>"])
def test_names_that_are_made_of_names_are_names_everywhere(name: str) -> None:
    assert not forbidden(slug_from(name))


def test_a_record_that_an_editor_holds_open_stays_and_is_named(tmp_path: Path) -> None:
    root = write_town(tmp_path / FOLDER)
    offer = root / "resources/offers/krabbelgruppe.yml"
    before = offer.read_bytes()
    result = windows("rename", "offer", "krabbelgruppe", "kreis", "-p", root, held=offer)
    said = (result.stdout + result.stderr).decode("cp1252")
    assert result.returncode == 1
    assert "ein anderes Programm hält sie fest" in said
    assert offer.read_bytes() == before
    assert not (root / "resources/offers/kreis.yml").exists()
    assert windows("rename", "offer", "krabbelgruppe", "kreis", "-p", root).returncode == 0


def test_a_page_that_somebody_has_open_leaves_the_old_site_as_it_is(tmp_path: Path) -> None:
    root = write_town(tmp_path / FOLDER)
    target = tmp_path / "fertige site"
    assert windows("build", "-p", root, "-o", target).returncode == 0
    before = files_of(target)
    (root / "resources/offers/krabbelgruppe.yml").write_text(
        FILES["resources/offers/krabbelgruppe.yml"].replace("Babys", "Kindern"), "utf-8"
    )
    result = windows("build", "-p", root, "-o", target, held=target / "index.html")
    assert result.returncode == 1
    assert "ein anderes Programm hält sie fest" in (result.stdout + result.stderr).decode("cp1252")
    assert files_of(target) == before
    assert windows("build", "-p", root, "-o", target).returncode == 0
    assert files_of(target) != before
    assert {path.name for path in tmp_path.iterdir()} == {FOLDER, "fertige site"}


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


def test_windows_own_words_for_an_open_file_are_understood() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    assert reason(error) == "die Rechte reichen nicht"
    error.winerror = 32  # type: ignore[attr-defined]
    assert reason(error) == "ein anderes Programm hält sie fest"


def test_time_zones_come_with_the_packages() -> None:
    """Windows has none of its own: without this package no hour could be told there."""
    assert "\ntzdata==" in (ROOT / "site.lock").read_text("utf-8")
