"""What people call something leads to its id: names, lay words, names with little words between."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from generator.files.kept import Same
from generator.read.known_names import KnownNames, _names_of_words


@pytest.mark.parametrize("little", ["der", "mit", "für", "und", "nach", "e.V."])
def test_little_words_are_no_part_of_a_name(little: str) -> None:
    names = KnownNames(lambda: {"places": {"haus-hof-auenstedt": ("hof",), "haus-garten": ("garten",)}})
    assert names.meant(f"Haus {little} Hof", ["places"]) == ("hof",)


def test_what_is_denied_is_not_meant() -> None:
    names = KnownNames(lambda: {"places": {"haus-hof-auenstedt": ("hof",)}})
    assert names.meant("kein Haus Hof", ["places"]) == ()


def test_lay_words_lead_to_the_topic_and_to_the_kind() -> None:
    """The kind's name says the same of the topic."""
    debts = SimpleNamespace(name="Schulden", words=("Miese",))
    advice = SimpleNamespace(name="Schuldnerberatung", words=())
    lay = SimpleNamespace(words=("Geldsorgen",), means=("schulden", "beratung-schulden"))
    words = {"topics": {"schulden": debts}, "kinds": {"beratung-schulden": advice}, "synonyms": {"a": lay}}
    found = _names_of_words(Same(words))
    assert found["topics"]["geldsorgen"] == ("schulden",)
    assert found["topics"]["schuldnerberatung"] == ("schulden",)
    assert found["topics"]["miese"] == ("schulden",)
    assert found["kinds"]["geldsorgen"] == ("beratung-schulden",)
