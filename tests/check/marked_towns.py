"""Towns whose files say themselves what is wrong in them: the files without their marks in, the diagnostics that they ask for out.

What is wrong stands between ⟦ and ⟧; behind the line follows, for each of these places, `⟵ code word=value; word=value`, with all
the words that the message of the code needs. A `⟵=` is about the same place as the one before it, and a file that holds nothing
else is one that is missing. Numbers for help and words of danger that come with the program are left out: they are looked at when it
is published. All records of a town are checked
together, so those before and after a mistake show that it is told once, and that nothing is told of them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.check import checks, dated_checks
from generator.check.crisis import check_crisis_texts
from generator.check.unfinished import check_lawful_pages, check_leftovers, check_letters
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.read.project import read_project
from tests.edit.towns import FILES, write

TODAY = dt.date(2026, 11, 20)
PACKAGED = ("hilfenummer-ungeprueft", "gefahr-ungelesen", "gebiet-nicht-gesagt", "fuer-wen-nicht-gesagt")
"""What is asked of every town that publishes, and of all offers together."""
_PLACE = re.compile("⟦([^⟧]*)⟧")
_TOLD = re.compile(r"\s*⟵(=?) *([a-z-]+)([^⟵]*)")


def _record(text: str, **usual: str) -> str:
    """Return a record of some lines, with the usual ones for fields that are not among them; `field: -` is left out."""
    written = set(re.findall(r"^⟦?(\w+)⟧?:", text, re.MULTILINE))
    lines = [line for line in text.split("\n") if not re.fullmatch(r"\w+: -|", line)]
    return (
        "\n".join([*lines, *(f"{name}: {value}" for name, value in usual.items() if name not in written)])
        + "\n"
    )


def records(folder: str, texts: Mapping[str, str], **usual: str) -> dict[str, str]:
    """Return the files of records of a kind; where none is written, the name is the id."""
    return {
        f"resources/{folder}/{key}.yml": _record(text, **{"name": key, **usual})
        for key, text in texts.items()
    }


def read_marks(files: Mapping[str, str]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the files without their marks, and what these ask for."""
    plain: dict[str, str] = {}
    wanted: list[Diagnostic] = []
    for name, text in files.items():
        if missing := _TOLD.fullmatch(text):
            wanted.append(diagnostic(missing[2], Position(name), **_words(missing[3])))
            continue
        lines = []
        for number, line in enumerate(text.split("\n"), 1):
            told = list(_TOLD.finditer(line))
            line = line[: told[0].start()] if told else line
            places = []
            while found := _PLACE.search(line):
                places.append(Position(name, number, found.start() + 1, max(1, len(found[1]))))
                line = line[: found.start()] + found[1] + line[found.end() :]
            at = -1
            for same, code, values in (match.groups() for match in told):
                at += not same
                wanted.append(diagnostic(code, places[at], **_words(values)))
            assert at == len(places) - 1, f"{name}:{number} has marks that nothing is told of"
            lines.append(line)
        plain[name] = "\n".join(lines)
    return plain, wanted


def _words(values: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in values.strip().split("; ") if pair)


def told(root: Path, *, internal: bool = False) -> Iterable[Diagnostic]:
    """Yield what every check says of a project, nothing folded or left out."""
    reading = read_project(root, internal=internal)
    yield from reading.found
    assert reading.site is not None, reading.found
    for check in checks():
        yield from check(reading.site, reading)
    for dated in dated_checks():
        yield from dated(reading.site, reading, TODAY)
    yield from check_lawful_pages(reading, reading.site, TODAY)
    yield from check_crisis_texts(reading, reading.site, TODAY)
    yield from check_leftovers(reading, reading.site)
    yield from check_letters(reading)


def unlike(root: Path, files: Mapping[str, str], *, internal: bool = False) -> tuple[str, ...]:
    """Write the small town with these files; return what is told too much (+) or not told (-) of it."""
    plain, wanted = read_marks({**FILES, **files})
    write(root, plain)
    found = sorted(_line(item) for item in told(root, internal=internal) if item.code not in PACKAGED)
    asked = sorted(_line(item) for item in wanted)
    more, less = list(found), list(asked)
    for line in asked:
        if line in more:
            more.remove(line)
            less.remove(line)
    return (*(f"+ {line}" for line in more), *(f"- {line}" for line in less))


def _line(item: Diagnostic) -> str:
    return f"{':'.join(map(str, item.position))} {item.code}: {item.message} ({item.help})"
