"""Nobody but `generator/files/` opens a path: read from the code, and seen from inside the system while commands run."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chance import every, whole
from tests.conftest import ROOT
from tests.world import BY_WORDS, write_world

# Methods and functions that open a path for reading, write it, or take it away.
METHODS = {
    *("read_text", "read_bytes", "open", "write_text", "write_bytes", "touch", "unlink", "rmdir", "rename"),
    *("symlink_to", "hardlink_to", "link_to", "chmod", "mkdir"),
}
FUNCTIONS = {
    "os": {
        *(
            "open", "fdopen", "replace", "rename", "renames", "remove", "unlink", "rmdir", "removedirs", "mkdir",
        ),
        *("makedirs", "link", "symlink", "truncate", "chmod", "mkfifo", "mknod", "sendfile"),
    },
    "io": {"open", "open_code", "FileIO"},
    "codecs": {"open"},
    "shutil": {"copy", "copy2", "copyfile", "copytree", "copymode", "copystat", "move", "rmtree"},
    "filecmp": {"cmp", "cmpfiles", "dircmp"},
    "tempfile": {"*"},
    "linecache": {"*"},
    "fileinput": {"*"},
    "mmap": {"mmap"},
    "sqlite3": {"connect"},
    "subprocess": {"*"},
    "runpy": {"*"},
    "json": {"load"},
    "pickle": {"load"},
    "csv": set(),
}  # fmt: skip
# Libraries that take a path or what was read already.
EITHER = {
    *("read_csv", "read_excel", "read_table", "read_json", "read_file", "ExcelFile", "load_workbook"),
    *("ZipFile", "TarFile", "GzipFile", "Image", "read_po", "import_module"),
}
IN_MEMORY = {"BytesIO", "StringIO"}

ALLOWED = {
    "cli.py import_module": "no file: a module of ours, named in a table",
    "parts.py import_module": "no file: the part of a subject of ours",
    "commands/finding.py path.read_bytes": "searches what a person names, wherever it lies, and shows file and line alone",
    "diagnostics/codes/__init__.py path.read_text": "no file of a project: says what our own codes mean",
    "edit/imports/geo_files.py tempfile.TemporaryDirectory": "a folder for passing files, out of which pyogrio reads what came through the disk",
    "edit/imports/geo_files.py write_bytes": "writes into that folder",
    "export/workbook.py zipfile.ZipFile": "writes into memory",
    "export/workbook.py read_bytes": "reads the half of a sheet that openpyxl has just put down in the folder for passing files",
    "preview.py webbrowser.open": "no file: shows an address",
    "disclosure/gates/other_ways_out.py archive.open": "a part of a workbook in memory, which came through the disk",
    "read/value_tables.py read_table": "no file: a function of that module, which reads through the disk",
    "check/links.py read_text": "reads back the pages that we have just written, which MkDocs made",
    "render/data_files/offline_packs.py read_bytes": "reads back the site that we have just written",
    "render/data_files/offline_packs.py write_text": "writes into the folder that becomes the site as a whole",
    "check/public_files.py Image.Exif": "no file: what a picture says in memory",
    "pipeline/build.py page.read_text": "reads back a page of the site before, which we wrote",
    "pipeline/build.py shutil.copytree": "copies from the site before into the folder that becomes the site, no links",
    "pipeline/write.py write_text": "writes into the folder that becomes the site as a whole",
    "pipeline/write.py open": "writes into the folder that becomes the site as a whole",
    "pipeline/write.py os.makedirs": "makes folders in the one that becomes the site as a whole",
}
"""Who opens or changes a path all the same, and why that harms nobody."""


def openings(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of every call that opens or changes a path."""
    tree = ast.parse(source)
    modules = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _opens(node, modules, imported)):
            yield node.lineno, name


def _opens(call: ast.Call, modules: dict[str, str], imported: dict[str, tuple[str, str]]) -> str:
    kind = call.func
    if isinstance(kind, ast.Name):
        module, name = imported.get(kind.id, ("", kind.id))
        if module.startswith("generator."):
            return ""
        opens = (module == "" and name == "open") or name in FUNCTIONS.get(module, ()) or name in EITHER
        opens = opens or "*" in FUNCTIONS.get(module, ())
        return kind.id if opens and not _in_memory(call) else ""
    if not isinstance(kind, ast.Attribute):
        return ""
    owner = kind.value.id if isinstance(kind.value, ast.Name) else getattr(kind.value, "attr", "")
    shown = f"{owner}.{kind.attr}" if owner else kind.attr
    names = FUNCTIONS.get(modules.get(owner, "") if isinstance(kind.value, ast.Name) else "")
    if names is not None:
        return shown if kind.attr in names or "*" in names else ""
    # A text is replaced by two texts, a file takes one other's place.
    replaces = kind.attr == "replace" and len(call.args) == 1 and not call.keywords
    opens = kind.attr in METHODS or replaces or kind.attr in EITHER or owner in EITHER
    return shown if opens and not _in_memory(call) else ""


def _in_memory(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if not isinstance(first, ast.Call):
        return False
    made = first.func
    return (made.id if isinstance(made, ast.Name) else getattr(made, "attr", "")) in IN_MEMORY


PLANTED = {
    "path.read_text()": "path.read_text",
    "open(path)": "open",
    "with path.open() as stream: pass": "path.open",
    "(folder / name).read_bytes()": "read_bytes",
    "import os\nos.open(path, 0)": "os.open",
    "from os import open as auf\nauf(path, 0)": "auf",
    "import io\nio.open(path)": "io.open",
    "import json\njson.load(stream)": "json.load",
    "import pandas as pd\npd.read_csv(path)": "pd.read_csv",
    "from PIL import Image\nImage.open(path)": "Image.open",
    "import zipfile\nzipfile.ZipFile(path)": "zipfile.ZipFile",
    "from openpyxl import load_workbook\nload_workbook(path)": "load_workbook",
    "import shutil\nshutil.copy(path, there)": "shutil.copy",
    "import os\nos.replace(path, there)": "os.replace",
    "path.replace(there)": "path.replace",
    "path.rename(there)": "path.rename",
    "path.write_text('x')": "path.write_text",
    "path.unlink()": "path.unlink",
    "import subprocess\nsubprocess.run(['cat', path])": "subprocess.run",
}
HARMLESS = (
    "text.replace('a', 'b')",
    "import io, pandas as pd\npd.read_csv(io.StringIO(text))",
    "from io import BytesIO\nfrom PIL import Image\nImage.open(BytesIO(data))",
    "import json\njson.loads(text)",
    "disk.text(path)",
    "import csv\ncsv.reader(lines)",
)


@pytest.mark.parametrize("code", PLANTED)
def test_every_way_past_the_disk_is_seen(code: str) -> None:
    assert [name for _line, name in openings(code)] == [PLANTED[code]]


@pytest.mark.parametrize("code", HARMLESS)
def test_what_opens_nothing_is_not_suspected(code: str) -> None:
    assert list(openings(code)) == []


@whole
def test_nobody_else_opens_a_path() -> None:
    base = ROOT / "generator"
    found: dict[str, list[str]] = {}
    for path in sorted(base.rglob("*.py")):
        name = path.relative_to(base).as_posix()
        if not name.startswith("files/"):
            for line, call in openings(path.read_text("utf-8")):
                found.setdefault(f"{name} {call}", []).append(f"generator/{name}:{line}")
    assert {key: places for key, places in found.items() if key not in ALLOWED} == {}
    assert set(ALLOWED) - set(found) == set(), "nobody needs this leave any more"


WATCH = """
import json, os, sys
from pathlib import Path
world, package, told, *arguments = sys.argv[1:]
seen = {}
def watch(event, given):
    if event != "open" or not isinstance(given[0], (str, bytes)):
        return
    path = os.path.abspath(os.fsdecode(given[0]))
    if not path.startswith(world) or seen.get("stop"):
        return
    frame, by = sys._getframe(1), ""
    while frame is not None and not by:
        file = frame.f_code.co_filename
        by = os.path.relpath(file, package) if file.startswith(package) else ""
        frame = frame.f_back
    seen.setdefault(by or "somebody else", set()).add(path[len(world):])
sys.addaudithook(watch)
import threading
threading.active_count = lambda: 2
from generator.cli import main
from tests.chance import every
try:
    main(arguments, standalone_mode=False)
except SystemExit:
    pass
found = {name: sorted(paths) for name, paths in seen.items()}
seen["stop"] = True
Path(told).write_text(json.dumps(found), "utf-8")
"""
"""Runs a command and notes which of our modules opened what below a folder; pages are written by one process, so that none is missed."""


@whole
@pytest.mark.parametrize(
    "words", every([("check",), ("build",), ("import", "streets"), ("protect",)], [("check",)]), ids=" ".join
)
def test_while_a_command_runs_only_the_disk_opens_what_it_reads(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Libraries open files as well, where nobody sees it in our code: MkDocs its pages, for one."""
    root = write_world(tmp_path / "welt")
    (root / "mkdocs.yml").write_text("site_name: x\nmarkdown_extensions: [tables]\n", "utf-8")
    arguments = BY_WORDS[words].line(root)
    told = tmp_path / "gesehen.json"
    run = subprocess.run(
        [sys.executable, "-c", WATCH, str(tmp_path / "welt"), str(ROOT / "generator"), str(told), *arguments],
        env={"PYTHONPATH": str(ROOT), "NAHRAUM_TODAY": "2026-11-20", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen: dict[str, list[str]] = json.loads(told.read_text("utf-8"))
    inputs = Counter(
        {
            by: len(paths)
            for by, names in seen.items()
            if not by.startswith("files/")
            and (
                paths := [name for name in names if not name.startswith(("/.nahraum-", "/projekt/.nahraum-"))]
            )
        }
    )
    assert inputs == {}, {by: seen[by] for by in inputs}
    assert len(seen["files/disk.py"]) > 10
