"""What people call something leads to its id: their names."""

from __future__ import annotations

from generator.read.nodes import MapNode, parse
from generator.read.references import names_of


def test_records_go_by_their_other_names_too() -> None:
    node, _ = parse("name: Familienzentrum Aue\nshort: FZ\naliases: [Altes Rathaus, Aue]\n", "a.yml")
    assert isinstance(node, MapNode)
    names = names_of({}, {("places", "aue-haus"): ("a.yml", node)})
    for said in ("Familienzentrum Aue", "FZ", "altes rathaus", "Aue", "Aue Haus"):
        assert names.meant(said, ["places"]) == ("aue-haus",), said
