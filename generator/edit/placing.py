"""Files to be written in, a changed project out: all of them or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.read.project import Progress, silent


def place_files(root: Path, files: Mapping[str, str], progress: Progress = silent) -> None:
    """Write texts to paths below `root`: first beside the project's records, then moved; a failure undoes what was moved.

    Raises OSError when the disk or a permission fails; then the project is as it was.
    """
    with tempfile.TemporaryDirectory(prefix=".nahraum-", dir=root) as folder:
        fresh, kept = Path(folder) / "new", Path(folder) / "old"
        for number, (name, text) in enumerate(files.items()):
            progress("schreiben", number, len(files))
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        moved: list[str] = []
        made: list[Path] = []
        try:
            for name in files:
                made += _made_parents(root / name)
                if (root / name).exists():
                    (kept / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(root / name, kept / name)
                os.replace(fresh / name, root / name)
                moved.append(name)
        except OSError:
            for name in reversed(moved):
                if (kept / name).exists():
                    os.replace(kept / name, root / name)
                else:
                    (root / name).unlink()
            for parent in reversed(made):
                parent.rmdir()
            raise
        progress("schreiben", len(files), len(files))


def _made_parents(path: Path) -> list[Path]:
    missing = [parent for parent in path.parents if not parent.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))
