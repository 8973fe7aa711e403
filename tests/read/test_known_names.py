"""What people call something leads to its id: names and lay words."""

from __future__ import annotations

from types import SimpleNamespace

from generator.files.result_cache import Same
from generator.read.known_names import _names_of_words, names_of
from generator.read.nodes import MapNode, parse


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
