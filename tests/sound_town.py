"""A sound project with a record of every kind, a refuge, another language and an overlay, as files."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from generator.model.config import SiteConfig
from generator.model.indicator import Indicator
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.vocabulary import VOCABULARIES
from generator.read.project import read_project
from tests.refuges import HOUSE, PROVIDER, REFUGE
from tests.world import write_world

Files = dict[str, bytes]
MORE = {
    HOUSE: REFUGE[HOUSE],
    PROVIDER: REFUGE[PROVIDER],
    "resources/offices/amt.yml": """\
name: Jugendamt Kleinstadt
kind: asd
serves: [ost, west]
place: treff
responsibility: {by: street}
groups: [asd, wjh]
contact: {phone: 040 66969-920}
on_call: {phone: 040 66969-921, when: nachts}
hours: Mo-Fr 09:00-12:00
""",
    "resources/networks/runde.yml": """\
name: Runde am Fluss
kind: alliance
spaces: [west]
members: [verein]
meets: {every: 6 weeks, last: 2026-10-12, next: 2026-12-10, where: treff, agenda: [Ferien], decide: [Ein Fest?]}
guarantee: {released: 2026-05-04, rules: [{topic: ganztag, kinds: [ganztag, gruppe], ages: 6-10, days_per_week: 5, within: 1 km}]}
""",
    "resources/offers/beratung.yml": """\
name: Beratung am Telefon
summary: Wir hören zu.
kind: beratung
provider: verein
remote: [phone]
topics: [schulden]
cost: {amount: 3.50, per: Gespräch, reduced: 1}
dates: [{date: 2026-12-05, from: 15:00, to: 17:00, name: Adventskaffee}]
capacity: {places: 12, free: 2, waiting: 2 weeks, date: 2026-11-19}
translations: {en: {name: Advice by phone, summary: We listen.}}
description: |
  Mehr **dazu** in [Worten](https://verein.example/).
""",
    "resources/topics.yml": "- {id: garten, name: Garten, phrase: Wir brauchen Grün, summary: Draußen sein., icon: material/flower}\n",
    "intern/needs/nachmittag.yml": """\
name: Verlässlicher Nachmittag
spaces: [ost]
topics: [ganztag]
ages: 6-10
named: [{half_year: 2026-1, source: professionals, times: 6, space: ost}]
status: open
""",
    "resources/budgets/raumgeld.yml": """\
name: Raumgeld
years: [2026]
total: 100000
pays_for: quarter
spaces: [ost, west]
weights: [{indicator: arm, weight: 100 %}]
by_indicators: 60 %
outflow: {year: 2025, amounts: {ost: 20000, west: 30000.50}, cases_from: arm}
phase_in: [{name: ein Sprung im Jahr, step: 10, interval: year}]
""",
    "intern/minutes/runde.yml": """\
name: Runde am 12. Oktober
network: runde
date: 2026-10-12
topics: [Ferien]
decisions: [{what: Die Schule fragen., who: Verein, due: 2026-11, status: open, measure: nachmittag}]
""",
    "resources/measures/nachmittag.yml": """\
name: Ein zweiter Nachmittag
need: Kinder im Osten haben nur einen Nachmittag.
spaces: [ost]
topics: [ganztag]
ages: 6-10
status: running
owner: verein
costs: [{name: Personal, amount: 12000.50, every: year, estimated: yes, budget: raumgeld}]
decisions: [{by: runde, date: 2026-05-04, result: changed, paper: 12/2026}]
reviews: [{due: 2027-05, by: Runde am Fluss}]
voices: ["Kinder der Schule, Umfrage im April 2026: Sie wollen draußen spielen. Ein Tag ist draußen."]
inclusion: Der Raum ist ohne Stufen.
offers: [beratung]
""",
    "resources/indicators/jahrgaenge/indicator.yml": """\
title: Kinder nach Alter
says: So viele Kinder sind es.
numerator: Kinder
unit: Kinder
decimals: 0
interval: none
source: {name: Amt, regime: delivered}
disclosure: {method: none}
no_indicator: alle Kinder, aus dem Melderegister
breakdowns: [{id: alter, name: Alter, values: [{id: 5, name: fünf}, {id: 6, name: sechs}]}]
""",
    "resources/indicators/jahrgaenge/values.csv": """\
space,period,alter,numerator,denominator,status,note
ost,2024,5,40,,,
ost,2024,6,41,,,
ost,2025,5,42,,,
ost,2025,6,43,,,
west,2024,5,50,,,
west,2024,6,51,,,
west,2025,5,52,,,
west,2025,6,53,,,
""",
    "resources/forecasts/ganztag.yml": """\
name: Ganztag bis 2026
indicator: jahrgaenge
ages: 6-6
topic: ganztag
until: 2026
claim: [{from: 2026, ages: 6-6}]
law: § 24 Abs. 4 SGB VIII
demand: [{name: wie bisher, percent: 52.5, source: Schulamt}]
lead: {indicator: jahrgaenge, by: Planungsgruppe, date: 2026-05-04, differs: Dort ist ohne Zuzug gerechnet.}
""",
    "resources/evaluations/treff.yml": """\
name: Treff im Osten
area: Ost
space: ost
compared_with: {name: West, space: west}
from: 2023-01-01
until: 2024-12-31
judged_by: Jugendhilfeplanung
changes:
- {name: Von Armut bedroht, indicator: arm, before: 2023, after: 2024}
- {name: Ohne Antrag, change: -3, cases_from: arm}
spending: {name: Ausgaben, cases_from: arm, from: 2023, to: 2024, change: -2, comparison: 1.5, effect: {amount: 20000}, after_costs: {amount: 9000, says: nearly}}
hypotheses: [{text: Es kommen mehr Eltern., state: partly, shown_by: gezählt von Hand}]
caveats: [Nur zwei Jahre]
""",
    "intern/agreements/vertrag.yml": """\
name: Leistungsvertrag
partners: [verein]
spaces: [west]
from: 2025-01-01
until: 2027-12-31
public: [goals]
sub_budgets: [{name: Flexible Hilfen, amount: 410000}]
goals: [{name: Gruppen ausbauen, reviews: [{date: 2025-06-30, status: on-track}]}]
""",
}
"""What the world lacks: a record of every kind, a refuge, another language, an overlay."""


@cache
def base() -> Files:
    """Return the files of a sound project with something of everything."""
    with tempfile.TemporaryDirectory() as name:
        root = write_world(Path(name))
        files = {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
        }
    files |= {name: text.encode() for name, text in MORE.items()}
    config = files["site_config.yml"].decode().replace("languages: [de]", "languages: [de, en]")
    files["site_config.yml"] = f"{config}overlay: intern\npdf: yes\n".encode()
    return dict(sorted(files.items()))


@cache
def ids() -> dict[str, list[str]]:
    """Return the ids of records and words that references can lead to."""
    with folder_of(base()) as root:
        site = read_project(root).site
        if site is None:
            raise ValueError("the base project is not sound")
    known = {kind.folder: list(site.records(kind.folder)) for kind in KINDS}
    known |= {name: list(getattr(site.words, name)) for name in VOCABULARIES}
    return known | {"indicators": list(site.indicators)}


@contextlib.contextmanager
def folder_of(files: Files) -> Iterator[Path]:
    """Write a project into a folder of its own, with the world's other folders beside it."""
    with tempfile.TemporaryDirectory(prefix="nahraum-entwurf-") as name:
        root = write_world(Path(name))
        shutil.rmtree(root)
        for file, content in files.items():
            path = root / file
            # A file can stand where a folder is wanted: the first one wins.
            with contextlib.suppress(OSError, ValueError):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        yield root


def model_of(name: str) -> type[BaseModel] | None:
    """Return the model that a file of a project is read with."""
    parts = name.split("/")
    if name == "site_config.yml":
        return SiteConfig
    if parts[-1] == "indicator.yml":
        return Indicator
    if len(parts) == 3 and parts[1] in KIND_BY_FOLDER:
        return KIND_BY_FOLDER[parts[1]].model
    if len(parts) == 2 and parts[1].removesuffix(".yml") in VOCABULARIES:
        return VOCABULARIES[parts[1].removesuffix(".yml")]
    return None
