"""Work out before the first run what every run needs: compiled templates, words, tables.

A wheel brings it; `python hatch_build.py` does it for a checkout, into `build/`.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
FINISHED = ROOT / "build" / "finished"


class FinishedData(BuildHookInterface[Any]):
    """What hatch calls before it makes a wheel or installs a checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Work everything out; what a checkout has stays where it is."""
        # The same wheel each time: sets keep their order.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run([sys.executable, __file__], check=True, env=environment)
        if version != "editable":
            build_data["force_include"][str(FINISHED)] = "generator/finished"


def finish() -> None:
    """Work out what the program's own text has changed, unless nothing has."""
    from generator.files import packaged

    if packaged.finished() is not None:
        return
    new, state = FINISHED.with_suffix(f".{os.getpid()}"), FINISHED.with_suffix(".state")
    made_of = packaged.state()
    for name, content in (*templates(), *results()):
        file = new / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    state.unlink(missing_ok=True)
    shutil.rmtree(FINISHED, ignore_errors=True)
    new.replace(FINISHED)
    state.write_text(made_of, "utf-8")


def templates() -> Iterator[tuple[str, bytes]]:
    """Yield templates as Python: each Python makes its own of them, as of every module."""
    from generator.files.packaged import PACKAGE
    from generator.render.base.context import page_environment
    from generator.theme.material import plain_environment

    for environment in (page_environment(), plain_environment()):
        for folder in environment.loader.searchpath:
            for path in sorted(Path(folder).rglob("*.html")):
                name = path.relative_to(folder).as_posix()
                code = environment.compile(path.read_text("utf-8"), name, str(path), raw=True)
                yield f"{path.relative_to(PACKAGE)}.py", code.encode()


def results() -> Iterator[tuple[str, bytes]]:
    """Yield what `once` is asked for."""
    from generator.files.disk import Disk
    from generator.files.packaged import finished_name
    from generator.hours.holidays import LANDS, YEARS, holidays_in
    from generator.hours.lines import parser_tables
    from generator.model.vocabulary import VOCABULARIES
    from generator.read.vocabularies import PACKAGED, packaged_entries, read_words
    from generator.render.data_files.danger_boxes import spoken_of
    from generator.search.danger_data import by_language

    words = read_words(Disk(ROOT), [])[0]["danger_words"]
    asked = [
        *((packaged_entries, name, part) for name in VOCABULARIES for part in PACKAGED.get(name, (name,))),
        *((holidays_in, land, YEARS) for land in LANDS),
        (parser_tables,),
        (by_language, tuple(map(spoken_of, words.values()))),
    ]
    for make, *given in asked:
        yield finished_name(make, *given), pickle.dumps(make(*given), pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    finish()
