"""What the rig counted and what people judge of it in, `docs/trust.md` out.

python -m attack.trust            writes
python -m attack.trust --check    ends with 1 when the page is stale
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from attack import refuges
from attack.parts import PARTS
from attack.results import Result, Results, read
from attack.surroundings import ROOT

PAGE = ROOT / "docs" / "trust.md"
TEMPLATE = "trust.md.jinja"
TITLES = {
    "records": "kaputte Einträge",
    "projects": "kaputte Projekte",
    "texts": "Websites voll feindlicher Texte",
    "commands": "getötete Befehle",
    "refuges": "Wege, ein Schutzhaus zu verraten",
    "hidden": "Websites mit Verborgenem",
    "figures": "Städte mit Zahlen, die zusammengehören",
    "surroundings": "andere Umgebungen",
    "installed": "Installationen ins Leere",
}
FAULTS = {
    "kills before a step": "getötet vor einem Schritt, der etwas ändert",
    "kills at any moment": "getötet in irgendeinem Augenblick",
    "interruptions": "Strg+C",
    "refusals of the system": "das System verweigert: Datenträger voll, schreibgeschützt, fehlerhaft, keine Rechte",
    "limits of file size": "keine Datei darf über eine Größe wachsen",
    "vanished inputs": "eine Datei oder ihr Ordner verschwindet vor dem Lesen",
    "moved clocks": "Dateien von 1971 oder 2037, und die Uhr geht rückwärts",
    "kills of one of several": "einer von mehreren Prozessen eines Befehls getötet",
    "overlapping runs": "zwei Befehle zugleich",
}


def number(value: int) -> str:
    """Write a number as German readers do: 100.000.

    >>> number(1234567)
    '1.234.567'
    """
    return f"{value:,}".replace(",", ".")


def page(results: Results) -> str:
    """Return the page; raises where a part has no judgement or a judgement names a count that nobody makes."""
    parts = {name: results.parts.get(name, Result()) for name in PARTS}

    def tried(name: str) -> int:
        return PARTS[name].tried(parts[name].counts, parts[name].done)

    def count(name: str, what: str) -> str:
        return number(parts[name].counts.get(what, 0))

    def seconds(name: str) -> str:
        took = parts[name].counts.get("milliseconds of processor time at most", 0) / 1000
        return f"{took:.1f}".replace(".", ",") + " Sekunden"

    def hours(name: str) -> str:
        return f"{parts[name].seconds / 3600:.1f}".replace(".", ",")

    behind = [TITLES[name] for name, part in PARTS.items() if tried(name) < part.whole]
    environment = Environment(
        loader=FileSystemLoader(ROOT / "attack"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["number"] = number
    return environment.get_template(TEMPLATE).render(
        parts=parts,
        commits=results.commits,
        titles=TITLES,
        faults=FAULTS,
        ways=len(refuges.WAYS),
        asking=len(refuges.ASKING),
        tried=tried,
        planned=lambda name: PARTS[name].whole,
        count=count,
        seconds=seconds,
        hours=hours,
        behind=behind,
    )


def main(arguments: Sequence[str]) -> int:
    """Write the page, or say whether it is stale."""
    made = page(read())
    if "--check" not in arguments:
        PAGE.write_text(made, "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == made:
        return 0
    print("docs/trust.md is stale: python -m attack.trust writes it", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
