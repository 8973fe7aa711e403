"""Whatever is wrong with the table of one indicator, the others of the folder are written; what counts the same stops with it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.disclosure.worlds import RAW, stated, write_project, write_raw

HEAD = "space,period,numerator,denominator\n"
COURSES = """\
title: Kurse
says: So viele.
numerator: Familien im Kurs
denominator: Familien im Ort
source: {name: Amt (erfunden), regime: own-cases}
"""
DELIVERED = COURSES.replace("denominator: Familien im Ort\n", "").replace("own-cases", "delivered")
OPEN = DELIVERED + "disclosure: {method: none}\nno_indicator: Andere Familien\n"
LONG = COURSES.replace("Kurse", "Lange Kurse") + "numerator_from: kurse\n"
COUNTS = {
    "ahorn": (41, 310),
    "birke": (52, 290),
    "celtis": (27, 360),
    "dorn": (38, 275),
    "esche": (61, 410),
}
DAY = "2026-09-01"


def raw_table(**changed: tuple[object, object]) -> str:
    lines = [f"{space},2025,{count},{below}\n" for space, (count, below) in {**COUNTS, **changed}.items()]
    return HEAD + "".join(lines)


PIECES = "space,period,schulbezirk,numerator,denominator\n"
FAULTS = {
    "an area that there isn't": raw_table(nirgends=(1, 2)),
    "the same, with a piece": PIECES + "nirgends,2025,schule-oben,3,100\nahorn,2025,schule-oben,3,100\n",
    "a piece that there isn't": PIECES + "ahorn,2025,schule-links,30,100\n",
    "more than there are": raw_table(dorn=(300, 275)),
    "a leap": raw_table(dorn=(38, 27_500)),
    "a half": raw_table(dorn=(3.5, 275)),
    "a word": raw_table(dorn=("viele", 275)),
    "a period that is to come": raw_table().replace("2025", "2031"),
    "no rows": HEAD,
    "nothing": "",
    "no table": "PK\x03\x04",
}


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with aids and courses, and the raw table of aids in the folder beside."""
    project = write_project(tmp_path / "projekt")
    define(project, "kurse", COURSES)
    write_raw(tmp_path / "roh")
    return project


def define(project: Path, key: str, text: str) -> None:
    path = project / "resources/indicators" / key / "indicator.yml"
    path.parent.mkdir()
    path.write_text(stated(text), "utf-8")


def protect(project: Path, day: str = DAY, **tables: str) -> Result:
    raw = project.parent / "roh"
    for key, text in tables.items():
        (raw / f"{key}.csv").write_text(text, "utf-8")
    words = ["protect", raw, "--project", project, "--date", day]
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def written(project: Path) -> list[str]:
    """The indicators that have a release of the day."""
    return sorted(path.parts[-3] for path in project.glob(f"resources/indicators/*/releases/{DAY}.csv"))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_table_stops_its_own_indicator(town: Path, fault: str) -> None:
    done = protect(town, kurse=FAULTS[fault])
    assert (done.exit_code, written(town)) == (1, ["hilfen"]), done.output
    assert "Nicht geschrieben: kurse" in done.output


def test_what_counts_the_same_stops_with_it(town: Path) -> None:
    """Two that count the same and differ, or have rules that differ."""
    define(town, "lang", LONG)
    done = protect(town, kurse=raw_table(), lang=raw_table(dorn=(39, 275)))
    assert (done.exit_code, written(town)) == (1, ["hilfen"]), done.output
    assert "Nicht geschrieben: kurse, lang" in done.output
    (town / "resources/indicators/lang/indicator.yml").write_text(
        LONG + "disclosure: {method: round-small, threshold: 10}\n", "utf-8"
    )
    shutil.rmtree(town / "resources/indicators/hilfen/releases")
    (town / "resources/indicators/hilfen/values.csv").unlink()
    done = protect(town, lang=raw_table())
    assert (done.exit_code, written(town)) == (1, ["hilfen"]), done.output


def recut(town: Path) -> str:
    """Courses were released of Dorn, which two others have come in the place of since."""
    spaces = town / "resources/spaces"
    dorn = spaces / "dorn.yml"
    for name in ("ost", "west"):
        (spaces / f"dorn-{name}.yml").write_text(
            f"name: Dorn {name}\nlevel: quartier\nparent: sued\n", "utf-8"
        )
    dorn.unlink()
    aids = town.parent / "roh/hilfen.csv"
    aids.write_text(aids.read_text("utf-8").replace("dorn,", "dorn-ost,") + "dorn-west,2025,7,80\n", "utf-8")
    return raw_table().replace("dorn,2025,38,275", "dorn-ost,2025,18,175\ndorn-west,2025,20,100")


@pytest.mark.parametrize(("change", "code"), [(recut, "zuschnitt-doppelt")])
def test_what_was_released_before_stops_its_own_indicator(
    town: Path, change: Callable[[Path], str], code: str
) -> None:
    aids = town.parent / "roh/hilfen.csv"
    text = aids.read_text("utf-8")
    aids.unlink()
    assert protect(town, "2026-03-01", kurse=raw_table()).exit_code == 0
    aids.write_text(text, "utf-8")
    done = protect(town, kurse=change(town))
    assert done.exit_code == 1
    assert f"[{code}]" in done.output
    assert "Nicht geschrieben: kurse" in done.output
    assert "hilfen" in written(town), done.output


def test_what_is_told_under_other_names_stops_with_them(town: Path) -> None:
    """Aids are few in one quarter. Two indicators show the same, one another half of it, and courses have nothing to do with it."""
    for key, title in (("zweite", "Zweite"), ("dritte", "Dritte"), ("andere", "Andere")):
        from_second = "numerator_from: zweite\n" if key == "andere" else ""
        define(town, key, OPEN.replace("Kurse", title) + from_second)
    counts = {key: count for key, (count, _) in RAW.items()}
    table = "space,period,numerator\n" + "".join(f"{key},2025,{count}\n" for key, count in counts.items())
    done = protect(town, zweite=table, dritte=table, andere=table, kurse=raw_table())
    assert "[verbindung-ungeklaert]" in done.output
    assert (done.exit_code, written(town)) == (1, ["kurse"]), done.output
    assert "Nicht geschrieben: andere, dritte, hilfen, zweite" in done.output


def test_without_the_residents_nothing_is_written(town: Path) -> None:
    """Which areas are too small to be told of at all, only the residents tell."""
    definition = town / "resources/indicators/kurse/indicator.yml"
    definition.write_text(stated(COURSES + "population: yes\n"), "utf-8")
    done = protect(town, kurse=raw_table(dorn=(-1, 275)))
    assert (done.exit_code, written(town)) == (1, []), done.output
