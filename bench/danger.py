"""Whether who is in danger gets a box, and nobody else, by the site's own script on the demo's data.

    python -m bench.danger danger FILE      what people in danger type: situation (or two, either is right: `a|b`), language, text
    python -m bench.danger harmless FILE    what only sounds like it: text

Columns may be parted by commas or semicolons, and the language's may be called `lang`. Held-out sets are run with it; the sets that are tests stand in `tests/search/danger/`.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.families import ROOT, TODAY
from generator.pipeline.build import prepare
from generator.render.data_files.danger_boxes import danger_files
from generator.render.frame.families import with_imports
from tests.node import answering

SCRIPT = ROOT / "tests" / "search" / "danger.mjs"
Row = Mapping[str, str]


def heard(rows: Sequence[Row]) -> list[Any]:
    """Ask the script what each text means: situations in their order, or nothing."""
    context = prepare(ROOT, today=TODAY).contexts[0]
    made = danger_files(context)
    first = json.loads(made[f"search/danger.{context.lang}.json"])
    later = json.loads(made[f"search/danger_later.{context.lang}.json"])
    with answering(SCRIPT, {"first": first, "later": later}, names=with_imports("danger.js")) as asking:
        answer: list[Any] = asking({"ask": "queries", "given": [row["text"] for row in rows]})
    return answer


def main(kind: str, path: Path) -> None:
    """Print how many rows get a box and how many the right situation first, by language, and the rows that are wrong."""
    head, *lines = path.read_text("utf-8-sig").splitlines()
    names = re.sub(r"\blang\b", "language", head)
    rows = list(csv.DictReader([names, *lines], delimiter=";" if ";" in head else ","))
    told = list(zip(rows, heard(rows), strict=True))
    boxes = sum(answer is not None for _, answer in told)
    print(f"a box: {boxes} of {len(rows)}")
    if kind == "harmless":
        for row, answer in told:
            if answer is not None:
                print(f"  {row['text']}: {answer['situations']}")
        return
    right: Counter[str] = Counter()
    for row, answer in told:
        if answer is not None and answer["situations"][0] in row["situation"].split("|"):
            right[row["language"]] += 1
        else:
            print(
                f"  {row['language']} {row['situation']}: {row['text']} → {answer and answer['situations']}"
            )
    every = Counter(row["language"] for row in rows)
    print(f"the right situation first: {right.total()} of {len(rows)}")
    print(", ".join(f"{language} {right[language]} of {count}" for language, count in every.items()))


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("danger", "harmless"):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
