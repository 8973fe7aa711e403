"""A city's list of day care moves in and is followed: imported, edited by hand, changed at its source, imported again, told in words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.chance import whole
from tests.edit.towns import write_town
from tests.open_data import REAL, real

LIST = REAL / "berlin_facilities" / "berlin-daycare-centers-2026-07-details.csv"
EDITED, CHANGED, BOTH, REMOVED, ADDED = 20, 30, 10, 8, 12
Rows = list[dict[str, str]]
MAPPING = """\
unreadable: leave-out
providers:
  id: traeger-<sponsor_id|id>
  name: <sponsor_name>
  kind: unknown
places:
  id: kita-<id>
  name: <name>
  kind: kita
  address: {street: <street|street>, number: <street|number>, postcode: <zip_code>, town: Berlin}
  point: <lon|degrees> <lat|degrees>
  providers: ["traeger-<sponsor_id|id>"]
offers:
  id: kita-<id>
  name: <name>
  summary: <name> (<sponsor_name>).
  kind: kita
  provider: traeger-<sponsor_id|id>
  place: kita-<id>
  topics: [kita]
  contact: {phone: <phone_number|phone>}
"""


def sample() -> Rows:
    """Return 120 day-care centres in the form of the published list."""
    return [
        {
            "id": f"0101{number:04}",
            "name": f"Kita Nummer {number}",
            "phone_number": f"+493066969{number:03}",
            "places": str(20 + number),
            "type": "Reguläre Einrichtung",
            "sponsor_id": str(1000 + number % 9),
            "sponsor_name": f"Träger {number % 9} gGmbH",
            "street": f"Hafenstr. {number}",
            "zip_code": "10117",
            "lat": f"{52.5 + number / 10_000:.4f}",
            "lon": f"{13.3 + number / 10_000:.4f}",
            "geojson_feature_id": "01100101",
        }
        for number in range(1, 121)
    ]


def published() -> Rows:
    with LIST.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@dataclass
class Town:
    """A project and the list beside it."""

    root: Path
    rows: Rows
    texts: dict[str, str] = field(default_factory=dict)

    def run(self, *more: str) -> Result:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(self.rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        path = self.root.parent / "kitas.csv"
        path.write_text(out.getvalue(), "utf-8")
        result = CliRunner().invoke(main, ["import", "offers", str(path), "--into", str(self.root), *more])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def renewed(self, *more: str) -> str:
        result = self.run("--map", str(self.root / "imports/kitas.yml"), "--update", *more)
        assert result.exit_code == 0, result.output
        return result.output

    def files(self) -> dict[str, str]:
        return {
            path.relative_to(self.root).as_posix(): path.read_text("utf-8")
            for path in sorted((self.root / "resources").rglob("kita-*.yml"))
        }

    def everything(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}


@pytest.fixture(params=["sample", pytest.param("published", marks=[whole, real("berlin_facilities")])])
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Town:
    town = Town(write_town(tmp_path / "stadt"), sample() if request.param == "sample" else published())
    mapping = town.root / "imports/kitas.yml"
    mapping.parent.mkdir()
    mapping.write_text(MAPPING, "utf-8")
    result = town.run("--map", str(town.root / "imports/kitas.yml"))
    assert result.exit_code == 0, result.output
    assert len(town.files()) == 2 * len(town.rows)
    return town


def place_file(row: dict[str, str]) -> str:
    return f"resources/places/kita-{row['id']}.yml"


def offer_file(row: dict[str, str]) -> str:
    return f"resources/offers/kita-{row['id']}.yml"


@whole
def test_the_list_is_followed_exactly(town: Town) -> None:
    # A row each whose telephone can be read and whose street has a number, evenly over the whole list.
    usable = [row for row in town.rows if re.fullmatch(r"\+49\d{9,11}", row["phone_number"])]
    step = len(usable) // (EDITED + CHANGED - BOTH + REMOVED)
    chosen = usable[::step]
    edited, changed = chosen[:EDITED], chosen[EDITED - BOTH : EDITED - BOTH + CHANGED]
    removed = chosen[EDITED - BOTH + CHANGED :][:REMOVED]
    assert (len(edited), len(changed), len(removed)) == (EDITED, CHANGED, REMOVED)

    # People edit: half the text of an offer, half the telephone, which the list will change for some of them as well.
    before = town.files()
    for number, row in enumerate(edited):
        name = offer_file(row)
        text = before[name]
        if number % 2:
            text = re.sub(r"phone: [^}\n]+", "phone: 030 66969-900", text)
        else:
            text = re.sub(r"summary: .*", "summary: Von Hand beschrieben.", text) + "# im Gespräch erfahren\n"
        assert text != before[name]
        (town.root / name).write_text(text, "utf-8")
    by_hand = town.files()

    # The source changes: other telephones, eight gone, twelve new.
    new_number = {row["id"]: f"+4930669697{number:02}" for number, row in enumerate(changed)}
    for row in town.rows:
        row["phone_number"] = new_number.get(row["id"], row["phone_number"])
    town.rows = [row for row in town.rows if row not in removed]
    added = [
        {
            **town.rows[0],
            "id": f"99{number:06}",
            "name": f"Kita Neubau {number}",
            "phone_number": "",
            "street": f"Neue Str. {number}",
        }
        for number in range(ADDED)
    ]
    town.rows += added

    told = town.renewed("--dry-run")
    assert town.files() == by_hand
    assert "nichts geschrieben (--dry-run)" in told
    said = town.renewed()
    assert set(said.splitlines()[:-1]) - set(told.splitlines()) <= {
        line for line in said.splitlines() if line.startswith("  … und ")
    }

    after = town.files()
    assert set(after) - set(by_hand) == {name for row in added for name in (place_file(row), offer_file(row))}
    assert set(by_hand) <= set(after), "what is gone from the list is never deleted in silence"
    phone_edited = {row["id"] for number, row in enumerate(edited) if number % 2}
    conflicts = [row for row in changed if row["id"] in phone_edited]
    for name, text in by_hand.items():
        key = name.rpartition("kita-")[2].removesuffix(".yml")
        if "/offers/" in name and key in new_number and key not in phone_edited:
            number = new_number[key].replace("+4930", "030 ")
            text = re.sub(r"phone: [^}\n]+", f"phone: {number}", text)
        assert after[name] == text, name

    renewed = CHANGED - len(conflicts)
    assert len(conflicts) == BOTH // 2
    assert f"Geändert: {renewed}\n" in said
    assert f"so gelassen, obwohl die Quelle anderes sagt: {len(conflicts)}\n" in said
    assert all(f"  offers/kita-{row['id']}: contact (" in said for row in conflicts)
    # A provider whose only house is closed is gone with it.
    closed = {row["sponsor_id"] for row in removed} - {row["sponsor_id"] for row in town.rows}
    gone = f"beendet „nahraum retire“: {2 * REMOVED + len(closed)}\n"
    assert gone in said
    assert all(f"  offers/kita-{row['id']}\n" in said for row in removed)
    (written,) = re.findall(r"Geschrieben: (.*?)\.", said)
    assert set(written.split(", ")) == {f"{ADDED} Orte", f"{renewed + ADDED} Angebote"}

    whole_town = town.everything()
    third = town.renewed()
    assert town.everything() == whole_town
    assert "Nichts zu ändern." in third
    assert gone in third, "told until somebody did something"
