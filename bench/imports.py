"""Wall time and peak memory of each import into an invented town, each a process of its own as an editor would start it.

    python -m bench.imports [--data ../shared/data]

Areas, streets and offers are invented; the extract of OpenStreetMap is Liechtenstein's, where it is there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.addresses import AREAS, write_addresses
from bench.measure import Run, run
from generator.read.project import read_project
from generator.search.street_register import LARGEST, register

DAY = "2026-11-20"
SECONDS, MEMORY = 60.0, 500.0
"""What the largest may take: the register of a town of 400,000 addresses."""
ADDRESSES, PLACES = 400_000, 3_000
STREETS = """\
streets:
  street: <Strasse>
  from: <Hnr><Zusatz?>
  to: <Hnr><Zusatz?>
  postcode: <Plz>
  space: <Gebiet>
  longitude: <Laenge>
  latitude: <Breite>
"""
OFFERS = """\
providers:
  id: "traeger-<Nr[-1:]>"
  name: "Träger <Nr[-1:]>"
  kind: unknown
places:
  id: haus-<Nr>
  name: Haus <Nr>
  kind: kita
  point: <Laenge|degrees> <Breite|degrees>
  spaces: [<Gebiet>]
  providers: ["traeger-<Nr[-1:]>"]
offers:
  id: kita-<Nr>
  name: Kita <Nr>
  summary: Eine Kita mit Garten.
  kind: kita
  provider: "traeger-<Nr[-1:]>"
  place: haus-<Nr>
  topics: [kita]
"""


def command(*arguments: str | Path) -> Run:
    """Run one of our commands in a process of its own; raises RuntimeError where it fails."""
    return run([sys.executable, "-m", "generator", *map(str, arguments)])


def found_town(folder: Path, name: str, levels: str) -> None:
    """Lay the ground of a town with no records but its own area."""
    command(
        "init", folder, "--name", name, "--land", "SH", "--levels", levels, "--no-examples", "--today", DAY
    )


def print_row(name: str, done: Run) -> None:
    """Print what an import took, and where that is more than it may."""
    missed = f"  MISSES {SECONDS:.0f} s, {MEMORY:.0f} MB" * (done.wall > SECONDS or done.memory > MEMORY)
    print(f"{name:46} {done.wall:7.1f} s {done.cpu:7.1f} s {done.memory:7.0f} MB{missed}", flush=True)


def write_areas(path: Path) -> None:
    """Write a grid of areas that share their borders."""
    features = []
    for number in range(AREAS):
        west, south = 10 + (number % 10) * 0.02, 53.5 + (number // 10) * 0.015
        ring = [
            (west, south),
            (west + 0.02, south),
            (west + 0.02, south + 0.015),
            (west, south + 0.015),
            (west, south),
        ]
        properties = {"Kennung": f"a{number:03d}", "Name": f"Gebiet {number}"}
        features.append(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each import."""
    parser = argparse.ArgumentParser(prog="bench.imports", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    given = parser.parse_args(arguments)
    print(f"{'':46} {'wall':>9} {'cpu':>9} {'peak':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        town = folder / "grossstadt"
        found_town(town, "Grossstadt", "Stadt,Stadtteil")
        write_areas(folder / "areas.geojson")
        areas = ("--level", "stadtteil", "--id", "Kennung", "--name", "Name", "--parent-id", "grossstadt")
        print_row(
            f"areas: {AREAS}", command("import", "areas", folder / "areas.geojson", *areas, "--into", town)
        )
        write_addresses(folder / "streets.csv", addresses=ADDRESSES)
        (folder / "streets.yml").write_text(STREETS, "utf-8")
        streets = (
            "import",
            "streets",
            folder / "streets.csv",
            "--map",
            folder / "streets.yml",
            "--into",
            town,
        )
        print_row(f"streets: {ADDRESSES:,} addresses", command(*streets))
        site = read_project(town).site
        assert site is not None
        size = len(gzip.compress(register(site.streets, dict.fromkeys(site.spaces, "gebiete")), 6))
        print(
            f"{'the register that everybody loads':46} {size / 1000:7.0f} kB{'  MISSES 300 kB' * (size > LARGEST)}"
        )
        rows = [
            f"{number},{10 + number % 200 / 1000},{53.5 + number % 150 / 1000},a{number % AREAS:03d}"
            for number in range(PLACES)
        ]
        (folder / "offers.csv").write_text("\n".join(("Nr,Laenge,Breite,Gebiet", *rows)) + "\n", "utf-8")
        (folder / "offers.yml").write_text(OFFERS, "utf-8")
        small = folder / "kleinstadt"
        found_town(small, "Kleinstadt", "Stadt,Stadtteil")
        areas = (*areas[:-1], "kleinstadt")
        command("import", "areas", folder / "areas.geojson", *areas, "--into", small)
        offers = ("import", "offers", folder / "offers.csv", "--map", folder / "offers.yml", "--into", small)
        print_row(f"offers: {PLACES:,} with their places", command(*offers))
        for extract in sorted(given.data.glob("osm_liechtenstein/*.osm.pbf")):
            country = folder / "liechtenstein"
            found_town(country, "Liechtenstein", "Land,Wahlkreis,Gemeinde")
            done = command("import", "osm", extract, "--into", country, "--today", DAY)
            print_row(f"osm: Liechtenstein, {extract.stat().st_size / 1e6:.1f} MB", done)
    return 0


if __name__ == "__main__":
    sys.exit(main())
