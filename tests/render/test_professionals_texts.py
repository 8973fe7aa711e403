"""What professionals, families and children read before a case conference: no promise that the law won't let anybody keep."""

from pathlib import Path

import pytest

from generator.pipeline.build import Project
from generator.subjects.casework import page_sheets as sheets

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / folder / "fachkraefte" for folder in ("content", "generator/starter/content")]


@pytest.fixture(params=PAGES, ids=["demo", "starter"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Where the pages of a town stand; a new town begins with the demo's."""
    path: Path = request.param
    return path


def section(text: str, begin: str) -> str:
    (found,) = [part for part in text.split("\n## ") if part.startswith(begin)]
    return found


def test_a_childs_sheet_promises_no_secret(demo: Project) -> None:
    """Whoever has to assess a danger (§ 8a) can't leave it to a child who sees its sheet."""
    body = str(sheets.render(demo.contexts[0], "willensblatt-kinder").body)
    assert "Du bestimmst, wer es sieht" not in body
    assert "Wir reden mit dir, bevor wir es jemandem zeigen" in body


def test_the_procedures_say_who_may_apply_and_who_is_told(folder: Path) -> None:
    text = (folder / "verfahren.md").read_text("utf-8")
    young = section(text, "§ 8 Absatz 3")
    assert "Eine Notlage müssen sie nicht nachweisen" in young
    assert "§ 36 SGB I" in young
    assert "soll das Amt die Eltern unterrichten" in young
    assert "Sie darf jede Idee ablehnen" in section(text, "§ 5")
    care = section(text, "§ 42")
    for says in ("selbst darum bittet", "Person seines Vertrauens", "unverzüglich", "Familiengericht"):
        assert says in care
    providers = section(text, "§ 8a").partition("**Freie Träger**")[2].partition("\n\n")[0]
    assert "beziehen Eltern und Kind ein" in providers
    assert "wirken darauf hin" in providers


def test_a_family_learns_who_knows_of_its_council(folder: Path) -> None:
    assert "Das Jugendamt, die Moderation" in (folder / "familienrat.md").read_text("utf-8")
