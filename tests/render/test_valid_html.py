"""The Nu HTML checker reads pages of every template of the demo, public and internal, offline and in one run, and finds no error.

It is installed by `npm ci --prefix .ci/vnu` and needs Java.
"""

import json
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.chance import whole
from tests.machine import needed

pytestmark = whole


EACH = 3


def telling(site: Path) -> list[Path]:
    """Return the longest pages of every template in every language: what a template can say stands in one of them."""
    by_template: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        place = page.relative_to(site).parts
        family = re.search(r'data-nr-family="(\w+)"', page.read_text("utf-8"))
        language = place[0] if place[0] == "en" else "de"
        by_template[language, family[1] if family else "", *place[:-2][:2]].append(page)
    return [
        page
        for pages in by_template.values()
        for page in sorted(pages, key=lambda page: (-page.stat().st_size, page))[:EACH]
    ]


def errors(files: list[Path]) -> list[dict[str, Any]]:
    """Return what the checker calls an error in some HTML files."""
    command = [
        needed("Java"),
        "-Xss4m",
        "-jar",
        needed("vnu-jar"),
        "--errors-only",
        "--format",
        "json",
        "--skip-non-html",
    ]
    done = subprocess.run(
        [*command, "--exit-zero-always", *map(str, files)], capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return found


def test_every_template_makes_valid_html(demo_site: Path, internal_site: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><html lang=de><title>x</title><h2>a</h2><h5>b</h5>", "utf-8")
    pages = [*telling(demo_site), *telling(internal_site)]
    assert len(pages) > 100
    found = errors([*pages, bad])
    planted = [item for item in found if item["url"].endswith("/bad.html")]
    assert planted, "the checker did not read the pages"
    told = Counter(
        f"{item['message']} ({item['url'].split('/site/')[-1]}:{item.get('lastLine')})"
        for item in found
        if item not in planted
    )
    assert sorted(told) == []
