"""`nahraum serve` as an editor uses it: changes show, mistakes leave the old page, and nothing stays behind at its end."""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator import preview as changes_module
from generator.pipeline.build import prepare
from generator.preview import LiveSite, Snapshot, Stage, _Handler, listening, snapshot
from generator.theme.material import assets
from tests.chance import every, whole
from tests.conftest import ROOT, TODAY
from tests.edit.towns import write_town

OFFER = "resources/offers/krabbelgruppe.yml"
PAGE = "angebote/krabbelgruppe/"
# A limit against hanging, not a measure of speed: a town of 5,000 offers on a busy machine needs over half a minute for its first build.
LIMIT = 300.0


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
    """Return a page without what the preview puts into it."""
    site, count = re.subn(r'<script src="/-/vorschau.js" data-version="\d+"></script>', "", page)
    assert count == 1
    return re.sub(
        r'<link rel="stylesheet" href="/-/vorschau.css"><section id="nr-vorschau".*?</section>', "", site
    )


def banner_of(page: str) -> str:
    """Return what a page says of mistakes, without tags; nothing where it says nothing."""
    found = re.search(r'<section id="nr-vorschau".*?</section>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^<>]+>", " ", found[0])).split()) if found else ""


def free_port() -> int:
    """Return a port that nobody listens at, out of those that systems give to nobody by themselves: until the preview has it, no connection takes it."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def serving(
    root: Path,
    temporary: Path,
    *,
    port: int = 0,
    command: str = "serve",
    arguments: tuple[str, ...] | None = None,
) -> Iterator[Served]:
    temporary.mkdir(exist_ok=True)
    port = port or free_port()
    output = temporary.with_name(f"output-{port}.txt")
    start = "from generator.cli import main; main()"
    more = ("--port", str(port)) if arguments is None else arguments
    line = [sys.executable, "-c", start, command, "-p", str(root), *more]
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "1795132800",
    }
    with output.open("wb") as stream:
        process = subprocess.Popen(line, stdout=stream, stderr=stream, env=environment)
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


@pytest.mark.guards("Examples and the rest: `nahraum serve` shows every change")
def test_a_changed_phone_number_shows(town: Served) -> None:
    assert "040 66969-902" in town.get(PAGE)[1]
    town.change(OFFER, "040 66969-902", "040 66969-977")
    town.until(lambda: "040 66969-977" in town.get(PAGE)[1])
    assert "040 66969-902" not in town.get(PAGE)[1]


def test_after_a_mistake_the_old_page_stays_and_it_heals(town: Served) -> None:
    before = site_of(town.get(PAGE)[1])
    town.change(OFFER, "provider: verein", "provider: verien")
    # Printed first, and then shown.
    town.until(lambda: banner_of(town.get(PAGE)[1]) != "")
    assert "Fehler[unbekannter-verweis]" in town.printed()
    assert f"{OFFER}:4:11" in town.printed()
    status, page = town.get(PAGE)
    assert (status, site_of(page)) == (200, before)
    assert banner_of(page).startswith("Ein Fehler ist zu beheben Darunter steht die letzte gute Seite.")
    assert f"{OFFER}:4:11" in banner_of(page)
    assert "gemeint ist vielleicht „verein“" in banner_of(page)
    town.change(OFFER, "provider: verien", "provider: <script>alert(1)</script>")
    town.until(lambda: "<script>alert(1)</script>" in banner_of(town.get(PAGE)[1]))
    assert "<script>alert" not in town.get(PAGE)[1]
    town.change(OFFER, "provider: <script>alert(1)</script>", "provider: verien")
    town.change(OFFER, "provider: verien\nplace", "provider: verein\nlanguages: [tr]\nplace")
    town.until(lambda: "Türkisch" in town.get(PAGE)[1])
    assert banner_of(town.get(PAGE)[1]) == ""


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
    folder.rename(root / "offers-weg")
    town.until(lambda: town.get(PAGE)[0] == 404)
    (root / "offers-weg").rename(folder)
    town.until(lambda: town.get(PAGE)[0] == 200)


def test_the_page_is_told_of_the_next_version_and_keeps_its_policy(town: Served) -> None:
    text = town.get("")[1]
    assert "Content-Security-Policy" in text
    assert '<script src="/-/vorschau.js" data-version="' in text
    version = text.split('data-version="')[1].split('"')[0]
    assert town.get("-/version?0") == (200, version)
    assert town.get("gibt-es-nicht/")[0] == 404


def ask(town: Served, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(town.url).port or 0, timeout=30)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())


def test_only_who_asks_for_this_machine_gets_an_answer(town: Served) -> None:
    """A page of another host could else have the browser read drafts, by a name that it lets point here."""
    port = urlsplit(town.url).port
    assert ask(town, "/", Host=f"127.0.0.1:{port}")[0] == 200
    assert ask(town, "/", Host=f"localhost:{port}")[0] == 200
    for host in ("nahraum.example", f"nahraum.example:{port}", f"127.0.0.1.nahraum.example:{port}", ""):
        assert ask(town, "/", Host=host)[0] == 403, host


def test_what_is_no_request_gets_an_answer(town: Served) -> None:
    """An address that is far too long is refused before there is a path to speak of."""
    assert ask(town, "/" + "a" * 70_000)[0] == 414
    with socket.create_connection(("127.0.0.1", urlsplit(town.url).port or 0), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1 HTTP/1.1\r\n\r\n")
        assert b" 400 " in connection.recv(1_000)


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Handler, "timeout", _Handler.timeout / 300)
    with (
        listening(Stage(lambda error: None), 0) as url,
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 0), timeout=30) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHo")
        assert connection.recv(1_000) == b""


def test_it_sends_the_headers_of_the_real_server(town: Served) -> None:
    status, headers = ask(town, f"/{PAGE}")
    assert status == 200
    assert headers["Content-Security-Policy"].endswith("; frame-ancestors 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert ask(town, f"/{PAGE}", "HEAD")[0] == 200
    assert ask(town, f"/{PAGE.rstrip('/')}")[1]["Location"] == f"/{PAGE}"
    script = assets("#000000", (), {}).addresses["site.js"]
    assert ask(town, f"/assets/nahraum/{script}")[1]["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/../site_config.yml", "/%2e%2e/site_config.yml", "/resources/offers/krabbelgruppe.yml", "//etc/passwd", "/%00", "/assets/%ff",
    ],
)  # fmt: skip
def test_nothing_but_the_site_is_sent(town: Served, path: str) -> None:
    assert ask(town, path)[0] == 404


@whole
def test_a_mistake_of_ours_in_a_page_is_told_there_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise KeyError("geheimer Wert")

    told: list[Exception] = []
    stage = Stage(told.append)
    stage.show(LiveSite(prepare(write_town(tmp_path / "town"), TODAY)))
    monkeypatch.setattr("generator.render.pages.offer_pages.glance_rows", fail)
    with listening(stage, 0) as url:
        town = Served(url, tmp_path, tmp_path, tmp_path, None)  # type: ignore[arg-type]
        status, page = town.get(PAGE)
        assert status == 500
        assert "Fehler von Nahraum, nicht von Ihnen" in banner_of(page)
        assert OFFER in banner_of(page)
        assert f"auf der Seite /{PAGE}" in banner_of(page)
        assert "geheimer Wert" not in page
        assert [type(error) for error in told] == [KeyError]
        assert town.get("angebote/")[0] == 200


def test_nothing_is_written_while_it_runs(town: Served) -> None:
    assert town.get("")[0] == 200
    assert list(town.temporary.iterdir()) == []


@whole
def test_check_looks_again_after_every_change(tmp_path: Path) -> None:
    root = write_town(tmp_path / "town")
    with serving(root, tmp_path / "tmp", command="check", arguments=("--watch",)) as checked:
        checked.until(lambda: "Alles in Ordnung." in checked.printed())
        checked.change(OFFER, "provider: verein", "provider: verien")
        checked.until(lambda: f"{OFFER}:4:11" in checked.printed())
        checked.change(OFFER, "name: ", "name:  ")
        checked.until(lambda: checked.printed().count("Insgesamt: 1 Fehler.") == 2)
        assert checked.printed().count(f"{OFFER}:4:11") == 1
        checked.change(OFFER, "provider: verien", "provider: verein")
        checked.until(
            lambda: checked.printed().endswith("Alles in Ordnung.\n") and "verien" in checked.printed()
        )
        checked.process.send_signal(signal.SIGINT)
        assert checked.process.wait(20) == 0
        assert checked.printed().endswith("Beendet.\n")


@whole
def test_check_of_one_file_looks_at_that_file_wherever_it_lies(tmp_path: Path) -> None:
    root = write_town(tmp_path / "town")
    draft = root / "entwurf.yml"
    draft.write_text("name: Entwurf\n", "utf-8")
    with serving(root, tmp_path / "tmp", command="check", arguments=(str(draft), "--watch")) as checked:
        checked.until(lambda: "„entwurf.yml“ wird nicht gelesen" in checked.printed())
        draft.write_text("name: Noch ein Entwurf\n", "utf-8")
        checked.until(lambda: "Insgesamt: 1 Fehler." in checked.printed())
        assert checked.printed().count("„entwurf.yml“ wird nicht gelesen") == 1


@pytest.mark.parametrize("number", every((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), {signal.SIGINT}))
def test_it_ends_cleanly_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    with serving(write_town(tmp_path / "town"), tmp_path / "tmp") as served:
        served.until(lambda: "zeigt die Seite" in served.printed())
        served.process.send_signal(number)
        assert served.process.wait(20) == 0
        assert "Traceback" not in served.printed()
    assert list(served.temporary.iterdir()) == []
    assert sorted(path.name for path in served.root.iterdir()) == ["resources", "site_config.yml"]


@whole
def test_a_killed_preview_leaves_nothing(tmp_path: Path) -> None:
    with serving(write_town(tmp_path / "town"), tmp_path / "tmp") as served:
        served.until(lambda: "zeigt die Seite" in served.printed())
        assert served.get(PAGE)[0] == 200
        served.process.kill()
        served.process.wait()
    assert list(served.temporary.iterdir()) == []


@whole
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


@whole
def test_a_port_in_use_is_said_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with serving(write_town(tmp_path / "town"), tmp_path / "tmp", port=port) as served:
            assert served.process.wait(30) == 1
            assert served.printed() == (
                f"Fehler: Der Anschluss {port} ist belegt. Mit --port einen anderen nennen.\n"
            )
    assert list(served.temporary.iterdir()) == []


@whole
def test_garbage_is_hunted_when_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a quiet while has passed, and once only until the next change."""
    monkeypatch.setattr(changes_module, "AT_LEAST", 0.05)
    monkeypatch.setattr(changes_module, "STEP", 0.02)
    (tmp_path / "a").write_text("1")
    seen = changes_module.Changes([tmp_path], None)
    looks: list[bool] = []
    """Of each look at the files, whether it was tidied before."""

    def look(places: Iterable[Path]) -> Snapshot:
        looks.append(bool(tidied))
        if sum(looks) == 10 or len(looks) == 100:
            (tmp_path / "a").write_text("zwei")
        return snapshot(places)

    tidied: list[str] = []
    monkeypatch.setattr(changes_module, "snapshot", look)
    seen.wait(lambda: tidied.append("once"))
    assert tidied == ["once"]
    assert looks.index(True) == 3, "0.05 seconds in steps of 0.02"
