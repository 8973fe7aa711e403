"""Sentences about figures: what is said, what is not said, in German and English."""

import re
from decimal import Decimal

import pytest

from generator.model.cells import Cell, Change, Comparison, Judgement, RoundedBy, Status, Verdict
from generator.model.indicator import Indicator
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.base.texts import Texts
from generator.render.figures.figure_texts import (
    change_text,
    change_word,
    interval_text,
    period_text,
    signed,
    value_text,
)
from generator.render.figures.sentences import (
    VerdictTally,
    about,
    cell_sentence,
    chance_sentence,
    change_sentence,
    comparison_sentence,
    overview,
)
from generator.render.figures.tables import figures_table
from tests.records import replace
from tests.render.figures_world import COUNT, RATE, SECRET, SHARE, with_figures

HERE, TOWN = "suederaue", "auenstedt"


@pytest.fixture(scope="module")
def german(demo: Project) -> Context:
    return with_figures(demo).contexts[0]


@pytest.fixture(scope="module")
def english(demo: Project) -> Context:
    return with_figures(demo).contexts[1]


def cell(value: str | None = "31.2", **more: object) -> Cell:
    made = Cell(HERE, "2025", ("",), None if value is None else Decimal(value), low=27.94, high=34.66)
    return replace(made, **more)  # type: ignore[arg-type]


CELLS = [
    (cell(), "In Süderaue sind es 31,2 % (2025, Unsicherheitsbereich 27,9 bis 34,7)."),
    (cell(low=None, high=None), "In Süderaue sind es 31,2 % (2025)."),
    (cell(forecast=True), "In Süderaue sind für 2025 31,2 % vorausberechnet."),
    (cell(None, status=Status.SECRET), "Süderaue: Die Zahl ist geheim. Sie könnte auf einzelne Menschen schließen lassen."),
    (cell(None, status=Status.LATER), "Süderaue: Die Zahl kommt später."),
    (cell(None, status=Status.UNRELIABLE), "Süderaue: Die Zahl ist nicht zuverlässig genug, um sie zu zeigen."),
    (cell(None, status=Status.BLOCKED), "Süderaue: Eine Zahl ergäbe hier keinen Sinn."),
    (None, "Süderaue: Dazu liegt keine Zahl vor."),
    (cell("0.0", status=Status.NOTHING, low=0.0, high=0.4), "In Süderaue sind es 0,0 % (2025, Unsicherheitsbereich 0,0 bis 0,4)."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), CELLS)
def test_one_figure(german: Context, given: Cell | None, said: str) -> None:
    assert plain(cell_sentence(german, german.site.indicators[SHARE], given, HERE)) == said


COMPARISONS = [
    (Verdict.HIGHER, Judgement.NONE, "Das ist statistisch auffällig höher als in Auenstedt (22,4 %)."),
    (Verdict.LOWER, Judgement.NONE, "Das ist statistisch auffällig niedriger als in Auenstedt (22,4 %)."),
    (Verdict.HIGHER, Judgement.WORSE, "Das ist statistisch auffällig höher als in Auenstedt (22,4 %). Der Wert ist ungünstiger als in Auenstedt."),
    (Verdict.LOWER, Judgement.BETTER, "Das ist statistisch auffällig niedriger als in Auenstedt (22,4 %). Der Wert ist günstiger als in Auenstedt."),
    (Verdict.SIMILAR, Judgement.NONE, "Ein Unterschied zum Wert in Auenstedt (22,4 %) ist nicht belegt."),
    (Verdict.UNKNOWN, Judgement.NONE, "In Auenstedt sind es 22,4 %. Ob der Unterschied Zufall ist, lässt sich hier nicht sagen."),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "judgement", "said"), COMPARISONS)
def test_beside_the_town(german: Context, verdict: Verdict, judgement: Judgement, said: str) -> None:
    town = Cell(TOWN, "2025", ("",), Decimal("22.4"))
    comparison = Comparison(TOWN, verdict, judgement, Decimal("8.8"))
    assert plain(comparison_sentence(german, german.site.indicators[SHARE], comparison, town)) == said


CHANGES = [
    (Verdict.HIGHER, "3.2", Judgement.NONE, "Seit 2021 ist der Wert um 3,2 Prozentpunkte gestiegen. Das ist statistisch auffällig."),
    (Verdict.LOWER, "-3.2", Judgement.BETTER, "Seit 2021 ist der Wert um 3,2 Prozentpunkte gesunken. Das ist statistisch auffällig. Der Wert ist günstiger als 2021."),
    (Verdict.SIMILAR, "0.4", Judgement.NONE, "Veränderung seit 2021: +0,4 Prozentpunkte. Das kann Zufall sein."),
    (Verdict.UNKNOWN, "0.4", Judgement.NONE, "Veränderung seit 2021: +0,4 Prozentpunkte. Ob das Zufall ist, lässt sich hier nicht sagen."),
    (Verdict.UNKNOWN, "-0.4", Judgement.NONE, "Veränderung seit 2021: −0,4 Prozentpunkte. Ob das Zufall ist, lässt sich hier nicht sagen."),
    (Verdict.UNKNOWN, "0.0", Judgement.NONE, "Der Wert ist gerundet derselbe wie 2021."),
]  # fmt: skip


@pytest.mark.guards("Figures: a difference that can be chance is called so")
@pytest.mark.parametrize(("verdict", "difference", "judgement", "said"), CHANGES)
def test_since_then(
    german: Context, verdict: Verdict, difference: str, judgement: Judgement, said: str
) -> None:
    change = Change("2021", verdict, judgement, Decimal(difference))
    assert plain(change_sentence(german, german.site.indicators[SHARE], change)) == said


def test_of_rounded_counts_nobody_says_that_they_are_the_same(german: Context) -> None:
    """Twice „20“ can be 18 and 22, twice „12,3 %“ 12.26 and 12.34: in a table, a profile and a sentence the same is about the same."""
    indicator = german.site.indicators[SHARE]
    change = Change("2021", Verdict.SIMILAR, Judgement.NONE, Decimal("0.0"))
    exact, about = (change_text(german, indicator, change, rounded=rounded) for rounded in (False, True))
    assert (exact, about) == ("±0,0", "etwa ±0,0")
    assert change_word(german.texts, indicator, change, rounded=True) == "gerundet gleich"
    series = german.facts.series[SHARE]
    same = {(HERE, series.latest, series.whole): change}
    for reach in (RoundedBy(), RoundedBy(4), RoundedBy(0, 4)):
        told = replace(series, changes=same, reach=reach)
        assert "gerundet gleich" in str(figures_table(german, "zahlen/", indicator, told, [HERE]))


def test_nothing_is_said_where_nothing_can_be_compared(german: Context) -> None:
    indicator = german.site.indicators[SHARE]
    assert comparison_sentence(german, indicator, None, None) == ""
    assert (
        comparison_sentence(
            german, indicator, Comparison(TOWN, Verdict.UNKNOWN, Judgement.NONE), Cell(TOWN, "2025")
        )
        == ""
    )
    assert change_sentence(german, indicator, None) == ""


def test_a_secret_area_is_named_with_its_reason_only(german: Context) -> None:
    series = german.facts.series[SHARE]
    said = about(german, german.site.indicators[SHARE], series, SECRET)
    assert len(said) == 1
    assert "geheim" in said[0]


def test_no_judgement_where_the_indicator_has_no_direction(german: Context) -> None:
    for key in (RATE, COUNT):
        series = german.facts.series[key]
        words = " ".join(
            sentence
            for space in series.spaces
            for sentence in about(german, german.site.indicators[key], series, space)
        )
        assert "günstig" not in words
        assert "schlecht" not in words
        assert "besser" not in words


def test_the_town_in_sentences(german: Context) -> None:
    series = german.facts.series[SHARE]
    said = overview(german, german.site.indicators[SHARE], series, series.spaces)
    assert said[0].startswith("In Auenstedt sind es 21,2")
    assert any(
        sentence.startswith("Statistisch auffällig höher als in Auenstedt (verglichen: ")
        and "Süderaue" in sentence
        for sentence in said
    )
    assert said[-1] == "Für 2 Gebiete gibt es keine Zahl; der Grund steht in der Tabelle."


def test_that_nothing_stands_out_is_said_of_one_level(german: Context) -> None:
    """Quarters may differ from the town where social spaces don't: whoever reads that nothing stands out reads of which."""
    series = german.facts.series[SHARE]
    spaces = german.facts.compared
    alike = Comparison(TOWN, Verdict.SIMILAR, Judgement.NONE, Decimal(0))
    series = replace(series, comparisons={(space, series.latest, series.whole): alike for space in spaces})
    said = overview(german, german.site.indicators[SHARE], series, spaces)
    assert any(words.startswith("Kein Gebiet (verglichen: Quartiere)") for words in said)


def test_a_difference_of_rounded_counts_is_about_that_much(german: Context) -> None:
    """In a sentence as in a table."""
    change = Change("2021", Verdict.SIMILAR, Judgement.NONE, Decimal("-0.2"))
    said = change_sentence(german, german.site.indicators[SHARE], change, rounded=True)
    assert plain(said) == "Veränderung seit 2021: etwa −0,2 Prozentpunkte. Das kann Zufall sein."


@pytest.mark.guards("Figures: many comparisons are counted by level, year and part, and that is said")
def test_many_comparisons_say_what_chance_makes_of_them(german: Context) -> None:
    said = chance_sentence(german, VerdictTally(540, 293))
    assert said.startswith("Verglichen wird hier 540-mal, 293-mal ist der Unterschied statistisch auffällig.")
    # How many are compared is counted in already, and nothing else is said of the same numbers.
    assert re.findall(r"\d+", said) == ["540", "293"]
    # One of twenty is to be expected; fewer stand on every page, and where nothing stands out nothing is to be explained.
    assert chance_sentence(german, VerdictTally(20, 1))
    assert not chance_sentence(german, VerdictTally(19, 3))
    assert not chance_sentence(german, VerdictTally(540, 0))


def test_counts_are_never_compared(german: Context) -> None:
    series = german.facts.series[COUNT]
    said = " ".join(about(german, german.site.indicators[COUNT], series, HERE))
    assert "höher" not in said
    assert "niedriger" not in said


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2025", "2025"),
        ("2026-1", "1. Halbjahr 2026"),
        ("2025-Q3", "3. Quartal 2025"),
        ("2024-06", "Juni 2024"),
        ("2024-13", "2024-13"),
        ("2022/23", "2022/23"),
    ],
)
def test_periods(period: str, name: str) -> None:
    assert period_text(Texts("de"), period) == name


def test_numbers_of_other_languages(english: Context) -> None:
    indicator: Indicator = english.site.indicators[SHARE]
    assert value_text(english, indicator, cell()) == "31.2%"
    assert interval_text(english, indicator, cell()) == "27.9–34.7"
    assert signed(english, indicator, Decimal("-3.2")) == "−3.2"
    assert signed(english, indicator, Decimal("0.0")) == "±0.0"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")
