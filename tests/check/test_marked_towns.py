"""Every line of some towns is told exactly what is wrong with it: at its place, in all its words, and nothing of the lines around it."""

from pathlib import Path

import pytest

from generator.check.crisis import check_danger_words, check_help_numbers
from generator.diagnostics import Position
from generator.diagnostics.codes import diagnostic
from generator.read.project import read_project
from tests.chance import every
from tests.check.marked_towns import TODAY, read_marks, records, told, unlike
from tests.edit.towns import FILES, write
from tests.records import replace

SETTINGS = FILES["site_config.yml"]
USUAL = {"summary": "Wir spielen.", "kind": "gruppe", "provider": "verein", "place": "treff", "topics": "[begegnung]", "checked": "2026-11-01", "access": "{way: registration}"}  # fmt: skip
BERICHT = "origin: {name: Bericht, date: 2020}"
LIFECYCLE = records(
    "offers",
    {
        "a-sound": "",
        "ended": "status: ⟦ended⟧ ⟵ ende-fehlt",
        "ended-long-ago": "status: ended\nuntil: 2020-01-01",
        "ended-in-a-report": f"status: ended\n{BERICHT}",
        "before-its-start": "from: 2027-02-02\nuntil: ⟦2027-02-01⟧ ⟵ ende-vor-beginn until=2027-02-01; start=2027-02-02",
        "before-its-start-and-over": "from: 2025-02-02\nuntil: ⟦2025-02-01⟧ ⟵ ende-vor-beginn until=2025-02-01; start=2025-02-02",
        "on-one-day": "from: 2027-02-02\nuntil: 2027-02-02",
        "until-yesterday": "until: ⟦2026-11-19⟧ ⟵ ende-vorbei until=2026-11-19",
        "until-today": "until: 2026-11-20",
        "after-itself": "status: ended\nuntil: 2026-01-01\nsuccessor: ⟦after-itself⟧ ⟵ nachfolge-im-kreis circle=after-itself → after-itself",
        "has-a-successor": "successor: ⟦a-sound⟧ ⟵ nachfolge-ohne-ende",
        "will-have-a-successor": "successor: a-sound\nuntil: 2027-01-01",
        "had-a-successor": f"successor: a-sound\nstatus: ended\n{BERICHT}",
        "funded-for-three-months": "funded_until: ⟦2027-02-20⟧ ⟵ finanzierung-endet date=20.2.2027",
        "funded-for-a-day-more": "funded_until: 2027-02-21",
        "no-longer-funded": "funded_until: 2026-01-01\nstatus: ended\nuntil: 2026-01-01",
        "places-of-tomorrow": "capacity: {date: ⟦2026-11-21⟧, free: 3} ⟵ stand-in-zukunft date=21.11.2026; today=20.11.2026",
        "places-of-today": "capacity: {date: 2026-11-20, free: 3, places: 3}",
        "places-of-two-weeks-ago": "capacity: {date: 2026-11-06, free: 0}",
        "places-of-the-day-before": "capacity: {date: ⟦2026-11-05⟧, free: 0} ⟵ plaetze-veraltet date=5.11.2026; days=14",
        "more-free-than-there-are": "capacity: {date: 2026-11-20, free: ⟦4⟧, places: 3} ⟵ plaetze-zu-viele free=4; places=3",
        "registered-until-yesterday": "access: {way: registration, register_by: ⟦2026-11-19⟧} ⟵ anmeldeschluss-vorbei date=19.11.2026",
        "planned-and-registered-until-yesterday": "status: planned\naccess: {way: registration, register_by: ⟦2026-11-19⟧} ⟵ anmeldeschluss-vorbei date=19.11.2026",
        "registered-until-today": "access: {way: registration, register_by: 2026-11-20}",
        "paused-and-registered-until-yesterday": "status: paused\naccess: {way: registration, register_by: 2026-11-19}",
        "registered": "access: {way: registration}",
        "last-date-was-yesterday": "⟦dates⟧: [{date: 2026-11-19}, {date: 2026-11-01}] ⟵ termine-vorbei date=19.11.2026",
        "last-date-is-today": "dates: [{date: 2026-11-01}, {date: 2026-11-20}]",
        "last-date-began-yesterday": "dates: [{date: 2026-11-19, until: 2026-11-20}]",
        "last-date-lasted-until-yesterday": "⟦dates⟧: [{date: 2026-11-01, until: 2026-11-19}] ⟵ termine-vorbei date=19.11.2026",
        "dates-of-an-ended-one": "dates: [{date: 2026-11-01}]\nstatus: ended\nuntil: 2026-11-02",
        "dates-beside-hours": "hours: Mo 09:00-10:00\ndates: [{date: 2026-05-20}]",
        "forgotten-dates-beside-hours": "hours: Mo 09:00-10:00\n⟦dates⟧: [{date: 2026-05-19}] ⟵ termine-vorbei date=19.5.2026",
        "checked-a-year-ago": "checked: 2025-11-20",
        "checked-a-day-before": "checked: ⟦2025-11-19⟧ ⟵ lange-ungeprueft date=19.11.2025; every=12 Monate",
        "checked-every-week": "check_every: 7 days\nchecked: ⟦2026-11-12⟧ ⟵ lange-ungeprueft date=12.11.2026; every=7 Tage",
        "checked-a-week-ago": "check_every: 7 days\nchecked: 2026-11-13",
        "checked-today": "checked: 2026-11-20",
        "checked-tomorrow": "checked: ⟦2026-11-21⟧ ⟵ geprueft-in-zukunft date=21.11.2026; today=20.11.2026",
        "checked-long-ago-and-ended": "checked: 2020-01-01\nstatus: ended\nuntil: 2020-02-01",
        "z-sound": "",
    },
    **USUAL,
) | records(
    "places",
    {
        "a-haus": "checked: 2024-11-20",
        "b-haus": "checked: ⟦2024-11-19⟧ ⟵ lange-ungeprueft date=19.11.2024; every=2 Jahre",
        "c-haus": "checked: ⟦2026-11-21⟧ ⟵ geprueft-in-zukunft date=21.11.2026; today=20.11.2026",
        "d-haus": "",
    },
    kind="haus",
)
# Only of offers one is asked for the day; places may do without.
LIFECYCLE["resources/offers/krabbelgruppe.yml"] = FILES["resources/offers/krabbelgruppe.yml"].replace(
    "name: Krabbelgruppe", "name: ⟦Krabbelgruppe⟧ ⟵ nie-geprueft"
)
LIFECYCLE["site_config.yml"] = SETTINGS + "check_every: {offers: 12 months, places: 2 years}\n"

PHONE = "contact: {phone: 040 66969-902}"
CONTACTS = {
    **records(
        "providers",
        {
            "alle": PHONE,
            "brief": "contact: {email: info@brief.example}",
            "mobil": "contact: {mobile: 0171 3920001}",
            "netz": "contact: {website: https://netz.example}",
            "stumm": "",
            "leer": "contact: {address_note: Hof}".replace("address_note", "name"),
        },
        kind="association",
    ),
    **records("places", {"still": "", "laut": PHONE, "haus-brief": "contact: {email: info@brief.example}"}, kind="haus"),
    **records(
        "offers",
        {
            "a-mail": "provider: brief\nname: ⟦A⟧ ⟵ ohne-telefon name=A",
            "a-website": "provider: netz\nname: ⟦B⟧ ⟵ ohne-telefon name=B",
            "a-name": "provider: leer\nname: ⟦C⟧ ⟵ ohne-kontakt name=C",
            "nothing": "provider: stumm\nname: ⟦D⟧ ⟵ ohne-kontakt name=D",
            "mobile": "provider: mobil",
            "own-phone": f"provider: stumm\n{PHONE}",
            "phone-of-the-place": "provider: stumm\nplace: laut",
            "mail-of-the-place": "provider: stumm\nplace: haus-brief\nname: ⟦E⟧ ⟵ ohne-telefon name=E",
            "everyday": "provider: stumm\nkind: verein",
            "over": "provider: stumm\nstatus: ended\nuntil: 2026-01-01",
            "an-idea": "provider: stumm\nstatus: possible",
            "planned": "provider: stumm\nstatus: planned\nname: ⟦F⟧ ⟵ ohne-kontakt name=F",
            "twice-there": "⟦address⟧: {street: Flussweg, number: 3, postcode: 01067, town: Kleinstadt} ⟵ ort-und-adresse\nprovider: alle",
            **{
                key: f"provider: alle\nplace: -\n{line}"
                for key, line in {
                    "with-an-address": "address: {street: Flussweg, number: 5, postcode: 01067, town: Kleinstadt}",
                    "with-a-point": "point: 10.005 53.705",
                    "with-stops": "stops: [{place: treff}]",
                    "remote": "remote: [phone]",
                    "visiting": "visits: [west]",
                }.items()
            },
            "nowhere": "place: -\nprovider: alle\nname: ⟦G⟧ ⟵ ohne-ort name=G\nspaces: [west]",
            "z-nothing": "provider: stumm\nname: ⟦H⟧ ⟵ ohne-kontakt name=H",
            "no-way-in": "access: -\nplace: treff\nkind: ⟦gruppe⟧ ⟵ zugang-fehlt kind=Gruppe; usual=registration",
            "no-way-in-in-a-report": f"access: -\nplace: treff\n{BERICHT}",
            "no-way-in-and-over": f"access: -\nplace: treff\nstatus: ended\n{BERICHT}",
        },
        **{**USUAL, "place": "still"},
    ),
}  # fmt: skip

TEAM = """\
name: West
level: quartier
parent: kleinstadt
geometry: geometry/gebiete.geojson#west
team:
  - {role: asd, weekly_hours: {koordination: 8, fallunspezifisch: 3}, weekly_total: 11}
  - {role: asd, weekly_hours: {koordination: 8, fallunspezifisch: 3}, weekly_total: ⟦10⟧} ⟵ summe-falsch parts=8 + 3; sum=11; total=10
  - {role: asd, weekly_total: 10}
  - {role: asd, weekly_hours: {koordination: 8}}
  - {role: asd, staff: 2, weekly_hours: {koordination: 8, fallunspezifisch: 3}, weekly_each: {koordination: 4, fallunspezifisch: ⟦1⟧}} ⟵ summe-falsch parts=2 × 1; sum=2; total=3
  - {role: asd, staff: 2, weekly_each: {koordination: 4}}
  - {role: asd, weekly_hours: {koordination: 9}, weekly_each: {koordination: 4}}
figures:
  - {name: Alle, value: 10, date: 2026-01-01, source: Amt}
  - {name: Kinder, value: 10, of: Alle, date: 2026-01-01, source: Amt}
  - {name: Kleine, value: ⟦11⟧, of: Alle, date: 2026-01-01, source: Amt} ⟵ anteil-zu-gross name=Kleine; value=11; of=Alle; whole=10
  - {name: Große, value: 1, of: ⟦Keine⟧, date: 2026-01-01, source: Amt} ⟵ anteil-ohne-ganzes of=Keine
  - {name: Dicke, value: ⟦99⟧, of: Alle, date: 2026-01-01, source: Amt} ⟵ anteil-zu-gross name=Dicke; value=99; of=Alle; whole=10
where: ⟦Westen⟧ ⟵ wo-ohne-verhaeltniswort value=Westen; name=West
"""
SUMS = {
    "resources/spaces/west.yml": TEAM,
    **records(
        "agreements",
        {
            "a-few": "field_work: {planned: 80 %, actual: ⟦78 %⟧, date: 2026-07-31, staff: 2, staff_council: yes} ⟵ anteil-nicht-gezeigt n=5",
            "b-many": "field_work: {planned: 80 %, actual: 78 %, date: 2026-07-31, staff: 6, staff_council: yes}",
            "c-nobody-counted": "field_work: {planned: 80 %, date: 2026-07-31, staff: 2}",
        },
        partners="[verein]",
        released="2026-09-10",
    ),
}


# Areas: one tree for each geography, of which a second one may hang below the city of the first.
LEVELS = SETTINGS.replace(
    "levels: [{id: stadt, name: Stadt}, {id: quartier, name: Quartier}]",
    "levels: [{id: stadt, name: Stadt}, {id: bezirk, name: Bezirk}, {id: quartier, name: Quartier}]\n"
    "  - id: schule\n    levels: [{id: sprengel, name: Sprengel}, {id: klasse, name: Klasse}]",
)
HIERARCHY = {
    "site_config.yml": LEVELS,
    **records(
        "spaces",
        {
            "a-bezirk": "name: ⟦A⟧ ⟵ ohne-grenzen count=29\nlevel: bezirk",
            "a-bezirk-im-bezirk": "level: bezirk\nparent: ⟦a-bezirk⟧ ⟵ ebene-verkehrt name=a-bezirk-im-bezirk; level=Bezirk; parent=A; parent_level=Bezirk",
            "a-bezirk-im-quartier": "level: bezirk\nparent: ⟦ost⟧ ⟵ ebene-verkehrt name=a-bezirk-im-quartier; level=Bezirk; parent=Ost; parent_level=Quartier",
            "a-quartier-im-bezirk": "parent: a-bezirk",
            "b-ohne": "level: ⟦quartier⟧ ⟵ kein-obergebiet name=b-ohne; top=Stadt\nparent: -",
            "b-ohne-klasse": "level: ⟦klasse⟧ ⟵ kein-obergebiet name=b-ohne-klasse; top=Sprengel\nparent: -",
            "b-sprengel": "level: sprengel\nparent: -",
            "b-sprengel-der-stadt": "level: sprengel",
            "b-klasse": "level: klasse\nparent: b-sprengel",
            "b-klasse-der-stadt": "level: klasse\nparent: ⟦kleinstadt⟧ ⟵ ebene-verkehrt name=b-klasse-der-stadt; level=Klasse; parent=Kleinstadt; parent_level=Stadt",
            "b-sprengel-im-bezirk": "level: sprengel\nparent: ⟦a-bezirk⟧ ⟵ ebene-verkehrt name=b-sprengel-im-bezirk; level=Sprengel; parent=A; parent_level=Bezirk",
            "b-quartier-im-sprengel": "parent: ⟦b-sprengel⟧ ⟵ ebene-verkehrt name=b-quartier-im-sprengel; level=Quartier; parent=b-sprengel; parent_level=Sprengel",
            "b-stadt": "level: stadt\nparent: -",
            "c-kreis": "parent: ⟦c-kreis-zwei⟧ ⟵ kreis-in-gebieten chain=c-kreis → c-kreis-zwei → c-kreis-drei → c-kreis",
            "c-kreis-zwei": "parent: c-kreis-drei",
            "c-kreis-drei": "parent: c-kreis",
            "c-am-kreis": "level: klasse\nparent: ⟦c-kreis⟧ ⟵ ebene-verkehrt name=c-am-kreis; level=Klasse; parent=c-kreis; parent_level=Quartier",
            "d-auch-in": "parent: a-bezirk\nalso_in: [b-sprengel, ⟦kleinstadt⟧, ⟦a-bezirk⟧, ⟦d-auch-in⟧, ⟦d-gegenseitig⟧, a-bezirk-im-bezirk] ⟵ obergebiet-doppelt name=d-auch-in; other=Kleinstadt; reason=das steht schon darüber ⟵ obergebiet-doppelt name=d-auch-in; other=A; reason=das steht schon darüber ⟵ obergebiet-doppelt name=d-auch-in; other=d-auch-in; reason=das liegt in ihm ⟵ obergebiet-doppelt name=d-auch-in; other=d-gegenseitig; reason=das liegt in ihm",
            "d-gegenseitig": "also_in: [⟦d-auch-in⟧] ⟵ obergebiet-doppelt name=d-gegenseitig; other=d-auch-in; reason=das liegt in ihm",
            "d-oben": "level: bezirk\nalso_in: [⟦d-unten⟧] ⟵ obergebiet-doppelt name=d-oben; other=d-unten; reason=das liegt in ihm",
            "d-unten": "parent: d-oben",
            "e-eins": "name: ⟦Doppelt⟧ ⟵ doppelter-gebietsname value=Doppelt; other=resources/spaces/e-a.yml und 1 weitere",
            "e-a": "name: Doppelt",
            "e-zwei": "name: ⟦doppelt⟧ ⟵ doppelter-gebietsname value=doppelt; other=resources/spaces/e-a.yml und 1 weitere",
            "e-bezirk": "name: Doppelt\nlevel: bezirk",
            "kleinstadt": "name: Kleinstadt\nlevel: ⟦stadt⟧ ⟵ zwei-staedte names=„b-stadt“, „Kleinstadt“, „z-stadt“\nparent: -",
            "ost": "name: Ost",
            "west": "name: West\nwhere: ⟦im Westen.⟧ ⟵ wo-ohne-verhaeltniswort value=im Westen.; name=West",
            "z-stadt": "level: ⟦stadt⟧ ⟵ zwei-staedte names=„b-stadt“, „Kleinstadt“, „z-stadt“\nparent: -",
        },
        level="quartier",
        parent="kleinstadt",
    ),
}  # fmt: skip

# Numbers and addresses. Most numbers of the town begin with 04101: that is what is proposed.
ADDRESS = "address: {{street: {}, number: {}, postcode: {}, town: Kleinstadt}}\npoint: {}"
STREETS = """\
street,space,from,to,parity,postcode
Flussweg,west,1,9,odd,01067
Flussweg,ost,2,10a,even,01067
Flussweg,ost,11,20,all,01067
Lange Str.,west,,,,
Ring,ost,,,,01068
"""
ADDRESSES = {
    "resources/streets.csv": STREETS,
    **records(
        "providers",
        {
            f"{number:02}": f"contact:\n  phone: {phone}"
            for number, phone in enumerate(
                [
                    "04101 66969", "04101-66969", "04101/66969", "04101 1001", "04101 1002", "04101 1003", "040 66969-0", "110", "116 111", "115", "+49 40 66969", "(04101) 66969",
                    "⟦118 33⟧ ⟵ teure-nummer value=118 33; what=eine Auskunft zum Preis pro Minute",
                    "⟦+49 040 66969⟧ ⟵ null-nach-laendervorwahl value=+49 040 66969; better=+49 40 66969",
                    "⟦0049-0 40 66969⟧ ⟵ null-nach-laendervorwahl value=0049-0 40 66969; better=0049 40 66969",
                    "⟦040 / 0171 39200-12⟧ ⟵ vorwahl-vor-mobil value=040 / 0171 39200-12; better=mobile: 0171 39200-12",
                    "⟦040-171 3920012⟧ ⟵ vorwahl-vor-mobil value=040-171 3920012; better=mobile: 0171 3920012",
                    "⟦66969-12⟧ ⟵ vorwahl-fehlt value=66969-12",
                    "⟦1171 22⟧ ⟵ vorwahl-fehlt value=1171 22",
                    *(f"04101 6{number}" for number in range(6)),
                ]
            )
        },
        kind="association",
    ),
    **records(
        "places",
        {
            "a-da": ADDRESS.format("Flussweg", 9, "01067", "10.005 53.705"),
            # 0.0045 degrees of longitude are 297 metres here, 0.0046 are 304.
            "a-nebenan": ADDRESS.format("Flussweg", 9, "01067", "10.0145 53.705"),
            "a-drueben": ADDRESS.format("Flussweg", 9, "01067", "⟦10.0146 53.705⟧") + " ⟵ punkt-neben-adresse there=Ost; here=West; address=Flussweg 9",
            "b-gerade": ADDRESS.format("Flussweg", 10, "01067", "⟦10.0054 53.705⟧") + " ⟵ punkt-neben-adresse there=West; here=Ost; address=Flussweg 10",
            "b-letzte": ADDRESS.format("Flussweg", "10a", "01067", "⟦10.0054 53.705⟧") + " ⟵ punkt-neben-adresse there=West; here=Ost; address=Flussweg 10a",
            "b-dahinter": ADDRESS.format("Flussweg", "10b", "01067", "10.0054 53.705"),
            "b-davor": ADDRESS.format("Flussweg", "0", "01067", "10.0054 53.705").replace("number: 0", "number: 99"),
            "c-andere-post": ADDRESS.format("Flussweg", 9, "01068", "10.0146 53.705"),
            "c-keine-nummer": ADDRESS.format("Flussweg", "Hof", "01067", "10.0146 53.705"),
            "c-ohne-nummer": ADDRESS.format("Lange Straße", "XX", "01067", "10.0146 53.705").replace("number: XX, ", ""),
            "c-irgendwo": ADDRESS.format("Deichweg", 9, "01067", "10.0146 53.705"),
            "d-lange-strasse": ADDRESS.format("Lange Straße", 99, "01099", "⟦10.0146 53.705⟧") + " ⟵ punkt-neben-adresse there=Ost; here=West; address=Lange Straße 99",
            "d-lange-str": ADDRESS.format("Lange Str.", 99, "01099", "⟦10.0146 53.705⟧") + " ⟵ punkt-neben-adresse there=Ost; here=West; address=Lange Str. 99",
            "e-ausserhalb": ADDRESS.format("Ring", 9, "01068", "⟦10.03 53.705⟧") + " ⟵ punkt-neben-adresse there=keinem Gebiet; here=Ost; address=Ring 9",
            "f-bei-der-strasse": "address: {street: ⟦Flussweg 5 a⟧, postcode: 01067, town: Kleinstadt} ⟵ hausnummer-in-strasse value=Flussweg 5 a; better=street: Flussweg, number: 5 a",
            "f-beides": "address: {street: ⟦Flussweg 5⟧, number: 7, postcode: 01067, town: Kleinstadt} ⟵ hausnummer-in-strasse value=Flussweg 5; better=street: Flussweg",
            "f-haus": "address: {street: Haus 5, postcode: 01067, town: Kleinstadt}",
            "f-c": "address: {street: C 5, postcode: 01067, town: Kleinstadt}",
            "z-da": ADDRESS.format("Flussweg", 2, "01067", "10.015 53.705"),
        },
        kind="haus",
    ),
}  # fmt: skip

WORDS = " ".join(["Wort"] * 20)
TEXTS = records(
    "offers",
    {
        "a-word": "description: ⟦Das TODO⟧ ⟵ platzhalter value=TODO; better=den richtigen Text schreiben oder das Feld weglassen",
        "a-points": "description: ⟦' … '⟧ ⟵ platzhalter value=…; better=den richtigen Text schreiben oder das Feld weglassen",
        "a-brackets": "description: ⟦'Beginn [[Uhrzeit]]'⟧ ⟵ platzhalter value=[[; better=den richtigen Text schreiben oder das Feld weglassen",
        "a-questions": "history: ⟦'???'⟧ ⟵ platzhalter value=???; better=den richtigen Text schreiben oder das Feld weglassen",
        "a-lorem": "history: ⟦Lorem ipsum dolor⟧ ⟵ platzhalter value=Lorem ipsum; better=den richtigen Text schreiben oder das Feld weglassen",
        "a-words": "description: Wir helfen beim Tun, Xxxl, Textfolgen und … vielem?",
        "b-html": "description: ⟦Das ist <b>fett</b>.⟧ ⟵ rohes-html value=<b>",
        "b-less": "description: Für Kinder < 3 und > 1.",
        "b-both": "description: ⟦TODO <br>⟧ ⟵ platzhalter value=TODO; better=den richtigen Text schreiben oder das Feld weglassen ⟵= rohes-html value=<br>",
        "c-twenty": f"summary: {WORDS}.",
        "c-twenty-one": f"summary: ⟦{WORDS} mehr.⟧ ⟵ satz-lang words=21",
        "c-two-sentences": f"summary: 'Ja! {WORDS}. {WORDS}? {WORDS}: Ende.'",
        "d-english": "translations: {en: {name: E}}",
        "d-needed": "summary: ⟦TODO⟧ ⟵ platzhalter value=TODO; better=„TODO“ und die Notiz dazu löschen, den richtigen Text schreiben",
        "d-same": "translations: {en: {name: ⟦Same⟧}} ⟵ name-mitkopiert language=en; names=„d-same“, „d-same-too“",
        "d-same-too": "translations: {en: {name: same}}",
        "d-french": "translations: {en: {name: D}, ⟦fr⟧: {name: D}} ⟵ uebersetzung-fremd language=fr",
        "e-note": "notes: ⟦Mit Frau Berger geklärt.⟧ ⟵ notiz-persoenlich value=Frau Berger",
        "e-other-note": "notes: Mit dem Amt geklärt.",
        "f-experts": "contact: {phone: ⟦0800 19 210 00⟧} ⟵ fachnummer-fuer-familien value=0800 19 210 00",
        "f-experts-mobile": "contact: {mobile: ⟦0800 1921000⟧} ⟵ fachnummer-fuer-familien value=0800 1921000",
        "z-sound": "",
    },
    **{**USUAL, "contact": "{phone: 040 66969-902}"},
)
TEXTS["site_config.yml"] = SETTINGS.replace("languages: [de]", "languages: [de, en]")
TEXTS["resources/topics.yml"] = """\
- {id: a, name: A, icon: material/cash, parent: geld}
- {id: b, name: B, icon: cash, parent: geld}
- {id: c, name: C, icon: ⟦material/gibtesnicht⟧, parent: geld} ⟵ zeichen-unbekannt value=material/gibtesnicht
- {id: d, name: D, icon: ⟦../material/cash⟧, parent: geld} ⟵ zeichen-unbekannt value=../material/cash
- {id: e, name: E, icon: ⟦fontawesome/cash⟧, parent: geld} ⟵ zeichen-unbekannt value=fontawesome/cash
"""

# Persons in public texts, and in needs and minutes, where they are errors.
PERSONS = {
    **records(
        "providers",
        {
            "a": "description: Fragen Sie ⟦Frau Muster⟧ oder ⟦petra.muster@verein.example⟧. ⟵ person-statt-stelle value=Frau Muster ⟵ mail-einer-person value=petra.muster@verein.example",
            "b": "contact: {email: ⟦petra.muster@verein.example⟧} ⟵ mail-einer-person value=petra.muster@verein.example",
            "c": "contact: {phone: ⟦0171 3920012⟧, mobile: 0171 3920013} ⟵ mobilnummer value=0171 3920012",
            "d": "contact: {phone: ⟦040 0171 3920012⟧} ⟵ vorwahl-vor-mobil value=040 0171 3920012; better=mobile: 0171 3920012",
            "e": "contact: {name: ⟦Petra Muster⟧, phone: 040 66969-1} ⟵ person-statt-stelle value=Petra Muster",
            "f": "summary: Petra Muster gründete den Verein.",
            "g": "can_give: [{what: Raum, kind: room, ask: ⟦M. Ott⟧}] ⟵ person-statt-stelle value=M. Ott",
            "h": "description: Rufen Sie an, ⟦0171 3920012⟧. ⟵ mobilnummer value=0171 3920012\ncleared: [{text: Frau Ott, reason: Frau Berger will es}]\nsummary: Frau Ott hilft.",
            "i": "description: ⟦geb. 1.2.2014⟧, ⟦Mia (9)⟧ ⟵ geburtsdatum value=geb. 1.2.2014 ⟵ fallgeschichte value=Mia (9)\n",
            "j": "notes: ⟦Frau Ott⟧ ⟵ notiz-persoenlich value=Frau Ott",
        },
        kind="association",
    ),
    "content/wir.md": "# Wir\n\nFragen Sie\n⟦Frau Muster⟧. ⟵ person-statt-stelle value=Frau Muster\n",
    "content/datenschutz.md": "# Datenschutz\n\nFragen Sie Frau Muster.\n",
    "resources/networks/ag.yml": "name: AG\nkind: ag-78\nmoderator: ⟦Ott, Maria⟧ ⟵ person-statt-stelle value=Ott, Maria ⟵= moderation-ohne-kontakt name=AG\n",
    **records(
        "needs",
        {
            "a": "named: [{half_year: ⟦2027-1⟧, source: groups, times: 1}] ⟵ nennung-in-zukunft value=2027-1",
            "b": "named:\n- {half_year: 2026-2, source: groups, times: 1, space: west}\n- {half_year: 2026-1, source: groups, times: 1, space: ⟦ost⟧} ⟵ nennung-anderes-gebiet value=ost; known=west\nspaces: [west]",
            "c": "named: [{half_year: 2026-2, source: groups, times: 1, space: ⟦ost⟧}] ⟵ nennung-anderes-gebiet value=ost; known=keines",
            "d": "name: Treff am ⟦3.4.⟧ mit der Klientin ⟵ eintrag-persoenlich value=3.4.",
            "e": "name: Treff am 3.4. für alle\ncleared: [{text: 3.4., reason: Feiertag wie der 5.6.}]",
            "f": "name: Treff für ⟦die Kindesmutter⟧ ⟵ eintrag-persoenlich value=die Kindesmutter",
            "g": "name: Treff  # wünscht ⟦Frau Ott⟧ ⟵ person-statt-stelle value=Frau Ott ⟵= eintrag-persoenlich value=Frau Ott",
        },
        topics="[begegnung]",
    ),
    **records(
        "minutes",
        {
            "a": "name: Sitzung am 3.4.\ndate: 2026-11-20",
            "b": "date: ⟦2026-11-21⟧ ⟵ sitzung-in-zukunft date=2026-11-21",
            "c": "decisions:\n- {what: Fragen, due: ⟦2026-11-19⟧} ⟵ verabredung-ueberfaellig value=2026-11-19\n- {what: Bitten, due: 2026-11-20}\n- {what: Rufen, due: 2026-11}\n- {what: Warten}\n- {what: Danken, due: 2026-01, status: done}\n- {what: Gehen, due: ⟦2026-10⟧} ⟵ verabredung-ueberfaellig value=2026-10",
            "d": f"decisions: [{{what: Fragen, due: 2020-11-19}}]\n{BERICHT}",
            "e": "decisions: [{what: Fragen, who: ⟦Petra Ott⟧}] ⟵ person-statt-stelle value=Petra Ott ⟵= eintrag-persoenlich value=Petra Ott",
            "f": "topics: [Petra Ott fragen, ⟦Mia (9)⟧] ⟵ fallgeschichte value=Mia (9) ⟵= eintrag-persoenlich value=Mia (9)",
        },
        network="ag",
        date="2026-11-01",
    ),
}  # fmt: skip

MEASURE = {"need": "Es fehlt etwas.", "topics": "[begegnung]", "owner": "verein", "inclusion": "Ohne Stufen.", "voices": "[Kinder sagen ja.]"}  # fmt: skip
DECIDED = "decisions: [{by: ag, date: 2026-09-24, result: approved}]"
REVIEWS = "reviews: [{due: 2027}]"
MEASURES = {
    "resources/networks/ag.yml": "name: AG\nkind: ag-78\n",
    **records(
        "measures",
        {
            "a-idea": "",
            "a-sound": f"status: decided\n{DECIDED}\n{REVIEWS}",
            "a-changed": f"status: running\n{DECIDED.replace('approved', 'changed')}\n{REVIEWS}",
            "b-ends-before": "from: 2027-02\nuntil: ⟦2027-01⟧ ⟵ ende-vor-beginn until=2027-01; start=2027-02",
            "b-one-month": "from: 2027-02-28\nuntil: 2027-02",
            "c-nobody": f"name: ⟦C⟧ ⟵ massnahme-luecke field=voices; what=was junge Menschen oder Eltern dazu sagen\nstatus: decided\nvoices: -\n{DECIDED}\n{REVIEWS}",
            "c-inclusion": f"name: ⟦D⟧ ⟵ massnahme-luecke field=inclusion; what=was sie für junge Menschen mit Behinderungen bedeutet\nstatus: running\ninclusion: -\n{REVIEWS}",
            "c-done": f"status: done\ninclusion: -\nvoices: -\n{REVIEWS}",
            "c-report": f"status: running\ninclusion: -\nvoices: -\n{BERICHT}",
            "d-tomorrow": "decisions: [{by: ag, date: ⟦2026-11-21⟧, result: postponed}] ⟵ ergebnis-in-zukunft date=2026-11-21",
            "d-today": "decisions: [{by: ag, date: 2026-11-20, result: postponed}, {by: ag, date: 2026-11-20}]",
            "d-yesterday": "decisions: [{by: ag, date: ⟦2026-11-19⟧}] ⟵ beschluss-ohne-ergebnis date=2026-11-19",
            "d-report": f"decisions: [{{by: ag, date: 2026-11-19}}]\n{BERICHT}",
            "e-rejected": f"status: ⟦running⟧ ⟵ massnahme-stand status=running\n{DECIDED.replace('approved', 'rejected')}\n{REVIEWS}",
            "e-dropped": f"status: dropped\n{DECIDED.replace('approved', 'rejected')}",
            "e-proposed": f"status: proposed\n{DECIDED.replace('approved', 'rejected')}",
            "e-undecided": f"status: ⟦decided⟧ ⟵ massnahme-stand status=decided\n{REVIEWS}",
            "e-postponed": f"status: ⟦decided⟧ ⟵ massnahme-stand status=decided\n{DECIDED.replace('approved', 'postponed')}\n{REVIEWS}",
            "e-still-proposed": f"status: ⟦proposed⟧ ⟵ massnahme-stand status=proposed\n{DECIDED}",
            "e-only-proposed": f"name: ⟦E⟧ ⟵ massnahme-stand status=proposed\n{DECIDED}",
            "f-tomorrow": "reviews: [{due: 2026-12, made: ⟦2026-11-21⟧}] ⟵ ergebnis-in-zukunft date=2026-11-21",
            "f-today": "reviews: [{due: 2026-10, made: 2026-11-20, result: Gut.}]",
            "f-no-day": "reviews: [{due: 2026-12, ⟦result⟧: Gut.}] ⟵ ueberpruefung-ohne-tag",
            "f-yesterday": f"status: running\n{DECIDED}\nreviews: [{{due: ⟦2026-11-19⟧}}, {{due: 2026-11-20}}, {{due: ⟦2026-10⟧}}] ⟵ ueberpruefung-ueberfaellig value=2026-11-19 ⟵ ueberpruefung-ueberfaellig value=2026-10",
            "f-none": f"name: ⟦F⟧ ⟵ massnahme-luecke field=reviews; what=bis wann jemand prüft, ob sie wirkt\nstatus: running\n{DECIDED}",
            "z-idea": "",
        },
        **MEASURE,
    ),
}  # fmt: skip


# A town that publishes, but for what nobody has finished; and what of the demo is left in it.
NUMBERS, ADDRESSES_ALIKE = "Telefonnummern, unter denen niemand abhebt", "Adressen im Netz, die es nicht gibt"
REAL = {
    key: text.replace("kleinstadt.example", "kleinstadt.de").replace("invented: yes\n", "").replace("66969-90", "559-90")
    for key, text in FILES.items()
}  # fmt: skip


def left(value: str, what: str, code: str = "rest-der-beispielstadt") -> str:
    return f" ⟵ {code} value={value}; what={what}"


PUBLISHING = {
    **REAL,
    "site_config.yml": REAL["site_config.yml"].replace("publisher: {name: Stadt Kleinstadt}", "⟦publisher⟧: {name: Stadt Kleinstadt} ⟵ ohne-meldeweg") + "publish: yes\nfirst_doors: [tr, uk]\n",
    "content/zerlegt.md": "Das ist ⟦MÃ¼ll⟧ und groß–klein. ⟵ buchstaben-zerlegt value=MÃ¼ll; better=„Müll“\n",
    "content/impressum.md": "---\ntitle: Impressum\n⟦d⟧ate: 2025-11-19 ⟵ rechtsseite-veraltet date=19.11.2025\n---\n\nVertreten durch ⟦[[Name]]⟧ und ⟦[[Name [2] dazu]]⟧. ⟵ rechtsseite-platzhalter value=[[Name]] ⟵ rechtsseite-platzhalter value=[[Name [2] dazu]]\n",
    "content/barrierefreiheit.md": "---\ntitle: X\ndate: 2025-11-20\n---\n\nAlles [da].\n",
    "content/hilfe-sofort/sicher.md": "---\ntitle: X\nreviewed: {by: Amt, date: ⟦2025-11-19⟧} ⟵ krisentext-veraltet date=19.11.2025\n---\n\nX\n",
    "content/hilfe-sofort/gewalt.md": "---\ntitle: X\nreviewed: {by: Amt, date: 2025-11-20}\n---\n\nX\n",
    "content/hilfe-sofort/krise.md": "---\ntitle: X\nreviewed: {by: Amt, date: ⟦2026-11-21⟧} ⟵ krisentext-in-zukunft date=21.11.2026; today=20.11.2026\n---\n\nX\n",
    "content/hilfe-sofort/heute.md": "---\ntitle: X\nreviewed: {by: Amt, date: 2026-11-20}\n---\n\nX\n",
    "content/tr/hilfe-sofort/sicher.md": "⟦-⟧-- ⟵ krisentext-ungeprueft day=2026-11-20\ntitle: X\n---\n\nX\n",
    "content/uk/hilfe-sofort/sicher.md": "⟵ krisentext-fehlt language=uk",
    "content/datenschutz.md": "⟵ rechtsseite-fehlt name=datenschutz",
    "content/wir.md": f"# Wir\n\nRufen Sie ⟦040 66969-12⟧ an, ⟦amt@stadt.example⟧ in ⟦Auenstedt⟧.{left('040 66969-12', NUMBERS)}{left('amt@stadt.example', ADDRESSES_ALIKE)}{left('Auenstedt', 'den Namen der Beispielstadt')}\n\nAlle ⟦Namen sind erfunden⟧.{left('Namen sind erfunden', 'die Angabe, etwas sei erfunden')}\n",
    "resources/providers/a.yml": f"# Auenstedt\nname: A  # ⟦Auenstedt⟧{left('Auenstedt', 'den Namen der Beispielstadt')}\nkind: association\ncontact: {{phone: ⟦040 66969-12⟧}}{left('040 66969-12', NUMBERS)}\n",
    "resources/streets.csv": f"street,space\n⟦Auenstedt⟧er Weg,west{left('Auenstedt', 'den Namen der Beispielstadt')}\nNorderaue,ost\n",
    "content/daten.csv": f"a\n⟦Norderaue⟧{left('Norderaue', 'den Namen der Beispielstadt')}\nAuenstedt\n",
}  # fmt: skip

# What gives neither time nor area away.
# Hours wherever they are written.
TIMES = {
    "resources/spaces/west.yml": """\
name: West
level: quartier
parent: kleinstadt
geometry: geometry/gebiete.geojson#west
meeting_points:
  - {name: Bank, when: Mo 09:00-10:00}
  - {name: Platz, when: immer ⟦mal⟧} ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“
team:
  - {role: asd, hours: immer ⟦mal⟧} ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“
""",
    "resources/offices/amt.yml": "name: Amt\nkind: asd\nplace: treff\nhours: Mo 09:00-12:00\non_call: {phone: 040 66969-921, hours: immer ⟦mal⟧} ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“\ncontact: {phone: 040 66969-920, phone_hours: immer ⟦mal⟧} ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“\n",
    "resources/providers/a.yml": "name: A\nkind: association\ncan_give: [{what: Raum, kind: room, when: Mo 09:00-10:00}, {what: Rat, kind: people, when: immer ⟦mal⟧}] ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“\n",
    **records(
        "offers",
        {
            "office": "contact: {phone: 040 66969-920}\nhours: ⟦Mo 08:00-12:00⟧ ⟵ telefon-zwei-zeiten name=Amt",
            "office-elsewhere": "contact: {phone: 040 66969-920}\nplace: -\nvisits: [west]\nhours: Mo 08:00-12:00",
            "office-the-same": "contact: {phone: 040 66969-920}\nhours: Mo 09:00-12:00",
            "a": "stops: [{place: treff, hours: immer ⟦mal⟧}] ⟵ zeiten-unlesbar piece=mal; reason=„mal“ wird nicht verstanden.; better=in jeder Zeile Tage, Zeiten und höchstens eine Bedingung, zum Beispiel „Mo, Do 9-12 Uhr, mit Anmeldung“\nplace: -",
            "b": "hours: Di 15-18 Uhr",
            "c": "hours: Di 15-18 Uhr (⟦Handarbeiten⟧) ⟵ zeiten-unlesbar piece=Handarbeiten; reason=„Handarbeiten“ wird nicht verstanden.; better=zum Beispiel so: Di 15-18 Uhr (\"Handarbeiten\")",
            "d": "hours: 'Di 15-18 Uhr (⟦Handarbeiten⟧)' ⟵ zeiten-unlesbar piece=Handarbeiten; reason=„Handarbeiten“ wird nicht verstanden.; better=zum Beispiel so: Di 15-18 Uhr (\"Handarbeiten\")",
            "e": "hours: Tu 15:00-18:00",
        },
        **{**USUAL, "contact": "{phone: 040 66969-1}"},
    ),
}  # fmt: skip

TOWNS = {
    "the life of offers": LIFECYCLE,
    "who can be reached": CONTACTS,
    "what adds up": SUMS,
    "areas": HIERARCHY,
    "numbers and addresses": ADDRESSES,
    "texts": TEXTS,
    "persons": PERSONS,
    "measures": MEASURES,
    "what is published": PUBLISHING,
    "hours": TIMES,
}


@pytest.mark.parametrize("name", TOWNS)
def test_each_line_is_told_what_is_wrong_with_it(tmp_path: Path, name: str) -> None:
    assert unlike(tmp_path, TOWNS[name]) == ()


def test_numbers_for_help_that_nobody_has_called_for_six_months(tmp_path: Path) -> None:
    lands = {"nie": "", "alt": "", "neu": "", "hier": ", lands: [HH, SH]", "woanders": ", lands: [HH]"}
    numbers = "".join(
        f"- {{id: {key}, name: {key}, number: 0800 1001{more}}}\n" for key, more in lands.items()
    )
    days = {"alt": "2026-05-19", "neu": "2026-05-20"}
    checks = "".join(f"- {{id: {key}, date: {day}, by: AK}}\n" for key, day in days.items())
    since = {"nie": "noch nie", "alt": "seit 19.05.2026", "hier": "noch nie"}
    for settings, asked in (("publish: yes\n", since), ("", {})):
        write(
            tmp_path,
            {
                **FILES,
                "site_config.yml": SETTINGS + settings,
                "resources/help.yml": numbers,
                "resources/help_checks.yml": checks,
            },
        )
        reading = read_project(tmp_path)
        assert reading.site is not None, reading.found
        found = check_help_numbers(reading.site, reading, TODAY)
        # Those that come with the program are looked up when it is published.
        own = [item for item in found if any(f"({key})" in item.message for key in lands)]
        place = Position("resources/help_checks.yml")
        assert own == [
            diagnostic("hilfenummer-ungeprueft", place, id=key, number="0800 1001", name=key, since=words)
            for key, words in asked.items()
        ]


def test_words_of_danger_that_nobody_who_speaks_the_language_has_read(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "site_config.yml": SETTINGS + "publish: yes\n"})
    reading = read_project(tmp_path)
    assert reading.site is not None, reading.found
    packaged = reading.site.words.danger_words
    read = {**packaged, "ar": packaged["ar"].model_copy(update={"reviewed": True})}
    words = replace(reading.site.words, danger_words=read)
    for site, tags in (
        (reading.site, {*packaged}),
        (replace(reading.site, words=words), {*packaged} - {"ar"}),
    ):
        names = {site.words.languages[tag].name for tag in tags}
        found = list(check_danger_words(site, reading))
        assert {item.code for item in found} == {"gefahr-ungelesen"}
        assert len(found) == len(names)
        assert {name for name in names if any(f"auf {name} hat" in item.message for item in found)} == names


ANEW = {
    "unbekannter-verweis", "name-statt-kuerzel", "bestaetigung-ohne-stelle", "luecke-im-gebiet", "ort-im-text-moeglich", "zuflucht-vielleicht",
}  # fmt: skip
REFERRED_TO = [
    "resources/providers/verein.yml", "resources/places/treff.yml", "resources/offices/amt.yml",
    "resources/spaces/west.yml", "resources/spaces/kleinstadt.yml", "resources/networks/ag.yml",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    """What is told of some towns, with the file: codes by the name of the town."""
    found = {}
    for name in ("who can be reached", "measures"):
        root = write(tmp_path_factory.mktemp("whole"), read_marks({**FILES, **TOWNS[name]})[0])
        found[name] = {(item.code, item.position.file) for item in told(root)}
    return found


@pytest.mark.parametrize("gone", every(REFERRED_TO, [*REFERRED_TO][::3]))
def test_of_a_record_that_is_gone_only_the_references_to_it_are_told(
    tmp_path: Path, whole: dict[str, set[tuple[str, str]]], gone: str
) -> None:
    """Checks bear references that lead nowhere: nothing falls over, and nothing is said anew but that they do."""
    for name, before in whole.items():
        plain, _ = read_marks({**FILES, **TOWNS[name]})
        if gone in plain:
            root = write(tmp_path / name, {file: text for file, text in plain.items() if file != gone})
            found = {(item.code, item.position.file) for item in told(root)}
            assert {code for code, _ in found - before} <= ANEW
