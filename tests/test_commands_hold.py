"""Every command against damaged projects: no traceback, no mistake of ours, nothing half-written; and when a mistake of ours does
come, it is named in German, with the record or page that was in hand."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from generator import mkdocs_plugin
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
    ("words",): lambda root: ["glossary", "-p", root],
}
"""How each command is called on the world."""


def test_no_command_is_forgotten() -> None:
    assert set(CALLS) == {words for words, _command in commands_of(main)}


@pytest.fixture(autouse=True)
def serve_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` builds once, as it does when it starts, and doesn't wait for a browser."""

    def build_once(file: str, **_options: object) -> None:
        config = load_config(file)
        config.plugins.on_startup(command="serve", dirty=False)
        mkdocs_build(config)

    monkeypatch.setattr(mkdocs_plugin, "mkdocs_serve", build_once)
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
