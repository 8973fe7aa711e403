"""A small town with everything that a command could read, and how each command of the command line is called on it."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.cli import main
from generator.preview import Changes
from tests.edit.towns import FILES
from tests.render.editions_town import EDITION, write_report_town
from tests.repository import git

PROJECT = "projekt"
TODAY = "2026-11-20"
RAW = "space,period,numerator,denominator\nost,2025,210,1000\nwest,2025,100,1000\n"
AREAS = """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"nr": "nordrand", "name": "Nordrand"}, "geometry": {"type": "Polygon", "coordinates": [[[10.0, 53.71], [10.01, 53.71], [10.01, 53.72], [10.0, 53.71]]]}}
]}
"""
EXTRACT = """\
<?xml version="1.0"?>
<osm version="0.6">
<node id="1" lon="9.9" lat="53.6"/><node id="2" lon="10.1" lat="53.6"/><node id="3" lon="10.1" lat="53.8"/><node id="4" lon="9.9" lat="53.8"/>
<node id="5" lon="10.0" lat="53.7" timestamp="2026-05-01T00:00:00Z"><tag k="leisure" v="playground"/><tag k="name" v="Spielplatz am Teich"/></node>
<way id="6"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
<relation id="7"><member type="way" ref="6" role="outer"/><tag k="type" v="boundary"/><tag k="boundary" v="administrative"/><tag k="admin_level" v="8"/><tag k="name" v="Kleinstadt"/></relation>
<node id="8" lon="10.0" lat="53.71"/><node id="9" lon="10.01" lat="53.71"/><node id="10" lon="10.01" lat="53.72"/>
<way id="11"><nd ref="8"/><nd ref="9"/><nd ref="10"/><nd ref="8"/></way>
<relation id="12"><member type="way" ref="11" role="outer"/><tag k="type" v="boundary"/><tag k="boundary" v="administrative"/><tag k="admin_level" v="10"/><tag k="name" v="Nordrand"/></relation>
</osm>
"""
MORE = {
    "resources/streets.csv": "street,space,from,to,parity\nFlussweg,west,1,9,all\n",
    "resources/context/water.geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Aue"}, "geometry": {"type": "LineString", "coordinates": [[10.0, 53.7], [10.01, 53.71]]}}]}\n',
    "content/karte.md": "# Willkommen\n\n{{ map() }}\n",
    "content/ueber.md": "# Über uns\n",
}
OUTSIDE = {
    "roh/arm.csv": RAW,
    "neu/gebiete.geojson": AREAS,
    "neu/strassen.csv": "Strasse;Gebiet\nAm Markt;ost\n",
    "neu/auszug.osm": EXTRACT,
    "neu/zahlen.csv": "Gebiet;Jahr;Arm;Alle\nOst;2025;215;1000\nWest;2025;100;1000\nKleinstadt;2025;315;2000\n",
    "neu/texte.csv": "Eintrag;Feld;Deutsch;en\noffers/krabbelgruppe;summary;Eltern treffen sich mit ihren Babys.;Parents meet with their babies.\n",
    "neu/angebote.csv": "Name;Zwei Sätze;Art;Träger;Themen\n"
    + "".join(
        f"{name};Wir treffen uns.;gruppe;verein;krabbelgruppe\n" for name in ("Treff", "Chor", "Werkstatt")
    ),
}


def write_world(folder: Path) -> Path:
    """Write a project with everything that a command could read, and beside it what comes in from outside."""
    root = write_report_town(folder / PROJECT)
    write(root, MORE)
    write(folder, OUTSIDE)
    (root / ".git").mkdir()
    releases = root / "resources/indicators/arm/releases"
    releases.mkdir()
    table = (releases.parent / "values.csv").read_bytes()
    (releases / "2025-07-01.csv").write_bytes(table)
    (releases / "ledger.csv").write_text(
        f"date,sha256,note\n2025-07-01,{hashlib.sha256(table).hexdigest()},Erste Ausgabe\n", "utf-8"
    )
    return root


def write(base: Path, files: Mapping[str, str]) -> None:
    """Write texts below a folder."""
    for name, text in files.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@dataclass(frozen=True)
class Call:
    """A command as somebody gives it, on a project (`root`) and what lies `beside` it.

    `files` are written into the project before, so that it has something to do, and `gone` is taken away. `past` are days with what was other then than in the world: where there are any, git keeps the project, a commit a day.
    """

    words: tuple[str, ...]
    arguments: str = "-p {root}"
    files: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    past: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The command's words, and its first option where a command is called in several ways."""
        return " ".join(self.words)

    def line(self, root: Path) -> list[str]:
        """Return the whole command line for a project."""
        arguments = self.arguments.split()
        return [*self.words, *(part.format(root=root, beside=root.parent) for part in arguments)]


OFFER = "resources/offers/krabbelgruppe.yml"
LATER = FILES[OFFER].replace("hours: Mo 09:00-10:30; PH off", "hours: Mo,Tu 09:00-10:30; PH off")
UNTIDY = FILES[OFFER].replace("hours: Mo 09:00-10:30; PH off", "hours: Mo 09:00–10:30")  # fmt: skip
TRANSLATED = {
    "site_config.yml": FILES["site_config.yml"].replace("[de]", "[de, en]"),
    "resources/translations.csv": "record,field,language,german\noffers/krabbelgruppe,name,en,0123456789ab\n",
}
CALLS = (
    Call(("audit",)),
    Call(("build",), "-p {root} -o {beside}/site --afresh"),
    Call(("build", "--deploy=nginx")),
    Call(("check",)),
    Call(("check", "--fix"), files={f"resources/offers/{name}.yml": UNTIDY for name in ("krabbelgruppe", "singkreis", "spielkreis")}),
    Call(("confirm",), "krabbelgruppe -p {root}"),
    Call(("changes",), files={OFFER: LATER}, past={"2026-10-01": {}}),
    Call(("changes", "--figures")),
    Call(("changes", "--keep"), past={"2026-09-01": {}, "2026-10-01": {OFFER: LATER}}),
    Call(("find",), "--private -p {root}"),
    Call(("help",), "kein-utf8 -p {root}"),
    Call(("import", "areas"), "{beside}/neu/gebiete.geojson --level quartier --id nr --name name --parent-id kleinstadt --into {root}"),
    Call(("import", "streets"), "{beside}/neu/strassen.csv --street Strasse --space Gebiet --into {root} --update"),
    Call(("init",), f"{{beside}}/neu/stadt --config {{root}}/site_config.yml --no-examples --today {TODAY}"),
    Call(("new",), "report bericht-west --space west -p {root}"),
    Call(("protect",), f"{{beside}}/roh -p {{root}} --date {TODAY}"),
    Call(("publish",), f"{{root}}/{EDITION} -p {{root}}"),
    Call(("publish", "--pdf"), "{beside}/pdf -p {root}"),
    Call(("rename",), "offer krabbelgruppe krabbelkreis -p {root}"),
    Call(("end",), "krabbelgruppe --until 2026-11-01 -p {root}"),
    Call(("schema",), "-p {root} -o {beside}/schemas"),
    Call(("serve",)),
    Call(("due",)),
    Call(("due", "--translations"), "-p {root}", TRANSLATED),
    Call(("table", "in"), "{beside}/neu/angebote.csv {beside}/neu/texte.csv -p {root}", TRANSLATED),
    Call(("table", "osm"), f"{{beside}}/neu/auszug.osm {{beside}}/neu/orte.csv -p {{root}} --today {TODAY}"),
    Call(("table", "out"), "{beside}/neu/tabelle.xlsx -p {root}"),
)  # fmt: skip
"""How each command is called on the world."""
BY_WORDS = {call.words: call for call in CALLS}


def prepared(folder: Path, call: Call) -> Path:
    """Write the world and what the command needs beside it; return the project."""
    root = write_world(folder)
    if call.past:
        _keep(root, call.past)
    write(root, call.files)
    for name in call.gone:
        (root / name).unlink()
    return root


def _keep(root: Path, past: Mapping[str, Mapping[str, str]]) -> None:
    """Let git keep a project: as it is, with other files on each of these days."""
    (root / ".git").rmdir()
    git(root, "init", "-q", "--template=")
    for day, files in past.items():
        write(root, files)
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "Stand", day=day)


def snapshot(root: Path) -> dict[str, bytes | str]:
    """Return every file and link below a folder with what it holds, without git's own note of when it last saw each file."""
    return {
        path.relative_to(root).as_posix(): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or (path.is_file() and not path.match(".git/index"))
    }


@contextmanager
def no_port(*_arguments: object) -> Iterator[str]:
    """Stand in for the server of a preview."""
    yield "http://127.0.0.1/"


def end_preview(self: Changes, idle: object = None) -> None:
    """Stand in for the wait of a preview for the next change: it ends after the first reading."""
    del self, idle
    raise KeyboardInterrupt


def call(arguments: list[str]) -> int:
    """Run a command in this process as from a shell; return its exit code."""
    try:
        main(arguments, prog_name="nahraum")
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    return 0
