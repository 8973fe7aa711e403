"""Berlin's 755 areas and 2,893 day-care centres through the same door as a town: time and memory of import, check and build.

Each step is a process of its own, as an editor would start it; memory is its peak.

    python -m bench.berlin [DATA] [--into FOLDER] [--no-build]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

CONFIG = """\
name: Nahraum Berlin (Probe)
url: https://nahraum-berlin.example/
publisher: {name: Probe mit Daten des Landes Berlin}
land: BE
about: Eine Probe mit offenen Daten, kein Angebot des Landes Berlin.
languages: [de]
geographies:
  - id: lor
    name: Lebensweltlich orientierte Räume
    levels:
      - {id: stadt, name: Stadt, plural: Stadt}
      - {id: bezirk, name: Bezirk, plural: Bezirke}
      - {id: prognoseraum, name: Prognoseraum, plural: Prognoseräume}
      - {id: bezirksregion, name: Bezirksregion, plural: Bezirksregionen}
      - {id: planungsraum, name: Planungsraum, plural: Planungsräume}
"""

MAPPING = """\
# The directory's telephone numbers hold 22 entries that are two numbers in one; they are left out and named.
unreadable: leave-out

values:
  type:
    Reguläre Einrichtung: Eine Kita
    Heilpädagogische Gruppe: Eine heilpädagogische Gruppe
    Sprachförderung: Sprachförderung

providers:
  id: traeger-<sponsor_id>
  name: <sponsor_name>
  kind: unknown

places:
  id: kita-<id>
  name: <name>
  kind: kita
  address: {street: <street|street>, number: <street|number>, postcode: <zip_code>, town: Berlin}
  point: <lon|degrees> <lat|degrees>
  spaces: [<geojson_feature_id>]
  providers: [traeger-<sponsor_id>]

offers:
  id: kita-<id>
  name: <name>
  summary: <type|value> mit <places> Plätzen.
  kind: kita
  provider: traeger-<sponsor_id>
  place: kita-<id>
  topics: [kita]
  contact: {phone: <phone_number|phone>}
"""

AREAS: tuple[tuple[str, ...], ...] = (
    (
        "bezirksgrenzen.geojson",
        "--level",
        "bezirk",
        "--id",
        "<Gemeinde_s[-2:]>",
        "--name",
        "Gemeinde_n",
        "--code",
        "Schluessel",
        "--parent-id",
        "berlin",
    ),
    (
        "lor_prognoseraeume_2021.geojson",
        "--level",
        "prognoseraum",
        "--id",
        "PGR_ID",
        "--name",
        "PGR_NAME",
        "--code",
        "PGR_ID",
        "--parent",
        "BEZ",
    ),
    (
        "lor_bezirksregionen_2021.geojson",
        "--level",
        "bezirksregion",
        "--id",
        "BZR_ID",
        "--name",
        "BZR_NAME",
        "--code",
        "BZR_ID",
        "--parent",
        "<BZR_ID[:4]>",
    ),
    (
        "lor_planungsraeume_2021.geojson",
        "--level",
        "planungsraum",
        "--id",
        "PLR_ID",
        "--name",
        "PLR_NAME",
        "--code",
        "PLR_ID",
        "--parent",
        "<PLR_ID[:6]>",
    ),
)
FIGURES = "berlin_population/berlin-lor-population-2024-02-t2-planning-areas.csv"
DATA = Path(__file__).parents[2] / "shared" / "data"
TABLE = "berlin_facilities/berlin-daycare-centers-2026-07-details.csv"


def lay_ground(project: Path) -> Path:
    """Write configuration, the town itself and the mapping; return where the mapping stands."""
    (project / "resources" / "spaces").mkdir(parents=True)
    (project / "site_config.yml").write_text(CONFIG, "utf-8")
    (project / "resources" / "spaces" / "berlin.yml").write_text("name: Berlin\nlevel: stadt\n", "utf-8")
    mapping = project / "kitas.yml"
    mapping.write_text(MAPPING, "utf-8")
    return mapping


def imports(data: Path, project: Path, mapping: Path) -> list[list[str]]:
    """Return the arguments of every import, in their order."""
    areas = [
        ["import", "areas", str(data / "berlin_lor_2021" / file), *more, "--into", str(project)]
        for file, *more in AREAS
    ]
    return [
        *areas,
        [
            "import",
            "offers",
            str(data / TABLE),
            "--map",
            str(mapping),
            "--into",
            str(project),
            "-f",
            "concise",
        ],
    ]


def figures(data: Path, project: Path) -> list[str]:
    """Return the arguments that read children and residents of every planning area, and write nothing."""
    return [
        *("import", "figures", str(data / FIGURES), "--into", str(project), "--dry-run"),
        *("--indicator", "kinder", "--period", "2024"),
        *("--numerator", "inhabitants_age_below_6", "--denominator", "inhabitants"),
    ]


def measure(arguments: Sequence[str], accepted: tuple[int, ...] = (0,)) -> tuple[float, float, float]:
    """Run the command; return seconds by the clock, seconds of processor and peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in accepted:
        message = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"nahraum {' '.join(arguments)} failed: {message}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print one line for each step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "data",
        type=Path,
        nargs="?",
        default=DATA,
        help="folder with berlin_lor_2021/, berlin_facilities/ and, for figures, berlin_population/ (%(default)s)",
    )
    parser.add_argument(
        "--into", type=Path, help="keep the project and its site in this folder (must not exist)"
    )
    parser.add_argument("--no-build", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"  not measured: Berlin's data aren't in {options.data}")
        return
    with tempfile.TemporaryDirectory() as folder:
        project = options.into or Path(folder) / "berlin"
        mapping = lay_ground(project)
        print(f"{'step':<28}{'seconds':>9}{'processor':>11}{'MB':>7}")
        steps = [
            (
                " ".join(("import", step[1], step[step.index("--level") + 1] if "--level" in step else "")),
                step,
            )
            for step in imports(options.data, project, mapping)
        ]
        if (options.data / FIGURES).exists():
            steps.append(("import figures (--dry-run)", figures(options.data, project)))
        steps.append(("check", ["check", "-p", str(project), "-f", "json"]))
        if not options.no_build:
            steps.append(("build", ["build", "-p", str(project)]))
        for name, arguments in steps:
            seconds, processor, memory = measure(arguments)
            print(f"{name:<28}{seconds:>9.1f}{processor:>11.1f}{memory:>7.0f}", flush=True)
        site = project / "site"
        if site.is_dir():
            files = [path for path in site.rglob("*") if path.is_file()]
            pages = sum(path.suffix == ".html" for path in files)
            print(
                f"{pages} pages, {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB"
            )


if __name__ == "__main__":
    main()
