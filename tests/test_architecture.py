"""Packages import what is written here and only packages below them; docs/architecture.md names them in this order."""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from bench.house import read
from generator.parts import Part
from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
PROGRAM = read(ROOT)


def packages(within: str = "") -> dict[str, set[str]]:
    """By package the others that it imports."""
    arrows = PROGRAM.arrows(within)
    return {
        package: {other for one, other in arrows if one == package} for package in PROGRAM.packages(within)
    }


IMPORTS = {
    "": {
        "subjects": "check derive diagnostics disclosure export model parts printing read render search",
        "cli": "commands diagnostics",
        "commands": "diagnostics disclosure edit export files mkdocs_plugin model pipeline preview printing read",
        "preview": "diagnostics export files mkdocs_plugin model pipeline read render",
        "mkdocs_plugin": "check diagnostics files pipeline read render",
        "pipeline": "check derive diagnostics disclosure edit export files model parts printing read render theme",
        "edit": "derive diagnostics disclosure export files hours model parts read render",
        "check": "derive diagnostics disclosure files hours model parts read",
        "printing": "files model render",
        "theme": "files render",
        "derive": "disclosure files hours model parts read",
        "disclosure": "diagnostics files model read",
        "render": "diagnostics export files hours model parts search",
        "export": "hours model parts",
        "search": "files model",
        "read": "diagnostics files model",
        "model": "files hours parts",
        "hours": "files",
        "files": "diagnostics",
        "diagnostics": "",
        "parts": "",
    },
    "render.": {
        "pages": "base data_files directory figures frame maps written_reports",
        "data_files": "base directory figures frame maps written_reports",
        "written_reports": "base components directory figures frame maps",
        "components": "base directory frame maps",
        "maps": "base directory figures",
        "figures": "base directory",
        "frame": "base directory",
        "directory": "base",
        "base": "",
    },
    "edit.": {
        "imports": "records tables translation",
        "new_figures": "records schemas tables",
        "cms": "records schemas",
        "schemas": "",
        "report_writing": "records",
        "translation": "tables",
        "records": "tables",
        "tables": "",
    },
}
"""By package, from the top down, the others that it imports: in the program, inside `render/`, inside `edit/`. An arrow more is a decision."""


PLANNING = (
    "disclosure", "printing", "subjects.", "check.figures", "commands.figures_and_reports", "derive.coverage_facts", "derive.indicator_series",
    "derive.releases", "derive.trends", "derive.uncertainty", "edit.report_writing", "pipeline.audit", "pipeline.report_editions",
    "render.data_files.figure_downloads", "render.figures", "render.maps.choropleth", "render.pages.coverage_pages",
    "render.pages.edition_pages", "render.pages.endings", "render.pages.figure_pages", "render.pages.need_pages", "render.pages.reports_home", "render.written_reports",
)  # fmt: skip
"""Modules of figures, reports and planning, by how their names begin; all others are the core, what families and editors use."""
PLANNING_IN_CORE = {
    ("commands.changes", "commands.figures_and_reports"),
    ("commands.editing", "commands.figures_and_reports"),
}
"""Who in the core still imports planning beside the registries (`subjects/reporting`); a row more is a decision."""


def test_the_core_reaches_planning_through_registries_alone() -> None:
    found = {
        (name, target)
        for name, targets in PROGRAM.imports.items()
        if not name.startswith(PLANNING)
        for target in targets
        if target.startswith(PLANNING)
    }
    assert found == PLANNING_IN_CORE


@pytest.mark.parametrize("within", IMPORTS)
def test_packages_import_what_is_written_here(within: str) -> None:
    written = {package: set(others.split()) for package, others in IMPORTS[within].items()}
    assert written == packages(within)


@pytest.mark.parametrize("within", IMPORTS)
def test_a_package_imports_only_packages_below_it(within: str) -> None:
    order = list(IMPORTS[within])
    for package, others in IMPORTS[within].items():
        assert all(order.index(other) > order.index(package) for other in others.split()), package


def test_the_page_names_the_packages_from_the_top_down() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    told: dict[str, list[str]] = {"": []}
    for blanks, package in re.findall(r"^( *)- `(\w+)/?`: ", text, re.MULTILINE):
        if blanks:
            told.setdefault(f"{told[''][-1]}.", []).append(package)
        else:
            told[""].append(package)
    assert told == {within: list(table) for within, table in IMPORTS.items()}


def test_a_class_name_stands_once_in_the_house() -> None:
    nodes = (node for tree in PROGRAM.trees.values() for node in ast.walk(tree))
    names = Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))
    assert [name for name, number in names.items() if number > 1] == []


def test_a_module_opens_with_one_plain_sentence_of_at_most_twenty_words() -> None:
    wrong = []
    for name, tree in PROGRAM.trees.items():
        text = ast.get_docstring(tree) or ""
        first = text.split("\n\n")[0]
        sentences = re.findall(r"[.!?](?=\s|$)", text)
        if not 2 <= len(first.split()) <= 20 or len(sentences) > 3 or ";" in text:
            wrong.append((name, len(first.split()), len(sentences)))
    assert wrong == []


def test_tests_of_a_package_stand_in_a_folder_of_its_name() -> None:
    (others,) = re.findall(
        r"what needs the whole program in\n(.*?)\.", (ROOT / "docs" / "architecture.md").read_text("utf-8")
    )
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/*.py")}
    assert folders - PROGRAM.packages() == set(re.findall(r"`(\w+)/`", others))


def test_every_file_and_folder_that_the_page_names_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:\w+/)+[\w.-]*)`", text))
    assert len(named) > 80
    # In the list of packages a folder stands by its name alone.
    bases = (ROOT, PACKAGE, *(path.parent for path in PACKAGE.rglob("__init__.py")), PACKAGE / "templates")
    bases = (*bases, ROOT / "tests")
    single = {name for name in named if re.fullmatch(r"\w+/", name)}
    assert [name for name in sorted(single) if not any((base / name).is_dir() for base in bases)] == []
    assert [
        name for name in sorted(named - single) if not any((base / name).exists() for base in (ROOT, PACKAGE))
    ] == []


def test_what_the_page_says_to_stand_in_a_file_stands_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    said = re.findall(r"`(\w+)` in `([\w/]+\.py)`", text)
    assert len(said) > 8
    assert [
        (name, path)
        for name, path in said
        if not re.search(
            rf"^(?: {{4}}|def |class )?{name}\b", (PACKAGE / path).read_text("utf-8"), re.MULTILINE
        )
    ] == []


def test_modules_name_only_modules_that_exist() -> None:
    missing = set()
    for path in PACKAGE.rglob("*.py"):
        for name in re.findall(r"`((?:\w+/)+\w+\.py)`", path.read_text("utf-8")):
            if not any((base / name).exists() for base in (ROOT, PACKAGE, path.parent, path.parents[1])):
                missing.add(f"{path.relative_to(ROOT)}: {name}")
    assert missing == set()


def test_decisions_name_only_files_and_tests_that_exist() -> None:
    text = "".join(page.read_text("utf-8") for page in sorted((ROOT / "docs" / "decisions").glob("*.md")))
    files = set(re.findall(r"`((?:generator|tests|docs|resources)/[\w./-]+)`", text))
    assert len(files) > 30
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []
    assert re.findall(r"`[\w./-]+\.(?:py|js)`", re.sub(r"`(?:generator|tests)/[^`]*`", "", text)) == []
    source = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py")))
    assert [name for name in set(re.findall(r"`(test_\w+)`", text)) if f"def {name}(" not in source] == []


def anchors(page: Path) -> set[str]:
    """Return the addresses of a page's headings, as forges make them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


def test_links_between_the_pages_of_the_docs_lead_somewhere() -> None:
    dead = []
    for page in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "bench").glob("*.md")]:
        for link, anchor in re.findall(r"\]\(([^)#:\s]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
            target = page.parent / link if link else page
            found = target.exists() and (not anchor or target.suffix != ".md" or anchor in anchors(target))
            dead += [] if found else [f"{page.relative_to(ROOT)}: {link}#{anchor}"]
    assert dead == []


OF_MAINTAINERS = (
    "accessibility", "architecture", "browsers", "changes", "danger", "developing", "disclosure", "licences",
    "offline", "performance", "search", "two-days-a-month",
)  # fmt: skip
"""Pages of docs/ for whoever takes the program over; the others are for towns."""


def test_what_a_maintainer_has_to_read_stays_short() -> None:
    docs = ROOT / "docs"
    pages = [docs / f"{name}.md" for name in OF_MAINTAINERS]
    pages += [*(docs / "decisions").glob("*.md"), ROOT / "CHANGELOG.md"]
    assert sum(len(page.read_text("utf-8").split()) for page in pages) <= 12_000


PARTS = {
    "__init__": "parts",
    "model": "model",
    "export": "export",
    "derive": "derive",
    "check": "check",
    "page": "render",
    "sections": "render",
    "build": "pipeline",
}
"""By part of a subject the package whose rules hold for it; what stands behind the part's name in that of a module (`page_steps`) belongs to it."""


def part_of(module: str) -> tuple[str, str]:
    """The subject of a module and the package whose rules hold for it."""
    _, subject, *rest = module.split(".")
    return subject, PARTS[rest[0].split("_")[0] if rest else "__init__"]


def test_a_part_of_a_subject_imports_what_its_package_may_and_no_other_subject() -> None:
    below = packages()
    wrong = []
    for module in (name for name in PROGRAM.modules if name.startswith("subjects.")):
        subject, package = part_of(module)
        for target in PROGRAM.imports[module]:
            if target.startswith("subjects."):
                other, there = part_of(target)
                fine = other == subject and there in {package, *below.get(package, ())}
            else:
                there = target.split(".")[0]
                fine = there in {package, *below.get(package, ())}
            if not fine:
                wrong.append((module, target))
    assert wrong == []
    assert len(PARTS) <= 10
    assert set(get_args(Part)) == PARTS.keys()


def test_nothing_imports_a_subject_by_its_name() -> None:
    outside = [name for name in PROGRAM.modules if not name.startswith("subjects")]
    assert [
        name for name in outside if any(one.startswith("subjects") for one in PROGRAM.imports[name])
    ] == []
