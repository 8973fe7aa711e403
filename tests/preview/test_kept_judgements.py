"""What is kept of a town is found again only where nothing else matters: each step here edits one record and changes what holds of others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from bench.world import write_world
from generator.files.result_cache import ResultCache
from generator.model.facts import Facts
from generator.pipeline.build import Project, check_and_derive, prepare
from generator.read.project import read_project
from tests.chance import whole

OFFERS = 90
TODAY = dt.date(2026, 11, 20)
Step = Callable[[Path], None]


def line(name: str, key: str, value: str | None) -> Step:
    """Write one field of a record anew, or take it away."""

    def edit(root: Path) -> None:
        path = root / "resources" / name
        left = [text for text in path.read_text("utf-8").splitlines() if not text.startswith(f"{key}:")]
        path.write_text("\n".join([*left, *([f"{key}: {value}"] if value else [])]) + "\n", "utf-8")

    return edit


def named(root: Path, field: str, value: str) -> list[Path]:
    """The offers that say this in a field."""
    return [
        path
        for path in sorted((root / "resources/offers").glob("*.yml"))
        if f"\n{field}: {value}\n" in path.read_text("utf-8")
    ]


def another_key(root: Path) -> None:
    old, new = (root / f"resources/places/{name}.yml" for name in ("ort-1", "ort-eins"))
    old.rename(new)
    for path in named(root, "place", "ort-1"):
        path.write_text(path.read_text("utf-8").replace("place: ort-1\n", "place: ort-eins\n"), "utf-8")


def removed(root: Path) -> None:
    (root / "resources/offers/angebot-3.yml").unlink()


def a_twin(root: Path) -> None:
    text = (root / "resources/offers/angebot-4.yml").read_text("utf-8")
    (root / "resources/offers/angebot-4-zwilling.yml").write_text(text, "utf-8")


def a_file(name: str, text: str) -> Step:
    def write(root: Path) -> None:
        path = root / "resources" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    return write


def register(space: str) -> Step:
    def write(root: Path) -> None:
        places = [path.read_text("utf-8") for path in sorted((root / "resources/places").glob("*.yml"))]
        names = {match[1] for text in places if (match := re.search(r"street: ([^,]+),", text))}
        rows = "".join(f"{name},{space},1,999,all\n" for name in sorted(names))
        (root / "resources/streets.csv").write_text(f"street,space,from,to,parity\n{rows}", "utf-8")

    return write


def settings(text: str) -> Step:
    def edit(root: Path) -> None:
        path = root / "site_config.yml"
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return edit


def boundary(root: Path) -> None:
    path = root / "resources/geometry/raum.geojson"
    text = path.read_text("utf-8")
    begin = text.index("[[[", text.index('"raum-0"'))
    corner = text[begin + 3 : text.index("]", begin)]
    x, y = (float(number) for number in corner.split(","))
    path.write_text(text.replace(corner, f"{x - 0.003}, {y - 0.003}"), "utf-8")


MEASURE = """\
name: Ein Café
summary: Einmal in der Woche ein offenes Café.
need: Eltern kennen niemanden, den sie fragen können.
spaces: [raum-0]
topics: [trauer]
owner: traeger-3
status: decided
decisions:
  - {by: jugendhilfeausschuss, date: 2026-09-24, result: approved}
"""
STEPS: dict[str, Step] = {
    "nothing but a telephone": line("offers/angebot-5.yml", "contact", "{phone: 040 66969-555}"),
    "a provider can't be reached": line("providers/traeger-1.yml", "contact", None),
    "a provider is gone": lambda root: (root / "resources/providers/traeger-2.yml").unlink(),
    "it is back": a_file("providers/traeger-2.yml", "name: Verein zwei\nkind: association\n"),
    "a place is hidden": line("places/ort-2.yml", "visibility", "hidden"),
    "a place is open again": line("places/ort-2.yml", "visibility", None),
    "a place has another key": another_key,
    "a place moves": line("places/ort-3.yml", "point", "10.0501 53.6001"),
    "an offer is removed": removed,
    "an offer has the name of another": a_twin,
    "an offer goes on as another": line("offers/angebot-6.yml", "successor", "angebot-7\nuntil: 2026-12-31"),
    "an offer lies elsewhere": line("offers/angebot-8.yml", "topics", "[trauer]"),
    "an area is called otherwise": line("spaces/raum-0.yml", "name", "Ganz woanders"),
    "a kind of the town's own": a_file("kinds.yml", "- {id: ausgabe, name: Ausgabe, layer: everyday, access: open}\n"),
    "a kind that is kept quiet": a_file("kinds.yml", "- {id: gruppe, name: Gruppe, layer: everyday, access: open, guarded: yes}\n"),
    "kinds as they were": lambda root: (root / "resources/kinds.yml").unlink(),
    "a register": register("raum-0"),
    "another register": register("raum-8"),
    "a network": a_file("networks/jugendhilfeausschuss.yml", "name: Ausschuss\nkind: ag-78\nmembers: [traeger-3]\n"),
    "a measure": a_file("measures/cafe.yml", MEASURE),
    "a boundary": boundary,
    "another pace of checks": settings("check_every: {offers: 1 weeks}\n"),
}  # fmt: skip


def as_said(project: Project) -> list[tuple[object, ...]]:
    return [(item.code, item.position, item.message, item.help, item.also) for item in project.found]


def as_derived(facts: Facts | None) -> dict[str, object]:
    found = {one.name: getattr(facts, one.name) for one in fields(Facts)} if facts else {}
    return found | ({"nearby": dict(found["nearby"])} if facts else {})  # type: ignore[call-overload]


@whole
def test_an_edit_changes_what_it_changes_in_a_reading_from_nothing(tmp_path: Path) -> None:
    write_world(tmp_path, OFFERS, 9, 1, 1)
    cache = ResultCache()
    before = check_and_derive(read_project(tmp_path, cache=cache), TODAY)
    unchanged, refused = [], []
    for name, step in STEPS.items():
        step(tmp_path)
        warm, cold = check_and_derive(read_project(tmp_path, cache=cache), TODAY), prepare(tmp_path, TODAY)
        assert as_said(warm) == as_said(cold), name
        assert warm.site == cold.site, name
        assert as_derived(warm.facts) == as_derived(cold.facts), name
        assert warm.generated == cold.generated, name
        if (as_said(cold), as_derived(cold.facts)) == (as_said(before), as_derived(before.facts)):
            unchanged.append(name)
        if cold.facts is None:
            refused.append(name)
        before = cold
    assert (unchanged, refused) == ([], ["a provider is gone", "a place is hidden"])


@whole
@pytest.mark.parametrize("days", [1, 400])
def test_on_another_day_everything_is_judged_by_that_day(tmp_path: Path, days: int) -> None:
    write_world(tmp_path, OFFERS, 9, 1, 1)
    line("offers/angebot-6.yml", "until", "2026-11-20")(tmp_path)
    line("places/ort-2.yml", "checked", "2025-11-20\ncheck_every: 1 years")(tmp_path)
    cache = ResultCache()
    first = check_and_derive(read_project(tmp_path, cache=cache), TODAY)
    later = TODAY + dt.timedelta(days=days)
    warm, cold = check_and_derive(read_project(tmp_path, cache=cache), later), prepare(tmp_path, later)
    assert as_said(warm) == as_said(cold) != as_said(first)
    assert as_derived(warm.facts) == as_derived(cold.facts)
