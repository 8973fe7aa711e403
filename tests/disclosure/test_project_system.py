"""What is published of a project is attacked as one system: releases together, measures together, areas that cross."""

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.disclosure.intruder import Intruder, learn_releases, releases
from tests.disclosure.worlds import DEFINITION, QUARTERS, SIGNED, stated, write_project, write_raw

PARTS = {
    "kleinstadt": ("nord", "sued"),
    **{
        region: tuple(key for key, above in QUARTERS.items() if above == region)
        for region in ("nord", "sued")
    },
}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def protect(town: Path, raw: Path, day: str) -> Result:
    return run("protect", raw, "--project", town, "--date", day)


def report_of(raw: Path) -> str:
    """The last report for planners, which names each cell."""
    return max(raw.glob("bericht-*.md")).read_text("utf-8")


NORTH = {"ahorn": (40, 300), "birke": (50, 300)}
MARCH = {**NORTH, "celtis": (12, 400), "dorn": (3, 90), "esche": (20, 100)}
SEPTEMBER = {**NORTH, "celtis": (8, 91), "dorn": (3, 90), "esche": (20, 400)}


def intruder_of(town: Path) -> Intruder:
    intruder = Intruder()
    learn_releases(intruder, releases(town, "hilfen"), PARTS)
    return intruder


def test_two_releases_are_not_subtracted(tmp_path: Path) -> None:
    """A count that was corrected between two releases ties what both withhold."""
    town = write_project(tmp_path / "projekt")
    done = protect(town, write_raw(tmp_path / "roh", MARCH), "2026-03-01")
    assert done.exit_code == 0, done.output
    done = protect(town, write_raw(tmp_path / "roh", SEPTEMBER), "2026-09-01")
    assert done.exit_code == 0, done.output
    low, high = intruder_of(town).range_of(("hilfen", "dorn", "2025"))
    assert low <= 1
    assert high >= 4


def test_a_withheld_count_that_was_corrected_refuses_no_release(tmp_path: Path) -> None:
    """Birke and Celtis were 6 and 4; of today's sums and the earlier ones follow a 2 and a 10 that nobody counted."""
    town = write_project(tmp_path / "projekt")
    before = {"ahorn": (8, 300), "birke": (6, 300), "celtis": (4, 300), "dorn": (5, 300), "esche": (4, 300)}
    assert protect(town, write_raw(tmp_path / "roh", before), "2026-03-01").exit_code == 0
    done = protect(
        town, write_raw(tmp_path / "roh", {**before, "birke": (4, 300), "celtis": (2, 300)}), "2026-06-01"
    )
    assert done.exit_code == 0, done.output
    assert run("check", "--project", town).exit_code == 0


YEARS = ("2020", "2021", "2022", "2023", "2024", "2025")
COUNTS = {"ahorn": 34, "birke": 41, "celtis": 52, "dorn": 6, "esche": 63}


def write_indicator(
    town: Path, raw: Path, key: str, counts: dict[tuple[str, str], str], more: str = ""
) -> None:
    """Add an indicator to a town, and its raw table by area and period."""
    folder = town / "resources/indicators" / key
    folder.mkdir(parents=True, exist_ok=True)
    text = f"title: {key.title()}\nsays: So viele.\nnumerator: {key.title()}\nsource: {{name: Amt (erfunden), regime: own-cases}}\n{more}"
    (folder / "indicator.yml").write_text(stated(text), "utf-8")
    raw.mkdir(exist_ok=True)
    lines = [f"{space},{year},{count}" for (space, year), count in counts.items()]
    (raw / f"{key}.csv").write_text("space,period,numerator\n" + "\n".join(lines) + "\n", "utf-8")


def counts_of(first: int) -> dict[tuple[str, str], int]:
    """Make counts that differ from area to area and from year to year, none of them small."""
    return {
        (space, year): count + (first + 7 * place * place + 3 * number * number) % 17
        for number, (space, count) in enumerate(COUNTS.items())
        for place, year in enumerate(YEARS)
    }


SMALL = ("dorn", "2024")


def tied_by_difference(town: Path, raw: Path) -> None:
    """Girls, boys and all as three indicators."""
    girls, boys = counts_of(5), counts_of(11)
    girls[SMALL] = 3
    write_indicator(town, raw, "maedchen", girls)
    write_indicator(town, raw, "jungen", boys)
    write_indicator(town, raw, "alle", {key: count + boys[key] for key, count in girls.items()})


def tied_wherever_withheld(town: Path, raw: Path) -> None:
    """Girls are few everywhere, so that no area shows them beside boys and all."""
    girls = {
        ("ahorn", "2024"): 1,
        ("birke", "2024"): 2,
        ("celtis", "2024"): 4,
        SMALL: 3,
        ("esche", "2024"): 4,
    }
    boys = {key: count for key, count in counts_of(11).items() if key in girls}
    write_indicator(town, raw, "maedchen", girls)
    write_indicator(town, raw, "jungen", boys)
    write_indicator(town, raw, "alle", {key: count + boys[key] for key, count in girls.items()})


def tied_where_few_places_show_it(town: Path, raw: Path) -> None:
    """Girls are few everywhere and alike where boys and all stand beside them; only the counts that nobody sees tell that they add up."""
    girls = {"ahorn": 1, "birke": 2, "celtis": 3, "dorn": 3, "esche": 3}
    boys = {"ahorn": 3, "birke": 2, "celtis": 12, "dorn": 9, "esche": 11}
    every = {key: count + boys[key] for key, count in girls.items()}
    for name, counts in (("maedchen", girls), ("jungen", boys), ("alle", every)):
        write_indicator(town, raw, name, {(key, "2024"): count for key, count in counts.items()})


def tied_by_amounts(town: Path, raw: Path) -> None:
    """What help costs, about 4,200 euros a case and nowhere exactly that: divided by it, 12,561 euros are 3 cases."""
    cases = counts_of(4)
    cases[SMALL] = 3
    write_indicator(town, raw, "einzeln", cases)
    costs = {key: 4_200 * count + (37 * count * count) % 601 - 300 for key, count in cases.items()}
    write_indicator(town, raw, "kosten", costs, "unit: Euro\ndisclosure: {method: none}\n")


@pytest.mark.parametrize(
    "tie",
    [
        tied_by_difference,
        tied_wherever_withheld,
        tied_where_few_places_show_it,
        tied_by_amounts,
    ],
)
def test_what_nobody_declared_is_seen_in_the_raw_counts(tmp_path: Path, tie: Callable[..., None]) -> None:
    town = write_project(tmp_path / "projekt")
    shutil.rmtree(town / "resources/indicators/hilfen")
    tie(town, tmp_path / "roh")
    done = protect(town, tmp_path / "roh", "2026-03-01")
    assert done.exit_code == 1, done.output
    assert "verbindung-ungeklaert" in done.output
    assert not list(town.glob("resources/indicators/*/values.csv"))
    # Whoever decides reads it before the intervals of each count alone.
    report = (tmp_path / "roh/bericht-2026-03-01.md").read_text("utf-8")
    assert "? Gesehen: an " in report.partition("## Zusammen mit anderen Tabellen")[2].partition("\n## ")[0]


@pytest.mark.guards("Secrets: what is declared, or stands in one table, tells nothing")
@pytest.mark.parametrize("tie", [tied_by_difference, tied_wherever_withheld])
def test_parts_that_are_declared_are_protected_with_their_whole(
    tmp_path: Path, tie: Callable[..., None]
) -> None:
    """Girls and boys are parts of all: nothing is refused, and who subtracts learns no small count."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    tie(town, raw)
    for part in ("maedchen", "jungen"):
        definition = town / "resources/indicators" / part / "indicator.yml"
        definition.write_text(definition.read_text("utf-8") + f"part_of: alle\n{SIGNED}", "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    intruder, cells = Intruder(), set[tuple[str, ...]]()
    for name in ("maedchen", "jungen", "alle"):
        (table,) = releases(town, name)
        learn_releases(intruder, [table], PARTS)
        cells |= {cell for cell, count in table.items() if count is None and cell[1] in QUARTERS}
        assert name != "alle" or any(count is not None for count in table.values())
        for _, *cell in table:
            terms = {(one, *cell): 1.0 for one in ("maedchen", "jungen")}
            intruder.knows({**terms, ("alle", *cell): -1.0}, 0)
    assert ("maedchen", "dorn", "2024") in cells
    for cell in cells:
        low, high = intruder.range_of(cell)
        assert low < high, cell
        assert high - low >= 2 or cell[0] != "maedchen" or cell[1:] != SMALL, cell


def test_a_part_that_leaves_something_over_is_no_secret_beside_the_rest(tmp_path: Path) -> None:
    """Only girls are declared: what boys show is seen in the raw counts all the same."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    tied_by_difference(town, raw)
    definition = town / "resources/indicators/maedchen/indicator.yml"
    definition.write_text(definition.read_text("utf-8") + f"part_of: alle\n{SIGNED}", "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1, done.output
    assert "„Alle“ = „Maedchen“ + „Jungen“" in report_of(raw)
    assert not list(town.glob("resources/indicators/*/values.csv"))


@pytest.mark.parametrize("tie", [tied_wherever_withheld, tied_by_difference])
def test_what_seems_tied_is_asked_once(tmp_path: Path, tie: Callable[..., None]) -> None:
    """That a sum is chance is said of both others, or of none."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    tie(town, raw)
    definition = town / "resources/indicators/maedchen/indicator.yml"
    said = "by_chance:\n" + "".join(
        f"  - {{indicator: {other}, date: 2026-02-11, office: Planung, reason: zwei Register ohne gemeinsame Fälle}}\n"
        for other in ("alle", "jungen")
    )
    text = definition.read_text("utf-8")
    definition.write_text(
        text
        + said.replace(
            "  - {indicator: alle, date: 2026-02-11, office: Planung, reason: zwei Register ohne gemeinsame Fälle}\n",
            "",
        ),
        "utf-8",
    )
    assert protect(town, raw, "2026-03-01").exit_code == 1
    definition.write_text(text + said, "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert "„Alle“ = " not in done.output
    assert list(town.glob("resources/indicators/maedchen/values.csv"))


SCHOOLS = {"ahorn": "oben", "celtis": "oben", "dorn": "oben", "birke": "unten", "esche": "unten"}
PUPILS = {"ahorn": 34, "birke": 26, "celtis": 12, "dorn": 3, "esche": 20}


def undrawn(tmp_path: Path) -> Path:
    """A town whose school districts are made of whole quarters, of which no map tells."""
    town = write_project(tmp_path / "projekt", DEFINITION.replace("denominator: Alle Familien\n", ""))
    for record in (town / "resources/spaces").glob("schule-*.yml"):
        lines = record.read_text("utf-8").splitlines(keepends=True)
        record.write_text("".join(line for line in lines if not line.startswith("geometry")), "utf-8")
    return town


def test_the_same_cases_counted_by_areas_of_another_division_are_seen(tmp_path: Path) -> None:
    """Who takes the quarters that are shown from the school district that they lie in has the small one that is not."""
    town, raw = undrawn(tmp_path), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    for key, school in SCHOOLS.items():
        record = town / f"resources/spaces/{key}.yml"
        record.write_text(record.read_text("utf-8") + f"also_in: [schule-{school}]\n", "utf-8")
    counts: dict[tuple[str, str], int] = {}
    by_school: Counter[tuple[str, str]] = Counter()
    for year, (key, count) in product(range(2022, 2026), PUPILS.items()):
        counts[key, str(year)] = count + (year * count) % 17 * (count > 5)
        by_school[f"schule-{SCHOOLS[key]}", str(year)] += counts[key, str(year)]
    write_indicator(town, raw, "hilfen", counts)
    write_indicator(town, raw, "schulhilfen", dict(by_school))
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1
    assert "verbindung-ungeklaert" in done.output, done.output
    assert not list(town.rglob("values.csv"))


def test_a_division_that_only_the_raw_table_tells_is_protected_with_its_pieces(tmp_path: Path) -> None:
    """Who knows which quarters a school serves subtracts those from its count."""
    town, raw = undrawn(tmp_path), tmp_path / "roh"
    raw.mkdir()
    lines = [f"{key},schule-{SCHOOLS[key]},2025,{count}" for key, count in PUPILS.items()]
    (raw / "hilfen.csv").write_text("\n".join(["space,schulbezirk,period,numerator", *lines]) + "\n", "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    intruder = intruder_of(town)
    for school in ("oben", "unten"):
        inside = {("hilfen", key, "2025"): 1.0 for key, where in SCHOOLS.items() if where == school}
        intruder.knows({**inside, ("hilfen", f"schule-{school}", "2025"): -1.0}, 0)
    low, high = intruder.range_of(("hilfen", "dorn", "2025"))
    assert low <= 1
    assert high >= 4


WHOLE = DEFINITION.replace("denominator: Alle Familien\n", "")
BY_LENGTH = (
    "breakdowns:\n  - {id: dauer, name: Dauer, values: [{id: kurz, name: kurz}, {id: lang, name: lang}]}\n"
)


def with_nurseries(town: Path) -> None:
    """Add a third division of which no map tells."""
    settings = town / "site_config.yml"
    nursery = "  - {id: kita, levels: [{id: kita, name: Kita}]}\n"
    settings.write_text(settings.read_text("utf-8").replace("disclosure:", f"{nursery}disclosure:"), "utf-8")
    for key in ("kita-a", "kita-b", "kita-c"):
        (town / f"resources/spaces/{key}.yml").write_text(f"name: {key}\nlevel: kita\n", "utf-8")


def test_pieces_of_one_division_are_no_empty_pieces_of_another(tmp_path: Path) -> None:
    """Pieces of schools are told by duration, those of nurseries aren't: nothing of it contradicts."""
    town, raw = undrawn(tmp_path), tmp_path / "roh"
    with_nurseries(town)
    rows = [f"{key},schule-{SCHOOLS[key]},2025,{count - 2},kurz" for key, count in PUPILS.items()]
    rows += [f"{key},schule-{SCHOOLS[key]},2025,2,lang" for key in PUPILS]
    write_table(town, raw, "hilfen", WHOLE + BY_LENGTH, ["space,schulbezirk,period,numerator,dauer", *rows])
    rows = [f"{key},kita-{'ab'[count % 2]},2025,{count}" for key, count in PUPILS.items()]
    definition = WHOLE + "numerator_from: hilfen\n"
    write_table(town, raw, "kitas", definition, ["space,kita,period,numerator", *rows, "ahorn,kita-c,2025,0"])
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    assert "Berichtigte Zahlen" not in (raw / "bericht-2026-03-01.md").read_text("utf-8")


def test_a_region_that_takes_an_area_over_is_cut_anew_under_its_old_id(tmp_path: Path) -> None:
    """90 in Nord without Celtis, 94 with it in the two halves of the same year: 4 in Celtis."""
    town = write_project(
        tmp_path / "projekt", definition=DEFINITION.replace("denominator: Alle Familien\n", "")
    )
    march = {**MARCH, "celtis": (4, 0), "dorn": (20, 0)}
    assert protect(town, write_raw(tmp_path / "roh", march), "2026-03-01").exit_code == 0
    record = town / "resources/spaces/celtis.yml"
    record.write_text(record.read_text("utf-8").replace("parent: sued", "parent: nord"), "utf-8")
    # The sums of March are none of today's areas: Celtis isn't 0.
    assert "Fehler" not in run("check", "--project", town).output
    done = protect(town, write_raw(tmp_path / "roh", march, "2025-1"), "2026-09-01")
    assert done.exit_code == 1
    assert "anders geschnitten: nord, sued" in done.output
    assert protect(town, write_raw(tmp_path / "roh", march, "2026-1"), "2026-09-01").exit_code == 0


def test_a_quarter_that_came_says_nothing_of_earlier_years(tmp_path: Path) -> None:
    """What stands is left as it is; what is told anew of the same year would be subtracted, and no row that is added helps."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    assert protect(town, write_raw(raw, MARCH), "2026-03-01").exit_code == 0
    spaces = town / "resources/spaces"
    (spaces / "fichte.yml").write_text("name: Fichte\nlevel: quartier\nparent: sued\n", "utf-8")
    assert "Fehler" not in run("check", "--project", town).output
    done = protect(town, write_raw(raw, MARCH), "2026-09-01")
    assert done.exit_code == 1
    assert "nur Zeiträume liefern" in done.output
    assert "ergänzen" not in done.output
    assert "was fehlt" not in done.output
    everybody = {**MARCH, "fichte": (12, 150)}
    assert protect(town, write_raw(raw, everybody, "2026-1"), "2026-09-01").exit_code == 0
    assert "Fehler" not in run("check", "--project", town).output


def test_an_area_that_there_never_was_is_told_beside_a_release(tmp_path: Path) -> None:
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    assert protect(town, write_raw(raw, MARCH), "2026-03-01").exit_code == 0
    done = protect(town, write_raw(raw, {"nirgends": (12, 150)}), "2026-09-01")
    assert "[kein-gebiet]" in done.output, done.output


def divided(counts: dict[str, tuple[int, int]]) -> str:
    """A raw table by length of help, of which the denominator is the same."""
    lines = ["space,period,dauer,numerator,denominator"]
    for key, (count, below) in counts.items():
        halves = {"kurz": count // 2, "lang": count - count // 2}
        lines += [f"{key},2025,{length},{half},{below}" for length, half in halves.items()]
    return "\n".join(lines) + "\n"


def test_a_breakdown_that_came_loses_no_release(tmp_path: Path) -> None:
    """The equations of March hold on, whatever cells are divided by since."""
    town = write_project(tmp_path / "projekt")
    folder = town / "resources/indicators/hilfen"
    assert protect(town, write_raw(tmp_path / "roh-maerz", MARCH), "2026-03-01").exit_code == 0
    by_length = BY_LENGTH.replace("dauer,", "dauer, same_denominator: yes,")
    (folder / "indicator.yml").write_text(stated(DEFINITION + by_length), "utf-8")
    (folder / "values.csv").unlink()
    raw = write_raw(tmp_path / "roh", MARCH)
    (raw / "hilfen.csv").write_text(divided(MARCH), "utf-8")
    done = protect(town, raw, "2026-09-01")
    assert done.exit_code == 0, done.output
    assert run("check", "--project", town).exit_code == 0
    low, high = intruder_of(town).range_of(("hilfen", "dorn", "2025"))
    assert low <= 1
    assert high >= 4


@pytest.mark.parametrize("since", ["hilfen", "andere"])
def test_values_that_a_release_withheld_stay_in_the_raw_tables(tmp_path: Path, since: str) -> None:
    """5 short and 1 long: who is the one subtracts it from a sum that is told without them, under whatever name."""
    town, raw = write_project(tmp_path / "projekt", WHOLE), tmp_path / "roh"
    halves = {"ahorn": (20, 22), "birke": (5, 1), "celtis": (12, 1), "dorn": (20, 9), "esche": (25, 24)}
    by_length = ["space,period,dauer,numerator"]
    alone = ["space,period,numerator"]
    for key, (short, long) in halves.items():
        by_length += [f"{key},2025,kurz,{short}", f"{key},2025,lang,{long}"]
        alone.append(f"{key},2025,{short + long}")
    write_table(town, raw, "hilfen", WHOLE + BY_LENGTH, by_length)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    (raw / "hilfen.csv").unlink()
    write_table(town, raw, since, WHOLE + "numerator_from: hilfen\n" * (since == "andere"), alone)
    (town / "resources/indicators/hilfen/values.csv").unlink()
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 1
    assert "veroeffentlichtes-fehlt" in done.output
    assert "hier fehlen: dauer:kurz, dauer:lang" in done.output
    assert releases(town, since)[1:] == []
    # With their own raw table they are protected together.
    write_table(town, raw, "hilfen", WHOLE + BY_LENGTH, by_length)
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 0, done.output


def test_values_that_a_release_showed_beside_withheld_ones_stay_in_the_raw_tables(tmp_path: Path) -> None:
    """Of 30 16 were shown; who is shown 12 of the rest, and no longer the 16, is told the 2."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    rows = ["space,period,dauer,numerator"]
    counts = {
        "ahorn": (9, 16, 12),
        "birke": (2, 16, 12),
        "celtis": (8, 20, 14),
        "dorn": (11, 13, 17),
        "esche": (3, 19, 13),
    }
    for key, parts in counts.items():
        named = zip(("kurz", "mittel", "lang"), parts, strict=True)
        rows += [f"{key},2025,,{sum(parts)}", *(f"{key},2025,{value},{count}" for value, count in named)]
    three = BY_LENGTH.replace("values: [", "values: [{id: mittel, name: mittel}, ")
    write_table(town, raw, "hilfen", WHOLE + "adds_up: no\n" + three, rows)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    assert releases(town, "hilfen")[0]["hilfen", "birke", "2025", "dauer:mittel"] == 15
    (town / "resources/indicators/hilfen/values.csv").unlink()
    without = [row for row in rows if "mittel" not in row]
    write_table(town, raw, "hilfen", WHOLE + "adds_up: no\n" + BY_LENGTH, without)
    assert "hier fehlen: dauer:mittel" in protect(town, raw, "2026-06-01").output


def test_of_several_denominators_the_smallest_is_asked(tmp_path: Path) -> None:
    """73 of 75 children are nearly all of them, whatever else they are divided by."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    counts = {"ahorn": 64, "birke": 53, "celtis": 92, "dorn": 73, "esche": 131}
    children = {"ahorn": 120, "birke": 90, "celtis": 160, "dorn": 75, "esche": 210}
    for key, times, tie in (("hilfen", 1, ""), ("je-kopf", 3, "numerator_from: hilfen\n")):
        rule = f"{tie}disclosure: {{method: round-small, complement: yes, minimum_denominator: 0}}\n"
        rows = [f"{area},2025,{count},{times * children[area]}" for area, count in counts.items()]
        write_table(town, raw, key, DEFINITION + rule, ["space,period,numerator,denominator", *rows])
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    for key in ("hilfen", "je-kopf"):
        assert releases(town, key)[0][(key, "dorn", "2025")] is None


def write_table(town: Path, raw: Path, key: str, definition: str, rows: list[str]) -> None:
    """Write the definition of an indicator and its raw table."""
    folder = town / "resources/indicators" / key
    folder.mkdir(exist_ok=True)
    (folder / "indicator.yml").write_text(stated(definition), "utf-8")
    raw.mkdir(exist_ok=True)
    (raw / f"{key}.csv").write_text("\n".join(rows) + "\n", "utf-8")


def test_periods_of_earlier_releases_are_protected_with_those_that_hang_together_with_them(
    tmp_path: Path,
) -> None:
    """4 in the first quarter are withheld beside 6 in the second: a half-year of 10 would tell them."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    quarters = {(key, f"2025-Q{place}"): 2 + 2 * place for key in QUARTERS for place in (1, 2)}
    halves = {(key, "2025-1"): 10 for key in QUARTERS}
    write_indicator(town, raw, "hilfen", quarters)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    write_indicator(town, raw, "hilfen", halves)
    (town / "resources/indicators/hilfen/values.csv").unlink()
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 1
    assert "veroeffentlichtes-fehlt" in done.output
    assert "hier fehlen: 2025-Q1, 2025-Q2" in done.output
    write_indicator(town, raw, "hilfen", quarters | halves)
    done = protect(town, raw, "2026-06-01")
    assert done.exit_code == 0, done.output


def test_a_stock_in_the_middle_of_a_year_leaves_nothing_over(tmp_path: Path) -> None:
    """On a day in June there are about as many as at the end of the year: nobody subtracts these."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    ended = {"ahorn": 42, "birke": 51, "celtis": 33, "dorn": 32, "esche": 60}
    counts = {(key, "2025"): count for key, count in ended.items()}
    counts |= {(key, "2025-1"): count - 2 for key, count in ended.items()}
    write_indicator(town, raw, "hilfen", counts)
    assert protect(town, raw, "2026-03-01").exit_code == 0
    assert None not in releases(town, "hilfen")[0].values()


CHANGE = "name: Probe\njudged_by: Amt\narea: Dorn\nspace: dorn\nfrom: 2024-12-31\nuntil: 2025-12-31\nchanges:\n  - name: Hilfen\n    change: -78.6\n"
SPENT = CHANGE.partition("changes:")[0] + "spending: {name: Ausgaben, change: -78.6, from: 2024, to: 2025}\n"
BESIDE = CHANGE.replace(
    "area: Dorn\nspace: dorn", "area: Ahorn\nspace: ahorn\ncompared_with: {name: Dorn, space: dorn}"
)
EARLIER = CHANGE.replace("2024-12-31", "2020-12-31").replace("2025-12-31", "2023-12-31")


@pytest.mark.parametrize(
    ("written", "is_refused"),
    [
        (CHANGE, True),
        (CHANGE + "    no_indicator: Besuche, gezählt vom Treff\n", False),
        (CHANGE.replace("space: dorn", "space: ahorn"), True),
        (BESIDE + "    comparison: -5.4\n", True),
        (EARLIER, False),
        (EARLIER + "    before: '2024'\n    after: '2025'\n", True),
        (CHANGE.replace("2024-12-31", "2025-07-31").replace("2025-12-31", "2026-07-31"), True),
        (SPENT, True),
        (SPENT.replace("from: 2024, to: 2025", "from: 2022, to: 2023"), False),
        (SPENT.replace("to: 2025", "to: 2025, no_indicator: Miete"), False),
    ],
)
def test_a_per_cent_typed_beside_a_withheld_count_says_of_what_it_is(
    tmp_path: Path, written: str, is_refused: bool
) -> None:
    values = "space,period,numerator,denominator,status\ndorn,2024,14,300,\ndorn,2025/26,,300,.\n"
    town = write_project(tmp_path / "projekt", values=values)
    record = town / "resources/evaluations/probe.yml"
    record.parent.mkdir()
    record.write_text(written, "utf-8")
    assert ("veraenderung-neben-geheimer-zahl" in run("check", "--project", town).output) is is_refused


@pytest.mark.parametrize(
    ("figure", "is_refused"),
    [
        ("unit: '%', date: 2025-12-31", True),
        ("unit: Euro je Fall, date: 2026-01-15", True),
        ("unit: '%'", True),
        ("unit: '%', date: 2019", False),
        ("unit: '%', date: 2025-12-31, no_indicator: Vereinsmitglieder", False),
        ("unit: Haushalte, date: 2025-12-31", True),
        ("unit: Haushalte, date: 2025-12-31, cases_from: hilfen", True),
        ("unit: Haushalte, date: 2025-12-31, cases_from: haushalte", False),
    ],
)
def test_what_is_typed_beside_a_withheld_count_says_of_what_it_is(
    tmp_path: Path, figure: str, is_refused: bool
) -> None:
    values = "space,period,numerator,denominator,status\ndorn,2025,,300,.\n"
    town = write_project(tmp_path / "projekt", values=values)
    write_indicator(town, tmp_path / "roh", "haushalte", {})
    record = town / "resources/spaces/dorn.yml"
    name = "" if "name:" in figure else "name: Haushalte, "
    told = f"figures: [{{{name}value: 3, source: Amt, {figure}}}]\n"
    record.write_text(record.read_text("utf-8") + told, "utf-8")
    assert ("zahl-neben-geheimer" in run("check", "--project", town).output) is is_refused


def test_a_rounded_count_is_seen_in_others_that_nobody_tied_to_it(tmp_path: Path) -> None:
    """Girls and all are no small counts; their difference are the boys, who are rounded."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    girls, boys = counts_of(5), counts_of(11)
    boys[SMALL] = 3
    write_indicator(town, raw, "maedchen", girls)
    write_indicator(town, raw, "jungen", boys, "disclosure: {method: round-small}\n")
    write_indicator(town, raw, "alle", {key: count + boys[key] for key, count in girls.items()})
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1
    assert "„Alle“ = „Jungen“ + „Maedchen“" in done.output


SOME = {"ahorn": 9, "birke": 4, "celtis": 13, "dorn": 12, "esche": 17}
MOST = {"ahorn": 10, "birke": 5, "celtis": 31, "dorn": 24, "esche": 40}


def of_a_declared_part(town: Path, raw: Path) -> None:
    """Some of all cases, by an indicator of its own."""
    write_indicator(
        town, raw, "hilfen", {(key, "2025"): count for key, count in SOME.items()}, f"part_of: x\n{SIGNED}"
    )
    write_indicator(town, raw, "x", {(key, "2025"): count for key, count in MOST.items()})


def of_several_denominators(town: Path, raw: Path) -> None:
    """The same cases of few and of many; the many are told last."""
    for key, times, tie in (("hilfen", 1, ""), ("je-kopf", 9, "numerator_from: hilfen\n")):
        rows = [f"{area},2025,{count},{times * MOST[area]}" for area, count in SOME.items()]
        rule = f"{tie}disclosure: {{method: round-small, minimum_denominator: 0}}\n"
        write_table(town, raw, key, DEFINITION + rule, ["space,period,numerator,denominator", *rows])


@pytest.mark.parametrize("write", [of_a_declared_part, of_several_denominators])
def test_no_count_is_larger_than_what_it_is_part_of(
    tmp_path: Path, write: Callable[[Path, Path], None]
) -> None:
    """Of 13 in the north at most 10 are in Ahorn: what is withheld there and in Birke would leave 3 to 5 for Birke's 4."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    write(town, raw)
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    assert run("check", "--project", town).exit_code == 0
    intruder = intruder_of(town)
    if write is of_a_declared_part:
        learn_releases(intruder, releases(town, "x"), PARTS)
    for key, count in MOST.items():
        if write is of_several_denominators:
            intruder.shows(("x", key, "2025"), count)
        intruder.knows({("x", key, "2025"): 1.0, ("hilfen", key, "2025"): -1.0}, 0, 10_000)
    low, high = intruder.range_of(("hilfen", "birke", "2025"))
    assert low <= 1
    assert high >= 4


def test_what_check_would_refuse_is_not_written(tmp_path: Path) -> None:
    """The town's 30 beside the north's 27 leave 3 in the south, of which no row tells."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    rows = ["ahorn,2025,14", "birke,2025,13", "kleinstadt,2025,30"]
    write_table(town, raw, "hilfen", WHOLE, ["space,period,numerator", *rows])
    done = protect(town, raw, "2026-03-01")
    assert "gebiet-ohne-wert" in done.output
    assert not releases(town, "hilfen")


@pytest.mark.parametrize("written", ["{}-12-31", "{}/26"])
def test_a_year_and_the_day_on_which_is_counted_tell_the_same(tmp_path: Path, written: str) -> None:
    """One table shows Dorn and the other Esche, of 59 in the south: 3 in Celtis are left, whatever the year is called."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    counts = {"ahorn": 15, "birke": 22, "celtis": 3, "dorn": 24, "esche": 32}
    people = {"ahorn": 200, "birke": 210, "celtis": 190, "dorn": 150, "esche": 390}
    rows = [f"{key},2025,{count}" for key, count in counts.items()]
    write_table(town, raw, "hilfen", WHOLE, ["space,period,numerator", *rows])
    period = written.format(2025)
    rows = [f"{key},{period},{count},{people[key]}" for key, count in counts.items()]
    definition = DEFINITION + "numerator_from: hilfen\n"
    write_table(town, raw, "zweite", definition, ["space,period,numerator,denominator", *rows])
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    shown = [
        releases(town, key)[0][(key, "dorn", when)] for key, when in (("hilfen", "2025"), ("zweite", period))
    ]
    assert shown[0] == shown[1]


def test_one_part_alone_is_not_taken_for_its_whole(tmp_path: Path) -> None:
    """Where all parts are too few to be shown nothing tells that they aren't all there are."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    every = {"ahorn": 2, "birke": 3, "celtis": 3, "dorn": 1, "esche": 0}
    write_indicator(town, raw, "hilfen", {(key, "2025"): count for key, count in every.items()})
    some = {(key, "2025"): count // 2 for key, count in every.items()}
    write_indicator(town, raw, "teil", some, f"part_of: hilfen\n{SIGNED}")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output


def test_parts_are_not_taken_for_their_whole_where_the_real_counts_say_otherwise(tmp_path: Path) -> None:
    """Some girls are small and some are neither: nothing that is shown speaks against the sum, and who believes it is wrong."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    counts = {"alle": (2, 9, 3, 4, 1), "kleine": (1, 4, 1, 0, 1), "maedchen": (1, 5, 2, 2, 0)}
    for key, row in counts.items():
        told = {(area, "2025"): str(count) for area, count in zip(QUARTERS, row, strict=True)}
        chance = "by_chance: [{indicator: alle, date: 2026-02-11, office: Planung, reason: Zwei Merkmale derselben Fälle}]\n"
        more = {"kleine": f"part_of: alle\n{SIGNED}", "maedchen": chance}
        write_indicator(town, raw, key, told, more.get(key, ""))
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    assert run("check", "--project", town).exit_code == 0


def test_what_seems_tied_by_chance_is_said_before_it_is_written(tmp_path: Path) -> None:
    """The girls shown are half of all, others aren't: who doesn't know the real counts, `check` as well, takes that for a tie."""
    town, raw = write_project(tmp_path / "projekt"), tmp_path / "roh"
    shutil.rmtree(town / "resources/indicators/hilfen")
    places = [*product(QUARTERS, ("2024", "2025"))]
    counts = {
        "alle": (14, 17, 14, 2, 18, 8, 7, 13, 4, 14),
        "kleine": (5, 7, 6, 0, 7, 4, 4, 7, 2, 5),
        "maedchen": (7, 7, 7, 1, 9, 4, 5, 6, 1, 7),
    }
    for key, row in counts.items():
        told = {place: str(count) for place, count in zip(places, row, strict=True)}
        write_indicator(town, raw, key, told, f"part_of: alle\n{SIGNED}" * (key == "kleine"))
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 1
    assert "verbindung-ungeklaert" in done.output
    assert not list(town.glob("resources/indicators/*/values.csv"))
    definition = town / "resources/indicators/maedchen/indicator.yml"
    chance = "by_chance: [{indicator: alle, date: 2026-02-11, office: Planung, reason: Zwei Merkmale derselben Fälle}]\n"
    definition.write_text(definition.read_text("utf-8") + chance, "utf-8")
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    assert run("check", "--project", town).exit_code == 0


PLACES = [(area, year) for year in ("2023", "2024", "2025") for area in QUARTERS]
GIRLS = dict(zip(PLACES, (5, 9, 12, 7, 14, 8, 11, 6, 13, 9, 10, 7, 15, 8, 12), strict=True))
BOYS = dict(zip(PLACES, (3, 11, 9, 8, 12, 10, 2, 7, 9, 11, 6, 12, 8, 14, 7), strict=True))
BOTH = {place: count + BOYS[place] for place, count in GIRLS.items()}


def test_a_part_that_is_a_value_of_a_breakdown_is_protected_with_it(tmp_path: Path) -> None:
    town, raw = write_project(tmp_path / "projekt", WHOLE), tmp_path / "roh"
    write_indicator(town, raw, "hilfen", BOTH)
    write_indicator(town, raw, "jungen", BOYS, f"part_of: hilfen\n{SIGNED}")
    rows = ["space,period,art,numerator"]
    for (area, year), count in BOYS.items():
        rows += [f"{area},{year},m,{count}", f"{area},{year},w,{GIRLS[area, year]}"]
    kinds = "breakdowns: [{id: art, name: Art, values: [{id: m, name: männlich}, {id: w, name: weiblich}]}]\n"
    write_table(town, raw, "hilfen-art", f"{WHOLE}numerator_from: hilfen\n{kinds}", rows)
    done = protect(town, raw, "2026-03-01")
    assert done.exit_code == 0, done.output
    boys = releases(town, "jungen")[-1]
    by_kind = releases(town, "hilfen-art")[-1]
    assert None in boys.values()
    for (_, *place), count in boys.items():
        assert by_kind["hilfen-art", *place, "art:m"] == count
