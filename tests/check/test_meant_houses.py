"""Who means a house and says where is asked, whatever the record, page, table or file; ordinary words are left alone."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.check.protected import TELLING
from generator.read.hidden_places import digest_of
from tests.check.marked_towns import told
from tests.edit.towns import write_town
from tests.refuges import REFUGE, write

CASES = yaml.safe_load(Path(__file__).with_name("meant_houses.yml").read_text("utf-8"))
UFERWEG = {"street": "Uferweg", "number": 2, "postcode": "01067", "town": "Kleinstadt"}
_OFFER = {
    "name": "Treffen",
    "summary": "Wir treffen uns.",
    "kind": "gruppe",
    "provider": "verein",
    "topics": ["krabbelgruppe"],
}
_PLAN = {"name": "Vorhaben", "spaces": ["kranichmoor"]}
_AGREEMENT = {"name": "Vereinbarung", "partners": ["verein"], "released": "2026-10-01"}
USUAL: Mapping[str, Mapping[str, Any]] = {
    "places": {"name": "Nordlicht", "kind": "haus", "address": UFERWEG},
    "offers": {**_OFFER, "place": "treff"},
    "plain_offers": _OFFER,
    "area_offers": {**_OFFER, "spaces": ["kranichmoor"]},
    "providers": {"name": "Sterntaler", "kind": "non-profit"},
    "offices": {"name": "Fachdienst Sieben", "kind": "asd"},
    "agreements": {**_AGREEMENT, "spaces": ["kranichmoor"]},
    "town_agreements": {**_AGREEMENT, "spaces": ["kleinstadt"]},
    "measures": {**_PLAN, "need": "Es fehlt etwas.", "topics": ["krabbelgruppe"], "owner": "verein"},
    "networks": {**_PLAN, "kind": "alliance"},
    "town_networks": {"name": "Netz", "kind": "alliance", "spaces": ["kleinstadt"]},
    "needs": {"name": "Bedarf", "spaces": ["kranichmoor"], "topics": ["krabbelgruppe"]},
    "budgets": {"name": "Topf", "spaces": ["kranichmoor"], "years": [2026], "total": 1000, "pays_for": "quarter", "weights": [{"indicator": "indicators-aa", "weight": "100 %", "period": "2024", "reason": "Bedarf"}]},
    "spaces": {"name": "Viertel", "level": "quartier", "parent": "kleinstadt"},
    "evaluations": {"name": "Auswertung", "area": "Kranichmoor", "space": "kranichmoor", "from": "2023-01-01", "until": "2025-12-31", "judged_by": "Amt"},
    "word_evaluations": {"name": "Auswertung", "from": "2023-01-01", "until": "2025-12-31", "judged_by": "Amt"},
    "minutes": {"name": "Sitzung", "network": "runde", "date": "2026-10-12"},
    "indicators": {"title": "Hilfen", "says": "So viele.", "numerator": "Menschen", "interval": "none", "disclosure": {"method": "none"}, "source": {"name": "Amt", "regime": "delivered"}},
}  # fmt: skip
HOUSES = {
    "resources/protected/kastanie.yml": "name: Wohngruppe Kastanie\nkind: hze-34\nprovider: traeger\nphone: 040 66969-915\ncomplaints: 040 66969-581\n",
    "resources/protected/sonnenhof.yml": "name: Mädchenwohnung Sonnenhof\nkind: schutz-jung\nprovider: traeger\nphone: 040 66969-916\non_call: 040 66969-150\n",
    "resources/protected/silberweide.yml": "name: Eltern-Kind-Haus Silberweide\nkind: par-19\nprovider: traeger\nphone: 040 66969-918\ncomplaints: 040 66969-581\n",
    "resources/protected/lavendel.yml": "name: Wohngruppe Lavendel\nkind: hze-34\nprovider: traeger\nphone: 040 66969-925\ncomplaints: 040 66969-581\n",
    "resources/protected/leuchtturm.yml": "name: Mädchenwohnung Leuchtturm\nkind: schutz-jung\nprovider: traeger\nphone: 040 66969-926\non_call: 040 66969-150\n",
    "resources/protected/abendrot.yml": "name: Eltern-Kind-Haus Abendrot\nkind: par-19\nprovider: traeger\nphone: 040 66969-928\ncomplaints: 040 66969-581\n",
    "resources/providers/traeger.yml": "name: Jugendhilfe Nord\nkind: non-profit\ncontact: {phone: 040 66969-917}\n",
    "resources/offers/tagesgruppe.yml": yaml.safe_dump({**_OFFER, "provider": "traeger", "place": "treff"}, allow_unicode=True),
    "resources/places/laterne.yml": "name: Laterne\nkind: haus\ntranslations: {en: {name: Lantern House}}\n",
    "resources/networks/runde.yml": "name: Runde\nkind: alliance\nspaces: [kranichmoor]\n",
}  # fmt: skip


def _written(cases: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Yield (file, text, case)."""
    for folder, items in cases.items():
        if folder == "files":
            yield from ((name, text, name) for name, text in items.items())
            continue
        for number, fields in enumerate(items):
            record = {**USUAL[folder], **fields}
            key = record.pop(
                "id", f"{folder.replace('_', '-')}-{chr(97 + number // 26)}{chr(97 + number % 26)}"
            )
            below = folder.rpartition("_")[2]
            name = f"resources/{below}/{key}.yml"
            if folder == "indicators":
                name = f"resources/indicators/{key}/indicator.yml"
                yield (
                    f"resources/indicators/{key}/values.csv",
                    "space,period,numerator\nkleinstadt,2024,20\nkranichmoor,2024,20\n",
                    None,
                )
            yield name, yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000), fields


def _asked(root: Path, which: str) -> tuple[list[tuple[str, object]], set[str], set[str]]:
    """Return the cases, and the files of those that are asked about, and refused."""
    write_town(root)
    cases = list(_written(CASES[which]))
    write(root, {**REFUGE, **HOUSES, **{name: text for name, text, _ in cases}})
    found = [item for item in told(root) if item.code in TELLING]
    of_cases = [(name, case) for name, _, case in cases if case is not None]
    return (
        of_cases,
        {item.position.file for item in found},
        {item.position.file for item in found if item.severity == "error"},
    )


@pytest.mark.guards(
    "Safety: no whereabouts of hidden places in the public folder; nothing of the overlay in public output"
)
def test_who_means_a_house_and_says_where_is_asked(tmp_path: Path) -> None:
    cases, asked, _ = _asked(tmp_path, "told")
    silent = [(name, case) for name, case in cases if name not in asked]
    assert len(silent) * 20 <= len(cases), silent


def test_what_is_ordinary_is_seldom_asked_about_and_never_refused(tmp_path: Path) -> None:
    cases, asked, refused = _asked(tmp_path, "ordinary")
    found = [(name, case) for name, case in cases if name in asked]
    assert not refused
    assert len(found) * 10 <= len(cases), found


def test_a_part_of_a_hyphened_word_is_no_houses_own_name(tmp_path: Path) -> None:
    """Of „Eltern-Kind-Haus Silberweide“ neither „Eltern“ nor „Kind“ means the house."""
    write_town(tmp_path)
    offer = {**_OFFER, "place": "treff", "summary": "Eltern feiern mit Kind und Kegel in der Silberweide."}
    write(tmp_path, {**HOUSES, "resources/offers/fest.yml": yaml.safe_dump(offer, allow_unicode=True)})
    meant = {item.message.split("„")[1].split("“")[0] for item in told(tmp_path) if item.code in TELLING}
    assert meant == {"Silberweide"}


@pytest.mark.parametrize("answered", [False, True])
def test_who_is_called_like_a_house_is_asked_and_silences_nobody_before_an_answer(
    tmp_path: Path, answered: bool
) -> None:
    """A place „Leuchtturm“ may be the Mädchenwohnung Leuchtturm; once the house says no, the word means the place."""
    write_town(tmp_path)
    cleared = [{"sentence": digest_of("Leuchtturm"), "by": "leuchtturm", "date": "2026-11-20"}]
    place = {**USUAL["places"], "name": "Leuchtturm", **({"cleared": cleared} if answered else {})}
    offer = {**_OFFER, "place": "treff", "summary": "Die Mädchen vom Leuchtturm kochen."}
    records = {"resources/places/neu.yml": place, "resources/offers/kochen.yml": offer}
    write(
        tmp_path,
        {**HOUSES, **{name: yaml.safe_dump(one, allow_unicode=True) for name, one in records.items()}},
    )
    asked = {item.position.file for item in told(tmp_path) if item.code in TELLING}
    assert asked & records.keys() == (set() if answered else records.keys())
