"""The files of the program in, a list with what each says of itself out: the first paragraph of its docstring, the first sentence of its comment.

python docs/module_list.py                    every file
python docs/module_list.py latest period      every module, class and function whose docstring has all of these words or beginnings of words
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PROGRAM = Path(__file__).parent.parent / "generator"
COMMENT = re.compile(
    r"\s*(?:/\*(?P<block>.*?)\*/|(?P<slashes>(?://[^\n]*\n)+)|(?P<hashes>(?:#[^\n]*\n)+)|\{#-?(?P<braces>.*?)-?#\})",
    re.DOTALL,
)
HEAD = """# Every file of the program in a sentence

What each file says of itself at its top; paths are below `generator/`. Which packages there are: docs/architecture.md.
"""
BESIDE = ("assets/js", "assets/worker", "assets/preview", "assets/css", "vocabulary", "templates")
"""Folders whose files aren't Python."""


def module_list(program: Path = PROGRAM) -> str:
    """Write a table a package, of its modules; then one for each folder of other files."""
    parts = [HEAD]
    folders = {path.parent for path in program.rglob("*.py") if "starter" not in path.parts}
    for folder in sorted(folders, key=lambda one: one.relative_to(program).parts):
        name = folder.relative_to(program).as_posix()
        rows = [(path.name, docstring(path)) for path in sorted(folder.glob("*.py"))]
        parts.append(_table(program.name if name == "." else f"{name}/", rows))
    for name in BESIDE:
        paths = sorted(
            path for path in (program / name).rglob("*") if path.suffix in (".js", ".css", ".yml", ".html")
        )
        rows = [(path.relative_to(program / name).as_posix(), comment(path)) for path in paths]
        parts.append(_table(f"{name}/", [row for row in rows if row[1]]))
        silent = [f"`{path}`" for path, text in rows if not text]
        if silent:
            parts.append(f"\nNamed after what they draw: {', '.join(silent)}\n")
    return "\n".join(parts)


def docstring(path: Path) -> str:
    """Return the first paragraph of a module's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0]


def speaking_of(words: Sequence[str], program: Path = PROGRAM) -> Iterator[str]:
    """Yield a line for each module, class and function whose name and docstring have all the words: its place and its docstring's first paragraph."""
    sought = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words]
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for path in sorted(program.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, documented):
                continue
            text = ast.get_docstring(node) or ""
            name = "" if isinstance(node, ast.Module) else node.name
            if all(pattern.search(f"{name.replace('_', ' ')} {text}") for pattern in sought):
                yield f"{path.relative_to(program).as_posix()} {name}: {_cell(text.split(chr(10) * 2)[0])}"


def comment(path: Path) -> str:
    """Return the first sentence of the comment with which a file begins, "" without one."""
    found = COMMENT.match(path.read_text("utf-8"))
    if found is None:
        return ""
    text = next(group for group in found.groups() if group is not None)
    words = " ".join(re.sub(r"^\s*(?://|#)?", "", line).strip() for line in text.splitlines()).strip()
    return re.split(r"(?<=[.!?])\s+(?=[A-Z„`{]|[a-z_]+[.(])", words)[0]


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| `{name}` | {_cell(text)} |" for name, text in rows]
    return "\n".join([f"\n## {title}\n", "| file | what it is |", "|---|---|", *lines])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*speaking_of(sys.argv[1:]), sep="\n")
    else:
        print(module_list())
