"""What people call something leads to its id: names, lay words, names with little words between."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from generator.files.result_cache import Same
from generator.read.known_names import MANY, KnownNames, _names_of_words, names_of
from generator.read.nodes import MapNode, parse


@pytest.mark.parametrize(
    "little", ["der", "die", "das", "am", "von", "zur", "mit", "für", "und", "nach", "bei", "e.V.", "gGmbH"]
)
def test_little_words_are_no_part_of_a_name(little: str) -> None:
    names = KnownNames(lambda: {"places": {"haus-hof-auenstedt": ("hof",), "haus-garten": ("garten",)}})
    assert names.meant(f"Haus {little} Hof", ["places"]) == ("hof",)


def test_words_of_a_name_in_another_order_mean_it() -> None:
    names = KnownNames(lambda: {"places": {"haus-hof": ("hof",), "haus-garten": ("garten",)}})
    assert names.meant("Hof Haus", ["places"]) == ("hof",)


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


def test_a_beginning_that_one_name_has_means_it() -> None:
    names = KnownNames(lambda: {"places": {"familienzentrum-aue": ("aue",), "garten-am-fluss": ("garten",), "gartenhaus": ("haus",)}})  # fmt: skip
    assert names.meant("Familienz", ["places"]) == ("aue",)
    assert names.meant("Gart", ["places"]) == ()
    assert names.meant("Fam", ["places"]) == ()


@pytest.mark.parametrize("count", [1, MANY, MANY + 1])
def test_a_part_of_names_means_all_of_them_while_they_are_few(count: int) -> None:
    names = KnownNames(lambda: {"places": {f"haus-am-{number}ten-fluss": (f"p{number}",) for number in range(count)}})  # fmt: skip
    assert names.meant("Haus Fluss", ["places"]) == (
        tuple(f"p{number}" for number in range(count)) if count <= MANY else ()
    )


def test_words_of_a_town_without_kinds_have_names() -> None:
    lay = SimpleNamespace(words=("Geldsorgen",), means=("schulden", "nirgends"))
    debts = SimpleNamespace(name="Schulden", words=())
    assert "kinds" not in _names_of_words(Same({"topics": {"schulden": debts}, "synonyms": {"a": lay}}))


def test_records_go_by_their_other_names_too() -> None:
    node, _ = parse("name: Familienzentrum Aue\nshort: FZ\naliases: [Altes Rathaus, Aue]\n", "a.yml")
    assert isinstance(node, MapNode)
    names = names_of({}, {("places", "aue-haus"): ("a.yml", node)})
    for said in ("Familienzentrum Aue", "FZ", "altes rathaus", "Aue", "Aue Haus"):
        assert names.meant(said, ["places"]) == ("aue-haus",), said
