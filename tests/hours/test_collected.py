"""What people wrote who haven't seen the grammar: how much of it is told as it is meant, and that none is certain and wrong."""

from __future__ import annotations

import re
from collections import Counter
from itertools import permutations

import pytest

from generator.hours.written_hours import Hours
from tests.chance import every
from tests.hours.collected import Form, days_of, fate, forms, forms_of


def test_of_the_collected_forms_nearly_all_are_right_and_none_is_certain_and_wrong() -> None:
    found = {form: fate(form) for form in forms()}
    assert [form for form, how in found.items() if how == "wrong"] == []
    fates = Counter(found.values())
    assert fates.total() >= 137
    assert fates["right"] >= 0.67 * fates.total(), [form for form, how in found.items() if how == "unsure"]


def test_no_closure_beside_hours_makes_anything_certain_that_is_wrong() -> None:
    """Notices as people hang them up, below hours and behind them; „?“ where nobody can be sure of any time."""
    rows = list(forms_of("closures.csv"))
    assert len(rows) >= 40
    fates: dict[str, list[str]] = {"right": [], "unsure": [], "wrong": []}
    for row in rows:
        means = "?" if row.means == "?" else f"Mo-Fr 09:00-12:00; {row.means} off"
        for joint in ("\n", ". ", "; ", ", "):
            form = f"Mo-Fr 9-12 Uhr{joint}{row.text}"
            fates[fate(Form(form, means))].append(form)
    assert fates["wrong"] == []
    # Else all could be unsure.
    assert len(fates["right"]) >= len(rows)


PLACED = {
    "ohne Termin": 'open "ohne Termin"', "mit Anmeldung": 'unknown "mit Anmeldung"', "nur telefonisch": 'open "telefonisch"',
    "Eingang Hof": 'open "Eingang Hof"',
}  # fmt: skip
ALSO = {
    "Do 14-17 Uhr": "Th 14:00-17:00",
    "in den Ferien geschlossen": "SH off",
    "Feiertage geschlossen": "PH off",
}


@pytest.mark.parametrize("remark", PLACED)
@pytest.mark.parametrize(
    "form", every(("{}: Mo 9-12 Uhr", "Mo 9-12 Uhr {}", "Mo 9-12 Uhr ({})"), {"Mo 9-12 Uhr ({})"})
)
def test_a_remark_before_behind_or_in_brackets_is_about_its_time_or_nothing_is_certain(
    remark: str, form: str
) -> None:
    for order in permutations((form.format(remark), *ALSO)):
        means = "; ".join([f"Mo 09:00-12:00 {PLACED[remark]}", *ALSO.values()])
        assert fate(Form("; ".join(order), means)) != "wrong", order


AROUND = {
    "a number to call": lambda text: f"{text.rstrip('.!')}. Tel. 040 66969-220",
    "a place in brackets": lambda text: f"{text} (Eingang Hof)",
    "a name before it": lambda text: f"Treffpunkt {text}",
    "capitals": str.upper,
    "blanks around dashes": lambda text: text.replace("-", " - ").replace("–", " – "),
}


@pytest.mark.parametrize("around", every(AROUND, ("a place in brackets",)))
def test_what_stands_around_a_form_makes_nothing_certain_that_is_wrong(around: str) -> None:
    wrong = [
        form.text
        for form in forms()
        if form.means != "?" and fate(Form(AROUND[around](form.text), form.means)) == "wrong"
    ]
    assert wrong == []


_NOT_PLAIN = re.compile(r"SH|PH|week|[A-Z][a-z]{2}|open|unknown|easter|24/7|[+?|]")
_EVERY_WEEK = [form for form in forms() if not _NOT_PLAIN.search(form.means)]


def _days(form: Form) -> set[int]:
    return {day for day in range(7) if days_of(Hours(form.means, form.means)).usual(day)}


@pytest.mark.parametrize("apart", every(range(1, 40, 3), {4}))
def test_two_forms_of_different_days_beside_each_other_mean_both_or_are_unsure(apart: int) -> None:
    pairs = list(zip(_EVERY_WEEK, _EVERY_WEEK[apart:], strict=False))
    both = [(f"{one.text.rstrip('.')}; {two.text}", f"{one.means}; {two.means}") for one, two in pairs
            if fate(one) == fate(two) == "right" and not _days(one) & _days(two)]  # fmt: skip
    # What one closes and the other opens nobody can mean.
    joined = [(text, means) for text, means in both if days_of(Hours(means, means)).readable]
    assert both
    assert [text for text, means in joined if fate(Form(text, means)) == "wrong"] == []


def test_what_is_hard_to_read_is_told_as_it_is_meant_or_unsure() -> None:
    assert [form for form in forms_of("hard.csv") if fate(form) == "wrong"] == []
