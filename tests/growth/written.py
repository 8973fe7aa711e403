"""The source in; every regular expression that it holds, with where it stands and how it is used, out."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import _constants, _parser
from typing import Any

ROOT = Path(__file__).parents[2]
_CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split")
_CALLED = re.compile(rf"(?<![\w.])re\.(?:{'|'.join(_CALLS)})\(")
_ANCHORED = {"match", "fullmatch"}
_SIGNS = (_constants.ANY, _constants.IN, _constants.LITERAL, _constants.NOT_LITERAL)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Site:
    """A place in the source where a pattern is made; `built` tells that it can't be worked out from the module alone."""

    file: str
    line: int
    function: str
    patterns: tuple[str | bytes, ...]
    flags: int
    mode: str

    @property
    def built(self) -> bool:
        return not self.patterns

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


def _parts(pattern: str | bytes, flags: int) -> Iterator[tuple[Any, ...]]:
    """Yield every part of a parsed pattern, the parts within others too."""
    todo: list[Any] = list(_parser.parse(pattern, flags))
    while todo:
        part = todo.pop()
        if isinstance(part, _parser.SubPattern | list | tuple):
            todo += list(part)
        if isinstance(part, tuple):
            yield part


def groups_held(pattern: str | bytes, flags: int = 0) -> int:
    """Count what never gives back more than one sign at a time: groups repeated by `*+`, `++`, `?+`, and atomic groups."""
    return sum(
        part[0] is _constants.ATOMIC_GROUP
        or (part[0] is _constants.POSSESSIVE_REPEAT and not _is_one_sign(part[1][2]))
        for part in _parts(pattern, flags)
    )


def _is_one_sign(part: _parser.SubPattern) -> bool:
    return len(part) == 1 and part[0][0] in _SIGNS


def written_in(folder: Path = ROOT / "generator") -> list[str]:
    """Return the files below a folder that may hold patterns, told by a look at their texts alone."""
    found = [path for path in folder.rglob("*.py") if _CALLED.search(path.read_text("utf-8"))]
    scripts = [path for path in (folder / "assets").rglob("*.js") if any(_literals(path.read_text("utf-8")))]
    return sorted(path.relative_to(ROOT).as_posix() for path in (*found, *scripts))


def sites(selves: Mapping[str, object], folder: Path = ROOT / "generator") -> list[Site]:
    """Return every call of `re` below a folder; `selves` are examples of classes by which their methods make patterns."""
    return [site for path in sorted(folder.rglob("*.py")) for site in _Module(path, selves).sites()]


class _Module:
    def __init__(self, path: Path, selves: Mapping[str, object]) -> None:
        self.selves = selves
        self.file = path.relative_to(ROOT).as_posix()
        self.tree = ast.parse(path.read_text("utf-8"))
        self.above = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.name = self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def sites(self) -> Iterator[Site]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module == "re":
                raise AssertionError(
                    f"{self.file}:{node.lineno}: import re as a whole, so that it is found here"
                )
            if isinstance(node, ast.Call) and _is_re(node.func):
                yield self.site(node)

    def site(self, call: ast.Call) -> Site:
        assert isinstance(call.func, ast.Attribute)
        method = call.func.attr
        given = {word.arg: word.value for word in call.keywords}
        position = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2)
        flags = given.get("flags") or (call.args[position] if len(call.args) > position else None)
        return Site(
            self.file,
            call.lineno,
            self.function(call),
            tuple(self.values(call.args[0])),
            int(next(iter(self.values(flags)), 0)) if flags is not None else 0,
            self.mode(call) if method == "compile" else method if method in _ANCHORED else "search",
        )

    def function(self, node: ast.AST) -> str:
        names: list[str] = []
        while node in self.above:
            node = self.above[node]
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.append(node.name)
        return ".".join(reversed(names))

    def values(self, expression: ast.expr) -> list[Any]:
        """Work an expression out with what the module knows; with a loop inside a list around it, every value of it."""
        known = dict(vars(importlib.import_module(self.name)))
        owner = self.selves.get(f"{self.name}.{self.function(expression).split('.', 1)[0]}")
        known |= {"self": owner} if owner is not None else {}
        if isinstance(expression, ast.Call) and ast.unparse(expression.func) == "re.escape":
            # A text that is searched for as it is.
            return ["Text"]
        try:
            return [eval(compile(ast.Expression(expression), self.file, "eval"), known)]
        except NameError:
            pass
        around: list[ast.comprehension] = []
        node: ast.AST = expression
        while node in self.above:
            node = self.above[node]
            if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
                around = [*node.generators, *around]
        if not around:
            return []
        every = ast.fix_missing_locations(ast.Expression(ast.ListComp(expression, around)))
        try:
            return list(eval(compile(every, self.file, "eval"), known))
        except NameError:
            return []

    def mode(self, call: ast.Call) -> str:
        """Say how a compiled pattern is used: in any way where that can't be seen from its module."""
        node: ast.AST = call
        several = False
        while node in self.above and not isinstance(node, ast.Assign | ast.AnnAssign):
            node = self.above[node]
            several = several or isinstance(node, ast.GeneratorExp | ast.ListComp)
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            return "any"
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if not isinstance(target, ast.Name) or not target.id.startswith("_"):
            return "any"
        names = {target.id} if not several else self.drawn_from(target.id)
        used: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
                user = self.above[node]
                after = self.above.get(user)
                if isinstance(user, ast.Call) and _is_re(user.func):
                    # Here it is still the text of a pattern.
                    continue
                if (
                    not isinstance(user, ast.Attribute)
                    or not isinstance(after, ast.Call)
                    or after.func is not user
                ):
                    return "any"
                # A place to start from comes from a walk along the text.
                used.add(user.attr if len(after.args) < 2 or user.attr not in _ANCHORED else "search")
        if len(used) == 1 and used <= _ANCHORED:
            return used.pop()
        return "any" if "fullmatch" in used or not used else "search"

    def drawn_from(self, name: str) -> set[str]:
        """Return the names to which a loop over `name` gives its patterns."""
        loops = [node for node in ast.walk(self.tree) if isinstance(node, ast.For | ast.comprehension)]
        return {
            part.id
            for loop in loops
            if isinstance(loop.iter, ast.Name) and loop.iter.id == name
            for part in ast.walk(loop.target)
            if isinstance(part, ast.Name)
        }


def _is_re(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
        and node.attr in _CALLS
    )


# --- scripts ---------------------------------------------------------------------------------------------------------

# What Python's patterns have no name for.
_OF_SCRIPTS = {
    r"[\p{L}\p{N}\p{M}]": r"[\w\u0300-\u036f]",
    r"[\p{L}\p{N}]": r"[^\W_]",
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]": r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ue000-\uf8ff]",
    r"[^\p{L}\p{N}\p{M}]": r"[^\w\u0300-\u036f]",
    r"[^\p{L}\p{N}]": r"[\W_]",
    r"[^\p{L}]": r"[\W\d_]",
    r"\p{Lu}": r"[A-ZÄÖÜ]",
    r"\p{Ll}": r"[a-zäöüß]",
    r"\p{Mn}": r"[\u0300-\u036f]",
    r"\p{M}": r"[\u0300-\u036f]",
    r"\p{L}": r"[^\W\d_]",
    r"\p{Script=Arabic}": r"[\u0600-\u06ff]",
    r"\p{Script=Cyrillic}": r"[\u0400-\u04ff]",
}
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
_BEFORE_A_PATTERN = frozenset("(,=:[!&|?{};>\n")


def script_sites(folder: Path = ROOT / "generator" / "assets") -> list[Site]:
    """Return every pattern that stands between slashes in a script, as Python writes it."""
    found: list[Site] = []
    for path in sorted(folder.rglob("*.js")):
        text = path.read_text("utf-8")
        for start, pattern, flags in _literals(text):
            for theirs, ours in _OF_SCRIPTS.items():
                pattern = pattern.replace(theirs, ours)
            assert "\\p{" not in pattern, f"{path.name}: {pattern}"
            ours_of = sum(_FLAGS[flag] for flag in flags if flag in _FLAGS)
            line = text.count("\n", 0, start) + 1
            name = path.relative_to(ROOT).as_posix()
            found.append(
                Site(name, line, "", (re.sub(r"\(\?<(?![=!])", "(?P<", pattern),), ours_of, "search")
            )
    return found


def _literals(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the patterns of a script; comments, texts and divisions are passed over."""
    at = 0
    before = "\n"
    while at < len(text):
        sign = text[at]
        if text.startswith("//", at):
            at = text.find("\n", at)
        elif text.startswith("/*", at):
            at = text.find("*/", at) + 2
        elif sign in "\"'`":
            at = _end(text, at, sign)
            before = sign
        elif sign == "/" and before in _BEFORE_A_PATTERN:
            end = _end(text, at, "/")
            flags = re.match(r"[a-z]*", text[end:])
            assert flags is not None
            yield at, text[at + 1 : end - 1], flags[0]
            at = end
            before = "/"
        else:
            if not sign.isspace() or sign == "\n":
                before = sign
            at += 1


def _end(text: str, start: int, sign: str) -> int:
    at = start + 1
    inside = False
    while text[at] != sign or inside:
        if sign == "/":
            inside = text[at] == "[" or (inside and text[at] != "]")
        at += 2 if text[at] == "\\" else 1
    return at + 1
