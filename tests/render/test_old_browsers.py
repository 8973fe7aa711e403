"""Scripts hold nothing that the lowest browsers (docs/browsers.md) don't know: one such sign, and none of a file's script runs.

No such browser runs here: this rests on a parser and on MDN's tables of what browsers know. Both are installed by
`npm ci --prefix .ci/browsers` and need Node.js.
"""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.chance import whole
from tests.conftest import ROOT
from tests.machine import needed

pytestmark = whole

READER = Path(__file__).with_name("old_browsers.mjs")


def unknown(scripts: dict[str, str]) -> list[list[Any]]:
    """Return what the lowest browsers don't know of some scripts: name, line, what."""
    needed("acorn")
    done = subprocess.run(
        [needed("Node.js"), READER], input=json.dumps(scripts), capture_output=True, text=True, check=True
    )
    found: list[list[Any]] = json.loads(done.stdout)
    return found


def test_no_script_needs_a_newer_browser(demo_site: Path) -> None:
    ours = (ROOT / "generator" / "assets").rglob("*.js")
    made = [*demo_site.rglob("assets/nahraum/**/*.js"), demo_site / "sw.js"]
    scripts = {str(path): path.read_text("utf-8") for path in [*ours, *made]}
    assert len(scripts) > 110
    assert unknown(scripts) == []


NEWER = {
    "words.replace(/(?<!a)b/, '')": "lookbehind",
    "new RegExp('(?<=a)b')": "lookbehind",
    "class One { static { two(); } }": "static block",
    "/[\\p{L}--[a-z]]/v": "Invalid",
    "/(?i:a)b/": "Invalid",
    "import names from './names.json' with { type: 'json' }": "Unexpected",
    "[1].toSorted()": "toSorted",
    "[1].findLast(Boolean)": "findLast",
    "Object.groupBy(words, first)": "groupBy",
    "new CompressionStream('gzip')": "CompressionStream",
    "box.closest('p:has(a)')": ":has",
    "box.showPopover()": "showPopover",
}


def test_what_is_newer_is_found() -> None:
    found = {name: what for name, _line, what in unknown({script: script for script in NEWER})}
    assert found.keys() == NEWER.keys()
    for script, what in NEWER.items():
        assert what in found[script]
