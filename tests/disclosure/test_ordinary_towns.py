"""Ordinary towns whose tables are tied though nobody said so, one count falsified by 1: nothing falls, nothing is refused wrongly.

All and the German children, girls, boys and their sum, what the cases cost, and trees that have nothing to do with them. The office answers
each question as it is, in two editions; then an intruder who knows every tie solves a programme of their own (`tests/disclosure/random_towns`).
"""

import datetime as dt
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.disclosure.protect import protecting
from generator.disclosure.protect.protecting import protect_folder
from tests.chance import cases, long, whole
from tests.disclosure.test_random_towns import MOST, Attack, Cell, Row, shown
from tests.disclosure.worlds import QUARTERS, write_project

pytestmark = [whole, long]

EDITIONS = {dt.date(2026, 3, 1): ("2024",), dt.date(2026, 9, 1): ("2024", "2025")}
PARTS = {"deutsche": "alle", "maedchen": "hilfen", "jungen": "hilfen"}
INSIDE = {"kleinstadt": ("nord", "sued")} | {region: tuple(key for key, above in QUARTERS.items() if above == region) for region in ("nord", "sued")}  # fmt: skip
THRESHOLD, OWN = 5, 2
ANSWERED = "{date: 2026-02-11, office: Planung}"
Counts = dict[str, Counter[tuple[str, str]]]
"""By indicator, by area and year."""


class _Office:
    """What a town's office has counted, wrote down and answered; `wrong` is the count that is off by one."""

    def __init__(self, case: int, folder: Path) -> None:
        chance = random.Random(case)
        self.counts = _counted(chance)
        key = chance.choice(sorted({*PARTS, *PARTS.values()}))
        self.wrong: tuple[str, tuple[str, str]] | None = (key, chance.choice(sorted(self.counts[key])))
        self.counts[key][self.wrong[1]] += 1
        self.project, self.raw = write_project(folder / "projekt"), folder / "roh"
        shutil.rmtree(self.project / "resources/indicators/hilfen")
        self.raw.mkdir()
        self.lines: dict[str, list[str]] = {key: [] for key in self.counts}
        self.said: Counter[str] = Counter()
        self.refused: list[str] = []

    def release(self, day: dt.date, years: tuple[str, ...]) -> None:
        """Protect until nothing is asked any more."""
        for _ in range(20):
            self._write(years)
            errors = [
                one for one in protect_folder(self.raw, self.project, day).found if one.severity == "error"
            ]
            asked = [one for one in errors if one.code in ("verbindung-ungeklaert", "faelle-ungesagt")]
            if asked:
                self._answer(asked[0])
            elif errors and self.wrong is not None:
                key, place = self.wrong
                self.counts[key][place] -= 1
                self.wrong = None
            else:
                self.refused += [f"{one.code} {one.position.file}: {one.message}" for one in errors]
                return
        self.refused.append("asks without end")

    def _write(self, years: tuple[str, ...]) -> None:
        for key, counts in self.counts.items():
            folder = self.project / "resources/indicators" / key
            folder.mkdir(parents=True, exist_ok=True)
            method = (
                "none"
                if key in ("kosten", "baeume")
                else f"round-small, threshold: {THRESHOLD}, own_cases: {OWN}"
            )
            head = f"title: {key.title()}\nsays: So viele.\nnumerator: {key.title()}\nunit: Stück\ninterval: none\ndecimals: 0\n"
            source = (
                f"source: {{name: Amt (erfunden), regime: delivered}}\ndisclosure: {{method: {method}}}\n"
            )
            (folder / "indicator.yml").write_text(head + source + "".join(self.lines[key]), "utf-8")
            rows = [f"{area},{year},{count}\n" for (area, year), count in counts.items() if year in years]
            (self.raw / f"{key}.csv").write_text("space,period,numerator\n" + "".join(rows), "utf-8")

    def _answer(self, asked: Diagnostic) -> None:
        """Write what is so: the lines that the question itself offers, or none of what it costs."""
        self.said["asked"] += 1
        key = asked.position.file.split("/")[2]
        others = re.findall(r"\{indicator: ([\w-]+)", asked.help)
        part, whole = next(((one, two) for two in others for one, two in ((key, two), (two, key)) if PARTS.get(one) == two), ("", ""))  # fmt: skip
        if key == "baeume" and not self.lines[key]:
            self.lines[key] = ["no_indicator: Bäume, keine Fälle\n"]
        elif "kosten" in (key, *others):
            del self.counts["kosten"]
            for there in (self.project / "resources/indicators/kosten", self.raw / "kosten.csv"):
                shutil.rmtree(there) if there.is_dir() else there.unlink()
        elif part and not self.lines[part]:
            self.lines[part] = [f"part_of: {whole}\npart_of_by: {ANSWERED}\n"]
        else:
            chance = ", ".join(f"{{indicator: {one}, reason: geprüft, {ANSWERED[1:]}" for one in others)
            self.lines[key] = [one for one in self.lines[key] if "by_chance" not in one] + [f"by_chance: [{chance}]\n"]  # fmt: skip


def _counted(chance: random.Random) -> Counts:
    found: Counts = {key: Counter() for key in ("alle", "deutsche", "hilfen", "maedchen", "jungen", "kosten", "baeume")}  # fmt: skip
    here, fixed = chance.uniform(0.85, 0.97), chance.randint(21, 95) * 100
    for quarter in QUARTERS:
        children, helped = chance.randint(25, 120), chance.randint(1, 30)
        for year in ("2024", "2025"):
            place = quarter, year
            found["alle"][place] = children + chance.randint(-4, 4)
            found["deutsche"][place] = sum(chance.random() < here for _ in range(found["alle"][place]))
            found["hilfen"][place] = max(1, helped + chance.randint(-3, 3))
            found["maedchen"][place] = sum(chance.random() < 0.5 for _ in range(found["hilfen"][place]))
            found["jungen"][place] = found["hilfen"][place] - found["maedchen"][place]
            found["kosten"][place] = fixed * found["hilfen"][place]
            found["baeume"][place] = chance.randint(90, 900)
    return found


def _played(case: int, folder: Path) -> tuple[_Office, list[str]]:
    """Play a town; return its office and what falls."""
    office = _Office(case, folder)
    for day, years in EDITIONS.items():
        office.release(day, years)
    tables = [table for table in shown(office.project) if table]
    office.said["withheld"] += sum(count is None for count in tables[-1].values())
    return office, list(_fallen(office, tables))


@pytest.mark.parametrize("case", range(cases(10, 300)))
def test_in_an_ordinary_town_nothing_falls_and_nothing_is_refused_wrongly(case: int, tmp_path: Path) -> None:
    office, fallen = _played(case, tmp_path)
    assert fallen == []
    assert office.refused == []
    assert office.said["asked"] > 0
    assert office.said["withheld"] > 0


def test_where_nothing_is_asked_counts_fall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "_questions", lambda *_given: [])
    _, fallen = _played(0, tmp_path)
    assert fallen


def _fallen(office: _Office, tables: list[dict[Cell, int | None]]) -> Iterator[str]:
    """Yield what falls to a reader of all editions, and to who is counted: withheld counts, and small ones that two tables leave between them."""
    truth = _truth(office)
    counted = [{cell: count for cell, count in table.items() if cell in truth} for table in tables]
    known = Attack({}, [*_bound_counts(counted), *_ties(office, truth)])
    withheld = [cell for cell, count in counted[-1].items() if count is None]
    left = [cell for cell, count in truth.items() if cell[0] == "uebrige" and 1 <= count < THRESHOLD]
    for cell in (*withheld, *left):
        low, high = known.ends(cell, {})
        if low == high and truth[cell]:
            yield f"{cell}: {low} to {high}"
    for own in [cell for cell in withheld if 1 <= truth[cell] <= OWN]:
        # What is counted inside of the own cell is oneself; so is what holds it and nobody else.
        selves = {
            cell
            for cell in withheld
            if _within(cell, own) or (_within(own, cell) and truth[cell] == truth[own])
        }
        others = [cell for cell in withheld if cell not in selves]
        for cell, count in known.single(others, {own: (truth[own], truth[own])}):
            yield f"{cell}: {count} by {own}"


def _within(inner: Cell, outer: Cell) -> bool:
    """Tell whether who is counted in a cell is counted in another."""
    (key, space, year, _), (whole, above, then, _) = inner, outer
    inside = above in (space, "kleinstadt") or space in INSIDE.get(above, ())
    return year == then and inside and whole in (key, PARTS.get(key))


def _truth(office: _Office) -> Counter[Cell]:
    """Add up all counts by area; `uebrige` are the children who are none of the German ones."""
    found: Counter[Cell] = Counter()
    for key in {*PARTS, *PARTS.values()}:
        for (quarter, year), count in office.counts[key].items():
            for space in (quarter, QUARTERS[quarter], "kleinstadt"):
                found[key, space, year, ""] += count
                found["uebrige", space, year, ""] += {"alle": count, "deutsche": -count}.get(key, 0)
    return found


def _bound_counts(tables: list[dict[Cell, int | None]]) -> Iterator[Row]:
    """Yield what the editions say: a 0 is nothing, all others reach the threshold and are 2 off at most, what is withheld is somebody."""
    for cell, count in (one for table in tables for one in table.items()):
        least, most = (
            (1, MOST) if count is None else (max(THRESHOLD, count - 2), count + 2) if count else (0, 0)
        )
        yield {cell: 1.0}, least, most


def _ties(office: _Office, truth: Mapping[Cell, int]) -> Iterator[Row]:
    """Yield which counts make up which, but where the falsified one stands in between."""
    for key, space, year, _ in truth:
        inside = {(key, part, year, ""): 1.0 for part in INSIDE.get(space, ())}
        rows = [{(key, space, year, ""): -1.0} | inside] if inside else []
        if key == "hilfen":
            rows.append({(one, space, year, ""): weight for one, weight in (("hilfen", -1.0), ("maedchen", 1.0), ("jungen", 1.0))})  # fmt: skip
        if key == "uebrige":
            rows.append({(one, space, year, ""): weight for one, weight in (("alle", -1.0), ("deutsche", 1.0), ("uebrige", 1.0))})  # fmt: skip
        for row in rows:
            if not sum(weight * truth[cell] for cell, weight in row.items()):
                yield row, 0, 0
