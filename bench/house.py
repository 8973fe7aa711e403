"""Measure the packages of the program: lines, statements, public names.

python -m bench.house            as it stands
python -m bench.house --check    exit 1 where a package is 5 % above its row of bench/ceilings.txt, or where a line
                                 of a script is longer than 120 characters (`make check` asks)
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "generator"
SUBJECTS = "subjects"
CEILINGS = ROOT / "bench" / "ceilings.txt"
SCRIPTS = "assets/js"
LONGEST = 120
"""Characters in a line of a script."""
SLACK = 1.05
"""How far a package may grow beyond its row before somebody has to raise it."""


@dataclass(frozen=True)
class Program:
    """The modules of the package by dotted name, `render.base.texts`, each with its file's place and text."""

    modules: Mapping[str, tuple[Path, str]]

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        """Each module as Python reads it."""
        return {name: ast.parse(text) for name, (_, text) in self.modules.items()}

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """By module the others of the program that it imports, wherever in it."""
        return {name: self._imported(name) - {name} for name in self.modules}

    def _imported(self, name: str) -> set[str]:
        own = f"{PACKAGE}.{name}".split(".")
        is_package = self.modules[name][0].name == "__init__.py"
        found = set()
        for node in ast.walk(self.trees[name]):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                up = own[: len(own) - node.level + is_package] if node.level else []
                base = ".".join([*up, *([node.module] if node.module else [])])
                found |= {f"{base}.{alias.name}" for alias in node.names}
        inside = [target.removeprefix(f"{PACKAGE}.") for target in found if target.startswith(f"{PACKAGE}.")]
        return {
            next((part for part in (target, target.rpartition(".")[0]) if part in self.modules), "")
            for target in inside
        } - {""}

    def packages(self, within: str = "") -> set[str]:
        """The packages and modules directly in the program, or in one of its packages."""
        return {
            name.removeprefix(within).split(".")[0]
            for name in self.modules
            if name.startswith(within) and not name.startswith("__")
        }

    def arrows(self, within: str = "") -> set[tuple[str, str]]:
        """Which package imports which."""
        return {
            (one, other)
            for name, targets in self.imports.items()
            for target in targets
            if name.startswith(within) and target.startswith(within) and not name.startswith("__")
            for one, other in [
                (name.removeprefix(within).split(".")[0], target.removeprefix(within).split(".")[0])
            ]
            if one != other
        }

    def own(self, package: str = "") -> list[str]:
        """The modules of a package or of a subject, `subjects.budgets`; of the whole program without a name."""
        return [
            name for name in self.modules if not package or name == package or name.startswith(f"{package}.")
        ]

    def packages_and_subjects(self) -> list[str]:
        """The packages, and each subject in the place of the folder that holds them."""
        found = self.packages() - {SUBJECTS} | {
            f"{SUBJECTS}.{name}" for name in self.packages(f"{SUBJECTS}.")
        }
        return sorted(name for name in found if self.own(name))


@dataclass(frozen=True)
class Size:
    """How large a package is: `Size(lines=4443, statements=2210, public=310)`."""

    lines: int
    statements: int
    public: int


def size(program: Program, package: str = "") -> Size:
    """Count lines, statements (no docstrings) and the public names that modules define; of all without a package."""
    own = program.own(package)
    trees = [program.trees[name] for name in own]
    return Size(
        lines=sum(len(program.modules[name][1].splitlines()) for name in own),
        statements=sum(_does_something(node) for tree in trees for node in ast.walk(tree)),
        public=sum(
            not name.startswith("_") for tree in trees for node in tree.body for name in _defined(node)
        ),
    )


def _does_something(node: ast.AST) -> bool:
    """Whether it is a statement; a docstring is none."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False
    return isinstance(node, ast.stmt)


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def read_ceilings(text: str) -> dict[str, Size]:
    """Read `package lines statements public`, a row a package; `#` begins a remark."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {row[0]: Size(*map(int, row[1:4])) for row in rows}


def above(program: Program, ceilings: Mapping[str, Size]) -> list[str]:
    """Say which package is larger than its ceiling with `SLACK`, or has none."""
    found = []
    for package in program.packages_and_subjects():
        if package not in ceilings:
            found.append(f"{package}: has no ceiling")
            continue
        for what, number in asdict(size(program, package)).items():
            most = int(getattr(ceilings[package], what) * SLACK)
            if number > most:
                found.append(f"{package}: {number:,} {what}, at most {most:,}")
    return found


def long_lines(root: Path) -> list[str]:
    """Say which lines of scripts have too many characters."""
    return [
        f"{path.relative_to(root)}:{number}: {len(line)} characters, at most {LONGEST}"
        for path in sorted((root / PACKAGE / SCRIPTS).glob("*.js"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]


def read(root: Path) -> Program:
    """Read the package below a folder."""
    modules = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        place = path.relative_to(root)
        name = ".".join(place.with_suffix("").parts[1:]).removesuffix("__init__").rstrip(".")
        if name:
            modules[name] = (place, path.read_text("utf-8"))
    return Program(modules)


def main() -> None:
    """Print how large each package is, the largest first, and all of them together."""
    program = read(ROOT)
    sizes = {package: size(program, package) for package in program.packages_and_subjects()}
    print(f"{'':24}{'modules':>9}{'lines':>9}{'statements':>12}{'public':>8}")
    for package in [*sorted(sizes, key=lambda package: -sizes[package].lines), ""]:
        one = sizes.get(package) or size(program)
        print(
            f"{package or 'all':24}{len(program.own(package)):9}{one.lines:9,}{one.statements:12,}{one.public:8,}"
        )


def check() -> int:
    """Print what is above its ceiling and which lines are too long; return the exit code."""
    found = above(read(ROOT), read_ceilings(CEILINGS.read_text("utf-8")))
    for line in found:
        print(f"{line} ({CEILINGS.relative_to(ROOT)}: who raises a number says why in the commit)")
    long = long_lines(ROOT)
    print("\n".join(long), end="\n" if long else "")
    return 1 if found or long else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    main()
