"""Patterns give what `Markup.format` gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, one_of, text
from markupsafe import Markup

from generator.render.base.pattern import pattern

VALUES = one_of(text(), text().map(Markup), integers(), text().map(lambda value: Markup.escape(value)))


@given(VALUES, VALUES)
def test_values_are_escaped_as_markup_does(first: object, second: object) -> None:
    for html in ("{}{}", "<a href='{}'>{{{}}}</a>", "{} {} end"):
        found = pattern(html).format(first, second)
        assert found == Markup(html).format(first, second)
        assert isinstance(found, Markup)
    assert pattern("<b>{one}</b>{two}{one}").format(one=first, two=second) == Markup(
        "<b>{one}</b>{two}{one}"
    ).format(one=first, two=second)


@given(floats(-1e6, 1e6), integers(0, 10**6))
def test_numbers_are_written_as_they_should(number: float, whole: int) -> None:
    html = "<p x='{:.0f}' y='{:g}'>{:,}</p>"
    assert pattern(html).format(number, number, whole) == Markup(html).format(number, number, whole)


def test_without_places_and_with_too_few_values() -> None:
    assert pattern("<br>").format() == "<br>"
    with pytest.raises(StopIteration):
        pattern("{}{}").format("one")
    with pytest.raises(KeyError):
        pattern("{name}").format("one")
