"""A text that points elsewhere on its page leads there: such pointers are few, and each is listed with what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

from tests.chance import whole

POINTING = re.compile(
    r"siehe (?:oben|unten|QR)|(?:oben|unten) steh|steh\w* (?:\w+ )?(?:oben|unten)|schreiben Sie oben"
    r"|beim ersten Schritt|weiter unten|steh\w* daneben"
)
LEADS_TO = {
    "siehe QR": ("before", "nr-poster__qr"),
    "stehen hier unten": ("after", "<h2"),
    "schreiben Sie oben": ("before", "<input"),
    "steht weiter unten": ("after", "<h2"),
    "stehen weiter unten": ("after", "<h2"),
    "siehe unten": ("after", "<h2"),
    "steht oben": ("before", "Seite verlassen"),
    "stehen unten": ("after", "Fachkr"),
    "oben stehen": ("before", "/aemter/"),
}
"""Each pointer, on which side of it the page goes on with what it means, and by what that is known."""


def pointers(site: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each pointer of the pages in the language of the data, with what stands before and after it on its page."""
    for file in sorted(site.rglob("index.html")):
        html = unescape(file.read_text("utf-8"))
        if '<html lang="de"' not in html or "<main" not in html:
            continue
        start, end = html.index("<body"), html.index("</main>")
        body = html[start:end]
        yield from ((hit[0], body[: hit.start()], body[hit.end() :]) for hit in POINTING.finditer(body))


@whole
def test_each_pointer_is_known_and_leads_somewhere(
    built_examples: Mapping[str, Path], demo_site: Path
) -> None:
    found: dict[str, int] = {}
    for site in (demo_site, *(built_examples[name] for name in ("essen", "norderstedt", "hamburg-mitte"))):
        for said, before, after in pointers(site):
            known = [lead for lead in LEADS_TO if lead.startswith(said) or said in lead]
            assert known, f"{said!r} on a page of {site} leads nowhere that is listed"
            sides = {"before": before, "after": after}
            leads = [LEADS_TO[lead] for lead in known]
            assert any(re.search(pattern, sides[side]) for side, pattern in leads), (said, before[-200:])
            found[said] = found.get(said, 0) + 1
    assert found


@pytest.mark.parametrize(
    "folder", ["berichte/budgets", "berichte/vorausberechnungen", "berichte/auswertungen"]
)
def test_a_shortened_address_leads_to_what_is_there(demo_site: Path, folder: str) -> None:
    html = (demo_site / folder / "index.html").read_text("utf-8")
    main = html[html.index("<main") : html.index("</main>")]
    inside = {page.parent.name for page in (demo_site / folder).glob("*/index.html")}
    assert {link.rstrip("/") for link in re.findall(r'<li><a href="([^"]+)">', main)} == inside
    assert "unvollständig" not in main
