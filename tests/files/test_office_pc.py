"""The office's Windows PC: how it writes texts, what names it forbids, how it holds a file that somebody has open."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_time_zones_come_with_the_packages() -> None:
    """Windows has none of its own: without this package no hour could be told there."""
    assert "\ntzdata==" in (ROOT / "site.lock").read_text("utf-8")
