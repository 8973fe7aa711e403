"""What is promised stands word by word in the docs, in the report that somebody signs, and on the page on data."""

import html
from pathlib import Path

from generator.model.indicator import PROMISE
from tests.disclosure.test_site import ROOT, built
from tests.disclosure.worlds import RAW


def test_what_is_promised_stands_in_the_docs_the_report_and_on_the_page(tmp_path: Path) -> None:
    _, site = built(tmp_path, RAW)
    report = (tmp_path / "roh/bericht-2026-03-01.md").read_text("utf-8")
    page = html.unescape((site / "daten/index.html").read_text("utf-8"))
    docs = (ROOT / "docs/figures.md").read_text("utf-8")
    for text in (report, page, docs):
        assert [sentence for sentence in PROMISE if sentence not in text] == []
    assert "| Stelle | Funktion | Tag | Unterschrift |" in report
