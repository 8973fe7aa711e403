"""What in a text says where something is: every name of the town. What looks like a place in any town: `test_clue_patterns.py`."""

from __future__ import annotations

import json

import pytest

from generator.check.clues import Gazetteer, fold
from generator.read.project import read_project
from tests.edit.towns import FILES, write_town


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    root = write_town(tmp_path_factory.mktemp("stadt"))
    more = {
        "resources/streets.csv": "street,space,postcode\nLange Reihe,west,22998\nHinter dem Markt,ost,\nAlter Damm,ost,22997\nKolk,west,\n",
        "resources/spaces/west.yml": FILES["resources/spaces/west.yml"]
        .replace("name: West", "name: Moorrand")
        + "aliases: [Fuchsbau, Kleinstadt, Loh]\ntranslations: {en: {name: Moorside}}\n",
        "resources/spaces/ost.yml": FILES["resources/spaces/ost.yml"].replace("name: Ost", "name: Zentrum"),
        "resources/places/haus.yml": "name: Lichthaus\nkind: haus\nvisibility: area\nspaces: [ost]\naddress: {street: Geheimstieg, number: 1, postcode: 22996, town: Kleinstadt}\n",
        "resources/offices/amt.yml": "name: Bürgeramt Kolbe\nkind: asd\nserves: [kleinstadt]\naddress: {street: Amtsgraben, number: 1, postcode: 22995, town: Kleinstadt}\n",
    }  # fmt: skip
    for name, layer in (("streets", "Birkenstieg"), ("water", "Krummes Fleet")):
        line = {"type": "LineString", "coordinates": [[10, 53.7], [10.01, 53.7]]}
        one = {"type": "Feature", "properties": {"name": layer}, "geometry": line}
        more[f"resources/context/{name}.geojson"] = json.dumps(
            {"type": "FeatureCollection", "features": [one]}
        )
    for name, text in more.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    reading = read_project(root)
    assert reading.site is not None, reading.found
    assert [item.code for item in reading.found] == []
    return Gazetteer(reading.site)


def found(gazetteer: Gazetteer, text: str, **more: bool) -> list[tuple[str, bool]]:
    return [(clue.text, clue.certain) for clue in gazetteer.clues(text, **more)]


@pytest.mark.parametrize(
    ("text", "clue", "certain"),
    [
        # streets: of the register, of addresses, of the map; as they are written, inflected, with a number
        ("Wir sind in der Langen Reihe.", "Langen Reihe", True),
        ("Wir sind in der Lange-Reihe 7b.", "Lange-Reihe 7b", True),
        ("Hinter dem Markt ist es ruhig.", "Hinter dem Markt", True),
        ("Wir treffen uns am Alten Damm 3.", "Alten Damm 3", True),
        *(
            (f"Das ist {one} Damm", f"{one} Damm", True)
            for one in ("Alte", "Alter", "Altes", "Alten", "Altem")
        ),
        ("Der Kolk ist tief", "Kolk", True),
        ("Das Zentrum 5 mal", "Zentrum", False),
        ("Der Kolk 12 ist alt", "Kolk 12", True),
        ("Der Flussweg ist lang", "Flussweg", True),
        ("Der Amtsgraben ist lang", "Amtsgraben", True),
        ("Der Geheimstieg ist lang", "Geheimstieg", True),
        ("Der Birkenstieg ist lang", "Birkenstieg", True),
        ("Der **Birken**stieg ist lang", "Birken**stieg", True),
        ("Der Birken\u00adstieg ist lang", "Birkenstieg", True),
        ("birkenstieg", "birkenstieg", True),
        ("www.haus.example/birkenstieg-haus", "birkenstieg", True),
        # areas, under all of their names
        ("Ein Haus in Moorrand.", "Moorrand", True),
        ("Ein Haus im Fuchsbau.", "Fuchsbau", True),
        ("A house in Moorside.", "Moorside", True),
        # everyday words are areas as well, but not for certain
        ("Ein Haus im Zentrum.", "Zentrum", False),
        # places that everybody knows
        ("Wir sind im Treff am Fluss.", "Treff am Fluss", False),
        ("Gegenüber: Treff am Fluss.", "Treff am Fluss", False),
        ("Wir sind gegenüber vom Treff am Fluss.", "Treff am Fluss", True),
        ("Zum Bürgeramt Kolbe", "Bürgeramt Kolbe", False),
        ("Am Krummen Fleet", "Krummen Fleet", False),
        # postcodes of the town
        ("22998", "22998", True),
        ("Nähe 22997.", "22997", True),
        ("01067 ist hier", "01067", True),
        ("22996", "22996", True),
        ("22995", "22995", True),
    ],
)
def test_every_name_of_the_town_is_a_clue(gazetteer: Gazetteer, text: str, clue: str, certain: bool) -> None:
    clues = gazetteer.clues(text)
    plain = [(one.text.replace("**", "").replace("\u00ad", ""), one.certain) for one in clues]
    assert (clue.replace("**", ""), certain) in plain
    # It is pointed at where it stands.
    place = next(one for one in clues if fold(one.text) == fold(clue))
    assert fold(text[place.start : place.end]) == fold(clue)


@pytest.mark.parametrize(
    "text",
    [
        "Eine lange reihe von Leuten.", "Kleinstadt", "Das Lichthaus hat Platz.", "Rund 22 998 Mal", "Nummer 122998", "22-22998",
        "Die Lange. Reihe um Reihe", "Ein Kolkrabe", "Alt und jung am Damm",
    ],
)  # fmt: skip
def test_what_only_sounds_alike_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    "before",
    [
        "in", "In", "aus", "Aus", "nach", "Nach", "Stadtteil", "stadtteil", "Quartier", "Viertel", "Gebiet", "Bezirk",
    ],
)  # fmt: skip
def test_a_name_of_three_letters_is_an_area_only_where_an_area_is_meant(
    gazetteer: Gazetteer, before: str
) -> None:
    assert [text for text, _ in found(gazetteer, f"{before} Loh wohnen viele.")] == ["Loh"]
    assert found(gazetteer, "Loh ist Rinde.") == []


def test_areas_can_be_left_out(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Moorrand, Flussweg", areas=False) == [("Flussweg", True)]
    assert found(gazetteer, "Moorrand, Flussweg") == [("Moorrand", True), ("Flussweg", True)]


def test_of_clues_that_overlap_the_certain_and_longest_stays(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Neben der Haltestelle Fuchsbau in der Langen Reihe 7, 22998 Moorrand") == [
        ("Haltestelle Fuchsbau", True),
        ("Langen Reihe 7", True),
        ("22998 Moorrand", True),
    ]


def test_names_are_the_same_however_they_are_written() -> None:
    for one, other in (
        ("Linden-Str.", "Lindenstraße"),
        ("LINDENSTRASSE", "Lindenstr."),
        ("Große Gasse", "grosse gasse"),
        ("Grüner_Weg", "gruener weg"),
        ("ﬁnkenweg", "Finkenweg"),
    ):
        assert fold(one) == fold(other)
    assert fold("Strand") == "strand"
    assert fold("Str. 3") == "strasse3"
