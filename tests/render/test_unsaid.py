"""What isn't said is unknown: no gap, promise, contract or sentence reads it as none, kept, valid or there."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.derive.lists_of_offers import bands_of
from generator.pipeline.build import Project, prepare
from generator.render.directory.commitments import promises
from generator.render.figures.missing_offers import gaps_in, known_text
from generator.render.pages import coverage_pages, space_page
from generator.subjects.measures import page as measures
from tests.budget_town import town
from tests.conftest import NAMES, TODAY, example
from tests.edit.towns import write_town

OFFER = """\
name: Treff
summary: Hier ist etwas los.
kind: gruppe
provider: verein
"""


def check_gaps(project: Project) -> tuple[int, int]:
    """Hold each gap against the records themselves; return how many say that nothing is recorded, and that it is unclear."""
    assert project.site is not None
    assert project.facts is not None
    site, facts, context = project.site, project.facts, project.contexts[0]
    none = unclear = 0
    for gap in gaps_in(context, facts.compared):
        perhaps = {
            key
            for key in facts.running
            if facts.offers[key].reach == "unsaid"
            and gap.situation in facts.offers[key].situations
            and (site.offers[key].ages is None or {*bands_of(site.offers[key].ages)} & {*gap.bands})
        }
        said = known_text(context, gap.known)
        if said == "keins verzeichnet":
            assert perhaps == set(), gap
            none += 1
        else:
            vague = {key for key in perhaps if not facts.offers[key].sensitive}
            assert vague <= {*gap.known.unsaid}, gap
            assert (f"unklar: {len(gap.known.unsaid)} sag" in said) == bool(gap.known.unsaid)
            unclear += bool(gap.known.unsaid)
    return none, unclear


def test_no_gap_of_the_demo_is_called_empty_where_an_offer_does_not_say_for_whom_it_is(
    demo: Project, internal_demo: Project
) -> None:
    for project in (demo, internal_demo):
        _none, unclear = check_gaps(project)
        assert unclear


@pytest.mark.parametrize("name", NAMES)
def test_nor_any_of_an_example(name: str) -> None:
    check_gaps(example(name))


def test_nor_any_of_twenty_random_towns(tmp_path: Path) -> None:
    none = unclear = 0
    for seed in range(20):
        chance = random.Random(seed)
        root = tmp_path / str(seed)
        write_town(root)
        for number in range(chance.randint(3, 9)):
            fields: Mapping[str, str | None] = {
                "topics": chance.choice(["[krabbelgruppe]", "[schulden]", "[ganztag]"]),
                "place": chance.choice(["treff", None]),
                "spaces": chance.choice(["[west]", "[ost]", "[kleinstadt]", None]),
                "ages": chance.choice(["0-2", "6-10", "all", "27+", None]),
            }
            lines = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
            (root / f"resources/offers/o{number}.yml").write_text(OFFER + lines, "utf-8")
        project = prepare(root, TODAY)
        assert project.contexts, project.found
        one, other = check_gaps(project)
        none, unclear = none + one, unclear + other
    assert none
    assert unclear


def test_who_does_not_say_for_whom_it_is_is_listed_to_be_asked(demo: Project) -> None:
    context = demo.contexts[0]
    area = context.facts.compared[0]
    body = str(coverage_pages.render(context, area).body)
    gaps = [gap for gap in gaps_in(context, (area,)) if gap.known.unsaid]
    assert gaps
    for key in gaps[0].known.unsaid:
        assert f'angebote/{key}/"' in body


def test_a_need_that_somebody_named_comes_before_what_more_areas_have(internal_demo: Project) -> None:
    context = internal_demo.contexts[0]
    named = [bool(gap.needs) for gap in gaps_in(context, context.facts.compared)]
    assert {*named} == {True, False}
    assert named == sorted(named, reverse=True)


RULE = "name: Runde\nkind: ag-78\nspaces: [nord]\nguarantee: {released: 2026-05-04, rules: [{topic: schulden}]}\n"
ADVICE = "name: {name}\nsummary: Rat.\nkind: beratung\nprovider: verein\ntopics: [schulden]\n{more}"


def test_a_promise_names_the_wait_of_an_offer_that_does_not_say_for_whom_it_is(tmp_path: Path) -> None:
    full = "capacity: {free: 0, waiting: 3 weeks, date: 2026-11-18}\n"
    files = {
        "resources/providers/verein.yml": "name: Verein\nkind: association\n",
        "resources/networks/runde.yml": RULE,
        "resources/offers/hier.yml": ADVICE.format(name="Rat im Norden", more="spaces: [nord]\n"),
        "resources/offers/irgendwo.yml": ADVICE.format(name="Rat irgendwo", more=full),
        "resources/offers/dort.yml": ADVICE.format(name="Rat im Süden", more="spaces: [sued]\n" + full),
    }
    context = prepare(town(tmp_path, files), TODAY).contexts[0]
    (line,) = promises(context, context.site.networks["runde"])
    assert line.kept == "waits"
    assert "„Rat irgendwo“ (unklar, für wen): 0 Plätze frei, Wartezeit etwa 3 Wochen" in line.verdict
    assert "Süden" not in line.verdict


CONTRACT = "name: {name}\npartners: [amt]\n{more}"


def contracts(folder: Path, dates: Mapping[str, str]) -> str:
    files = {"resources/providers/amt.yml": "name: Jugendamt\nkind: public\n"} | {
        f"resources/agreements/{key}.yml": CONTRACT.format(name=f"Vertrag {key}", more=more)
        for key, more in dates.items()
    }
    project = prepare(town(folder, files), TODAY)
    assert project.contexts, project.found
    return str(measures.render(project.contexts[0], "").body).replace("\u00a0", " ")


def test_a_contract_without_an_end_is_not_called_running_nor_drawn(tmp_path: Path) -> None:
    body = contracts(
        tmp_path,
        {
            "alt": "origin: {name: Bericht, date: 2006}\n",
            "offen": "from: 2019-01-01\nreleased: 2019-02-01\n",
            "neu": "from: 2025-01-01\nuntil: 2027-12-31\n",
        },
    )
    assert "Stand 2006; ob sie noch gilt, ist nicht eingetragen" in body
    assert "Stand 1. Februar 2019; ob sie noch gilt, ist nicht eingetragen" in body
    assert "3 Vorhaben: 1 läuft, 2 ohne eingetragenes Ende." in body
    assert body.count("<strong>Vereinbarung, läuft</strong>") == 1
    drawn = body.partition("<svg")[2].partition("</svg>")[0]
    assert "Vertrag neu" in drawn
    assert "Vertrag alt" not in drawn
    assert "Vertrag offen" not in drawn


@pytest.mark.parametrize("name", ["essen", "siegen"])
def test_the_contracts_of_2006_are_told_as_of_then(name: str) -> None:
    context = example(name).contexts[0]
    body = str(measures.render(context, "").body).replace("\u00a0", " ")
    assert "Stand 2006; ob sie noch gilt, ist nicht eingetragen" in body
    assert "Vereinbarung, läuft" not in body


def test_an_empty_area_is_not_said_to_have_what_most_areas_have(tmp_path: Path) -> None:
    """Neither where most areas have nothing, nor where it alone lacks it."""
    same = "Was es in den meisten Gebieten gibt, ist auch hier verzeichnet"
    write_town(tmp_path / "leer")
    (tmp_path / "leer/resources/offers/krabbelgruppe.yml").unlink()
    only = OFFER + "topics: [krabbelgruppe]\nspaces: [kleinstadt]\nages: 0-2\n"
    (tmp_path / "leer/resources/offers/stadt.yml").write_text(only, "utf-8")
    empty = prepare(tmp_path / "leer", TODAY).contexts[0]
    assert same not in str(space_page.render(empty, "west").body)
    write_town(tmp_path / "voll")
    there = OFFER + "topics: [krabbelgruppe]\nspaces: [west]\nages: 0-2\n"
    (tmp_path / "voll/resources/offers/krabbelgruppe.yml").write_text(there, "utf-8")
    full = prepare(tmp_path / "voll", TODAY).contexts[0]
    assert same in str(coverage_pages.render(full, "west").body)
    assert same not in str(coverage_pages.render(full, "ost").body)
    # Each half has something that the other lacks.
    other = OFFER + "topics: [ganztag]\nspaces: [ost]\nages: 6-10\n"
    (tmp_path / "voll/resources/offers/ganztag.yml").write_text(other, "utf-8")
    halves = prepare(tmp_path / "voll", TODAY).contexts[0]
    for area in ("west", "ost"):
        assert same not in str(coverage_pages.render(halves, area).body)
