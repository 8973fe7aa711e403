"""What in a text says where something is: every name of the town, and what looks like a place in any town."""

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


CERTAIN = [
    "Eichenstraße 3a", "rosenallee", "Kirschgasse 12", "Mühlenchaussee", "Bachtwiete 4", "Eichenstr. 3", "eichenstr 3", "Baker Street 221", "Long Road", "Elm Avenue 4",
    "Käthe-Kollwitz-Straße 5", "Lübecker Straße", "Kieler Allee 7", "Konrad-Adenauer-Platz", "Otto-Hahn-Ring 2", "Wiesengrund 7", "Eichenweg 12b", "Am Hang 7", "In der Twete 3",
    "Haus Nr. 7", "Haus-Nr. 7", "Hausnummer 12", "Bushaltestelle Eichhof", "Station „Nordtor", "U-Bahn-Station Eichhof", "53.705, 10.005", "53,7051 / 10,0052", "53° 42.3' N, 10° 0.3' O",
    "566038, 5950594", "Lat: 53.705", "länge 10,005", "N 53° 42.318", "9f5cmwp3+w2", "32U NE 66038 50594", "MWP3+W2", "///tisch.lampe.stuhl", "w3w.co/tisch.lampe.stuhl",
    "https://what3words.com/tisch.lampe.stuhl", "geo:53.7,10.0", "maps.app.goo.gl/abc", "https://goo.gl/maps/abc", "maps.google.de/abc", "www.google.com/maps/place",
    "www.openstreetmap.org/node/1", "osm.org/go/abc", "bing.com/maps?x", "maps.apple.com/?q", "waze.com/ul", "wego.here.com/x", "mapy.cz/s/abc",
    "PLZ 12345", "D-12345", "12345 Musterdorf", "neben der Kirche", "gegenüber vom alten Rathaus", "hinter dem Bahnhof", "drei Minuten vom Supermarkt", "über der Apotheke",
]  # fmt: skip
UNCERTAIN = ["neben der Eiche", "am Bahnhof", "in der alten Schule", "Buslinie 7", "Linie 12", "U-Bahn 3", "Tram M10", "Klingel bei „Müller“", "anfahrt.html", "Nr. 7"]  # fmt: skip


@pytest.mark.parametrize("text", [*CERTAIN, *UNCERTAIN])
def test_what_says_where_something_is_in_any_town(gazetteer: Gazetteer, text: str) -> None:
    for sentence in (text, f"Das ist es: {text}, so steht es da."):
        clues = gazetteer.clues(sentence)
        assert [clue.certain for clue in clues][:1] == [text in CERTAIN], clues
        assert fold(text).startswith(fold(clues[0].text)[:4]) or fold(clues[0].text) in fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eine lange reihe von Leuten.",
        "Kleinstadt",
        "Das Lichthaus hat Platz.",
        "Rund 22 998 Mal",
        "Nummer 122998",
        "22-22998",
        "Die Lange. Reihe um Reihe",
        "Ein Kolkrabe",
        "Alt und jung am Damm",
    ],
)
def test_what_only_sounds_alike_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


@pytest.mark.parametrize(
    "before",
    [
        "in",
        "In",
        "aus",
        "Aus",
        "nach",
        "Nach",
        "Stadtteil",
        "stadtteil",
        "Quartier",
        "Viertel",
        "Gebiet",
        "Bezirk",
    ],
)
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
