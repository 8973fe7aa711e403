"""Hostile texts in every field of every model: other programs read each file of the site, and none is more than a text in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics import has_errors
from generator.mkdocs_plugin import write_site
from generator.pipeline.build import build_site, prepare
from tests.chance import cases, long, whole
from tests.conftest import TODAY
from tests.hostile_texts import PAYLOADS, project
from tests.outputs import problems, unmarked

pytestmark = [whole, long]

SAID_OTHERWISE = frozenset({
    # Names and addresses are the same in every language.
    "site_config.name", "site_config.publisher.name", "site_config.credits[]", "spaces.name", "spaces.code", "streets.csv street",
    *(f"{owner}.address.{part}" for owner in ("places", "providers") for part in ("street", "number", "town")),
    # What lawyers cite: a law's short name, its paragraph, a licence.
    "glossary.abbreviation", "glossary.legal_basis.law", "glossary.legal_basis.paragraph", "indicators.source.licence", "site_config.data_licence",
    # Periods, units and words before a number are part of the figure; the usual ones are translated.
    "indicators.breaks[].period", "indicators.peers[].values[].period", "indicators.peers[].values[].qualifier",
    "spaces.figures[].unit", "spaces.figures[].qualifier",
    # This is the English text.
    "site_config.about_translations{}",
})  # fmt: skip
"""What needs no mark on an English page, though it is as the records have it."""


@pytest.mark.parametrize("internal", [False, True], ids=["public", "internal"])
@pytest.mark.parametrize("turn", range(cases(1, len(PAYLOADS))))
def test_no_text_becomes_script_formula_link_or_line(
    turn: int, internal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although its texts give reason to ask; on English pages each is marked as German."""
    monkeypatch.setattr("generator.pipeline.build.check_reading", lambda reading, *_: reading.found)
    root, site = tmp_path / "projekt", tmp_path / "site"
    files, where = project(turn)
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    found = build_site(prepare(root, TODAY, internal=internal, drafts=True), site, write_site)
    assert not has_errors(found), [item for item in found if item.severity == "error"]
    assert len(where) > 400
    assert sum(path.is_file() for path in site.rglob("*")) > 400
    assert list(problems(site)) == []
    unmarked_fields = {where[int(word.removeprefix("Wort")) - 1] for word in unmarked(site)}
    assert unmarked_fields <= SAID_OTHERWISE
