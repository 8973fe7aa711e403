"""Every command against damaged projects: no traceback, no mistake of ours, nothing half-written; and when a mistake of ours does
come, it is named in German, with the record or page that was in hand."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from generator import preview
from generator.cli import main
from generator.commands.guarding import commands_of
from tests.render.editions_town import EDITION, write_report_town

RAW = "space,period,numerator,denominator\nost,2025,210,1000\nwest,2025,100,1000\n"
AREAS = """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"nr": "nordrand", "name": "Nordrand"}, "geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.71], [10.01, 53.71], [10.01, 53.72], [10.0, 53.71]]]}}
]}
"""
MORE = {
    "resources/streets.csv": "street,space,from,to,parity\nFlussweg,west,1,9,all\n",
    "resources/context/water.geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Aue"}, "geometry": {"type": "LineString", "coordinates": [[10.0, 53.7], [10.01, 53.71]]}}]}\n',
    "content/index.md": "# Willkommen\n\n{{ map() }}\n",
    "content/ueber.md": "# Über uns\n",
}
OUTSIDE = {
    "roh/arm.csv": RAW,
    "neu/gebiete.geojson": AREAS,
    "neu/strassen.csv": "Strasse;Gebiet\nAm Markt;ost\n",
    "neu/strassen.yml": "table: {separator: ';'}\nstreets: {street: <Strasse>, space: <Gebiet>}\n",
    "neu/angebote.csv": "Nr;Name\n1;Treff\n",
    "neu/angebote.yml": "table: {separator: ';'}\noffers: {id: treff-<Nr>, name: <Name>, summary: Wir treffen uns., kind: gruppe, provider: verein, topics: [krabbelgruppe]}\n",
}


def write_world(folder: Path) -> Path:
    """Write a project with everything that a command could read, and beside it what comes in from outside."""
    root = write_report_town(folder / "projekt")
    for base, files in ((root, MORE), (folder, OUTSIDE)):
        for name, text in files.items():
            path = base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    (root / ".git").mkdir()
    releases = root / "resources/indicators/arm/releases"
    releases.mkdir()
    table = (releases.parent / "values.csv").read_bytes()
    (releases / "2025-07-01.csv").write_bytes(table)
    (releases / "ledger.csv").write_text(
        f"date,sha256,note\n2025-07-01,{hashlib.sha256(table).hexdigest()},Erste Ausgabe\n", "utf-8"
    )
    return root


CALLS: dict[tuple[str, ...], Callable[[Path], list[str | Path]]] = {
    ("audit",): lambda root: ["-p", root],
    ("build",): lambda root: ["-p", root, "-o", root.parent / "site"],
    ("check",): lambda root: ["-p", root],
    ("explain",): lambda _root: ["kein-utf8"],
    ("fmt",): lambda root: ["-p", root],
    ("freeze",): lambda root: [root / EDITION, "-p", root],
    ("import", "areas"): lambda root: [
        root.parent / "neu/gebiete.geojson",
        *("--level", "quartier", "--id", "nr", "--name", "name", "--parent-id", "kleinstadt", "--into", root),
    ],
    ("import", "offers"): lambda root: [
        root.parent / "neu/angebote.csv",
        *("--map", root.parent / "neu/angebote.yml", "--into", root),
    ],
    ("import", "streets"): lambda root: [
        root.parent / "neu/strassen.csv",
        *("--map", root.parent / "neu/strassen.yml", "--into", root, "--update"),
    ],
    ("new",): lambda root: ["report", "bericht-west", "--space", "west", "-p", root],
    ("pdf",): lambda root: ["-p", root, "-o", root.parent / "pdf"],
    ("protect",): lambda root: [root.parent / "roh", "-p", root, "--date", "2026-11-20"],
    ("publish",): lambda root: [root / EDITION, "-p", root],
    ("releases",): lambda root: ["-p", root],
    ("schema",): lambda root: ["-p", root, "-o", root.parent / "schemas"],
    ("serve",): lambda root: ["-p", root],
    ("stale",): lambda root: ["-p", root],
    ("webserver",): lambda root: ["-p", root],
    ("words",): lambda root: ["glossary", "-p", root],
}
"""How each command is called on the world."""


def test_no_command_is_forgotten() -> None:
    assert set(CALLS) == {words for words, _command in commands_of(main)}


@pytest.fixture(autouse=True)
def serve_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` builds once and ends; nothing asks for the traceback."""

    @contextmanager
    def listening(*_arguments: object) -> Iterator[str]:
        yield "http://127.0.0.1/"

    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preview, "_listening", listening)
    monkeypatch.setattr(preview.time, "sleep", stop)
    monkeypatch.delenv("NAHRAUM_TRACEBACK", raising=False)


def call(words: tuple[str, ...], root: Path) -> Result:
    arguments = [*words, *(str(item) for item in CALLS[words](root))]
    return CliRunner().invoke(main, arguments, env={"NAHRAUM_TODAY": "2026-11-20"})


def snapshot(root: Path) -> dict[str, bytes | str]:
    return {
        path.relative_to(root).as_posix(): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


# --- damages of a file -----------------------------------------------------------------------------------------------


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("gibt-es-nicht")


def _circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def _unreadable(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 3)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": lambda path: path.write_bytes(b""),
    "bytes": _unreadable,
    "Latin-1": lambda path: path.write_bytes(path.read_bytes() + "Straße".encode("latin-1")),
    "UTF-16": lambda path: path.write_bytes(path.read_text("utf-8").encode("utf-16")),
    "half": lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
    "NUL": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b"\0", 3)),
    "null": lambda path: path.write_bytes(b"null\n"),
    "list": lambda path: path.write_bytes(b"[1, [2], {a: b}]\n"),
    "number": lambda path: path.write_bytes(b"1e400\n"),
    "deep": lambda path: path.write_bytes(b"[" * 5000 + b"]" * 5000),
    "carriage returns": lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r")),
    "digits": lambda path: path.write_bytes(path.read_bytes().replace(b"2024", b"9" * 5000)),
    "minus": lambda path: path.write_bytes(path.read_bytes().replace(b"0", b"-0")),
    "NaN": lambda path: path.write_bytes(path.read_bytes().replace(b"10.0", b"NaN").replace(b"1000", b"nan")),
    "a long cell": lambda path: path.write_bytes(path.read_bytes().replace(b"a", b"a" * 200_000, 1)),
    "commas": lambda path: path.write_bytes(path.read_bytes().replace(b",", b",,,")),
    "quotes": lambda path: path.write_bytes(path.read_bytes().replace(b"e", b'"', 1)),
    "gone": lambda path: path.unlink(),
    "a folder": _folder,
    "a link to nowhere": _dangling,
    "a link to itself": _circle,
}


FULL = bool(os.environ.get("NAHRAUM_ATTACK"))
"""Whether every command meets every damage (minutes), or each a few that lie apart (seconds)."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world as it is sound; every case gets a copy."""
    folder = tmp_path_factory.mktemp("welt")
    write_world(folder)
    return folder


def _chosen(words: tuple[str, ...], pairs: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    if FULL:
        return pairs
    step = 23 if words == ("check",) else 199
    return pairs[sorted(CALLS).index(words) :: step]


@pytest.mark.parametrize("words", list(CALLS), ids=" ".join)
def test_a_damaged_project_is_told_and_left_as_it_is(
    world: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    files = sorted(path.relative_to(world) for path in world.rglob("*") if path.is_file())
    pairs = [(file, damage) for file in files for damage in DAMAGES]
    for number, (file, damage) in enumerate(_chosen(words, pairs)):
        folder = tmp_path / str(number)
        shutil.copytree(world, folder, symlinks=True)
        DAMAGES[damage](folder / file)
        before = snapshot(folder / "projekt")
        result = call(words, folder / "projekt")
        case = f"{file}, {damage}: {result.output[-600:]}"
        assert result.exception is None or isinstance(result.exception, SystemExit), case
        assert result.exit_code in (0, 1, 2), case
        assert "Traceback" not in result.output, case
        if result.exit_code:
            assert snapshot(folder / "projekt") == before, case
        shutil.rmtree(folder)


# --- a mistake of ours -----------------------------------------------------------------------------------------------


class Odd(Exception):
    """An exception that no other process could put together again: it wants two things and hands on one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)
        self.two = two


def fail(*_arguments: object, **_named: object) -> Any:
    """Fail as nobody expected."""
    raise Odd("Familie Meier", "geheim")


@pytest.mark.parametrize("words", list(CALLS), ids=" ".join)
def test_every_command_stands_behind_the_guard(words: tuple[str, ...]) -> None:
    command = dict(commands_of(main))[words]
    assert hasattr(command.callback, "__wrapped__")


INJECTED: dict[str, tuple[tuple[str, ...], str, str, str]] = {
    "reading": (("check",), "generator.read.settings.validate", "site_config.yml", ""),
    "deriving": (("check",), "generator.derive.geography.label_point", "resources/spaces/kleinstadt.yml", ""),
    "checking": (("check",), "generator.check.sums._totals", "", ""),
    "a component": (("check",), "generator.render.component_set.overview_map", "content/index.md", ""),
    "a page": (("build",), "generator.render.pages.offer.glance_rows", "resources/offers/krabbelgruppe.yml", "/angebote/krabbelgruppe/"),
    "a served page": (("serve",), "generator.render.pages.offer.glance_rows", "resources/offers/krabbelgruppe.yml", "/angebote/krabbelgruppe/"),
    "a report": (("pdf",), "generator.printing.document.stylesheet", EDITION, ""),
    "protecting": (("protect",), "generator.edit.protect.protect", "", ""),
    "an import": (("import", "areas"), "generator.edit.areas._parent", "", ""),
    "publishing": (("publish",), "generator.render.editions.components.cell_text", "resources/indicators/arm/indicator.yml", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", list(INJECTED))
def test_a_mistake_of_ours_names_what_was_in_hand_and_keeps_the_old_state(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    words, target, file, page = INJECTED[name]
    folder = tmp_path / "welt"
    shutil.copytree(world, folder, symlinks=True)
    (folder / "site").mkdir()
    before = snapshot(folder)
    monkeypatch.setattr(target, fail, raising=name != "checking")
    if name == "checking":
        monkeypatch.setattr("generator.check.CHECKS", (fail,))
    result = call(words, folder / "projekt")
    # A preview waits for the next change.
    assert result.exit_code == (0 if words == ("serve",) else 3), result.output
    said = result.output
    for part in ("Das ist ein Fehler von Nahraum, nicht von Ihnen.", "Odd", file, page):
        assert part in said
    # What the exception itself says can be private.
    for part in ("Meier", "Traceback"):
        assert part not in said
    after = snapshot(folder)
    assert {path: after[path] for path in after if not path.startswith("roh/")} == {
        path: before[path] for path in before if not path.startswith("roh/")
    }


def test_the_way_through_the_program_is_shown_on_request(
    world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.read.project.validate", fail)
    arguments = ["check", "-p", str(world / "projekt")]
    shown = CliRunner().invoke(main, ["--traceback", *arguments])
    assert "Traceback" in shown.output
    assert "Familie Meier" in shown.output
    asked = CliRunner().invoke(main, arguments, env={"NAHRAUM_TRACEBACK": "1"})
    assert "Traceback" in asked.output
    assert shown.exit_code == asked.exit_code == 3


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "concise"])
def test_programs_read_of_a_mistake_of_ours_in_their_own_form(
    world: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("generator.read.project.validate", fail)
    result = CliRunner().invoke(main, ["check", "-p", str(world / "projekt"), "-f", form])
    assert result.exit_code == 3
    assert "fehler-von-nahraum" in result.stdout


def test_a_page_that_fails_in_another_process_is_named_and_the_old_site_stays(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that can't be put together again would leave the build waiting for ever."""
    target = tmp_path / "site"
    arguments = ["build", "-p", str(world / "projekt"), "-o", str(target), "--today", "2026-11-20"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    before = snapshot(target)
    monkeypatch.setattr("generator.page_writer.FEW", 0)
    monkeypatch.setattr("generator.page_writer._cores", lambda: 2)
    monkeypatch.setattr("generator.render.pages.offer.glance_rows", fail)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3, result.output
    assert "/angebote/krabbelgruppe/" in result.output
    assert "resources/offers/krabbelgruppe.yml" in result.output
    assert snapshot(target) == before


def test_a_refusal_of_the_system_is_no_mistake_of_ours(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_named: object) -> Any:
        raise OSError(28, "No space left on device", str(world / "projekt/resources/x.yml"))

    monkeypatch.setattr("generator.read.project.validate", full)
    result = CliRunner().invoke(main, ["check", "-p", str(world / "projekt"), "-f", "concise"])
    assert result.exit_code == 1
    code = "datei-vom-system-verweigert"
    assert f"resources/x.yml:1:1: fehler[{code}]" in result.output
    assert "der Datenträger ist voll" in result.output


def test_mkdocs_by_itself_tells_a_mistake_of_ours_without_a_traceback(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    root = tmp_path / "projekt"
    shutil.copytree(world / "projekt", root)
    (root / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: nahraum}\ndocs_dir: content\nplugins: [nahraum]\n", "utf-8"
    )
    monkeypatch.setattr("generator.render.pages.offer.glance_rows", fail)
    with pytest.raises(Abort):
        mkdocs_build(load_config(str(root / "mkdocs.yml")))
    assert "auf der Seite /angebote/krabbelgruppe/" in caplog.text
    assert "Traceback" not in caplog.text
    assert "Alles ist, wie es vorher war" not in caplog.text
