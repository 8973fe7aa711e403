"""The house in numbers: rooms, modules, lines, arrows, circles, names that stand twice; of this tree and of a commit before.

python -m bench.house            as it stands
python -m bench.house b163b41    beside a commit: that one was the last before the rooms
python -m bench.house --ratchet  exit 1 where a room is denser than bench/house.json allows (`make check` asks)
python -m bench.house --keep     write the densities of today into bench/house.json where they are lower
"""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "generator"
SUBJECTS = "subjects"
KEPT = ROOT / "bench" / "house.json"
# A function with more branches than this is counted as complex.
COMPLEX = 10
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
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


ALL = "nodes a statement"


@dataclass(frozen=True)
class Density:
    """How much stands on little room, in one room of the house. Counts, not rates."""

    nodes: int
    statements: int
    nodes_beside_imports: int
    statements_beside_imports: int
    lines_of_code: int
    nested: int
    conditional: int
    functions: int
    complex_functions: int

    def rates(self) -> dict[str, tuple[int, float]]:
        """Name each rate; give what is counted and the number of units (statements, 1,000 lines, functions) it is counted on."""
        thousands = self.lines_of_code / 1000
        return {
            ALL: (self.nodes, self.statements),
            "nodes a statement beside imports": (self.nodes_beside_imports, self.statements_beside_imports),
            "nested comprehensions a 1,000 lines": (self.nested, thousands),
            "conditional expressions a 1,000 lines": (self.conditional, thousands),
            "complex functions a 100": (self.complex_functions, self.functions / 100),
        }


def complexity(function: ast.AST) -> int:
    """Count the ways through a function: 1, and one more for each branch, loop, `and`, `or` and condition in it."""
    found = 1
    for node in ast.walk(function):
        if isinstance(node, _BRANCHES):
            found += 1
        elif isinstance(node, ast.BoolOp):
            found += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            found += 1 + len(node.ifs)
    return found


def _nested(tree: ast.AST) -> int:
    """Count comprehensions that have a second `for` or stand inside another one."""
    found = 0
    for node in ast.walk(tree):
        if not isinstance(node, _COMPREHENSIONS):
            continue
        found += len(node.generators) > 1
        inside = [other for other in ast.walk(node) if isinstance(other, _COMPREHENSIONS)]
        found += len(inside) > 1
    return found


def density(house: House, room: str) -> Density:
    """Count what makes a room's code dense."""
    trees = [house.trees[name] for name in house.own(room)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    statements = sum(isinstance(node, ast.stmt) for node in nodes)
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Density(
        nodes=len(nodes),
        statements=statements,
        nodes_beside_imports=len(nodes) - sum(1 + len(node.names) for node in imports),
        statements_beside_imports=statements - len(imports),
        lines_of_code=house.lines(room)[1],
        nested=sum(_nested(tree) for tree in trees),
        conditional=sum(isinstance(node, ast.IfExp) for node in nodes),
        functions=len(functions),
        complex_functions=sum(complexity(function) > COMPLEX for function in functions),
    )


def rose(house: House, kept: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Name each room and rate that is higher than what is kept of it; a room that isn't kept yet is held to the whole house."""
    found = []
    for room in house.rooms_and_subjects():
        allowed = kept.get(room, kept[PACKAGE])
        for name, (count, units) in density(house, room).rates().items():
            # Imports are the lightest statements: where files are merged they go, and what is left isn't denser.
            if name == ALL:
                continue
            # Half of one more and half a percent are no rise: otherwise a deleted plain line would be one.
            if count > allowed[name] * units * 1.005 + 0.5:
                found.append(f"{room}: {count / units:.2f} {name}, at most {allowed[name]:.2f}")
    return found


def densities(house: House) -> dict[str, dict[str, float]]:
    """Give the rates of each room, and of the whole house under the package's name."""
    counts = {room: density(house, room) for room in house.rooms_and_subjects()}
    rates = {room: _rates(one) for room, one in counts.items()}
    whole = Density(*(sum(column) for column in zip(*map(_counts, counts.values()), strict=True)))
    return {PACKAGE: _rates(whole), **rates}


def _counts(one: Density) -> tuple[int, ...]:
    return tuple(vars(one).values())


def _rates(one: Density) -> dict[str, float]:
    return {name: count / units if units else 0.0 for name, (count, units) in one.rates().items()}


def keep(house: House) -> None:
    """Write the rates of today, where they are lower than those that are kept; a rate is never raised."""
    before = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    today = densities(house)
    for room, rates in today.items():
        rates.pop(ALL)
        for name, rate in rates.items():
            rates[name] = round(min(rate, before.get(room, {}).get(name, rate)), 4)
    KEPT.write_text(json.dumps(today, indent=1) + "\n", "utf-8")


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
        print(f"\n{name}: modules, of them loose, lines, lines of code")
        for room in sorted(house.rooms_and_subjects(), key=lambda room: -house.lines(room)[1]):
            own = house.own(room)
            lines, code = house.lines(room)
            print(f"  {room:24}{len(own):6}{house.loose(room):6}{lines:9,}{code:9,}")
        for what, names in (("classes", house.classes()), ("files", house.files())):
            if again := house.twice(names):
                print(f"  {what} twice: {', '.join(again)}")
        for circle in house.circles():
            print(f"  circle: {', '.join(sorted(circle))}")
        _print_densities(house)


def _print_densities(house: House) -> None:
    """Print the rates of each room, with its nodes in front."""
    print(
        "  density: nodes, nodes a statement, the same beside imports, nested comprehensions and conditional expressions"
    )
    print("  a 1,000 lines of code, functions of 100 that are above complexity 10")
    for room, rates in densities(house).items():
        own = house.own("" if room == PACKAGE else room)
        nodes = sum(len(list(ast.walk(house.trees[name]))) for name in own)
        told = "".join(f"{rate:9.2f}" for rate in rates.values())
        print(f"  {room:24}{nodes:12,}{told}")


def ratchet() -> int:
    """Print where a room became denser than it was; return the exit code."""
    found = rose(read(ROOT), json.loads(KEPT.read_text("utf-8")))
    for line in found:
        print(f"denser than before: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--ratchet"]:
        sys.exit(ratchet())
    if sys.argv[1:] == ["--keep"]:
        keep(read(ROOT))
    else:
        main(sys.argv[1:])
