"""The table of rooms in docs/architecture.md is what the code does."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.conftest import ROOT


def rooms_of_the_code() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "generator").rglob("*.py")):
        room = path.relative_to(ROOT / "generator").parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue
        imported = {target.split(".")[1] for target in _imports(path) if "." in target}
        found[room] |= imported - {room}
    return dict(found)


def _imports(path: Path) -> set[str]:
    targets: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "generator":
            targets |= {f"generator.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            targets.add(node.module)
    return {target for target in targets if target.startswith("generator")}


def test_the_table_of_rooms_is_true() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)/?` \|.*\|([^|]*)\|$", text, re.MULTILINE)
    told = {room: set(re.findall(r"`(\w+)`", imports)) for room, imports in rows}
    assert told == rooms_of_the_code()


def test_every_file_that_the_page_names_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|html))`", text))
    assert len(named) > 20
    assert (
        sorted(
            name for name in named if not any((base / name).is_file() for base in (ROOT, ROOT / "generator"))
        )
        == []
    )


def test_links_between_the_pages_of_the_docs_lead_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []
