"""Where the whole is a rural district the program's own texts say so: no page of it speaks of a town."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.edit.translation.catalogues import used_messages
from generator.render.base.texts import Texts, of_territory
from tests.chance import whole

TOWN = re.compile(r"\b(?:Stadt|[Ss]tadtweit\w*|[Tt]own)\b")
EITHER = re.compile(
    r"(?:Stadt oder Gemeinde|Stadt, des Kreises|town or municipality|town, the district|Town hall)"
)
"""What holds in a district as well: who is meant there is one of its municipalities, or any of them."""


@pytest.mark.parametrize(
    ("town", "district"),
    [
        ("Für die ganze Stadt.", "Für den ganzen Landkreis."),
        ("Die Ämter der ganzen Stadt stehen hier:", "Die Ämter des ganzen Landkreises stehen hier:"),
        (
            "etwas geben kann, in der ganzen Stadt, anderswo",
            "etwas geben kann, im ganzen Landkreis, anderswo",
        ),
        ("Hier steht nur die ganze Stadt.", "Hier steht nur der ganze Landkreis."),
        ("Ganze Stadt", "Ganzer Landkreis"),
        ("höher als die ganze Stadt, ▼", "höher als der ganze Landkreis, ▼"),
        ("Rufen Sie die Stadt an.", "Rufen Sie den Landkreis an."),
        ("Was die Stadt tut", "Was der Landkreis tut"),
        ("zählt nur für die Stadt.", "zählt nur für den Landkreis."),
        ("Infrastruktur der Stadt", "Infrastruktur des Landkreises"),
        ("Schutz und Beratung in der Stadt", "Schutz und Beratung im Landkreis"),
        ("Diese Stadt ist erfunden", "Dieser Landkreis ist erfunden"),
        ("Was ein Stadtteil ist", "Was ein Stadtteil ist"),
    ],
)
def test_german_of_a_rural_district_is_right(town: str, district: str) -> None:
    assert of_territory(town, "de", "landkreis") == district


def test_a_municipality_is_as_feminine_as_a_town() -> None:
    assert of_territory("in der ganzen Stadt", "de-x-ls", "gemeinde") == "in der ganzen Gemeinde"


@whole
def test_no_message_calls_a_district_a_town_and_values_find_their_places() -> None:
    both = [(Texts(lang, "de", "landkreis"), Texts(lang)) for lang in ("de", "en")]
    for (texts, town), message in product(both, used_messages()):
        several = isinstance(message, tuple)
        for number in (1, 2):
            said = texts.ngettext(*message, number) if several else texts.gettext(message)
            before = town.ngettext(*message, number) if several else town.gettext(message)
            assert not TOWN.search(re.sub(r"\{\w*\}", "", said)) or EITHER.search(said), said
            assert re.findall(r"\{\w*\}", said) == re.findall(r"\{\w*\}", before)


@pytest.mark.whole
def test_no_page_of_a_rural_district_speaks_of_a_town(tmp_path: Path) -> None:
    district, day = tmp_path / "kreis", "2026-11-20"
    words = ["--name", "Musterland", "--land", "NI", "--levels", "Landkreis,Gemeinde", "--languages", "de,en"]
    assert CliRunner().invoke(main, ["init", str(district), *words, "--today", day]).exit_code == 0
    built = CliRunner().invoke(main, ["build", "-p", str(district), "--today", day])
    assert built.exit_code == 0, built.output
    found, read = [], 0
    for page in sorted((district / "site").rglob("index.html")):
        name = page.relative_to(district / "site").parent
        if any((district / "content" / path).exists() for path in (f"{name}.md", f"{name}/index.md")):
            continue  # written by hand
        html = page.read_text("utf-8")
        words_of_scripts = re.findall(r'id="nr-words">(.*?)</script>', html)
        told = [text for block in words_of_scripts for text in json.loads(block).values()]
        told.append(re.sub(r"<script.*?</script>|<[^>]*>", " ", html, flags=re.DOTALL))
        read += 1
        found += [(str(name), text) for text in told if TOWN.search(EITHER.sub("", text))]
    assert read > 100
    assert found == []
