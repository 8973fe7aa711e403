"""Bring the catalogues of the interface up to date (`make catalogues`).

German texts are the ids.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from generator.export import EXPORTS
from generator.files.disk import Disk
from generator.files.packaged import PACKAGE, packaged
from generator.files.writing import write_files
from generator.hours.evaluate import MAYBE_HOLIDAYS, NOTICE
from generator.hours.holidays import BRIDGE_DAY, CLOSED_DAYS, LANDS, public_holidays
from generator.hours.spoken import CLOSED_REASONS, DAYS, MONTHS, REMARKS
from generator.model.config import DoorLanguage
from generator.model.dates import SPANS
from generator.model.indicator import PROMISE
from generator.model.offer_flags import OFFER_FLAGS
from generator.model.vocabulary import Vocabularies
from generator.parts import given
from generator.read.vocabularies import read_words
from generator.render.base.texts import QUALIFIERS, locales_folder
from generator.render.base.view import subjects_templates
from generator.render.base.wording import FEE_UNITS
from generator.render.frame.families import FAMILIES, messages, scripts_folder
from generator.render.frame.page_frame import FOOTER, NAVIGATION

DOOR_OWN = (
    "render/pages/first_door.py", "templates/door.html", "templates/door_help.html", "templates/door_offer.html",
    "templates/door_offers.html", "templates/macros/door.html"
)  # fmt: skip
"""Where texts stand that only pages of a language with the most necessary show."""
DOOR_SOURCES = (
    *DOOR_OWN, "render/pages/house_page.py", "templates/house.html", "hours/spoken.py", "render/base/wording.py", "render/pages/week.py", "templates/week.html", "render/directory/cards.py", "render/directory/contact.py",
    "render/directory/help_numbers.py", "render/data_files/search_entries.py", "render/frame/page_frame.py", "render/pages/moved_pages.py", "render/pages/search_field.py", "templates/search.html", "templates/macros/checked.html", "templates/macros/crumbs.html", "templates/macros/note.html", "templates/macros/nothing.html", "templates/macros/way.html",
    "templates/parts/cards.html", "templates/parts/where.html", "theme/shell/base.html",
)  # fmt: skip
"""Where all texts of these pages stand (`tests/render/test_doors.py` finds one that is forgotten)."""
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "number_of": (1, 2)}
"""Calls whose arguments are texts; which ones, where there are several (one, many)."""
Message = str | tuple[str, str]
"""A text, or one for a single thing and one for many."""


def used_messages() -> set[Message]:
    """Return a full language's messages: texts, and (one, many)."""
    found: set[Message] = set()
    others = {PACKAGE / name for name in DOOR_OWN}
    for path in sorted({*PACKAGE.rglob("*.py")} - others):
        found |= set(_extracted("python", path))
    for folder in (PACKAGE / "templates", PACKAGE / "theme" / "shell", *subjects_templates()):
        for path in sorted({*folder.rglob("*.html")} - others):
            found |= set(_extracted("jinja2", path))
    for script in sorted(scripts_folder().glob("*.js")):
        found |= set(messages(script.name))
    return found | named_messages()


def named_messages() -> set[Message]:
    """Return registries' texts that are translated when shown."""
    labels = {label for _, label, _ in NAVIGATION} | {label for label, _ in FOOTER}
    words = {
        *_list_time_words(),
        NOTICE,
        *PROMISE,
        *chain.from_iterable(given("sections", "WORDS")),
        *(export.holds for export in EXPORTS),
        *(flag.label for flag in OFFER_FLAGS.values() if flag.label),
        *(flag.list_label for flag in OFFER_FLAGS.values() if flag.list_label),
    }
    return {*labels, *words, *SPANS.values(), *FEE_UNITS, *QUALIFIERS}


def _list_time_words() -> set[Message]:
    """The names of days and months, what stands beside hours."""
    holidays: set[str] = set()
    # Holidays are called the same in every year.
    for land in LANDS:
        holidays.update(public_holidays(land, 2026).values())
    closed = (day.name for day in CLOSED_DAYS.values())
    return {*DAYS, *MONTHS, *REMARKS, *CLOSED_REASONS, *holidays, *closed, BRIDGE_DAY, MAYBE_HOLIDAYS}


def door_messages() -> set[Message]:
    """Return messages of a language with the most necessary pages."""
    found: set[Message] = {
        *_list_time_words(),
        *SPANS.values(),
        *FEE_UNITS,
        "erfunden",
        "erfunden, zur Veranschaulichung",
    }
    for name in DOOR_SOURCES:
        found |= set(_extracted("python" if name.endswith(".py") else "jinja2", PACKAGE / name))
    for script in (*FAMILIES["door-home"].scripts, *FAMILIES["door-offer"].scripts):
        found |= set(messages(script))
    found |= {flag.label for flag in OFFER_FLAGS.values() if flag.glance}
    return found | _names_of_words(Vocabularies(**read_words(Disk(PACKAGE), [])[0]))


def _names_of_words(words: Vocabularies) -> set[str]:
    """Return words' names and explanations that families choose from."""
    found: set[str] = set()
    for vocabulary in (words.kinds, words.topics, words.target_groups, words.referrers, words.languages):
        found |= {word.name for word in vocabulary.values()}
    for way in words.access_ways.values():
        found |= {way.name, way.explanation or way.name}
    for item in words.help.values():
        if item.audience != "professionals":
            found |= {item.name, item.for_whom or item.name}
    return found


def messages_of(lang: str) -> set[Message]:
    """Return the messages a language's catalogue must have."""
    return door_messages() if lang in get_args(DoorLanguage) else used_messages()


def _extracted(method: str, path: Path) -> Iterator[Message]:
    name = "jinja2.ext:babel_extract" if method == "jinja2" else "python"
    options = {"silent": "false"} if method == "jinja2" else {}
    content = packaged("generator", *path.relative_to(PACKAGE).parts)
    if method == "python" and b"_(" not in content and b"gettext" not in content:
        return  # two of three modules have no texts to translate, and taking them apart takes long
    for _, message, _, _ in extract(name, io.BytesIO(content), keywords=KEYWORDS, options=options):
        yield tuple(message) if isinstance(message, list | tuple) else message  # type: ignore[misc]


def missing(lang: str) -> list[str]:
    """Return the message ids that a catalogue lacks, sorted."""
    catalogue = _read_catalogue(lang)
    found = []
    for message in messages_of(lang):
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
    """Return a catalogue with exactly the used messages."""
    old = _read_catalogue(lang)
    new = Catalog(
        locale=lang.split("-")[0],
        charset="utf-8",
        fuzzy=False,
        header_comment="# Texts of Nahraum. The ids are the German texts.",
    )
    for message in sorted(messages_of(lang), key=lambda item: item[0] if isinstance(item, tuple) else item):
        entry = old.get(message[0] if isinstance(message, tuple) else message)
        string = entry.string if entry is not None else ""
        if isinstance(message, tuple) != isinstance(string, tuple):
            string = ""
        new.add(message, string or (("", "") if isinstance(message, tuple) else ""))
    buffer = io.BytesIO()
    write_po(buffer, new, width=0, sort_output=False, omit_header=False, no_location=True)
    lines = buffer.getvalue().decode().split("\n")
    # Dates in the header would make every run differ, and so would versions and names.
    names = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator", "Language-Team", "Report-Msgid")  # fmt: skip
    return "\n".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in names)))


def _read_catalogue(lang: str) -> Catalog:
    path = locales_folder() / f"{lang}.po"
    if not path.is_file():
        return Catalog(locale=lang.split("-")[0])
    return read_po(io.BytesIO(packaged("generator", "locales", path.name)), locale=lang.split("-")[0])


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
