"""A refuge for the small town: a house, its provider, its offer, and areas and streets where it could be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HOUSE = "resources/places/lichtblick.yml"
REFUGE = {
    HOUSE: """\
name: Frauenhaus Lichtblick
kind: schutzhaus
summary: Ein sicheres Haus. Rufen Sie an.
providers: [lichtblick]
contact: {phone: 040 66969-910}
""",
    "resources/offers/lichtblick-schutz.yml": """\
name: Schutz im Frauenhaus Lichtblick
summary: Sie rufen an, wir holen Sie ab.
kind: schutz
provider: lichtblick
place: lichtblick
topics: [zuflucht]
contact: {phone: 040 66969-911}
access: {way: direct}
""",
    "resources/providers/lichtblick.yml": """\
name: Lichtblick, Verein für Frauen
kind: non-profit
contact: {phone: 040 66969-912}
""",
    "resources/spaces/kranichmoor.yml": "name: Kranichmoor\nlevel: quartier\nparent: kleinstadt\n",
    "resources/spaces/reiherbruch.yml": "name: Reiherbruch\nlevel: quartier\nparent: kleinstadt\n",
    "resources/streets.csv": "street,space\nKallmorgen,west\nIm Holzwinkel,ost\n",
    "resources/offices/amt.yml": "name: Jugendamt Kleinstadt\nkind: asd\ncontact: {phone: 040 66969-920}\n",
    "content/start.md": "# Start\n\nWillkommen.\n",
}
OFFER = "resources/offers/lichtblick-schutz.yml"
PROVIDER = "resources/providers/lichtblick.yml"

Files = Mapping[str, str | bytes]


def write(root: Path, files: Files) -> None:
    """Write files below a folder; a text that begins with `+` is added to what stands there, instead of the field it names."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        elif text.startswith("+"):
            before = path.read_text("utf-8") if path.exists() else ""
            path.write_text(_without(before, text[1:].partition(":")[0]) + text[1:], "utf-8")
        else:
            path.write_text(text, "utf-8")


def _without(text: str, field: str) -> str:
    """Leave out the line of a field that is written anew."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{field}: "))
