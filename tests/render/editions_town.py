"""A small town whose report uses every component: with breaks, secrets, forecasts, breakdowns, peers and profile figures."""

from pathlib import Path

from tests.edit.towns import write_town

KEPT = Path(__file__).parent / "editions"
"""Files of editions in every format there ever was; they are never written anew."""
EDITION = "content/berichte/bericht-ost/2024.md"
FROZEN = "resources/editions/bericht-ost/2024.json"

FILES = {
    "resources/indicators/arm/indicator.yml": """\
title: Kinder mit Bürgergeld
says: Von 100 Kindern leben so viele in einer Familie mit Bürgergeld.
numerator: Kinder in Bedarfsgemeinschaften
denominator: Alle Kinder
direction: lower-is-better
vintage: 2021
source: {name: Statistik der Stadt, licence: dl-de/by-2.0, updated: yearly, as_of: 2025-06-30, url: "https://statistik.example/", regime: delivered}
disclosure: {method: published}
breaks: [{period: 2023, note: Seit 2023 zählt das Amt anders.}]
peers:
  - name: Andere Städte
    source: Bericht des Landes
    values: [{name: Nachbarstadt, period: 2024, value: 12.5, note: geschätzt}]
translations: {en: {title: Children on income support}}
""",
    "resources/indicators/arm/values.csv": """\
space,period,numerator,denominator,status,note
kleinstadt,2022,290,2000,,
ost,2022,190,1000,,
west,2022,100,1000,,
kleinstadt,2023,300,2000,,
ost,2023,200,1000,r,Im Juni berichtigt
west,2023,100,1000,,
kleinstadt,2024,310,2000,,
ost,2024,210,1000,,
west,2024,100,1000,,
""",
    "resources/indicators/hilfen/indicator.yml": """\
title: Hilfen
says: So viele Hilfen gab es je 1.000 Kinder.
numerator: Hilfen
denominator: Alle Kinder
per: 1000
interval: byar
source: {name: Jugendamt, regime: delivered}
disclosure: {method: round-small}
breakdowns: [{id: art, name: Art, same_denominator: yes, values: [{id: ambulant, name: ambulant}, {id: stationaer, name: stationär}]}]
""",
    "resources/indicators/hilfen/values.csv": """\
space,period,art,numerator,denominator,status,note
kleinstadt,2024,,60,2000,,
kleinstadt,2024,ambulant,40,2000,,
kleinstadt,2024,stationaer,20,2000,,
ost,2024,,,1000,.,
ost,2024,ambulant,,1000,.,
ost,2024,stationaer,,1000,.,
west,2024,,,1000,.,
west,2024,ambulant,,1000,.,
west,2024,stationaer,,1000,.,
""",
    "resources/indicators/schulkinder/indicator.yml": """\
title: Schulkinder
says: So viele Kinder gehen zur Schule.
numerator: Kinder von 6 bis 9
unit: Kinder
interval: none
forecast_from: 2025
illustrative: yes
source: {name: Schulamt, regime: delivered}
disclosure: {method: none}
no_indicator: Alle Kinder, aus dem Melderegister
""",
    "resources/indicators/schulkinder/values.csv": """\
space,period,numerator,denominator,status,note
kleinstadt,2024,810,,,
ost,2024,400,,,
west,2024,410,,,
kleinstadt,2025,830,,,
ost,2025,410,,,
west,2025,420,,,
""",
    "resources/glossary.yml": """\
- id: bedarfsgemeinschaft
  name: Bedarfsgemeinschaft
  abbreviation: BG
  meaning: Menschen, die zusammen wohnen und zusammen Geld vom Jobcenter bekommen.
""",
}
TEXT = """\
---
title: Bericht Ost
edition: 2024
date: 2025-07-01
state: draft
space: ost
summary: Ein kurzer Bericht.
authors: Jugendhilfeplanung
---

## Geld

In Ost sind es {{ figure('arm') }}, das sind {{ figure('arm', show='count') }} von {{ figure('arm', show='of') }} ({{ figure('arm', show='interval') }}). Seit 2023: {{ figure('arm', show='change') }}.[^1] Eine {{ term('BG') }} ist mehr als ein Haushalt.

[^1]: Eine Fußnote.

{{ table('arm', level='quartier', label='alle') }}

{{ table('arm, hilfen', spaces='ost, west, kleinstadt') }}

{{ chart('arm', kind='line', spaces='ost, kleinstadt') }}

{{ chart('arm', level='quartier') }}

{{ choropleth('arm', level='quartier') }}

{{ comparison('arm') }} {{ comparison('arm', against='parent') }}

{{ peers('arm') }}

Stationär: {{ figure('hilfen', part='stationaer') }}, in der Stadt {{ figure('hilfen', space='kleinstadt', part='stationaer', show='count') }}. {{ reason('hilfen') }}.

{{ chart('schulkinder', kind='line', spaces='ost') }}

Hier wohnen {{ fact('Einwohner/innen') }} Menschen, {{ fact('Kinder', show='share') }} davon sind Kinder, in {{ fact('Wohnungen') }} Wohnungen ({{ fact('Wohnungen', show='date') }}).

{{ see('alle') }} zeigt es. {{ offers(space='west') }}
"""


def write_report_town(root: Path) -> Path:
    """Write the town with its report, which is not published yet."""
    write_town(root)
    ost = root / "resources/spaces/ost.yml"
    ost.write_text(
        ost.read_text("utf-8")
        + "code: '02'\nfigures:\n"
        + "  - {name: Einwohner/innen, value: 5100, date: 2024-12-31, source: Melderegister, no_indicator: Melderegister}\n  - {name: Wohnungen, value: 2300, date: 2024, source: Bauamt, no_indicator: Wohnungen, qualifier: rund}\n"
        + "  - {name: Kinder, value: 1020, of: Einwohner/innen, date: 2024-12-31, source: Melderegister, no_indicator: Melderegister}\n",
        "utf-8",
    )
    town = root / "resources/spaces/kleinstadt.yml"
    town.write_text(town.read_text("utf-8") + "where: auf der Kleinen Insel\n", "utf-8")
    for name, text in {**FILES, EDITION: TEXT}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
