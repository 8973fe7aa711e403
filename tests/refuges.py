"""A refuge for the small town: a house, its provider, and areas and streets where it could be."""

from collections.abc import Mapping
from pathlib import Path

HOUSE = "resources/protected/lichtblick.yml"
REFUGE = {
    HOUSE: """\
name: Frauenhaus Lichtblick
kind: schutz
provider: lichtblick
phone: 040 66969-910
way_in: [call]
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
