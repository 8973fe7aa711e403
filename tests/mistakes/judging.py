"""Mistakes as editors make them in; what is said of each, judged by five rules, out.

A mistake is an entry of a file in `corpus/`, made in the small town beside it:

- `file` (else the Vätertreff): where `bad` stands in the place of `instead`, or at the end where nothing is replaced; a file that
  the town doesn't have is `bad` as a whole. `remove` takes a file away, `command` is a command that is typed.
- `good`: what a person writes who obeys the help; without it, what stood there before. `good file` when that is another file's name,
  `good also` a further replacement in the same file.
- `line`, `code`, `help`: where it is told, by what code, and the words that the message or its help must contain. The code `verstanden`: nothing
  is wrong, the words are understood.
- `knows`: words of the correction that only the editor knows. `twice`: the same mistake stands there twice.

The right line is told, in German, the help leads to a record without mistakes, nothing is hidden, and nothing else is told.
"""

import datetime as dt
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from pydantic import BaseModel

from generator.cli import main
from generator.diagnostics import Diagnostic, Position
from generator.pipeline.build import prepare
from tests.chance import whole
from tests.records import fields, is_record

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 20)
OFFER = "resources/offers/vaetertreff.yml"
UNDERSTOOD = "verstanden"
# Two mistakes elsewhere, one that reading finds and one that checks find: whatever else is wrong, both must be told.
CONTROL_TEXT = "name: Kontrolle\nsummary: Wir spielen.\nkind: treff\nprovider: verein\nplace: treff\ntopics: [begegnung]\nhours: {}\nchecked: {}\n"
CONTROLS = {
    "kein-datum": ("resources/offers/zz-kontrolle.yml", "Mo 09:00-10:00", "bald"),
    "zeiten-unlesbar": ("resources/offers/zz-zeiten.yml", "mal so, mal so", "2026-11-01"),
}
# English words that no German sentence has; names of fields and values stand in quotation marks or behind a colon.
_ENGLISH = re.compile(
    r"\b(?:the|not|did|could|found|expected|while|mapping|sequence|block|scalar|parsing|allowed|is|no such|error|usage|invalid|value|input|should|must be|unknown)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"„[^“]*“|\"[^\"]*\"|'[^']*'|\{[^}]*\}|\[[^\]]*\]|\b[a-z_]+:(?: \S+)?|\b(?:yes|no|none|block)\b"
)
# What a sign of the correction is called, where the help doesn't write it.
_SIGNS = {
    ":": ("doppelpunkt", ":"),
    '"': ("anführungszeichen", '"'),
    "'": ("anführungszeichen", "'"),
    "„": ("anführungszeichen", "„"),
    "[": ("klammer", "["),
    "]": ("klammer", "]"),
    "{": ("klammer", "{"),
    "}": ("klammer", "}"),
    ",": ("komma", ","),
    "|": ("|",),
}
_TAKEN_AWAY = (
    "löschen", "weglassen", "ohne", "statt", "nur eine", "in eine eigene", "schreiben", "umbenennen",
)  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """One mistake with what must be said of it."""

    group: str
    name: str
    code: str
    line: int = 1
    help: tuple[str, ...] = ()
    file: str = OFFER
    instead: str = ""
    bad: str = ""
    good: str | None = None
    good_file: str | None = None
    good_also: tuple[str, str] | None = None
    remove: str | None = None
    encoding: str = "utf-8"
    good_encoding: str = "utf-8"
    command: tuple[str, ...] = ()
    good_command: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    twice: bool = False

    @property
    def corrected(self) -> str:
        """What stands there once the help was obeyed."""
        return (
            self.instead
            if self.good is None and self.instead
            else (self.bad if self.good is None else self.good)
        )


@dataclass(frozen=True)
class Verdict:
    """How a mistake is told, and what is missing."""

    mistake: Mistake
    told: tuple[Diagnostic, ...]
    missing: tuple[str, ...] = field(default=())
    silent: bool = False


def mistakes() -> list[Mistake]:
    """Return the corpus."""
    found: list[Mistake] = []
    for file in sorted((HERE / "corpus").glob("*.yml")):
        for entry in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader):
            values: dict[str, Any] = {key.replace(" ", "_"): value for key, value in entry.items()}
            for name in ("help", "command", "good_command", "knows", "good_also"):
                if name in values:
                    values[name] = tuple(str(item) for item in values[name])
            found.append(Mistake(file.stem, **values))
    return found


CORPUS = mistakes()


def some_and_all(corpus: Sequence[Mistake]) -> pytest.MarkDecorator:
    """Try a ninth of some mistakes in every run, all of them in `make examples`."""
    return pytest.mark.parametrize(
        "corpus", [corpus[::9], pytest.param(corpus, marks=whole)], ids=["some", "all"]
    )


def judge(mistake: Mistake, folder: Path) -> Verdict:
    """Make a mistake in the town, obey the help, and say what was missing."""
    return _judge_command(mistake, folder) if mistake.command else _judge_record(mistake, folder)


def _judge_record(mistake: Mistake, folder: Path) -> Verdict:
    bad, good = folder / "bad", folder / "good"
    bad_town(mistake, bad)
    _write(mistake, good, corrected=True)
    for file, hours, day in CONTROLS.values():
        (bad / file).write_text(CONTROL_TEXT.format(hours, day).replace("Kontrolle", file), "utf-8")
    found = [item for item in prepare(bad, TODAY).found if item.severity != "note"]
    controls = {file: code for code, (file, *_) in CONTROLS.items()}
    told = tuple(item for item in found if item.position.file not in controls)
    hidden = [
        code
        for file, code in controls.items()
        if not any(item.position.file == file and item.code == code for item in found)
    ]
    after = [item for item in prepare(good, TODAY).found if item.severity != "note"]
    if not told:
        for file, _, _ in CONTROLS.values():
            (bad / file).unlink()
        same = not after and _record_of(mistake, bad, corrected=False) == _record_of(
            mistake, good, corrected=True
        )
        missing = [] if same and not hidden else ["verborgen"] if same else []
        return Verdict(mistake, told, tuple(missing), silent=not same)
    main = main_one(mistake, told)
    missing = []
    if (main.position.file, main.position.line) != (mistake.file, mistake.line):
        missing.append("zeile")
    if any(english(item) for item in told):
        missing.append("deutsch")
    same_mistake = [item for item in told if mistake.twice and item.code == main.code] or [main]
    if after or unsaid(mistake, same_mistake):
        missing.append("hilfe")
    if hidden:
        missing.append("verborgen")
    if told[0] != main or len(told) > len(same_mistake):
        missing.append("folgen")
    return Verdict(mistake, told, tuple(missing))


def _judge_command(mistake: Mistake, folder: Path) -> Verdict:
    shutil.copytree(HERE / "town", folder / "bad")
    shutil.copytree(HERE / "town", folder / "good")
    said = CliRunner().invoke(main, [*mistake.command, "-p", str(folder / "bad")])
    after = CliRunner().invoke(main, [*mistake.good_command, "-p", str(folder / "good")])
    if said.exit_code == 0:
        return Verdict(mistake, ())
    lines = said.output.strip().split("\n")
    text = " ".join(line for line in lines if not line.startswith(("Usage:", "Try ")))
    told = (Diagnostic(mistake.code, "error", Position(" ".join(mistake.command)), text, text),)
    missing = []
    if english(told[0]) or any(line.startswith(("Usage:", "Try ", "Error")) for line in lines):
        missing.append("deutsch")
    if after.exit_code != 0 or any(word not in text for word in mistake.help):
        missing.append("hilfe")
    return Verdict(mistake, told, tuple(missing))


def bad_town(mistake: Mistake, folder: Path) -> None:
    """Write the town with a mistake in it."""
    _write(mistake, folder, corrected=False)


def _write(mistake: Mistake, folder: Path, *, corrected: bool) -> None:
    shutil.copytree(HERE / "town", folder)
    if mistake.remove:
        if not corrected:
            (folder / mistake.remove).unlink()
        return
    path = folder / (mistake.good_file if corrected and mistake.good_file else mistake.file)
    part = mistake.corrected if corrected else mistake.bad
    if not path.exists():
        text = part + "\n"
    else:
        text = path.read_text("utf-8")
        if mistake.instead:
            assert text.count(mistake.instead) == 1, (mistake.name, mistake.instead)
            text = text.replace(mistake.instead, part)
        elif part:
            text += part + "\n"
        if corrected and mistake.good_also:
            assert mistake.good_also[0] in text, mistake.name
            text = text.replace(*mistake.good_also)
    path.write_bytes(text.encode(mistake.good_encoding if corrected else mistake.encoding))


def _record_of(mistake: Mistake, folder: Path, *, corrected: bool) -> object:
    """What was understood, without the words in which it was written."""
    name = Path(mistake.good_file if corrected and mistake.good_file else mistake.file)
    site = prepare(folder, TODAY).site
    record = site.records(name.parent.name).get(name.stem) if site else None
    return _meant(record) if record else None


def _meant(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {name: _meant(getattr(value, name)) for name in type(value).model_fields if name != "id"}
    if isinstance(value, dict):
        return {
            key: _meant(item) for key, item in value.items() if key not in ("written", "normalised", "german")
        }
    if is_record(type(value)):
        return _meant({field.name: getattr(value, field.name) for field in fields(type(value))})
    return [_meant(item) for item in value] if isinstance(value, tuple | list) else value


def main_one(mistake: Mistake, told: Sequence[Diagnostic]) -> Diagnostic:
    """Return what is told of the mistake itself: at its line by its code, or what comes closest."""
    here = [item for item in told if item.position.file == mistake.file]
    exact = [item for item in here if item.position.line == mistake.line]
    coded = [item for item in exact if item.code == mistake.code]
    return (coded or exact or here or list(told))[0]


def english(item: Diagnostic) -> bool:
    """Tell whether a message or its help says something in English beside names of fields and what was written."""
    return _ENGLISH.search(_QUOTED.sub("", f"{item.message} {item.help}")) is not None


def unsaid(mistake: Mistake, told: Sequence[Diagnostic]) -> list[str]:
    """Return what the correction needs and neither message nor help says: added words and signs, the words of the corpus."""
    said = " ".join(f"{item.message} {item.help}" for item in told).casefold()
    missing = [word for word in mistake.help if word.casefold() not in said]
    if mistake.remove:
        return missing
    before = Counter(_words(f"{mistake.bad} {Path(mistake.file).name if mistake.good_file else ''}"))
    added = Counter(_words(mistake.corrected)) - before
    known = {word.casefold() for word in mistake.knows}
    missing += [word for word in added if word not in said and word not in known]
    for sign, names in _SIGNS.items():
        if mistake.corrected.count(sign) > mistake.bad.count(sign) and not any(
            name in said for name in names
        ):
            missing.append(sign)
    if (
        not added
        and len(mistake.corrected) < len(mistake.bad)
        and not any(word in said for word in _TAKEN_AWAY)
    ):
        missing.append("löschen")
    return missing


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text))
