"""Ways to publish where a refuge is, by mistake or by haste, each with a street of its own."""

import dataclasses
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.check.protected import TELLING
from generator.diagnostics import Diagnostic, has_errors
from tests.refuges import HOUSE, PROVIDER, REFUGE, Files


def street(number: int) -> str:
    """A street that stands nowhere else."""
    return "Kallmorgen" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}") + "weg"


def address(name: str) -> str:
    return f"address: {{street: {name}, number: 17, postcode: 01067, town: Kleinstadt}}\n"


def place(kind: str, more: str, name: str = "Haus Abendrot") -> str:
    return f"name: {name}\nkind: {kind}\n{more}"


def offer(more: str, kind: str = "schutz", provider: str = "lichtblick") -> str:
    return f"name: Ein Bett\nsummary: Ein Bett für heute.\nkind: {kind}\nprovider: {provider}\ntopics: [zuflucht]\n{more}"


def plan(more: str, name: str = "Mehr Plätze") -> str:
    return f"name: {name}\nspaces: [kranichmoor]\n{more}"


INDICATOR = "title: Hilfen\nsays: So viele.\nnumerator: Menschen\ninterval: none\ndisclosure: {method: none}\nsource: {name: Amt, regime: delivered}\n"
VALUES = "space,period,numerator\nkleinstadt,2024,20\nkranichmoor,2024,20\n"


@dataclass(frozen=True)
class Way:
    """Files that are added to the town (or lines added to one of it), and the code that must name it."""

    make: Callable[[str], Files]
    code: str = "ort-verraten"
    file: str = ""
    masked: bool = False
    asks: bool = False
    """Whether it can be meant otherwise: then the check asks (a warning), and the site is built."""


def field(file: str, text: Callable[[str], str], code: str = "ort-verraten") -> Way:
    """A way that a field opens: the check names it, and the masking covers it."""
    return Way(lambda secret: {file: text(secret)}, code, file, masked=True)


def words(file: str, text: Callable[[str], str], code: str = "ort-im-text") -> Way:
    """A way that a text opens: only the check can name it. A text that begins with `+` is added to the file."""
    return Way(lambda secret: {file: "+" + text(secret)}, code, file)


def asking(file: str, text: Callable[[str], str], code: str = "ort-im-text-moeglich") -> Way:
    """A way of which the check can only ask whether it is one."""
    return dataclasses.replace(words(file, text, code), asks=True)


def photo(secret: str) -> Files:
    stream, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 42.0, 18.0), 3: "E", 4: (10.0, 2.0, 55.0)})
    exif[0x010E] = secret
    Image.new("RGB", (8, 8)).save(stream, "JPEG", exif=exif)
    return {"content/bilder/garten.jpg": stream.getvalue()}


def picture(kind: str, **more: object) -> bytes:
    """A picture that says something of itself."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind, **more)
    return stream.getvalue()


def texts(name: str, said: str) -> PngInfo:
    """Texts of a PNG, packed."""
    info = PngInfo()
    info.add_itxt(name, said, zip=True)
    return info


def exif(tag: int, said: bytes | str) -> Image.Exif:
    found = Image.Exif()
    found[tag] = said
    return found


def in_a_picture(make: Callable[[str], bytes]) -> Way:
    """A way that a picture opens by what it says of itself; the address of the refuge stands behind its name."""
    said = "Frauenhaus Lichtblick, {} 17"
    return Way(lambda s: {"content/bild.bin": make(said.format(s))}, "ort-im-text", "content/bild.bin")


FIELDS: dict[str, Way] = {
    "a refuge without visibility": field("resources/places/a1.yml", lambda s: place("schutzhaus", address(s))),
    "a protected flat without visibility": field("resources/places/a2.yml", lambda s: place("schutzwohnung", address(s))),
    "a residential group": field("resources/places/a4.yml", lambda s: place("wohngruppe", address(s))),
    "an emergency home": field("resources/places/a5.yml", lambda s: place("inobhutnahme", address(s))),
    "only a point": field("resources/places/a6.yml", lambda s: place("schutzhaus", "point: 10.00471 53.70471\n")),
    "explicitly full": field("resources/places/a8.yml", lambda s: place("schutzhaus", "visibility: full\n" + address(s)), "sichtbarkeit-unbestaetigt"),
    "explicitly area": field("resources/places/a9.yml", lambda s: place("schutzhaus", "visibility: area\nspaces: [kranichmoor]\n", f"Haus {s}"), "sichtbarkeit-unbestaetigt"),
    "the bus stop": field("resources/places/b1.yml", lambda s: place("schutzhaus", f"transport: Haltestelle {s}\n")),
    "the bus stop in a translation": field("resources/places/b2.yml", lambda s: place("schutzhaus", f"transport: Bus\ntranslations: {{en: {{transport: Stop {s}}}}}\n")),
    "its area": field("resources/places/b3.yml", lambda s: place("schutzhaus", "spaces: [kranichmoor]\n", f"Haus {s}")),
    "an offer of protection at an open place": field("resources/offers/c1.yml", lambda s: offer("place: treff\n")),
    "an offer of protection with an address": field("resources/offers/c2.yml", lambda s: offer(address(s))),
    "an offer of protection with a point": field("resources/offers/c3.yml", lambda s: offer("point: 10.00482 53.70482\n")),
    "an offer of protection for one area": field("resources/offers/c4.yml", lambda s: offer("spaces: [kranichmoor]\n")),
    "an offer of protection that comes to one area": field("resources/offers/c5.yml", lambda s: offer("visits: [kranichmoor]\n")),
    "residential care with an address": field("resources/offers/c7.yml", lambda s: offer(address(s), kind="hze-34", provider="verein")),
    "Inobhutnahme with an address": field("resources/offers/c8.yml", lambda s: offer(address(s), kind="inobhutnahme-42", provider="verein")),
    "foster care with an address": field("resources/offers/c9.yml", lambda s: offer(address(s), kind="hze-33", provider="verein")),
    "the address of the provider": field("resources/providers/d1.yml", lambda s: f"name: Abendstern\nkind: non-profit\n{address(s)}") ,
    "the area of the provider": field("resources/providers/d2.yml", lambda s: "name: Morgenstern\nkind: non-profit\nspaces: [kranichmoor]\n"),
    "where the provider lends a room": field("resources/providers/d3.yml", lambda s: "name: Nordstern\nkind: non-profit\ncan_give: [{what: Ein Raum, kind: room, spaces: [kranichmoor]}]\n"),
}  # fmt: skip
for _name, _key in (("the address of the provider", "d1"), ("the area of the provider", "d2"), ("where the provider lends a room", "d3")):  # fmt: skip
    _way = FIELDS[_name]
    FIELDS[_name] = dataclasses.replace(
        _way,
        make=lambda s, way=_way, key=_key: {  # type: ignore[misc]
            **way.make(s),
            f"resources/places/haus-{key}.yml": place("schutzhaus", f"providers: [{key}]\n", f"Haus {key}"),
        },
    )

OTHERS: dict[str, Way] = {
    "a group of a provider that has only the refuge": Way(lambda s: {"resources/offers/c6.yml": offer(address(s), kind="gruppe")}, "gruppe-anderswo", "resources/offers/c6.yml"),
    # --- who decides
    "a number in the name of its file": words("resources/places/haus-pichelsdorfer-77.yml", lambda s: place("schutzhaus", ""), "ort-im-namen"),
    "a meeting point of some refuge": words("resources/spaces/west.yml", lambda s: "meeting_points: [{name: Frauenhaus, point: 10.005 53.705, note: Klingel}]\n", "zuflucht-ohne-schutz"),
    "a sentence of a page": words("content/ueber/index.md", lambda s: f"# Wir\n\nDas Frauenhaus ist in der {s} Straße 77.\n"),
    "an office in the refuge": Way(lambda s: {"resources/offices/e1.yml": f"name: Außenstelle\nkind: asd\nplace: lichtblick\n{address(s)}"}, file="resources/offices/e1.yml"),
    "an office as the first contact": Way(lambda s: {"resources/places/f1.yml": place("schutzhaus", "first_contact: amt\n")}, file="resources/places/f1.yml"),
    "a network that meets there": Way(lambda s: {"resources/networks/f2.yml": "name: Runde\nkind: alliance\nspaces: [kranichmoor]\nmeets: {where: lichtblick}\n"}, file="resources/networks/f2.yml"),
    "a town's own kind that is open": Way(lambda s: {"resources/place_kinds.yml": "- {id: schutzhaus, name: Schutzhaus, visibility: full}\n"}, "schutz-gelockert", "resources/place_kinds.yml"),
    "a town's own kind that says nothing": Way(lambda s: {"resources/place_kinds.yml": "- {id: schutzhaus, name: Haus}\n", "resources/places/f3.yml": place("schutzhaus", address(s))}, file="resources/places/f3.yml"),
    "a town's own kind of offer that is open": Way(lambda s: {"resources/kinds.yml": "- {id: schutz, name: Schutz, layer: infrastructure, place_visibility: full}\n"}, "schutz-gelockert", "resources/kinds.yml"),
    "a town's own kind that isn't sensitive": Way(lambda s: {"resources/kinds.yml": "- {id: schutz, name: Schutz, layer: infrastructure, sensitivity: normal}\n"}, "schutz-gelockert", "resources/kinds.yml"),
    "a new kind for refuges": Way(lambda s: {"resources/place_kinds.yml": "- {id: frauenhaus, name: Frauenhaus}\n"}, "zuflucht-ohne-schutz", "resources/place_kinds.yml"),
    "a refuge that is called a building": Way(lambda s: {"resources/places/f4.yml": place("haus", address(s), "Frauenhaus Abendrot")}, "zuflucht-ohne-schutz", "resources/places/f4.yml"),
    "a building that says it is secret": Way(lambda s: {"resources/places/f5.yml": place("haus", f"summary: Die Adresse ist geheim.\n{address(s)}")}, "zuflucht-ohne-schutz", "resources/places/f5.yml"),
    "a refuge that is called a group": Way(lambda s: {"resources/offers/f6.yml": offer(address(s), kind="gruppe", provider="verein").replace("Ein Bett\n", "Zufluchtswohnung\n", 1)}, "zuflucht-ohne-schutz", "resources/offers/f6.yml"),
    "confirmed tomorrow": Way(lambda s: {"resources/places/f7.yml": place("schutzhaus", f"shown: {{visibility: full, confirmed: 2026-11-21, by: amt}}\n{address(s)}")}, "bestaetigung-in-zukunft", "resources/places/f7.yml"),
    "confirmed by a person": Way(lambda s: {"resources/places/f8.yml": place("schutzhaus", f"shown: {{visibility: full, confirmed: 2026-11-01, by: Frau Meier vom Jugendamt}}\n{address(s)}")}, "bestaetigung-ohne-stelle", "resources/places/f8.yml"),
    "confirmed by a name": Way(lambda s: {"resources/places/f9.yml": place("schutzhaus", f"shown: {{visibility: full, confirmed: 2026-11-01, by: Petra Musterfrau}}\n{address(s)}")}, "bestaetigung-ohne-stelle", "resources/places/f9.yml"),
    "confirmed by an office that isn't there": Way(lambda s: {"resources/places/g1.yml": place("schutzhaus", f"shown: {{visibility: full, confirmed: 2026-11-01, by: jugendamt-nord}}\n{address(s)}")}, "bestaetigung-ohne-stelle", "resources/places/g1.yml"),
    "more than was confirmed": Way(lambda s: {"resources/places/g2.yml": place("schutzhaus", f"visibility: full\nshown: {{visibility: area, confirmed: 2026-11-01, by: amt}}\n{address(s)}")}, "sichtbarkeit-unbestaetigt", "resources/places/g2.yml"),
    "an area beside some refuge": words("content/seite.md", lambda s: "# Hilfe\n\nDas Frauenhaus in Kranichmoor hilft Ihnen.\n"),
    "a number glued to the street of its file": Way(lambda s: {"content/bilder/frauenhaus-lindenstrasse17.txt": "x"}, "ort-im-namen", "content/bilder/frauenhaus-lindenstrasse17.txt"),
    "who employs an area's team": words("resources/spaces/kranichmoor.yml", lambda s: "team: [{role: asd, provider: lichtblick}]\n", "schutz-nach-gebiet"),
    "who leads an area's network": words("resources/networks/n2.yml", lambda s: "name: Runde\nkind: alliance\nspaces: [kranichmoor]\nmoderated_by: lichtblick\n", "schutz-nach-gebiet"),
    "a network of an area": words("resources/networks/n1.yml", lambda s: "name: Runde\nkind: alliance\nspaces: [kranichmoor]\ntask: Das Frauenhaus Lichtblick macht mit.\n", "name-eines-geschuetzten-ortes"),
    # --- texts of the refuge and of what belongs to it
    "summary of the provider": words(PROVIDER, lambda s: f"summary: Unser Haus im {s} 17 ist offen.\n"),
    "gift of the provider": words(PROVIDER, lambda s: f"can_give: [{{what: Raum im {s} 17, kind: room}}]\n"),
    # --- names of files
    "id of the place": Way(lambda s: {"resources/places/haus-im-holzwinkel.yml": place("schutzhaus", "")}, "ort-im-namen", "resources/places/haus-im-holzwinkel.yml"),
    "area in the id": Way(lambda s: {"resources/places/schutzhaus-kranichmoor.yml": place("schutzhaus", "")}, "ort-im-namen", "resources/places/schutzhaus-kranichmoor.yml"),
    "name of a picture": Way(lambda s: {"content/bilder/frauenhaus-lindenstrasse-5.svg": "<svg/>"}, "ort-im-namen", "content/bilder/frauenhaus-lindenstrasse-5.svg"),
    "place of a photo": Way(photo, "bild-mit-ort", "content/bilder/garten.jpg"),
    # --- everywhere else
    "a page": words("content/seite.md", lambda s: f"# Hilfe\n\nDas Frauenhaus Lichtblick ist im {s} 17.\n"),
    "the next sentence of a page": words("content/seite.md", lambda s: f"# Hilfe\n\nFrauenhaus Lichtblick. Adresse: {s} 17.\n"),
    "a heading of a page": words("content/seite.md", lambda s: f"## Frauenhaus Lichtblick\n\nSie finden uns hier.\n\n- {s} 17\n"),
    "a table of a page": words("content/seite.md", lambda s: f"| Frauenhaus Lichtblick | {s} 17 |\n"),
    "a heading above another heading": words("content/seite.md", lambda s: f"# Frauenhaus Lichtblick\n\nHilfe.\n\n## Weg\n\nSie gehen zum {s} 17.\n"),
    "the title of a page": words("content/seite.md", lambda s: f"---\ntitle: Frauenhaus Lichtblick\n---\n\n# Weg\n\nSie gehen zum {s} 17.\n"),
    "a bold line and the next paragraph": words("content/seite.md", lambda s: f"**Frauenhaus Lichtblick**\n\n{s} 17\n"),
    "an entry of a list and what hangs on it": words("content/seite.md", lambda s: f"- Frauenhaus Lichtblick\n\n    {s} 17\n"),
    "an entry below an entry": words("content/seite.md", lambda s: f"- Frauenhaus Lichtblick\n    - {s} 17\n"),
    "the name over two lines": words("content/seite.md", lambda s: f"Das Frauenhaus\nLichtblick ist im {s} 17.\n"),
    "the name with a soft hyphen": words("content/seite.md", lambda s: f"Das Frauen\u00adhaus Lichtblick ist im {s} 17.\n"),
    "the name in the genitive": words("content/seite.md", lambda s: f"Der Garten des Frauenhauses Lichtblick ist im {s} 17.\n"),
    "a page in English": words("content/en/seite.md", lambda s: f"Frauenhaus Lichtblick is at {s} 17.\n"),
    "a link to its page": words("content/seite.md", lambda s: f"[Schutz](orte/lichtblick/index.md) gibt es im {s} 17.\n"),
    "a note on a page": words("content/seite.md", lambda s: f"Das Frauenhaus Lichtblick[^1] hilft Frauen in Not.\n\nMehr dazu.\n\n[^1]: Im {s} 17.\n"),
    "an underlined heading": words("content/seite.md", lambda s: f"Frauenhaus Lichtblick\n=====================\n\nRufen Sie an.\n\nWir sind im {s} 17.\n"),
    "a heading in HTML": words("content/seite.md", lambda s: f"<h2>Frauenhaus Lichtblick</h2>\n\nRufen Sie an.\n\nWir sind im {s} 17.\n"),
    "a page of its name": words("content/frauenhaus-lichtblick.md", lambda s: f"# Weg\n\nSie gehen zum {s} 17.\n"),
    "a map on a page": words("content/seite.md", lambda s: "Das Frauenhaus Lichtblick ist hier: {{ map(space='kranichmoor') }}\n"),
    "a link to its area": words("content/seite.md", lambda s: "Das Frauenhaus Lichtblick ist in [diesem Gebiet](sozialraeume/kranichmoor/index.md).\n"),
    "a folder of its pictures": Way(lambda s: {"content/lichtblick/lindenstrasse-5.svg": "<svg/>"}, "ort-im-namen", "content/lichtblick/lindenstrasse-5.svg"),
    "the place of a photo in words": Way(lambda s: {"content/bilder/tor.jpg": b"\xff\xd8\xff" + f"<Iptc4xmpCore:Location>{s}".encode()}, "bild-mit-ort", "content/bilder/tor.jpg"),
    "a hidden copy of the record": Way(lambda s: {"resources/places/.lichtblick.yml": f"name: Frauenhaus Lichtblick, {s} 17\n"}, "ort-im-text", "resources/places/.lichtblick.yml"),
    "the head of a page": words("content/seite.md", lambda s: f"---\ntitle: Frauenhaus Lichtblick, {s} 17\n---\n\n# Hilfe\n"),
    "a drawing": words("content/plan.svg", lambda s: f"<svg><title>Frauenhaus Lichtblick, {s} 17</title></svg>"),
    "a flyer": Way(lambda s: {"content/flyer.txt": f"Frauenhaus Lichtblick, {s} 17"}, "ort-im-text", "content/flyer.txt"),
    "the configuration": words("site_config.yml", lambda s: f"about: Das Frauenhaus Lichtblick ist im {s} 17.\n"),
    "a partner's text": Way(lambda s: {"resources/offers/h1.yml": offer(f"partners: [lichtblick]\ndescription: Das Frauenhaus unserer Partnerin ist im {s} 17.\n", "gruppe", "verein")}, "ort-im-text", "resources/offers/h1.yml"),
    "another offer's text": Way(lambda s: {"resources/offers/h2.yml": offer(f"description: Wir begleiten Sie ins Frauenhaus Lichtblick im {s} 17.\n", "gruppe", "verein")}, "ort-im-text", "resources/offers/h2.yml"),
    "another offer's comment": Way(lambda s: {"resources/offers/h3.yml": offer(f"# Frauenhaus Lichtblick: {s} 17\n", "gruppe", "verein")}, "ort-im-text", "resources/offers/h3.yml"),
    "a word of the glossary": Way(lambda s: {"resources/glossary.yml": f"- {{id: zuflucht, name: Zuflucht, meaning: 'Das Frauenhaus Lichtblick, {s} 17.'}}\n"}, "ort-im-text", "resources/glossary.yml"),
    "a meeting point": words("resources/spaces/west.yml", lambda s: "meeting_points: [{name: Frauenhaus Lichtblick, point: 10.0047 53.7047}]\n", "name-eines-geschuetzten-ortes"),
    "the street register": words("resources/streets.csv", lambda s: "Am Frauenhaus Lichtblick,west\n", "name-eines-geschuetzten-ortes"),
    "a layer of the map": Way(lambda s: {"resources/context/green.geojson": '{"type": "FeatureCollection", "features": [\n{"type": "Feature", "properties": {"name": "Frauenhaus Lichtblick"}, "geometry": {"type": "Point", "coordinates": [10.0047, 53.7047]}}\n]}'}, "name-eines-geschuetzten-ortes", "resources/context/green.geojson"),
    "a shape of an area": Way(lambda s: {"resources/geometry/haus.geojson": '{"type": "FeatureCollection", "features": [\n{"type": "Feature", "id": "Frauenhaus Lichtblick", "properties": {}, "geometry": null}\n]}'}, "name-eines-geschuetzten-ortes", "resources/geometry/haus.geojson"),
    # --- words that nobody looks at
    "the value of an attribute": words("content/seite.md", lambda s: f"# Hilfe\n\n<img src=tor.png alt='Frauenhaus Lichtblick, {s} 17'>\n"),
    "escapes of JSON": words("content/daten.json", lambda s: '{"a": "Frauenhau\\u0073 Lichtblick, ' + s + '\\u002017"}'),
    "the address of a link": words("content/seite.md", lambda s: f"[Weg](https://karte.example/?q=Frauenhaus%20Lichtblick,%20{s}%2017)\n"),
    "a list in an old encoding": Way(lambda s: {"liste.csv": f"Mädchenzuflucht;Mühlenstraße 17 ({s})\n".encode("cp1252")}, "ort-im-text", "liste.csv"),
    "a list of a spreadsheet": Way(lambda s: {"liste.txt": f"Mädchenzuflucht\tMühlenstraße 17 ({s})\n".encode("utf-16")}, "ort-im-text", "liste.txt"),
    "a list in wide letters without a mark": Way(lambda s: {"liste.txt": f"Frauenhaus Lichtblick\t{s} 17\n".encode("utf-16-le")}, "ort-im-text", "liste.txt"),
    "the description of a picture": in_a_picture(lambda said: picture("JPEG", exif=exif(0x010E, said))),
    "the title of a picture in wide letters": in_a_picture(lambda said: picture("WEBP", exif=exif(0x9C9B, said.encode("utf-16-le")))),
    "the comment of a picture": in_a_picture(lambda said: picture("GIF", comment=said.encode())),
    "a packed text of a picture": in_a_picture(lambda said: picture("PNG", pnginfo=texts("Comment", said))),
    "packed XMP": in_a_picture(lambda said: picture("PNG", pnginfo=texts("XML:com.adobe.xmp", f"<rdf:li>{said}</rdf:li>"))),
    "XMP in hexadecimal digits": in_a_picture(lambda said: picture("PNG", pnginfo=texts("Raw profile type xmp", f"\nxmp\n90\n{said.encode().hex()}\n"))),
    "a caption of a newsroom": in_a_picture(lambda said: picture("TIFF", tiffinfo={33723: b"\x1c\x02\x78\0" + bytes([len(said)]) + said.encode()})),
    "the place in a newsroom's words": Way(lambda s: {"bild.jpg": b"\xff\xd8\xff\xed\0\x20Photoshop 3.0\0" + b"\x1c\x02\x5a\0" + bytes([len(s)]) + s.encode()}, "bild-mit-ort", "bild.jpg"),
    "an indicator by its topic": Way(lambda s: {"resources/indicators/i1/indicator.yml": INDICATOR + "topics: [zuflucht]\n", "resources/indicators/i1/values.csv": VALUES}, "schutz-nach-gebiet", "resources/indicators/i1/indicator.yml"),
    "an indicator by a part": Way(lambda s: {"resources/indicators/i1/indicator.yml": INDICATOR + "breakdowns: [{id: topic, name: Thema, values: [{id: zuflucht, name: Zuflucht}, {id: rest, name: Rest}]}]\n", "resources/indicators/i1/values.csv": VALUES.replace("period", "period,topic").replace("2024", "2024,zuflucht")}, "schutz-nach-gebiet", "resources/indicators/i1/indicator.yml"),
    "another name of an area": words("resources/spaces/west.yml", lambda s: "aliases: [Viertel am Schutzhaus, Schutzhaus]\n", "zuflucht-ohne-schutz"),
    "an offer in an area": Way(lambda s: {"resources/offers/p1.yml": offer("spaces: [kranichmoor]\n", "betreuung", "verein").replace("Ein Bett\n", "Zufluchtswohnung\n", 1).replace("[zuflucht]", "[krabbelgruppe]")}, "zuflucht-ohne-schutz", "resources/offers/p1.yml"),
    # --- what is called otherwise, and what others say of protection
    "a protected flat that is called a building": Way(lambda s: {"resources/places/p1.yml": place("haus", address(s), "Mädchen*zuflucht Abendrot")}, "zuflucht-ohne-schutz", "resources/places/p1.yml"),
    "an office that is called a refuge": Way(lambda s: {"resources/offices/p2.yml": f"name: Frauen-Schutz-Haus\nkind: asd\n{address(s)}"}, "zuflucht-ohne-schutz", "resources/offices/p2.yml"),
    "a translation that says what it is": Way(lambda s: {"resources/places/p3.yml": place("haus", "translations: {en: {summary: Our women's refuge.}}\n" + address(s))}, "zuflucht-ohne-schutz", "resources/places/p3.yml"),
    "a measure by its topic": Way(lambda s: {"resources/measures/q1.yml": plan("need: Es fehlen Plätze.\ntopics: [zuflucht]\nowner: verein\n")}, "schutz-nach-gebiet", "resources/measures/q1.yml"),
    "a measure by its name": Way(lambda s: {"resources/measures/q2.yml": plan("need: Es fehlen Plätze.\ntopics: [krabbelgruppe]\nowner: verein\n", "Ausbau Frauenhaus")}, "schutz-nach-gebiet", "resources/measures/q2.yml"),
    "a measure that names an area": Way(lambda s: {"resources/measures/q3.yml": plan("need: Es fehlen Plätze.\ntopics: [zuflucht]\nowner: verein\n", "Ausbau Frauenhaus, Kranichmoor").replace("spaces: [kranichmoor]\n", "")}, "ort-im-text", "resources/measures/q3.yml"),
    "a measure of its provider": Way(lambda s: {"resources/measures/q4.yml": plan("need: Es fehlen Plätze.\ntopics: [krabbelgruppe]\nowner: lichtblick\n")}, "schutz-nach-gebiet", "resources/measures/q4.yml"),
    "a need": Way(lambda s: {"resources/needs/q5.yml": plan("topics: [zuflucht]\n")}, "schutz-nach-gebiet", "resources/needs/q5.yml"),
    "an agreement": Way(lambda s: {"resources/agreements/q6.yml": plan("partners: [lichtblick]\nreleased: 2026-10-01\n")}, "schutz-nach-gebiet", "resources/agreements/q6.yml"),
    "a promise of an area": Way(lambda s: {"resources/networks/q8.yml": plan("kind: alliance\nguarantee: {released: 2026-05-04, rules: [{topic: zuflucht}]}\n")}, "schutz-nach-gebiet", "resources/networks/q8.yml"),
    "minutes of an area": Way(lambda s: {"resources/networks/runde.yml": plan("kind: alliance\n"), "resources/minutes/q9.yml": "name: Runde am 12. Oktober\nnetwork: runde\ndate: 2026-10-12\ntopics: [Ausbau des Frauenhauses]\n"}, "schutz-nach-gebiet", "resources/minutes/q9.yml"),
    # --- the overlay
    "the overlay among the records": Way(lambda s: {"site_config.yml": "+overlay: resources/intern\n", f"resources/intern/places/{HOUSE.rsplit('/', 1)[1]}": address(s)}, "ablage-oeffentlich", "site_config.yml"),
    "the overlay among the pages": Way(lambda s: {"site_config.yml": "+overlay: content/intern\n", "content/intern/places/lichtblick.yml": address(s)}, "ablage-oeffentlich", "site_config.yml"),
    "the overlay in the site": Way(lambda s: {"site_config.yml": "+overlay: site/intern\n"}, "ablage-oeffentlich", "site_config.yml"),
    "the overlay around the project": Way(lambda s: {"site_config.yml": "+overlay: .\n"}, "ablage-oeffentlich", "site_config.yml"),
}  # fmt: skip
ASKING: dict[str, Way] = {
    "an open house that names it": asking("resources/places/treff.yml", lambda s: "accessibility_note: Klingeln Sie beim Frauenhaus Lichtblick im Erdgeschoss.\n"),
    "a first visit elsewhere": asking("resources/offers/krabbelgruppe.yml", lambda s: "access: {way: direct, first_visit: Das ist im Frauenhaus Lichtblick.}\n"),
    "the past of another offer": asking("resources/offers/krabbelgruppe.yml", lambda s: "history: Seit 2024 im Erdgeschoss des Frauenhauses Lichtblick.\n"),
    "the next paragraph": asking("content/seite.md", lambda s: f"# Hilfe\n\nDas Frauenhaus Lichtblick hilft Frauen in Not.\n\nSie finden es im {s} 17.\n"),
    "a page about some refuge": asking("content/seite.md", lambda s: f"# Frauenhaus\n\nDas Haus ist im {s} 17.\n"),
    "a page called after some refuge": asking("content/frauenhaus.md", lambda s: f"# Weg\n\nDas Haus ist im {s} 17.\n"),
    "the next line of a flyer": asking("content/flyer.txt", lambda s: f"Frauenhaus Lichtblick\n{s} 17\n"),
    "labels of a drawing": asking("content/plan.svg", lambda s: f"<svg><text>Frauenhaus Lichtblick</text>\n<text>{s} 17</text></svg>"),
    "data with a street": asking("content/daten.json", lambda s: f'{{"name": "Frauenhaus Lichtblick", "street": "{s} 17"}}'),
    "a list of words": asking("resources/haeuser.yml", lambda s: "- name: Frauenhaus Lichtblick\n  street: Kallmorgen\n"),
    "a setting of MkDocs": asking("mkdocs.yml", lambda s: f"extra:\n  haus: Frauenhaus Lichtblick\n  strasse: {s} 17\n"),
    "a place in the name of its file": asking("resources/places/haus-an-der-havel.yml", lambda s: place("schutzhaus", ""), "ort-im-namen-moeglich"),
    "an offer of another kind": asking("resources/offers/p3.yml", lambda s: offer(address(s), kind="beratung", provider="verein"), "zuflucht-vielleicht"),
    "who is housed without a name": asking("resources/places/p5.yml", lambda s: place("haus", f"description: Die Jugendlichen sind anonym untergebracht.\n{address(s)}"), "zuflucht-vielleicht"),
    "its number in an office": asking("resources/offices/amt.yml", lambda s: address(s) + "description: Nachts 040/66969-910.\n", "nummer-neben-adresse"),
    "its number at a provider": asking("resources/providers/verein.yml", lambda s: address(s) + "description: Auch 040 66969-910.\n", "nummer-neben-adresse"),
    "its mail at another house": Way(lambda s: {PROVIDER: REFUGE[PROVIDER].replace("-912}", "-912, email: haus@lichtblick.example}"), "resources/places/p7.yml": place("beratungsstelle", "contact: {email: Haus@lichtblick.example}\n" + address(s))}, "nummer-neben-adresse", "resources/places/p7.yml", asks=True),
    "its website at another house": Way(lambda s: {PROVIDER: REFUGE[PROVIDER].replace("-912}", "-912, website: https://lichtblick.example/}"), "resources/places/p8.yml": place("beratungsstelle", "contact: {website: http://www.lichtblick.example}\n" + address(s))}, "nummer-neben-adresse", "resources/places/p8.yml", asks=True),
    "a second house under another kind": asking("resources/places/p9.yml", lambda s: place("beratungsstelle", "providers: [lichtblick]\n" + address(s)), "haus-neben-schutz"),
    "a house that it shares": asking("resources/places/p9.yml", lambda s: place("haus", "providers: [verein, lichtblick]\n" + address(s)), "haus-neben-schutz"),
    "the first contact of a house": asking("resources/places/p9.yml", lambda s: place("haus", "first_contact: lichtblick\n" + address(s)), "haus-neben-schutz"),
    "a partner at an open house": asking("resources/offers/p9.yml", lambda s: offer("place: treff\npartners: [lichtblick]\n", kind="gruppe", provider="verein").replace("zuflucht", "krabbelgruppe"), "haus-neben-schutz"),
    "a measure in other words": asking("resources/measures/q0.yml", lambda s: plan("need: Es fehlen Plätze in Kranichmoor.\ntopics: [zuflucht]\nowner: verein\n").replace("spaces: [kranichmoor]\n", "")),
    "a refuge and a place in the next sentence": asking("resources/offers/krabbelgruppe.yml", lambda s: f"description: Wir sind der Träger von Kita und Frauenhaus. Beide sind im {s} 17.\n"),
    "a measure that may be for one": Way(lambda s: {"resources/measures/q2.yml": plan("need: Es fehlen Plätze.\ntopics: [krabbelgruppe]\nowner: verein\n", "Ausbau Krisenwohnung")}, "zuflucht-vielleicht", "resources/measures/q2.yml", asks=True),
    "minutes that may speak of one": Way(lambda s: {"resources/networks/runde.yml": plan("kind: alliance\n"), "resources/minutes/q9.yml": "name: Runde am 12. Oktober\nnetwork: runde\ndate: 2026-10-12\ntopics: [Ausbau der Krisenwohnung]\n"}, "zuflucht-vielleicht", "resources/minutes/q9.yml", asks=True),
    "an indicator that may count some": Way(lambda s: {"resources/indicators/i1/indicator.yml": INDICATOR.replace("Menschen", "Plätze in Krisenwohnungen"), "resources/indicators/i1/values.csv": VALUES}, "zuflucht-vielleicht", "resources/indicators/i1/indicator.yml", asks=True),
    "its number on a page": asking("content/seite.md", lambda s: f"# Hilfe\n\nRufen Sie an: +49 (0) 40 / 66 96 – 99‑10, {s} 17.\n"),
    "its number without the area code": asking("content/seite.md", lambda s: f"# Hilfe\n\nTel. 66 96 99 10, {s} 17.\n"),
    "its number in a link": asking("content/seite.md", lambda s: f"# Hilfe\n\n<a href='tel:+494066969910'>Anrufen</a>, {s} 17.\n"),
    "its fax in a note": Way(lambda s: {HOUSE: "+notes: Fax 040 / 66 96 99 19\n", "resources/places/p7.yml": place("beratungsstelle", "description: Fax (040) 66 969 919\n" + address(s))}, "nummer-neben-adresse", "resources/places/p7.yml", asks=True),
    "another mailbox of its domain": Way(lambda s: {PROVIDER: REFUGE[PROVIDER].replace("-912}", "-912, email: haus@lichtblick.example}"), "resources/places/p7.yml": place("beratungsstelle", "contact: {email: info@lichtblick.example}\n" + address(s))}, "nummer-neben-adresse", "resources/places/p7.yml", asks=True),
    "its name and a place in two texts": asking("resources/offers/krabbelgruppe.yml", lambda s: f"description: Mit dem Frauenhaus Lichtblick.\nhours_note: Eingang {s} 17.\n", "zuflucht-vielleicht"),
    "its name and a place apart on a page": asking("content/seite.md", lambda s: f"# Haus\n\nEin Dank an das Frauenhaus Lichtblick.\n\n{'Mehr. ' * 3}\n\nUnd.\n\nDann.\n\nWeiter.\n\nSo.\n\nWir sind im {s} 17.\n", "zuflucht-vielleicht"),
    "its name in short": asking("content/seite.md", lambda s: f"# Treff\n\nDie WG Lichtblick wohnt im {s} 17.\n"),
    "its name in the name of a record": Way(lambda s: {"resources/places/lichtblick-frauenhaus.yml": place("haus", address(s), "Haus am Rand")}, "zuflucht-vielleicht", "resources/places/lichtblick-frauenhaus.yml", asks=True),
    "a street in the name of a record": Way(lambda s: {"resources/offers/frauenhaus-kallmorgen.yml": offer("", kind="beratung", provider="verein").replace("zuflucht", "krabbelgruppe")}, "ort-im-text-moeglich", "resources/offers/frauenhaus-kallmorgen.yml", asks=True),
    "its garden": asking("resources/places/p6.yml", lambda s: place("haus", address(s), "Frauenhaus-Garten"), "zuflucht-vielleicht"),
    "a word in an address": asking("resources/places/p6.yml", lambda s: place("haus", address(s).replace("town: Kleinstadt", 'town: Kleinstadt, extra: "Schutzwohnung (geheim)"')), "zuflucht-vielleicht"),
    "a word on a map": asking("resources/context/orte.geojson", lambda s: '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Schutzwohnung (geheim)"}, "geometry": {"type": "Point", "coordinates": [9.9, 53.9]}}]}'),
    "a table called after it": asking("resources/frauenhaus.csv", lambda s: f"Plätze,Straße\n8,{s} 17\n"),
    "a file that nobody reads": Way(lambda s: {"resources/adressen.docx": b"PK\3\4\0" + s.encode()}, "datei-ungelesen", "resources/adressen.docx", asks=True),
}  # fmt: skip
"""Ways that may be meant otherwise."""
WAYS = {**FIELDS, **OTHERS, **ASKING}


def secrets() -> dict[str, str]:
    """What would give each masked way away: its street, its point, or its area beside its own words."""
    found = {}
    for number, (name, way) in enumerate(FIELDS.items(), 1):
        text = " ".join(str(part) for part in way.make(street(number)).values())
        if "point:" in text:
            found[name] = text.split("point: ")[1].split()[0]
        elif f"street: {street(number)}" in text or f"transport: Haltestelle {street(number)}" in text:
            found[name] = street(number)
        elif "transport: Stop" in text:
            found[name] = f"Stop {street(number)}"
    return found


def told(way: Way, found: Iterable[Diagnostic]) -> bool:
    """Tell whether a way is refused or asked about; in a house's own record nothing can be written at all."""
    files = {way.file, *way.make(street(1))}
    if HOUSE in files:
        return has_errors(found)
    return any(item.code in TELLING | REFUSING and item.position.file in files for item in found)


REFUSING = frozenset(
    ("haus-anderswo", "gruppe-anderswo", "art-ohne-form", "schutz-gelockert", "sichtbarkeit-unbestaetigt", "bestaetigung-in-zukunft",
     "bestaetigung-ohne-stelle", "bild-mit-ort", "datei-ungelesen", "unbekannter-verweis", "karte-mit-punkt", "ablage-oeffentlich")
)  # fmt: skip
"""Codes by which a way is refused without a place being quoted."""
