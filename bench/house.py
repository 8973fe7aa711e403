"""Measure the program: packages, modules, lines, statements, public names, imports, circles.

python -m bench.house            as it stands
python -m bench.house b163b41    beside an older commit
python -m bench.house --check    exit 1 where a package is above its ceiling in bench/ceilings.txt (`make check` asks)
"""

from __future__ import annotations

import ast
import io
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "generator"
SUBJECTS = "subjects"
CEILINGS = ROOT / "bench" / "ceilings.txt"
_SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class House:
    """The modules of the package by dotted name, `render.base.texts`, each with its file's place and text."""

    modules: Mapping[str, tuple[Path, str]]

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        """Each module as Python reads it."""
        return {name: ast.parse(text) for name, (_, text) in self.modules.items()}

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """By module the others of the house that it imports, wherever in it."""
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

    def rooms(self, within: str = "") -> set[str]:
        """The packages and modules directly in the house, or in one of its rooms."""
        return {
            name.removeprefix(within).split(".")[0]
            for name in self.modules
            if name.startswith(within) and not name.startswith("__")
        }

    def arrows(self, within: str = "") -> set[tuple[str, str]]:
        """Which room imports which."""
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

    def circles(self) -> list[set[str]]:
        """Modules that import one another in a circle."""
        reach = {name: _reached(name, self.imports) for name in self.modules}
        found: list[set[str]] = []
        for name in self.modules:
            circle = {other for other in reach[name] if name in reach[other]}
            if circle and circle not in found:
                found.append(circle)
        return found

    def loose(self, room: str) -> int:
        """How many modules lie directly in a room, beside its folders."""
        return sum(
            path.parent.as_posix() == f"{PACKAGE}/{room}" and path.stem[:2] != "__"
            for path, _ in self.modules.values()
        )

    def twice(self, names: Iterable[str]) -> list[str]:
        """What stands more than once among names."""
        return sorted(name for name, number in Counter(names).items() if number > 1)

    def classes(self) -> list[str]:
        """The names of all classes."""
        return [
            node.name
            for tree in self.trees.values()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
        ]

    def files(self) -> list[str]:
        """The names of all files, but for those that every folder has."""
        return [path.stem for path, _ in self.modules.values() if path.stem[:2] != "__"]

    def own(self, room: str = "") -> list[str]:
        """The modules of a room or of a subject, `subjects.budgets`; of the whole house without a name."""
        return [name for name in self.modules if not room or name == room or name.startswith(f"{room}.")]

    def rooms_and_subjects(self) -> list[str]:
        """The rooms, and each subject in the place of the folder that holds them."""
        found = self.rooms() - {SUBJECTS} | {f"{SUBJECTS}.{name}" for name in self.rooms(f"{SUBJECTS}.")}
        return sorted(name for name in found if self.own(name))

    def lines(self, room: str = "") -> tuple[int, int]:
        """The lines of the house or a room, and those of them that hold code: no blank one, comment or docstring."""
        own = self.own(room)
        return (
            sum(len(self.modules[name][1].splitlines()) for name in own),
            sum(_lines_of_code(self.modules[name][1], self.trees[name]) for name in own),
        )


@dataclass(frozen=True)
class Size:
    """How large a package is: `Size(lines=4443, statements=2210, public=310)`."""

    lines: int
    statements: int
    public: int


def size(house: House, room: str = "") -> Size:
    """Count lines, statements (no docstrings) and the public names that modules define; of all without a package."""
    own = house.own(room)
    trees = [house.trees[name] for name in own]
    return Size(
        lines=house.lines(room)[0],
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
    """Read `package lines statements public [why]`, a row a package; `#` begins a remark."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {row[0]: Size(*map(int, row[1:4])) for row in rows}


def above(house: House, ceilings: Mapping[str, Size]) -> list[str]:
    """Say which package is larger than its ceiling, or has none."""
    found = []
    for room in house.rooms_and_subjects():
        if room not in ceilings:
            found.append(f"{room}: has no ceiling")
            continue
        for what, number in asdict(size(house, room)).items():
            if number > getattr(ceilings[room], what):
                found.append(f"{room}: {number:,} {what}, at most {getattr(ceilings[room], what):,}")
    return found


def _reached(name: str, imports: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = set(imports[name])
    while ahead:
        found |= ahead
        ahead = {target for one in ahead for target in imports[one]} - found
    return found


def _lines_of_code(text: str, tree: ast.Module) -> int:
    """Lines on which something is done; a text that stands for itself is a docstring."""
    spoken = {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    there = {
        number
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in _SILENT
        for number in range(token.start[0], token.end[0] + 1)
    }
    return len(there - spoken)


def read(root: Path) -> House:
    """Read the package below a folder."""
    modules = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        place = path.relative_to(root)
        name = ".".join(place.with_suffix("").parts[1:]).removesuffix("__init__").rstrip(".")
        if name:
            modules[name] = (place, path.read_text("utf-8"))
    return House(modules)


def at(commit: str) -> House:
    """Read the package of a commit."""
    packed = subprocess.run(
        ["git", "archive", commit, PACKAGE], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        return read(Path(folder))


def figures(house: House) -> dict[str, str]:
    """What is said of a house."""
    lines, code = house.lines()
    loose = {room: house.loose(room) for room in house.rooms()}
    fullest = max(loose, key=lambda room: loose[room])
    longest = max(house.modules, key=lambda name: len(house.modules[name][1].splitlines()))
    return {
        "rooms": f"{len(house.rooms())}",
        "arrows between rooms": f"{len(house.arrows())}",
        "rooms of render": f"{len(house.rooms('render.'))}",
        "arrows between rooms of render": f"{len(house.arrows('render.'))}",
        "circles of modules": f"{len(house.circles())}",
        "modules": f"{len(house.modules)}",
        "lines": f"{lines:,}",
        "lines of code": f"{code:,}",
        "statements": f"{size(house).statements:,}",
        "loose modules in the fullest room": f"{loose[fullest]} ({fullest})",
        "longest module, lines": f"{len(house.modules[longest][1].splitlines())} ({longest})",
        "class names that stand twice": f"{len(house.twice(house.classes()))}",
        "file names that stand twice": f"{len(house.twice(house.files()))}",
    }


def main(commits: list[str]) -> None:
    """Print the figures of this tree, and of each commit before them."""
    houses = {**{commit: at(commit) for commit in commits}, "now": read(ROOT)}
    told = {name: figures(house) for name, house in houses.items()}
    print(f"{'':36}" + "".join(f"{name:>28}" for name in houses))
    for row in told["now"]:
        print(f"{row:36}" + "".join(f"{one[row]:>28}" for one in told.values()))
    for name, house in houses.items():
        print(f"\n{name}: modules, of them loose, lines, statements, public names")
        for room in sorted(house.rooms_and_subjects(), key=lambda room: -house.lines(room)[0]):
            one = size(house, room)
            print(
                f"  {room:24}{len(house.own(room)):6}{house.loose(room):6}"
                f"{one.lines:9,}{one.statements:9,}{one.public:7,}"
            )
        for what, names in (("classes", house.classes()), ("files", house.files())):
            if again := house.twice(names):
                print(f"  {what} twice: {', '.join(again)}")
        for circle in house.circles():
            print(f"  circle: {', '.join(sorted(circle))}")


def check() -> int:
    """Print what is above its ceiling; return the exit code."""
    found = above(read(ROOT), read_ceilings(CEILINGS.read_text("utf-8")))
    for line in found:
        print(f"{line} ({CEILINGS.relative_to(ROOT)}: who raises a number says why in its line)")
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    main(sys.argv[1:])
