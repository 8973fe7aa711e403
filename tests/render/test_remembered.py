"""The own list's data: in blocks that a browser finds by the id, without anything grave; and QR codes that are right."""

import json
from collections.abc import Callable, Iterator

import pytest
import segno

from generator.pipeline.build import Project
from generator.render.data_files.offline_packs import FACTS, block_count, block_of, list_files
from generator.render.frame.families import scripts_folder, with_imports
from tests.chance import whole
from tests.node import answering

# Bytes that codes of version 1 to 9 hold at level M, less what says that it is UTF-8, mode and length.
FULL = (13, 25, 41, 61, 83, 105, 121, 151, 179)


def test_every_offer_that_may_be_remembered_is_in_its_block(demo: Project) -> None:
    context = demo.contexts[0]
    files = list_files(context)
    blocks = [json.loads(content) for path, content in files.items() if "eintraege-" in path]
    count = block_count(context)
    assert len(blocks) == count
    for key, facts in context.facts.offers.items():
        there = [number for number, block in enumerate(blocks) if key in block]
        assert there == ([block_of(key, count)] if facts.active and not facts.sensitive else [])
    assert all(len(entry["f"]) == len(FACTS) for block in blocks for entry in block.values())


def test_a_handout_says_that_a_place_is_closed(demo: Project) -> None:
    """A sheet is read for weeks: a notice with its last day stands on it as long as it stands on the page."""
    files = list_files(demo.contexts[0])
    blocks = [json.loads(content) for path, content in files.items() if "eintraege-" in path]
    entries = {key: entry for block in blocks for key, entry in block.items()}
    assert entries["nachbarschaftscafe-birkenkoppel"]["a"] == "Vom 21. Dezember bis 2. Januar geschlossen."
    assert entries["spielkreis-sonnenblume"]["a"].endswith(" (bis 31. Januar 2027)")
    facts = demo.contexts[0].facts.offers
    assert {key for key, entry in entries.items() if "a" in entry} == {
        key for key in entries if facts[key].alert_shown
    }
    # What doesn't run says so in place of its hours.
    assert {key for key, entry in entries.items() if entry["f"][0] == "pausiert"} == {
        key for key in entries if demo.contexts[0].site.offers[key].status == "paused"
    }
    assert entries["ganztag-heideschule"]["f"][0] == "geplant, ab 1. August 2027"
    # On the list, and on a handout from the preparation of a case.
    for name in ("list.js", "case_paper.js"):
        assert "notice(entry, " in (scripts_folder() / name).read_text("utf-8")


def test_a_handout_says_who_can_register_and_until_when(demo: Project) -> None:
    """A family that calls itself where only others may register is turned away."""
    files = list_files(demo.contexts[0])
    (block,) = [json.loads(content) for path, content in files.items() if "eintraege-" in path]
    access = FACTS.index("access")
    referred = "Anmelden kann Sie auch: Schule, Allgemeiner Sozialer Dienst oder Arztpraxis."
    alone = "Anmelden kann Sie: Wohnungsnotfallhilfe oder Allgemeiner Sozialer Dienst."
    assert block["windlicht-kindergruppe"]["f"][access] == f"Mit Anmeldung · {referred}"
    assert block["familienwohnung-auf-zeit"]["f"][access] == f"Über eine andere Stelle · {alone}"
    assert block["sommerreise-ostsee"]["f"][access].endswith("Anmeldung bis zum 30. April 2027.")


def test_ids_spread_over_blocks() -> None:
    sizes = [0] * 20
    for number in range(5000):
        sizes[block_of(f"angebot-{number}", 20)] += 1
    assert max(sizes) <= 1.4 * 250


Codes = Callable[[list[str]], list[list[list[int]]]]


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Codes]:
    """A function from texts to the modules of their codes, as the browser draws them."""
    driver = tmp_path_factory.mktemp("qr") / "codes.mjs"
    driver.write_text(
        'import { coded } from "./qr.js";\n'
        "const rows = (code) => Array.from({ length: code.size }, (_, y) =>\n"
        "  Array.from({ length: code.size }, (_, x) => Number(code.get(x, y))));\n"
        "export const start = () => (texts) => texts.map((text) => rows(coded(text)));\n",
        encoding="utf-8",
    )
    with answering(driver, names=with_imports("qr.js")) as ask:
        yield ask


@whole
@pytest.mark.needs("lean-qr")
def test_codes_are_those_of_another_program(codes: Codes) -> None:
    """Texts that fill a code: segno puts a byte more than the standard between a shorter text and the padding. Each may choose its mask."""
    texts = [("https://nahraum.example/angebote/" + "eltern-cafe-" * 20)[:size] for size in FULL]
    for version, (text, found) in enumerate(zip(texts, codes(texts), strict=True), 1):
        same = []
        for mask in range(8):
            code = segno.make(
                text,
                version=version,
                error="m",
                mask=mask,
                mode="byte",
                encoding="utf-8",
                eci=True,
                boost_error=False,
                micro=False,
            )
            same.append(found == [[int(bit) for bit in row] for row in code.matrix])
        assert any(same), version
