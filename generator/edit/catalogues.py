"""Templates, modules and scripts in; message ids and up-to-date catalogues out: `make catalogues`.

German texts are the ids. A new text gets an empty entry in every catalogue, one that is used nowhere any more is dropped,
and the order is that of the ids, so that two people's changes meet without conflict.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from generator.export import EXPORTS
from generator.files.packaged import packaged
from generator.files.writing import write_files
from generator.hours.closed_days import BRIDGE_DAY, CLOSED_DAYS
from generator.hours.evaluate import NOTICE
from generator.hours.holidays import LANDS, public_holidays
from generator.hours.spoken import DAYS, MONTHS, REMARKS
from generator.model.dates import SPANS
from generator.model.offer_flags import OFFER_FLAGS
from generator.render.base.texts import locales_folder
from generator.render.frame.script_words import messages, scripts_folder
from generator.render.frame.shell import FOOTER, NAVIGATION
from generator.render.written_reports.changes import DEFINING

_PACKAGE = Path(str(resources.files("generator")))
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
Message = str | tuple[str, str]


def used_messages() -> set[Message]:
    """Return every message id of the package: texts, and pairs of one and many."""
    found: set[Message] = set()
    for path in sorted(_PACKAGE.rglob("*.py")):
        found |= set(_extracted("python", path))
    for folder in (_PACKAGE / "templates", _PACKAGE / "theme" / "shell"):
        for path in sorted(folder.rglob("*.html")):
            found |= set(_extracted("jinja2", path))
    for script in sorted(scripts_folder().glob("*.js")):
        found |= set(messages(script.name))
    return found | named_messages()


def named_messages() -> set[Message]:
    """Return the texts that stand in registries and are translated where they are shown."""
    labels = {label for _, label, _ in NAVIGATION} | {label for label, _ in FOOTER}
    holidays = {name for land in LANDS for name in public_holidays(land, 2026).values()}
    words = {
        *DAYS,
        *MONTHS,
        *REMARKS,
        *holidays,
        *(day.name for day in CLOSED_DAYS.values()),
        BRIDGE_DAY,
        NOTICE,
        *DEFINING.values(),
        *(export.holds for export in EXPORTS),
        *(flag.label for flag in OFFER_FLAGS.values() if flag.label),
        *(flag.list_label for flag in OFFER_FLAGS.values() if flag.list_label),
    }
    return {*labels, *words, *SPANS.values()}


def _extracted(method: str, path: Path) -> Iterator[Message]:
    name = "jinja2.ext:babel_extract" if method == "jinja2" else "python"
    options = {"silent": "false"} if method == "jinja2" else {}
    stream = io.BytesIO(packaged("generator", *path.relative_to(_PACKAGE).parts))
    for _, message, _, _ in extract(name, stream, keywords=KEYWORDS, options=options):
        yield tuple(message) if isinstance(message, list | tuple) else message  # type: ignore[misc]


def missing(lang: str) -> list[str]:
    """Return the message ids that a catalogue lacks, sorted."""
    catalogue = _read(lang)
    found = []
    for message in used_messages():
        entry = catalogue.get(message[0] if isinstance(message, tuple) else message)
        strings = entry.string if entry is not None else ""
        if (
            not strings
            or (isinstance(strings, tuple) and not all(strings))
            or (entry is not None and entry.fuzzy)
        ):
            found.append(message[0] if isinstance(message, tuple) else message)
    return sorted(found)


def updated(lang: str) -> str:
    """Return the text of a catalogue with exactly the messages in use."""
    old = _read(lang)
    new = Catalog(
        locale=lang,
        charset="utf-8",
        fuzzy=False,
        header_comment="# Texts of Nahraum. The ids are the German texts.",
    )
    for message in sorted(used_messages(), key=lambda item: item[0] if isinstance(item, tuple) else item):
        entry = old.get(message[0] if isinstance(message, tuple) else message)
        string = entry.string if entry is not None else ""
        if isinstance(message, tuple) != isinstance(string, tuple):
            string = ""
        new.add(message, string or (("", "") if isinstance(message, tuple) else ""))
    buffer = io.BytesIO()
    write_po(buffer, new, width=0, sort_output=False, omit_header=False, no_location=True)
    lines = buffer.getvalue().decode().split("\n")
    # Dates in the header would make every run differ.
    return "\n".join(
        line
        for line in lines
        if not line.startswith(
            (
                '"POT-Creation-Date',
                '"PO-Revision-Date',
                '"Generated-By',
                '"Last-Translator',
                '"Language-Team',
                '"Report-Msgid',
            )
        )
    )


def _read(lang: str) -> Catalog:
    path = locales_folder() / f"{lang}.po"
    if not path.is_file():
        return Catalog(locale=lang)
    return read_po(io.BytesIO(packaged("generator", "locales", path.name)), locale=lang)


def main() -> int:
    """Write all catalogues anew; return 1 when texts are missing."""
    count = 0
    for path in sorted(locales_folder().glob("*.po")):
        write_files(path.parent, {path.name: updated(path.stem)})
        lacking = missing(path.stem)
        count += len(lacking)
        for message in lacking:
            print(f"{path.name}: {message!r}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
