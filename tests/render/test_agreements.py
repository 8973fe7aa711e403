"""Agreements that are released appear: their goals over time, shares of working time that may be told, and when they end."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from generator.pipeline.build import Project, prepare
from generator.pipeline.plan import plan_site
from generator.render.data_files.open_data import calendar_files
from generator.render.pages import agreement_pages, institution_pages, reports_home
from tests.budget_town import CONFIG, TODAY, town

AGREED = """
name: Vertrag Nord
partners: [amt]
spaces: [nord]
from: 2024-01-01
until: {until}
goals:
- name: Offene Gruppen
  reviews:
  - {{date: 2025-06-30, status: reached}}
  - {{date: 2024-06-30, status: at-risk, note: Zwei Stellen waren unbesetzt.}}
- name: Mitreden
field_work: {{planned: 30 %, actual: 24 %, date: 2025-06-30{more}}}
"""
FIVE = ", staff: 5, staff_council: yes"


def project_of(
    folder: Path, *, until: str = "2027-12-31", more: str = FIVE, extra: str = "", config: str = CONFIG
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
    body = str(agreement_pages.render_agreements(project.contexts[0], "").body)
    return body.replace("\u00a0", " ")


def test_what_lies_in_resources_has_a_public_page_and_leads_there(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    assert "berichte/vereinbarungen/" in plan_site(project).pages
    body = str(institution_pages.render_provider(project.contexts[0], "amt").body)
    assert "berichte/vereinbarungen/#nord" in body
    bare = prepare(town(tmp_path / "bare", {}), TODAY)
    assert "berichte/vereinbarungen/" not in plan_site(bare).pages


def test_what_is_still_to_begin_is_not_counted_as_running(tmp_path: Path) -> None:
    project = project_of(tmp_path)
    assert "1 Vereinbarung läuft, 0 abgelaufen." in page(project)
    ahead = tmp_path / "ahead"
    files = {
        "site_config.yml": CONFIG,
        "resources/providers/amt.yml": "name: Jugendamt\nkind: public\n",
        "resources/agreements/nord.yml": "name: Vertrag\npartners: [amt]\nfrom: 2027-04-01\n",
    }
    project = prepare(town(ahead, files), TODAY)
    assert "0 Vereinbarungen laufen, 0 abgelaufen. 1 beginnt noch." in page(project)
    parts = reports_home.instruments(project.contexts[0], "berichte/")
    assert "0 Vereinbarungen laufen. 1 beginnt noch." in str(parts)


def test_goals_stand_by_the_days_on_which_they_were_looked_at(tmp_path: Path) -> None:
    body = page(project_of(tmp_path))
    assert body.index(">30. Juni 2024</th>") < body.index(">30. Juni 2025</th>")
    row = body[body.index("Offene Gruppen") : body.index("Mitreden")]
    assert row.index("in Gefahr") < row.index("Zwei Stellen") < row.index("erreicht")
    assert "noch nicht bewertet" in body[body.index("Mitreden") :]


def test_a_sum_says_for_how_long_it_is_as_its_parts_do(tmp_path: Path) -> None:
    """Beside „im Jahr“ a bare sum looked like that of the whole contract."""
    parts = "sub_budgets: [{name: Personal, amount: 148000, every: year}, {name: Sachmittel, amount: 9500, every: year}]\n"
    body = page(project_of(tmp_path, extra=parts))
    assert "157.500 € im Jahr<" in body


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
    project = project_of(tmp_path, more=more, extra=extra)
    assert ("tatsächlich 24 %" in page(project)) is told
    assert ("tatsächlich 76 %" in page(project)) is told
    assert ("anteil-nicht-gezeigt" in {found.code for found in project.found}) is not told


def test_ends_stand_in_a_calendar_that_reminds_in_time(tmp_path: Path) -> None:
    project = project_of(tmp_path / "a")
    context = project.contexts[0]
    files = calendar_files(context)
    calendar = icalendar.Calendar.from_ical(files["berichte/vereinbarungen/enden.ics"])
    [event] = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Vertrag Nord"
    assert event["DTSTART"].dt.isoformat() == "2027-12-31"
    [alarm] = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.days == -90
    assert 'href="enden.ics"' in page(project)
    over = project_of(tmp_path / "b", until="2025-01-01")
    left = calendar_files(over.contexts[0])["berichte/vereinbarungen/enden.ics"]
    assert [part.name for part in icalendar.Calendar.from_ical(left).subcomponents] == ["VTIMEZONE"]
    assert "enden.ics" not in page(over)
    assert "Abgelaufen" in page(over)


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
    assert "Freigegeben am 4. Mai 2026" in page(
        project_of(tmp_path / "shown", extra="released: 2026-05-04\n")
    )
