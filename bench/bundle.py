"""The scripts as they are written in, `generator/theme/scripts/` out: what browsers load of them, made by esbuild.

python -m bench.bundle            writes (also: make scripts)

esbuild, and lean-qr, which goes in, are installed by `npm ci --prefix .ci/esbuild --ignore-scripts`; they need Node.js. Whoever builds a site needs none: what is
made is kept beside the program, with a digest of what it was made of.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from generator.render.frame.families import FAMILIES, MADE, script_file, scripts_folder

TOOL = Path(__file__).parent.parent / ".ci" / "esbuild"
SOURCES = scripts_folder()
TARGET = scripts_folder(MADE)
DIGEST = "made_of.txt"


def bundles() -> dict[str, dict[str, list[str]]]:
    """Return by file the families of pages that load it, each with its scripts in the order in which they run."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, family in FAMILIES.items():
        if family.scripts:
            found.setdefault(script_file(name), {})[name] = list(family.scripts)
    return found


def digest() -> str:
    """Return the digest of all that the files are made of: sources, families, and how they are made."""
    found = hashlib.sha256(json.dumps(bundles(), sort_keys=True).encode())
    for path in (*sorted(SOURCES.glob("*.js")), TOOL / "bundle.mjs", TOOL / "package-lock.json"):
        one = hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()
        found.update(f"\n{path.name} {one}".encode())
    return found.hexdigest()


def bundled() -> dict[str, str]:
    """Return the files by name, newly made.

    Raises `FileNotFoundError` where Node.js or esbuild is missing, `RuntimeError` with their words where they fail.
    """
    node = shutil.which("node")
    missing = [name for name in ("esbuild", "lean-qr") if not (TOOL / "node_modules" / name).is_dir()]
    if node is None or missing:
        raise FileNotFoundError("Node.js" if node is None else missing[0])
    given = json.dumps({"folder": str(SOURCES), "bundles": bundles()})
    done = subprocess.run(
        [node, str(TOOL / "bundle.mjs")],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    files: dict[str, str] = json.loads(done.stdout)
    return files


def main() -> None:
    """Write the files and the digest of what they are made of; those that are made no more are removed."""
    files = bundled()
    TARGET.mkdir(exist_ok=True)
    for path in TARGET.glob("*.js"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (TARGET / name).write_text(text, encoding="utf-8")
    (TARGET / DIGEST).write_text(f"{digest()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
