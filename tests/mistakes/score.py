"""Judge the corpus of mistakes and print how well they are told: python -m tests.mistakes.score [-v]."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mistakes.judging import Verdict, judge, mistakes


def all_verdicts() -> list[Verdict]:
    found = []
    for mistake in mistakes():
        with tempfile.TemporaryDirectory() as folder:
            found.append(judge(mistake, Path(folder)))
    return found


def main() -> None:
    verdicts = all_verdicts()
    points = Counter(item.points for item in verdicts)
    mean = sum(item.points for item in verdicts) / len(verdicts)
    if "-v" in sys.argv:
        for item in verdicts:
            if item.points < 3:
                told = "; ".join(f"{one.position.line}:{one.code}" for one in item.told[:4])
                missing = "still" if item.silent else ", ".join(item.missing)
                print(f"{item.points} {item.mistake.group}/{item.mistake.name}: {missing} [{told}]")
    print(
        f"{len(verdicts)} Fehler: {mean:.2f} von 3 ("
        + ", ".join(f"{points[number]} mit {number}" for number in (3, 2, 1, 0))
        + f"); still {sum(item.silent for item in verdicts)}, englisch {sum(item.english for item in verdicts)};"
        + f" ohne passende Hilfe {sum('hilfe' in item.missing for item in verdicts)},"
        + f" falsche Zeile {sum('zeile' in item.missing for item in verdicts)},"
        + f" Folgen {sum('folgen' in item.missing for item in verdicts)},"
        + f" verborgen {sum('verborgen' in item.missing for item in verdicts)}"
    )


if __name__ == "__main__":
    main()
