"""Texts that say where a refuge is, and ordinary ones: how many of each pass in silence, make `check` ask, or stop a town that publishes.

    python -m bench.refuge_words FILE...      columns id, where (a field, as `offer.summary`), text; separated by semicolons

Held-out sets are run with it, each text in a record of its own with an address; a place is of kind `haus`. Only counts are printed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.check.protected import TELLING
from generator.diagnostics import Diagnostic
from generator.model.dates import parse_date
from generator.pipeline.build import prepare
from tests.edit.towns import FILES, write_town
from tests.refuges import REFUGE, Files, write

TODAY = "2026-11-20"
_ADDRESS = "address: {street: Uferweg, number: 3, postcode: 01067, town: Kleinstadt}\n"
_PLACE = f"kind: haus\n{_ADDRESS}"
_PROVIDER = f"kind: association\n{_ADDRESS}"
_OFFER = "kind: beratung\nprovider: verein\nplace: treff\ntopics: [begegnung]\naccess: {way: direct}\n"
_NETWORK = "kind: ag-78\nspaces: [west]\nmembers: [verein]\n"
_INDICATOR = "says: So viele.\nnumerator: Menschen\ninterval: none\ndisclosure: {method: none}\nsource: {name: Amt, regime: own-cases}\n"
_WEST = FILES["resources/spaces/west.yml"]
TOWN: Files = {
    **REFUGE,
    "resources/networks/ag.yml": f"name: AG West\n{_NETWORK}",
    "site_config.yml": FILES["site_config.yml"].replace("invented: yes", "invented: yes\npublish: yes"),
}
PLACES: dict[str, Callable[[str], Files]] = {
    "place.name": lambda said: {"resources/places/a.yml": f"name: {said}\n{_PLACE}"},
    "place.description": lambda said: {"resources/places/a.yml": f"name: Neues Haus\ndescription: {said}\n{_PLACE}"},
    "place.transport": lambda said: {"resources/places/a.yml": f"name: Neues Haus\ntransport: {said}\n{_PLACE}"},
    "provider.description": lambda said: {"resources/providers/a.yml": f"name: Neuer Verein\ndescription: {said}\n{_PROVIDER}"},
    "offer.name": lambda said: {"resources/offers/a.yml": f"name: {said}\nsummary: Kommen Sie vorbei.\n{_OFFER}"},
    "offer.summary": lambda said: {"resources/offers/a.yml": f"name: Neues Angebot\nsummary: {said}\n{_OFFER}"},
    **{
        where: lambda said, line=line: {"resources/offers/a.yml": f"name: Neues Angebot\nsummary: Kommen Sie vorbei.\n{_OFFER}{line.format(said)}\n"}  # type: ignore[misc]
        for where, line in {
            "offer.description": "description: {}",
            "contact.phone": "contact: {{note: {}}}",
            "contact.email": "contact: {{note: {}}}",
            "alert": "alert: {{text: {}, until: 2026-12-24}}",
            "dates.name": "dates: [{{date: 2026-12-01, name: {}}}]",
            "note": "notes: {}",
            "results": "results: [{{date: 2026-10, according_to: Team, text: {}}}]",
        }.items()
    },
    "alias": lambda said: {"resources/spaces/west.yml": f"{_WEST}aliases: [{said}]\n"},
    "meeting_point": lambda said: {"resources/spaces/west.yml": f"{_WEST}meeting_points: [{{name: {said}, point: 10.005 53.705}}]\n"},
    "network.task": lambda said: {"resources/networks/ag.yml": f"name: AG West\ntask: {said}\n{_NETWORK}"},
    "minutes": lambda said: {"resources/minutes/a.yml": f"name: AG West im November\nnetwork: ag\ndate: 2026-11-01\ndecisions: [{{what: {said}, status: done}}]\n"},
    "indicator.title": lambda said: {
        "resources/indicators/a/indicator.yml": f"title: {said}\n{_INDICATOR}",
        "resources/indicators/a/values.csv": "space,period,numerator\nkleinstadt,2024,300\nkranichmoor,2024,50\nost,2024,50\nreiherbruch,2024,50\nwest,2024,150\n",
    },
    "page": lambda said: {"content/seite.md": f"# Seite\n\n{json.loads(said)}\n"},
}  # fmt: skip
"""Where a text may stand, and the files that hold it there; it comes in quotation marks."""


def found(files: Files) -> list[Diagnostic]:
    """Return what `check` says of the small town with further files."""
    with TemporaryDirectory() as folder:
        root = write_town(Path(folder) / "stadt")
        write(root, {**TOWN, **files})
        return list(prepare(root, parse_date(TODAY)).found)


def outcome(where: str, text: str, before: Counter[tuple[str, str]]) -> str:
    """Say whether a text stops the town, makes one ask, or passes in silence."""
    new = found(PLACES[where](json.dumps(text, ensure_ascii=False)))
    now: Counter[tuple[str, str]] = Counter((item.code, item.severity) for item in new)
    left = now - before
    if any(severity == "error" for _, severity in left):
        return "stopped"
    return "asked" if any(code in TELLING for code, _ in left) else "silent"


def main(paths: list[Path]) -> None:
    """Print how many texts of each file end how, in all and by where they stand."""
    before: Counter[tuple[str, str]] = Counter((item.code, item.severity) for item in found({}))
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        ends = [(row["where"], outcome(row["where"], row["text"], before)) for row in rows]
        print(path.name, len(rows), dict(Counter(end for _, end in ends)))
        for (where, end), count in sorted(Counter(ends).items()):
            print(f"  {where}: {end} {count}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
