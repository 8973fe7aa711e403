"""The demo with a few small series of figures: shares with gaps, breaks, forecasts and parts, a count, a rate without judgement.

The numbers follow from the areas' order alone, so every run has the same ones.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from generator.derive.indicator_series import all_series
from generator.model.cells import Release, Status
from generator.model.indicator import Indicator
from generator.model.site import Site
from generator.pipeline.build import Project
from generator.read.value_tables import ValueRow, ValueTable
from tests.records import replace

PERIODS = ("2021", "2022", "2023", "2024", "2025")
SECRET, MISSING = "muehlenfeld", "vogelsang"
SOURCE = {
    "name": "Statistik der Bundesagentur für Arbeit",
    "regime": "delivered",
    "licence": "dl-de/by-2.0",
    "as_of": "2025-12-31",
}
PUBLISHED = {"method": "published"}
SHARE, COUNT, RATE = "kinder-buergergeld", "geburten", "hilfen-27"

DEFINITIONS = (
    Indicator.model_validate(
        {
            "id": SHARE,
            "title": "Kinder in Familien mit Bürgergeld",
            "says": "Von 100 Kindern leben so viele in einem Haushalt, der Bürgergeld bekommt.",
            "numerator": "Kinder unter 18 in Bedarfsgemeinschaften",
            "denominator": "Einwohnerinnen und Einwohner unter 18",
            "direction": "lower-is-better",
            "source": SOURCE,
            "disclosure": PUBLISHED,
            "topics": ["geld"],
            "breakdowns": [
                {
                    "id": "alter",
                    "name": "Alter",
                    "values": [{"id": "u6", "name": "unter 6"}, {"id": "ab6", "name": "6 bis 17"}],
                }
            ],
            "breaks": [{"period": "2023", "note": "neue Abgrenzung der Haushalte"}],
            "peers": [
                {
                    "name": "Ähnlich große Städte",
                    "source": "eigene Erhebung der Städte",
                    "values": [
                        {"name": "Bergstedt", "period": "2025", "value": "24.1"},
                        {"name": "Aldorf", "period": "2024", "value": "19.8", "note": "ohne Umland"},
                    ],
                }
            ],
            "responsible": "Jugendhilfeplanung",
        }
    ),
    Indicator.model_validate(
        {
            "id": COUNT,
            "title": "Geburten",
            "says": "So viele Kinder sind im Jahr geboren.",
            "numerator": "Lebendgeborene",
            "unit": "Kinder",
            "decimals": "0",
            "interval": "none",
            "source": SOURCE,
            "disclosure": PUBLISHED,
            "topics": ["kita"],
            "forecast_from": "2025",
        }
    ),
    Indicator.model_validate(
        {
            "id": RATE,
            "title": "Hilfen zur Erziehung",
            "says": "Je 1.000 junge Menschen gibt es so viele Hilfen.",
            "numerator": "Hilfen nach §§ 27 bis 35",
            "denominator": "Menschen unter 21",
            "per": "1000",
            "interval": "byar",
            "source": SOURCE,
            "disclosure": PUBLISHED,
        }
    ),
)


def with_figures(project: Project) -> Project:
    """Return the project with the series instead of its own indicators."""
    assert project.site is not None
    assert project.facts is not None
    definitions = {item.id: item for item in DEFINITIONS}
    site = replace(project.site, indicators=definitions)
    tables = {key: ValueTable("", tuple(_rows(site, key)), ",") for key in definitions}
    releases = {SHARE: (Release(SHARE, dt.date(2026, 3, 1), "", "Werte von 2025"),)}
    facts = replace(project.facts, series=all_series(site, project.facts.spaces, tables, releases))
    return project.showing(site, facts)


def _rows(site: Site, key: str) -> Iterator[ValueRow]:
    spaces = [name for name, space in site.spaces.items() if space.level == "sozialraum"]
    for number, space in enumerate(spaces):
        for year, period in enumerate(PERIODS):
            total = 1400 + 310 * number
            count = int(total * (0.17 + 0.045 * ((number * 3) % 5) - 0.008 * year))
            if key == COUNT:
                yield ValueRow(
                    space, period, (), Decimal(110 + 23 * number - 4 * year), None, Status.KNOWN, "", 0
                )
            elif key == RATE:
                status = Status.SECRET if space == SECRET else Status.KNOWN
                value = None if status is Status.SECRET else Decimal(count // 8)
                yield ValueRow(space, period, (), value, Decimal(total), status, "", 0)
            elif space == SECRET and period == PERIODS[-1]:
                yield ValueRow(space, period, ("",), None, Decimal(total), Status.SECRET, "", 0)
            else:
                part = count * 2 // 5
                yield ValueRow(space, period, ("",), Decimal(count), Decimal(total), Status.KNOWN, "", 0)
                yield ValueRow(
                    space, period, ("u6",), Decimal(part), Decimal(total // 3), Status.KNOWN, "", 0
                )
                yield ValueRow(
                    space,
                    period,
                    ("ab6",),
                    Decimal(count - part),
                    Decimal(total - total // 3),
                    Status.KNOWN,
                    "",
                    0,
                )
    town = next(name for name, space in site.spaces.items() if space.level == "stadt")
    for year, period in enumerate(PERIODS):
        total = Decimal(10_000)
        if key == SHARE:
            for group, count, part in (
                ("", 2240, total),
                ("u6", 900, Decimal(3300)),
                ("ab6", 1340, Decimal(6700)),
            ):
                yield ValueRow(town, period, (group,), Decimal(count - 30 * year), part, Status.KNOWN, "", 0)
        elif key == RATE:
            yield ValueRow(town, period, (), Decimal(300), total, Status.KNOWN, "", 0)
