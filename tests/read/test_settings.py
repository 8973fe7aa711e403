"""MkDocs' settings of a town: what runs programs or reads other files makes a reading one that nothing can be compared with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.files.disk import Disk
from generator.model.config import TownLook
from generator.read.mkdocs_settings import read_mkdocs


@pytest.mark.parametrize(
    ("text", "comparable"),
    [
        ("markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes]\n", True),
        ("markdown_extensions: [md_in_html, sane_lists, smarty, tables, toc]\n", True),
        ("markdown_extensions: [pymdownx.tasklist, {pymdownx.details: {}}]\n", True),
        ("markdown_extensions: {pymdownx.tasklist: {}}\n", True),
        ("markdown_extensions: [pymdownx.snippets]\n", False),
        ("markdown_extensions: [{pymdownx.b64: {}}]\n", False),
        ("markdown_extensions: [eigene.erweiterung]\n", False),
        ("markdown_extensions: tables\n", False),
        ("hooks: [haken.py]\n", False),
        ("- hooks\n", False),
        ("plugins: [nahraum]\n", True),
        ("plugins: [nahraum, {include-markdown: {}}]\n", False),
    ],
)
def test_only_settings_that_run_nothing_can_be_compared(tmp_path: Path, text: str, comparable: bool) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, "utf-8")
    os.utime(path, (1, 1))  # what is new might change unseen
    disk = Disk(tmp_path)
    assert read_mkdocs(disk, {}, untrusted=False) == (text, TownLook(), [])
    assert disk.seen.whole is comparable


@pytest.mark.parametrize("text", ["markdown_extensions: [tables]\n", "hooks: [haken.py]\n"])
def test_settings_of_strangers_are_not_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    used, _, found = read_mkdocs(Disk(tmp_path), {}, untrusted=True)
    assert text not in used
    assert [item.code for item in found] == ["mkdocs-uebergangen"]
