"""Whether the search says no where the demo's town has nothing, says it nowhere else, and leads from neutral words to nothing grave.

    python -m bench.absent FILE.csv      what is typed stands in its first column

A column `where_helped` holds the id or the name of a row of `elsewhere.yml`, several parted by `|`; where it is empty the town's own number is right.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.families import ROOT, TODAY, Answer, answers, names
from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.render.data_files.search_entries import entries
from generator.search.word_forms import fold

Row = Mapping[str, str]
Told = tuple[Row, Answer]


def told(context: Context, path: Path) -> list[Told]:
    """Ask what each row of a file says, in its first column."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    queries = [next(iter(row.values())) for row in rows]
    return list(zip(rows, answers(context, queries), strict=True))


def leads_right(context: Context, row: Row, answer: Answer) -> bool:
    """Tell whether an answer leads to one of the rows that a set names as right; a topic without offers is none."""
    meant = {fold(name.strip()) for name in (row.get("where_helped") or "").split("|") if name.strip()}
    known = context.site.words.elsewhere
    shown = {fold(name) for key in answer.elsewhere if key in known for name in (key, known[key].name)}
    return any(one in other or other in one for one in meant for other in shown)


def grave(context: Context) -> set[str]:
    """List the entries, by their names in `bench.families`, that only grave words may lead to."""
    named = zip(names(context), entries(context), strict=True)
    return {name for name, entry in named if entry.guarded and entry.kind != "elsewhere"}


def main(path: Path) -> None:
    """Print how often the demo says no, how often that leads to the right row, and what it says of each text."""
    context = prepare(ROOT, TODAY).contexts[0]
    rows = told(context, path)
    named = [one for one in rows if (one[0].get("where_helped") or "").strip()]
    led = sum(answer.no and leads_right(context, row, answer) for row, answer in named)
    said = sum(answer.no for _, answer in rows)
    print(f"says no: {said} of {len(rows)}; leads to the right row: {led} of {len(named)}")
    for row, answer in rows:
        print("  no" if answer.no else "  yes", *row.values(), *answer.elsewhere, "–", *answer.hits[:3])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
