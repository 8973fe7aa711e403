"""Every reference of a town with something of everything, led into the void one by one, and every record taken away: always told, and no check stumbles."""

from collections.abc import Iterator

import pytest

from generator.diagnostics import has_errors
from generator.model.dates import parse_date
from generator.model.fields import references
from generator.model.groups import Group
from generator.model.kinds import KINDS
from generator.pipeline.build import prepare
from generator.read.nodes import MapNode, parse
from generator.read.references import scalars_at
from tests.chance import whole
from tests.refuges import HOUSE
from tests.sound_town import Files, base, folder_of, model_of
from tests.world import TODAY

pytestmark = whole

NOWHERE = "gibts-nicht"
ADDED = {
    "resources/offers/beratung.yml": """\
access: {way: referral, who_may_refer: [school]}
for: [women]
languages: [tr]
partners: [verein]
spaces: [ost]
visits: [west]
stops: [{place: treff}]
successor: krabbelgruppe
alert: {text: Umbau., until: 2026-12-29, closed: [{date: 2026-12-29, instead: krabbelgruppe}]}
closed: [{date: 2026-12-28, instead: krabbelgruppe}]
""",
    "resources/places/treff.yml": """\
accessibility: {step_free: yes}
spaces: [ost]
first_contact: verein
closed: [{date: 2026-12-28, instead: krabbelgruppe}]
successor: halle
""",
    "resources/offices/amt.yml": "closed: [{date: 2026-12-28, instead: krabbelgruppe}]\n",
    "resources/providers/verein.yml": "functions: [advising]\nspaces: [west]\ncan_give: [{kind: know-how, what: Werken, spaces: [ost]}]\nsuccessor: kreis\n",
    HOUSE: "languages: [de]\nwho_may_refer: [school]\n",
    "resources/networks/runde.yml": "guests: [amt]\nmoderated_by: amt\n",
    "resources/spaces/west.yml": """\
also_in: [ost]
successors: [ost]
team:
- {role: asd, provider: verein, providers: [verein], weekly_hours: {koordination: 10}, weekly_each: {koordination: 5}}
figures:
- {name: Kinder, value: 400, source: Amt, date: 2026-05, cases_from: arm}
""",
    "resources/measures/nachmittag.yml": "partners: [verein]\n",
    "resources/budgets/raumgeld.yml": "children: jahrgaenge\n",
    "intern/needs/nachmittag.yml": "answered_by: beratung\nmeasure: nachmittag\n",
}
"""References that the town itself lacks."""
FOLLOWING = {
    "resources/places/halle.yml": b"name: Halle\nkind: sportstaette\nspaces: [west]\n",
    "resources/providers/kreis.yml": b"name: Kreis der Eltern\nkind: association\n",
}
TOWN: Files = {name: content + ADDED.get(name, "").encode() for name, content in base().items()} | FOLLOWING


def led_astray() -> Iterator[tuple[str, Files]]:
    """Yield the town once for each reference, which leads nowhere in it."""
    for name, content in TOWN.items():
        model = model_of(name)
        node, _ = parse(content.decode("utf-8"), name) if model and name.endswith(".yml") else (None, [])
        if not isinstance(node, MapNode) or model is None or not issubclass(model, Group):
            continue
        lines = content.decode("utf-8").splitlines()
        for reference in references(model):
            for scalar in scalars_at(node, reference.path):
                line, at = scalar.position.line - 1, scalar.position.column - 1
                changed = lines[line][:at] + NOWHERE + lines[line][at + len(scalar.text) :]
                files = {**TOWN, name: "\n".join([*lines[:line], changed, *lines[line + 1 :]]).encode()}
                yield f"{name}:{line + 1}:{at + 1} {'.'.join(reference.path)}", files


def test_the_town_is_sound_and_has_every_reference_there_is() -> None:
    with folder_of(TOWN) as root:
        assert not has_errors(prepare(root, parse_date(TODAY), internal=True).found)
    every = {
        f"{kind.folder} {'.'.join(reference.path)}" for kind in KINDS for reference in references(kind.model)
    }
    tried = (what.split(" ") for what, _ in led_astray())
    assert {f"{name.split('/')[1]} {path}" for name, path in tried if name.count("/") == 2} == every


def test_a_reference_into_the_void_is_told_and_stops_no_check() -> None:
    for what, files in led_astray():
        with folder_of(files) as root:
            found = prepare(root, parse_date(TODAY), internal=what.startswith("intern")).found
        assert has_errors(found), what
        assert any(f"„{NOWHERE}“" in item.message for item in found), (what, found)


@pytest.mark.parametrize("name", [name for name in TOWN if name.count("/") == 2])
def test_a_record_that_is_gone_stops_no_check(name: str) -> None:
    with folder_of({key: content for key, content in TOWN.items() if key != name}) as root:
        prepare(root, parse_date(TODAY))
