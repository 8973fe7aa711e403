"""`nahraum serve` as an editor uses it: changes show, mistakes leave the old page, and nothing stays behind at its end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.preview import snapshot
from tests.conftest import ROOT
from tests.edit.towns import write_town

OFFER = "resources/offers/krabbelgruppe.yml"
PAGE = "angebote/krabbelgruppe/"
LIMIT = 30.0


@dataclass
class Served:
    """A running `nahraum serve`: its address, its project, where its temporary files lie, what it printed."""

    url: str
    root: Path
    temporary: Path
    output: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page; return status and text."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def printed(self) -> str:
        """Return what the editor reads."""
        return self.output.read_text("utf-8")

    def until(self, found: Callable[[], bool]) -> None:
        """Wait for something that must happen."""
        end = time.monotonic() + LIMIT
        while not found():
            assert self.process.poll() is None, self.printed()
            assert time.monotonic() < end, self.printed()
            time.sleep(0.1)

    def change(self, name: str, old: str, new: str) -> None:
        """Write a file as editors do: beside it first, then in its place."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        beside = path.with_name(path.name + "~")
        beside.write_text(text.replace(old, new), "utf-8")
        beside.replace(path)


def site_of(page: str) -> str:
    """Return a page without the line that the preview puts into it."""
    site, count = re.subn(r'<script src="/-/vorschau.js" data-version="\d+"></script>', "", page)
    assert count == 1
    return site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(root: Path, temporary: Path, *more: str, port: int = 0) -> Iterator[Served]:
    temporary.mkdir(exist_ok=True)
    port = port or free_port()
    output = temporary.with_name(f"output-{port}.txt")
    start = "from generator.cli import main; main()"
    command = [sys.executable, "-c", start, "serve", "-p", str(root), "--port", str(port), *more]
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1795132800",
    }
    with output.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, env=environment)
    try:
        yield Served(f"http://127.0.0.1:{port}/", root, temporary, output, process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    with serving(write_town(folder / "town"), folder / "tmp") as served:
        served.until(lambda: "zeigt die Seite" in served.printed())
        yield served


def test_a_changed_phone_number_shows(town: Served) -> None:
    assert "040 66969-902" in town.get(PAGE)[1]
    town.change(OFFER, "040 66969-902", "040 66969-977")
    town.until(lambda: "040 66969-977" in town.get(PAGE)[1])
    assert "040 66969-902" not in town.get(PAGE)[1]


def test_after_a_mistake_the_old_page_stays_and_it_heals(town: Served) -> None:
    before = site_of(town.get(PAGE)[1])
    town.change(OFFER, "provider: verein", "provider: verien")
    town.until(lambda: "Fehler[unbekannter-verweis]" in town.printed())
    assert f"{OFFER}:4:11" in town.printed()
    status, page = town.get(PAGE)
    assert (status, site_of(page)) == (200, before)
    town.change(OFFER, "provider: verien\nplace", "provider: verein\nlanguages: [tr]\nplace")
    town.until(lambda: "Türkisch" in town.get(PAGE)[1])


def test_new_and_deleted_records_show(town: Served) -> None:
    record = town.root / "resources" / "offers" / "zweite-gruppe.yml"
    record.write_text(
        (town.root / OFFER).read_text("utf-8").replace("Krabbelgruppe", "Zweite Gruppe"), "utf-8"
    )
    town.until(lambda: town.get("angebote/zweite-gruppe/")[0] == 200)
    record.unlink()
    town.until(lambda: town.get("angebote/zweite-gruppe/")[0] == 404)


def test_hand_written_pages_and_settings_show(town: Served) -> None:
    page = town.root / "content" / "fragen.md"
    page.parent.mkdir()
    page.write_text("# Fragen\n\nWer hilft?\n", "utf-8")
    town.until(lambda: "Wer hilft?" in town.get("fragen/")[1])
    town.change("site_config.yml", "name: Kleinstadt\nurl", "name: Kleinstadt am Fluss\nurl")
    town.until(lambda: "Kleinstadt am Fluss" in town.get("")[1])


def test_every_other_kind_of_file_shows(town: Served) -> None:
    """Words, crisis numbers, streets, outlines, whole folders: each is read anew, and none from what was kept of the last build."""
    root = town.root
    for name, text, page, shown in (
        ("resources/topics.yml", "- {id: krabbelgruppe, parent: baby, name: Krabbelgruppe, phrase: Zusammen krabbeln}\n", "themen/krabbelgruppe/", "Zusammen krabbeln"),
        ("resources/help.yml", "- {id: haus, name: Haus der Hilfe, number: '040 66969-955', says: Rufen Sie an., always: yes}\n", "hilfe-sofort/", "040 66969-955"),
        ("resources/streets.csv", "street,from,to,parity,space\nFlussweg,1,9,all,west\n", "sozialraeume/strassen.json", "lussweg"),
    ):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        town.until(lambda page=page, shown=shown: shown in town.get(page)[1])
    before = town.get("sozialraeume/west/")[1]
    town.change(
        "resources/geometry/gebiete.geojson",
        '[10.0, 53.71], [10.0, 53.7]]]}},\n{"type": "Feature", "id": "ost',
        '[10.002, 53.71], [10.0, 53.7]]]}},\n{"type": "Feature", "id": "ost',
    )
    town.until(lambda: site_of(town.get("sozialraeume/west/")[1]) != site_of(before))
    folder = root / "resources" / "offers"
    folder.rename(root / "resources" / "offers-weg")
    town.until(lambda: town.get(PAGE)[0] == 404)
    (root / "resources" / "offers-weg").rename(folder)
    town.until(lambda: town.get(PAGE)[0] == 200)


def test_the_page_is_told_of_the_next_version_and_keeps_its_policy(town: Served) -> None:
    text = town.get("")[1]
    assert "Content-Security-Policy" in text
    assert '<script src="/-/vorschau.js" data-version="' in text
    version = text.split('data-version="')[1].split('"')[0]
    assert town.get("-/version?0") == (200, version)
    assert town.get("gibt-es-nicht/")[0] == 404


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with serving(write_town(tmp_path / "town"), tmp_path / "tmp") as served:
        served.until(lambda: "zeigt die Seite" in served.printed())
        served.process.send_signal(number)
        assert served.process.wait(20) == 0
        assert "Traceback" not in served.printed()
    assert list(served.temporary.iterdir()) == []
    assert sorted(path.name for path in served.root.iterdir()) == ["resources", "site_config.yml"]


def test_what_a_killed_preview_left_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    root, temporary = write_town(tmp_path / "town"), tmp_path / "tmp"
    with serving(root, temporary) as first, serving(root, temporary) as second:
        first.until(lambda: "zeigt die Seite" in first.printed())
        second.until(lambda: "zeigt die Seite" in second.printed())
        assert len(list(temporary.iterdir())) == 2
        first.process.kill()
        first.process.wait()
        (temporary / "nahraum-vorschau-datei").write_text("bleibt", "utf-8")
        (temporary / "nahraum-vorschau-verweis").symlink_to(root)
        kept = {temporary / "nahraum-vorschau-datei", temporary / "nahraum-vorschau-verweis"}
        with serving(root, temporary) as third:
            third.until(lambda: "zeigt die Seite" in third.printed())
            assert len(set(temporary.iterdir()) - kept) == 2
            assert second.get("")[0] == 200
            assert third.get("")[0] == 200
    assert (root / "site_config.yml").is_file()
    assert all(os.path.lexists(path) for path in kept)


def test_a_project_that_is_wrong_from_the_start_is_shown_once_it_is_mended(tmp_path: Path) -> None:
    root = write_town(tmp_path / "town")
    (root / "site_config.yml").rename(root / "anders.yml")
    with serving(root, tmp_path / "tmp") as served:
        served.until(lambda: "Fehler[einstellungen-fehlen]" in served.printed())
        status, text = served.get("")
        assert (status, "Noch keine Seite" in text) == (503, True)
        (root / "anders.yml").rename(root / "site_config.yml")
        served.until(lambda: served.get("")[0] == 200)


def test_what_lies_behind_a_link_out_of_the_project_is_not_watched(tmp_path: Path) -> None:
    """It could be a whole disk, looked through three times a second."""
    (tmp_path / "platte").mkdir()
    (tmp_path / "platte" / "datei").write_text("", "utf-8")
    root = tmp_path / "town"
    (root / "texte").mkdir(parents=True)
    (root / "texte" / "seite.md").write_text("", "utf-8")
    for name, target in {"resources": "../platte", "content": "texte", "mkdocs.yml": "mkdocs.yml"}.items():
        (root / name).symlink_to(target)
    names = {
        os.path.relpath(name, root)
        for name in snapshot([root / "resources", root / "content", root / "mkdocs.yml"])
    }
    assert names == {"resources", "content", "content/seite.md"}


def test_a_port_in_use_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with serving(write_town(tmp_path / "town"), tmp_path / "tmp", port=port) as served:
            assert served.process.wait(30) == 1
            assert served.printed() == (
                f"Error: Der Anschluss {port} ist belegt. Mit --port einen anderen nennen.\n"
            )
    assert list(served.temporary.iterdir()) == []
