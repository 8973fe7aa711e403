"""An indicator's folder in; lines that say what each release changed, which trends turned and why (German), out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.derive.releases import Cause, ReleaseChange, release_changes
from generator.disclosure.cell_names import cell_name
from generator.model.cells import Verdict
from generator.model.site import Site
from generator.read.indicators import IndicatorFolder

CAUSES: dict[Cause, tuple[str, str]] = {
    "new-period": ("neue Zelle", "neue Zellen"),
    "gone": ("Zelle entfallen", "Zellen entfallen"),
    "withheld": ("Zelle jetzt geheim", "Zellen jetzt geheim"),
    "shown": ("Zelle jetzt veröffentlicht", "Zellen jetzt veröffentlicht"),
    "numerator": ("Zähler berichtigt", "Zähler berichtigt"),
    "denominator": ("Nenner berichtigt", "Nenner berichtigt"),
    "both": ("Zähler und Nenner berichtigt", "Zähler und Nenner berichtigt"),
    "vintage": ("Zelle eines neuen Gebietsstands", "Zellen eines neuen Gebietsstands"),
}
VERDICTS: dict[Verdict, str] = {
    Verdict.HIGHER: "gestiegen",
    Verdict.LOWER: "gesunken",
    Verdict.SIMILAR: "ohne klare Änderung",
    Verdict.UNKNOWN: "ohne Urteil",
}


def release_log(site: Site, folder: IndicatorFolder) -> Iterator[str]:
    """Yield the log of an indicator, the latest release first."""
    yield f"{folder.indicator.title} ({folder.indicator.id})"
    if not folder.releases:
        yield "  keine verzeichnete Ausgabe"
        return
    notes = {item.date: item.note for item in folder.releases}
    for change in release_changes(folder.indicator, folder.earlier, notes):
        yield from _change(site, folder, change)
    first = folder.releases[0]
    yield f"  {first.date:%d.%m.%Y}: erste Ausgabe" + (f" – {first.note}" if first.note else "")


def _change(site: Site, folder: IndicatorFolder, change: ReleaseChange) -> Iterator[str]:
    yield f"  {change.later:%d.%m.%Y}" + (f": {change.note}" if change.note else "")
    for cause, count in sorted(change.counts.items()):
        one, many = CAUSES[cause]
        yield f"    {count} {one if count == 1 else many}"
    if not change.revisions:
        yield "    nichts geändert"
    for turn in change.turns:
        name = cell_name(site, folder.indicator, turn.key)
        yield (
            f"    Entwicklung gekippt: {name} seit {turn.since}: war {VERDICTS[turn.before]}, ist {VERDICTS[turn.after]}"
            f" (Grund: {CAUSES[turn.cause][0]})"
        )
