"""Agreements stand in the list of plans: what their partners made public, goals over time, shares of working time that may be told."""

from pathlib import Path

import pytest

from generator.pipeline.build import Project, prepare
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from generator.subjects.measures import page as measures
from tests.budget_town import CONFIG, TODAY, town

ALL = "public: [sub_budgets, rule, goals, field_work, covers]\n"
AGREED = """
name: Vertrag Nord
partners: [amt]
spaces: [nord]
from: 2024-01-01
until: {until}
sub_budgets: [{{name: Personal, amount: 148000, every: year}}, {{name: Material}}]
rule: Was übrig ist, bleibt hier.
goals:
- name: Offene Gruppen
  reviews:
  - {{date: 2024-06-30, status: at-risk, note: Zwei Stellen waren unbesetzt.}}
  - {{date: 2025-06-30, status: reached}}
- name: Mitreden
field_work: {{planned: 30 %, actual: 24 %, date: 2025-06-30{more}}}
covers: {{date: 2025-06-30, grants: partly, tariffs: yes, leadership: no}}
"""
FIVE = ", staff: 5, staff_council: yes"


def project_of(
    folder: Path, *, until: str = "2027-12-31", more: str = FIVE, extra: str = ALL, config: str = CONFIG
) -> Project:
    files = {
        "site_config.yml": config,
        "resources/providers/amt.yml": "name: Jugendamt\nkind: public\n",
        "resources/agreements/nord.yml": AGREED.format(until=until, more=more) + extra,
    }
    project = prepare(town(folder, files), TODAY)
    assert project.contexts, project.found
    return project


def page(project: Project) -> str:
    return str(measures.render(project.contexts[0], "").body).replace("\u00a0", " ")


def test_the_address_at_which_agreements_stood_alone_leads_to_the_list(tmp_path: Path) -> None:
    plan = plan_site(project_of(tmp_path))
    old = make_page(plan, "berichte/vereinbarungen/")
    assert 'href="../massnahmen/"' in old.body
    assert not old.indexed
    assert "berichte/vereinbarungen/" not in plan_site(prepare(town(tmp_path / "bare", {}), TODAY)).pages


SECRETS = {
    "sub_budgets": "148.000 €",
    "rule": "Was übrig ist",
    "goals": "Offene Gruppen",
    "field_work": "tatsächlich 24 %",
    "covers": "Tarif mit Altersvorsorge",
}


@pytest.mark.parametrize("field", SECRETS)
def test_what_an_agreement_does_not_name_as_public_stands_on_no_public_page(
    tmp_path: Path, field: str
) -> None:
    others = ", ".join(one for one in SECRETS if one != field)
    project = project_of(tmp_path, extra=f"public: [{others}]\n")
    shown = page(project)
    assert "Vertrag Nord" in shown
    assert {one: said in shown for one, said in SECRETS.items()} == {one: one != field for one in SECRETS}
    assert project.facts is not None
    plan = plan_site(project)
    assert not [path for path in plan.pages if SECRETS[field] in str(make_page(plan, path).body)]


def test_the_internal_site_shows_all_of_it(tmp_path: Path) -> None:
    project_of(tmp_path, extra="")
    (tmp_path / "ablage").mkdir()
    (tmp_path / "site_config.yml").write_text(CONFIG + "overlay: ablage\n", "utf-8")
    shown = page(prepare(tmp_path, TODAY, internal=True))
    assert [said for said in SECRETS.values() if said not in shown] == []


def test_how_far_an_agreement_is_follows_from_its_days(tmp_path: Path) -> None:
    """Nothing that is still to begin or over is called running."""
    for number, (until, state) in enumerate(
        {"2027-12-31": "läuft", "2025-01-01": "abgelaufen", "2026": "läuft"}.items()
    ):
        assert f"<strong>Vereinbarung, {state}</strong>" in page(
            project_of(tmp_path / str(number), until=until)
        )
    ahead = AGREED.replace("2024-01-01", "2027-04-01").format(until="2028", more=FIVE)
    files = {
        "resources/providers/amt.yml": "name: Jugendamt\nkind: public\n",
        "resources/agreements/nord.yml": ahead,
    }
    shown = page(prepare(town(tmp_path / "ahead", files), TODAY))
    assert "<strong>Vereinbarung, noch nicht begonnen</strong>" in shown


def test_goals_say_how_they_stood_each_time_the_last_one_first(tmp_path: Path) -> None:
    body = page(project_of(tmp_path))
    said = body[body.index("Offene Gruppen") : body.index("Mitreden")]
    assert said.index("erreicht (30. Juni 2025)") < said.index("in Gefahr (30. Juni 2024): Zwei Stellen")
    assert "noch nicht bewertet" in body[body.index("Mitreden") :]


def test_an_amount_says_for_how_long_it_is_or_that_it_is_not_told(tmp_path: Path) -> None:
    body = page(project_of(tmp_path))
    assert "Personal: 148.000 € im Jahr<" in body
    assert "Material: Betrag nicht genannt" in body


def test_what_the_money_covers_is_four_words_and_a_date_and_what_is_left_out_is_not_said(
    tmp_path: Path,
) -> None:
    said = page(project_of(tmp_path)).partition("Was das Geld deckt")[2]
    answers = [
        "auch bei Zuwendungen: zum Teil<",
        "Altersvorsorge: ja<",
        "Verwaltung: nein<",
        "Fortbildung: nicht gesagt<",
        "Stand 30. Juni 2025",
    ]
    assert [one for one in answers if one not in said] == []


@pytest.mark.parametrize(
    ("more", "extra", "told"),
    [
        (FIVE, "", True),
        (", staff: 4, staff_council: yes", "", False),
        (", staff: 12", "", False),
        ("", "", False),
        # Nobody works so; the record says that it was made up.
        ("", "illustrative: yes\n", True),
    ],
)
def test_shares_of_working_time_need_five_people_and_the_staff_council(
    tmp_path: Path, more: str, extra: str, *, told: bool
) -> None:
    project = project_of(tmp_path, more=more, extra=ALL + extra)
    assert ("tatsächlich 24 %" in page(project)) is told
    assert ("tatsächlich 76 %" in page(project)) is told
    assert ("anteil-nicht-gezeigt" in {found.code for found in project.found}) is not told


def test_what_its_partners_released_may_lie_in_resources(tmp_path: Path) -> None:
    config = CONFIG + "internal: [agreements]\n"
    codes = {}
    for name, extra in {
        "secret": "",
        "released": "released: 2026-05-04\n",
        "printed": "origin: {name: Bericht, date: 2006}\n",
    }.items():
        project = project_of(tmp_path / name, extra=extra, config=config)
        codes[name] = {found.code for found in project.found}
    assert "intern-oeffentlich" in codes["secret"]
    assert "intern-oeffentlich" not in codes["released"] | codes["printed"]
    assert ">4. Mai 2026<" in page(project_of(tmp_path / "shown", extra="released: 2026-05-04\n"))
