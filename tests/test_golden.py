"""Golden sites: small towns whose files and pages are compared with what is kept, one of them to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.golden.sites import (
    NAMES,
    WHOLE,
    Site,
    body,
    build,
    difference,
    expectation,
    kept_expectation,
    without_versions,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_site_is_built_as_expected(name: str, tmp_path: Path) -> None:
    made = expectation(build(name, tmp_path))
    told = difference(kept_expectation(name), made)
    assert not told, f"{told}\n\nIf this is what people should see: python -m tests.golden.rewrite {name}"


def test_there_is_a_whole_site_and_all_have_records_of_a_family() -> None:
    assert set(NAMES) == {"internal", "two-languages", "village"}
    assert set(NAMES) >= WHOLE
    for name in NAMES:
        kept = kept_expectation(name)
        assert "pages/index.html" in kept, name
        assert [path for path in kept if path.startswith("pages/angebote/")], name


def test_a_changed_page_a_missing_and_a_new_one_are_told() -> None:
    kept = {"files.txt": "a\n", "pages/a": "<p>Montag</p><p>Dienstag</p>\n", "pages/b": "b\n"}
    made = {"files.txt": "a\n", "pages/a": "<p>Montag</p><p>Mittwoch</p>\n", "pages/c": "c\n"}
    told = difference(kept, made)
    assert "-<p>Dienstag</p>\n+<p>Mittwoch</p>" in told
    assert "-<p>Montag</p>" not in told
    assert "- pages/b is not made any more" in told
    assert "+ pages/c is new" in told
    assert difference(kept, kept) == ""


def test_every_byte_of_a_whole_site_counts_but_only_bodies_of_the_others() -> None:
    page = b'<html><link href="a.css?v=01234567"><main id="inhalt">\n<p>Hallo</p>\n</main></html>'
    restyled = page.replace(b"01234567", b"76543210")

    def kept(name: str, content: bytes) -> dict[str, str]:
        return expectation(Site(name, {"index.html": content}, "", frozenset()))

    assert kept("village", page) != kept("village", restyled)
    assert kept("village", page)["pages/index.html"] == kept("village", restyled)["pages/index.html"]
    assert kept("internal", page) == kept("internal", restyled)
    assert kept("internal", page) != kept("internal", page.replace(b"Hallo", b"Moin"))
    assert body(page.decode()) == "<p>Hallo</p>\n"
    assert without_versions("maps.js?v=0123abcd") == "maps.js?v="


def test_expectations_are_not_rewritten_in_ci() -> None:
    command = [sys.executable, "-m", "tests.golden.rewrite", "village"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "CI": "true"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "not rewritten in CI" in done.stderr
