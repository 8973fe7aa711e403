"""The code in, `docs/reference/*.md` out: every field, word, diagnostic and command as they are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import yaml
from field_examples import example_pair
from pydantic import BaseModel

from generator.cli import main as command_line
from generator.diagnostics.codes import codes, entry_of, unfilled
from generator.edit.records.yaml_writer import write_on_one_line
from generator.edit.schemas import list_words
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields
from generator.model.groups import RecordTexts
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.samples import arranged_fields, form, groups_of
from generator.model.vocabulary import VOCABULARIES

FOLDER = Path(__file__).parent / "reference"
HEAD = "<!-- Aus dem Code erzeugt: make reference. Änderungen gehören in den Code. -->\n\n"
SEVERITIES = {
    "error": "Fehler: hält den Bau an",
    "warning": "Warnung: der Bau geht weiter",
    "note": "Hinweis",
}


def pages() -> dict[str, str]:
    """Return the text of every page by its file name."""
    made = {
        "index.md": index(),
        "records.md": records(),
        "site-config.md": site_config(),
        "vocabularies.md": vocabularies(),
        "diagnostics.md": diagnostics(),
        "commands.md": commands(),
        "guards.md": guards(),
    }
    return {name: HEAD + text.strip() + "\n" for name, text in made.items()}


def index() -> str:
    """Write what the pages hold."""
    return """# Referenz

- [Einträge](records.md): jedes Feld jeder Art von Eintrag
- [Einstellungen](site-config.md): jedes Feld von `site_config.yml`
- [Wortlisten](vocabularies.md): aus welchen Wörtern Felder wählen
- [Meldungen](diagnostics.md): was `nahraum check` sagt und was hilft
- [Befehle](commands.md): alle Befehle mit ihren Angaben
- [Zusagen](guards.md), englisch: was Nahraum verspricht und welcher Test es bewacht

Wie Tabellen und Gebiete übernommen werden, steht in [Übernehmen](../import.md).
"""


def records() -> str:
    """Write every field of every kind."""
    parts = [
        "# Einträge\n\nEin Eintrag ist eine Datei `resources/<Ordner>/<Kürzel>.yml`. `nahraum new` legt eine Vorlage an. Hinter jedem Feld steht, wie es gut ist und wie nicht; was schlecht ist, weist `nahraum check` ab, bei Texten sehen es nur Menschen.\n"
    ]
    for kind in KINDS:
        place = " Gehört in der Regel in die interne Ablage." if kind.internal else ""
        parts.append(f"\n## {kind.plural}\n\nOrdner `{kind.folder}/`.{place}\n")
        parts += tables(kind.model, called=_called(kind.folder))
    parts.append("\n## Kennzahlen\n\nDatei `indicators/<Kürzel>/indicator.yml`, daneben `values.csv`.\n")
    parts += tables(Indicator)
    return "\n".join(parts)


def _called(folder: str) -> str:
    """Return what the demo calls its first record of a kind; empty where it has none."""
    for path in sorted((PROJECT / "resources" / folder).glob("*.yml")):
        return str(yaml.safe_load(path.read_text("utf-8")).get("name", ""))
    return ""


def site_config() -> str:
    """Write every field of the configuration."""
    return "\n".join(
        ["# Einstellungen\n\nDie Datei `site_config.yml` im Ordner des Projekts.\n", *tables(SiteConfig)]
    )


def vocabularies() -> str:
    """Write the fields of each vocabulary and the words that come with the package."""
    parts = [
        "# Wortlisten\n\nJede Liste bringt Nahraum mit. `resources/<Name>.yml` ergänzt sie oder ersetzt Wörter gleichen Kürzels. `nahraum help NAME` zeigt, was in einem Projekt gilt.\n"
    ]
    for name, model in VOCABULARIES.items():
        parts.append(f"\n## {name}\n")
        parts += tables(model, examples=False)
        if "name" not in fields(model):
            parts.append(f"\nDie Zeilen zeigt `nahraum help {name}`.")
            continue
        rows = [line.split(maxsplit=1) for line in list_words(FOLDER / "none", name).splitlines()]
        parts.append("\n| Kürzel | Name |\n|---|---|")
        parts += [f"| `{key}` | {cell(' '.join(rest))} |" for key, *rest in rows]
    return "\n".join(parts)


def diagnostics() -> str:
    """Write every diagnostic; values stand in braces."""
    parts = [
        "# Meldungen\n\n`nahraum help CODE` zeigt dasselbe. In geschweiften Klammern steht, was jeweils eingesetzt wird.\n"
    ]
    for code in sorted(codes()):
        entry = entry_of(code)
        parts.append(
            f"\n## {code}\n\n{SEVERITIES[entry.severity]}\n\n> {unfilled(entry.message)}\n\n**Hilfe:** {unfilled(entry.help)}\n\n{entry.explanation}"
        )
    return "\n".join(parts)


def commands() -> str:
    """Write the help of every command."""
    return "\n".join(
        [
            "# Befehle\n\nAusgang: 0 alles gut, 1 Probleme in den Daten, 2 falscher Aufruf, 3 ein Fehler von Nahraum, 130 abgebrochen.\n",
            *_commands(command_line, ["nahraum"]),
        ]
    )


def guards() -> str:
    """Write each promise with the tests that are marked to guard it."""
    promises: dict[str, dict[str, list[str]]] = {}
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        for section, promise, test in GUARD.findall(path.read_text("utf-8")):
            named = promises.setdefault(section, {}).setdefault(promise, [])
            named.append(f"`{path.relative_to(PROJECT).as_posix()}::{test}`")
    parts = [
        '# What guards each promise\n\nEach test fails when its promise is broken. It carries `@pytest.mark.guards("Section: promise")`.'
    ]
    for section, rows in sorted(promises.items()):
        parts.append(f"\n## {section}\n")
        parts += [f"- **{promise}:** {', '.join(tests)}" for promise, tests in rows.items()]
    return "\n".join(parts)


def _commands(group: click.Group, path: list[str]) -> Iterator[str]:
    known = click.Context(group)
    for name in sorted(group.list_commands(known)):
        command = group.get_command(known, name)
        if command is None:
            raise LookupError(f"there is no command {name}")
        names = [*path, name]
        context = click.Context(command, info_name=name)
        usage = " ".join([*names, *command.collect_usage_pieces(context)])
        about = "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
        yield f"\n## {' '.join(names)}\n\n```\n{usage}\n```\n\n{about}\n"
        options = [option for option in command.params if isinstance(option, click.Option)]
        if options:
            yield "| Angabe | Bedeutung |\n|---|---|"
        for option in options:
            record = option.get_help_record(context)
            if record:
                yield f"| `{cell(record[0])}` | {cell(record[1])} |"
        if isinstance(command, click.Group):
            yield from _commands(command, names)


def tables(model: type[BaseModel], *, examples: bool = True, called: str = "") -> Iterator[str]:
    """Yield the table of a model's fields, then those of the groups inside, each once; with a good and a bad example of each; `called` is a good name for the whole."""
    for title, group in groups_of(model):
        if title:
            yield f"\n### {title}\n"
        shown = examples and not issubclass(group, RecordTexts)
        yield from _table(group, called if group is model else "", examples=shown)


def _table(model: type[BaseModel], called: str, *, examples: bool) -> Iterator[str]:
    yield (
        "| Feld | | Form | Bedeutung | gut | schlecht |\n|---|---|---|---|---|---|"
        if examples
        else "| Feld | | Form | Bedeutung |\n|---|---|---|---|"
    )
    for field, info in arranged_fields(model):
        needed = "nötig" if info.is_required() else ""
        meaning = f"**{info.title}.** {info.description or ''}".strip()
        good, bad = example_pair(field, info) if examples else ("", "")
        if called and field == "name":
            good = write_on_one_line(called)
        shown = f" `{cell(good)}` | `{cell(bad)}` |" if examples else ""
        yield f"| `{field}` | {needed} | {cell(form(annotation(info)))} | {cell(meaning)} |{shown}"


PROJECT = FOLDER.parent.parent
GUARD = re.compile(
    r'@pytest\.mark\.guards\(\s*"([^":]+): ([^"]+)"\s*\)(?=.*?^(?:async )?def (test_\w+))',
    re.DOTALL | re.MULTILINE,
)
BETWEEN = re.compile(r"((?:#|<!--) from pyproject\.toml(?: -->)?\n).*?((?:#|<!--) until here)", re.DOTALL)


def addressed(project: Mapping[str, Any]) -> dict[str, str]:
    """Return the pages that say who publishes the program and where, by name; `project` is that table of pyproject.toml."""
    source = project.get("urls", {}).get("Source", "")
    who = next(iter(project.get("authors", ())), {})
    name, mail = who.get("name", ""), who.get("email", "")
    nobody = "Wer das Programm veröffentlicht, hat sich noch nicht eingetragen (pyproject.toml)"
    parts = {
        "README.md": f"Herausgegeben von {name} ({mail}): {source}\n"
        if source
        else f"**{nobody}:** Es gibt noch keine Ablage und keinen Kontakt.\n",
        "SECURITY.md": f"Bitte nicht öffentlich, sondern an **{mail}**.\n"
        if mail
        else f"Bitte nicht öffentlich. {nobody}: Wenden Sie sich an die Stelle, von der Sie es haben.\n",
        "publiccode.yml": _maintenance(source, name, mail),
    }
    return {
        file: BETWEEN.sub(
            lambda found, text=text: found[1] + text + found[2], (PROJECT / file).read_text("utf-8")
        )
        for file, text in parts.items()
    }


def _maintenance(source: str, name: str, mail: str) -> str:
    if not (source and name):
        return "# Not filled yet, so this file isn't valid: url, and whom to ask. See pyproject.toml.\nmaintenance: {type: none}\n"
    contact = json.dumps({"name": name, "email": mail}, ensure_ascii=False)
    return f"url: {source}\nmaintenance:\n  type: community\n  contacts: [{contact}]\n"


def of_this_project() -> dict[str, str]:
    """Return these pages as they should be."""
    return addressed(tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"])


def cell(text: str) -> str:
    """Make a text fit for a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> None:
    """Write the pages; what is left over of older ones goes."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    for name, text in of_this_project().items():
        (PROJECT / name).write_text(text, encoding="utf-8", newline="\n")
    for path in FOLDER.glob("*.md"):
        if path.name not in made:
            path.unlink()
    print(f"{len(made)} pages: {FOLDER}")


if __name__ == "__main__":
    main()
