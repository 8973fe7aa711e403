"""Whether the search says no where the demo's town has nothing, says it nowhere else, and leads from neutral words to nothing grave.

    python -m bench.absent absent [file.csv]     needs that the town hasn't: text, what, where_helped
    python -m bench.absent present [file.csv]    needs that it has: text, what
    python -m bench.absent neutral [file.csv]    words of every day: word

`where_helped` is the id or the name of a row of `elsewhere.yml`, several parted by `|`; where it is empty the town's own number is right. Without a
file the sets in `tests/search/` are run, which are for development; held-out ones have the same columns.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.families import ROOT, SEARCH, TODAY, Answer, answers, names
from generator.pipeline.build import Project, prepare
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


def absent(context: Context, path: Path) -> None:
    """Print how often it says no, how often that leads to the right place, and the rows for which it doesn't."""
    rows = told(context, path)
    named = [one for one in rows if (one[0].get("where_helped") or "").strip()]
    said = [one for one in rows if one[1].no]
    led = [one for one in named if one[1].no and leads_right(context, *one)]
    print(f"says no: {len(said)} of {len(rows)}; leads to the right row: {len(led)} of {len(named)}")
    for row, answer in rows:
        if not answer.no or ((row, answer) in named and not leads_right(context, row, answer)):
            _line(row, answer)


def present(context: Context, path: Path) -> None:
    """Print how often it says no to what the town has, and where."""
    rows = told(context, path)
    wrong = [one for one in rows if one[1].no]
    print(f"says no wrongly: {len(wrong)} of {len(rows)}")
    for row, answer in wrong:
        _line(row, answer)


def neutral(context: Context, path: Path) -> None:
    """Print which words lead to something grave, or to a box."""
    kept = grave(context)
    wrong = [(row, answer) for row, answer in told(context, path) if answer.danger or kept & {*answer.hits}]
    print(f"lead to something grave: {len(wrong)}")
    for row, answer in wrong:
        print(
            f"  {next(iter(row.values()))}: {'box; ' if answer.danger else ''}{', '.join(kept & {*answer.hits})}"
        )


def _line(row: Row, answer: Answer) -> None:
    text, *more = row.values()
    print(
        f"  {'no ' if answer.no else 'yes'} {text} ({', '.join(filter(None, more))}): "
        f"{', '.join(answer.elsewhere) or '–'}; {', '.join(answer.hits[:3])}"
    )


COMMANDS: Mapping[str, Callable[[Context, Path], None]] = {
    "absent": absent,
    "present": present,
    "neutral": neutral,
}


def main(arguments: Sequence[str]) -> None:
    """Run a set on the demo; raises `KeyError` for a command that there isn't."""
    name, *more = arguments
    project: Project = prepare(ROOT, TODAY)
    COMMANDS[name](project.contexts[0], Path(more[0]) if more else SEARCH / f"{name}.csv")


if __name__ == "__main__":
    main(sys.argv[1:])
