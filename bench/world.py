"""Writes a synthetic town of any size."""

from __future__ import annotations

import json
import random
from pathlib import Path

TOPICS = [
    "krabbelgruppe", "ganztag", "kita", "erziehungsfragen", "elternkurs", "trennungsberatung", "schulden",
    "grundsicherung", "essen-kleidung", "wohnungssuche", "mietschulden", "hausaufgaben", "schulangst",
    "fruehfoerderung", "sucht", "trauer", "deutsch", "begegnung", "ausbildung", "sport", "musik",
]  # fmt: skip
KINDS = [
    "treff", "gruppe", "kurs", "beratung", "sprechstunde", "aufsuchend", "patenschaft", "betreuung", "ferien",
    "ausgabe", "selbsthilfe", "verein",
]  # fmt: skip
NOUNS = [
    "Beratung", "Gruppe", "Treff", "Café", "Kurs", "Sprechstunde", "Werkstatt", "Runde", "Frühstück", "Nachmittag",
    "Training", "Chor", "Garten", "Lernhilfe", "Schuldnerberatung", "Elterncafé", "Krabbelgruppe",
    "Hausaufgabenhilfe", "Bewegung", "Begleitung", "Patenschaft", "Kleiderkammer",
]  # fmt: skip
FIRST = [
    "Linden", "Birken", "Ufer", "Wiesen", "Kirch", "Mühlen", "Sonnen", "Hafen", "Markt", "Rosen", "Eichen",
    "Brücken", "Park", "Garten", "Amsel", "Nord", "Süd",
]  # fmt: skip
LAST = ["weg", "straße", "platz", "allee", "hof", "berg", "grund", "kamp", "feld", "rain", "stieg", "damm"]
SENTENCES = (
    "Wir hören zu und suchen mit Ihnen nach einem Weg.",
    "Kinder spielen, Eltern trinken einen Kaffee.",
    "Sie können einfach kommen, auch ohne Anmeldung.",
    "Wir schauen gemeinsam auf Ihre Briefe und rufen mit Ihnen an.",
    "Zusammen kochen, essen und abwaschen wir.",
    "Wer mag, bringt Nachbarn oder Großeltern mit.",
    "Es gibt Hilfe bei Anträgen und bei Gesprächen mit Ämtern.",
    "Jede Woche gibt es ein anderes Thema.",
)
HOURS = (
    "Mo-Fr 09:00-12:00", "Tu,Th 14:00-18:00; PH off", "Mo,We 15:00-17:30; SH off; PH off", "Mo-Th 08:00-16:00; Fr 08:00-13:00",
    "Sa 10:00-14:00", "We 09:30-11:30", "Mo-Fr 13:00-17:00; PH off",
)  # fmt: skip
SPEAKS = ["de", "en", "tr", "ar", "uk", "ru", "pl", "fa"]
WEST, SOUTH, STEP = 10.0, 53.6, 0.02


def write_world(folder: Path, offers: int, spaces: int, languages: int, seed: int) -> None:
    """Write a valid project with so many offers, spaces and languages; the same numbers give the same files."""
    dice = random.Random(seed)
    tags = ("de", "en", "tr", "ar", "uk", "fr")[:languages]
    resources = folder / "resources"
    for name in ("spaces", "providers", "places", "offers", "geometry"):
        (resources / name).mkdir(parents=True, exist_ok=True)
    (folder / "site_config.yml").write_text(_config(tags), encoding="utf-8")
    side = max(1, round(spaces**0.5))
    cells = [(number % side, number // side) for number in range(spaces)]
    _write_spaces(resources, cells, side)
    providers = max(1, offers // 12)
    for number in range(providers):
        _write(resources / "providers" / f"traeger-{number}.yml", _provider(dice, number))
    places = max(1, offers // 4)
    for number in range(places):
        _write(resources / "places" / f"ort-{number}.yml", _place(dice, number, cells, providers))
    for number in range(offers):
        _write(
            resources / "offers" / f"angebot-{number}.yml", _offer(dice, number, places, providers, tags[1:])
        )


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _config(tags: tuple[str, ...]) -> str:
    return (
        "name: Nahraum Messstadt\nurl: https://messstadt.example/\n"
        "publisher: {name: Stadt Messstadt, phone: 040 66969-100, email: info@messstadt.example}\nland: SH\n"
        f"languages: [{', '.join(tags)}]\n"
        "geographies: [{id: raum, levels: [{id: stadt, name: Stadt}, {id: sozialraum, name: Sozialraum}]}]\n"
    )


def _write_spaces(resources: Path, cells: list[tuple[int, int]], side: int) -> None:
    def feature(key: str, west: float, south: float, east: float, north: float) -> dict[str, object]:
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {
            "type": "Feature",
            "id": key,
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    rows = max(y for _, y in cells) + 1
    features = [feature("stadt", WEST, SOUTH, WEST + side * STEP, SOUTH + rows * STEP)]
    _write(
        resources / "spaces" / "stadt.yml",
        ["name: Messstadt", "level: stadt", "geometry: geometry/raum.geojson#stadt"],
    )
    for number, (x, y) in enumerate(cells):
        key = f"raum-{number}"
        west, south = round(WEST + x * STEP, 6), round(SOUTH + y * STEP, 6)
        features.append(feature(key, west, south, round(west + STEP, 6), round(south + STEP, 6)))
        name = f"{FIRST[number % len(FIRST)]}{LAST[number // len(FIRST) % len(LAST)]} {number}"
        _write(
            resources / "spaces" / f"{key}.yml",
            [f"name: {name}", "level: sozialraum", "parent: stadt", f"geometry: geometry/raum.geojson#{key}"],
        )
    collection = {"type": "FeatureCollection", "features": features}
    (resources / "geometry" / "raum.geojson").write_text(json.dumps(collection), encoding="utf-8")


def _provider(dice: random.Random, number: int) -> list[str]:
    return [
        f"name: {dice.choice(FIRST)}{dice.choice(LAST)}-Verein {number}",
        "kind: non-profit",
        f"contact: {{phone: 040 66969-{number % 1000:03}, email: traeger-{number}@messstadt.example}}",
    ]


def _place(dice: random.Random, number: int, cells: list[tuple[int, int]], providers: int) -> list[str]:
    x, y = dice.choice(cells)
    longitude, latitude = WEST + (x + dice.random()) * STEP, SOUTH + (y + dice.random()) * STEP
    return [
        f"name: Haus {dice.choice(FIRST)}{dice.choice(LAST)} {number}",
        "kind: nachbarschaftshaus",
        f"address: {{street: {dice.choice(FIRST)}{dice.choice(LAST)}, number: {dice.randint(1, 120)}, postcode: 22999, town: Messstadt}}",
        f"point: {longitude:.5f} {latitude:.5f}",
        f"providers: [traeger-{dice.randrange(providers)}]",
        f"accessibility: {{step_free: {dice.choice(('yes', 'limited', 'no'))}, toilet: {dice.choice(('yes', 'no'))}}}",
    ]


def _offer(
    dice: random.Random, number: int, places: int, providers: int, others: tuple[str, ...]
) -> list[str]:
    name = f"{dice.choice(NOUNS)} {dice.choice(FIRST)}{dice.choice(LAST)} {number}"
    summary = " ".join(dice.sample(SENTENCES, 2))
    low = dice.randint(0, 14)
    lines = [
        f"name: {name}",
        f"summary: {summary}",
        f"kind: {dice.choice(KINDS)}",
        f"provider: traeger-{dice.randrange(providers)}",
        f"place: ort-{dice.randrange(places)}",
        f"topics: [{', '.join(dice.sample(TOPICS, dice.choice((1, 1, 2))))}]",
        f"ages: {low}-{low + dice.randint(1, 6)}",
        f"hours: {dice.choice(HOURS)}",
        dice.choice(("cost: free", "cost: free", "cost: {amount: 3.50, per: Mal}")),
        f"languages: [{', '.join(dict.fromkeys(['de', dice.choice(SPEAKS)]))}]",
        f"checked: 2026-{dice.randint(6, 11):02}-{dice.randint(1, 20):02}",
        "access: {way: open, first_visit: Jemand begrüßt Sie und zeigt Ihnen alles.}",
        "description: |",
        *(f"  {sentence}" for sentence in dice.sample(SENTENCES, 4)),
    ]
    if others:
        lines.append("translations:")
        lines += [f'  {tag}: {{name: {name} ({tag}), summary: "{summary}"}}' for tag in others]
    return lines
