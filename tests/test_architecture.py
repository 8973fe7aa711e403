"""The tables of rooms in docs/architecture.md are what the code does."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "generator"


def name_of(path: Path) -> str:
    """The dotted name of a module below the package: `render.base.texts`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(name: str) -> set[str]:
    """The modules of the house that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    inside = {target.removeprefix("generator.") for target in found if target.startswith("generator.")}
    return {target if target in MODULES else target.rpartition(".")[0] for target in inside}


def rooms(depth: int, within: str = "") -> dict[str, set[str]]:
    """By room the others that it imports; rooms are the modules and packages at this depth."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in MODULES:
        if not name.startswith(within) or name.count(".") + 1 < depth or name.startswith("__"):
            continue
        room = name.split(".")[depth - 1]
        targets = {
            target for target in imports(name) if target.startswith(within) and target.count(".") + 1 >= depth
        }
        found[room] |= {target.split(".")[depth - 1] for target in targets} - {room}
    return dict(found)


def told() -> list[dict[str, set[str]]]:
    """The tables of the page, each as its rooms with what they import."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    tables = re.findall(r"^\| room .*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    rows = [re.findall(r"^\| `(\w+)/?` \|.*\|([^|]*)\|$", table, re.MULTILINE) for table in tables]
    return [{room: set(re.findall(r"`(\w+)`", others)) for room, others in table} for table in rows]


def test_the_tables_of_rooms_are_true() -> None:
    house, render = told()
    assert house == {room: others for room, others in rooms(1).items() if room}
    assert render == {room: others for room, others in rooms(2, "render.").items() if room}


def test_the_order_of_the_tables_is_the_order_of_the_rooms() -> None:
    for table in told():
        order = list(table)
        for room, others in table.items():
            assert all(order.index(other) > order.index(room) for other in others), room


def test_tests_of_a_room_stand_in_a_folder_of_its_name() -> None:
    (others,) = re.findall(
        r"what needs the whole house in\n(.*?)\.", (ROOT / "docs" / "architecture.md").read_text("utf-8")
    )
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}
    assert folders - set(rooms(1)) == set(re.findall(r"`(\w+)/`", others))


def test_every_file_that_the_page_names_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.(?:py|html))`", text))
    assert len(named) > 20
    assert [
        name for name in sorted(named) if not any((base / name).is_file() for base in (ROOT, PACKAGE))
    ] == []


def test_links_between_the_pages_of_the_docs_lead_somewhere() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []
