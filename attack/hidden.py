"""Secrets in every field of a hidden place and of the overlay in; whether any byte of the public site knows of them out.

The fields are taken from the models, so that a new one can't be forgotten: whatever isn't on the short list of what is published
is filled, with texts that stand nowhere else and with values drawn by chance. Two builds must be the same to the byte, unpacked
files included, and no text of the secrets may be found. The hunt proves itself: with the masking off, and in the internal site, it must find them.
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from attack import values
from attack.children import Limits, run_all
from attack.faults import here
from attack.hunting import haystack
from attack.projects import base, ids, warm
from attack.surroundings import digests
from attack.tally import Tally
from attack.texts import Filler
from attack.unmasking import all_open, unchecked
from attack.world import PROJECT, TODAY
from generator.diagnostics import has_errors
from generator.edit.records.yaml_writer import Value, write_record
from generator.mkdocs_plugin import write_site
from generator.model.dates import parse_date
from generator.model.fields import annotation, fields
from generator.model.groups import Contact
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.places_and_providers import Place, PlaceTexts
from generator.pipeline.build import build_site, prepare
from generator.read.nodes import MapNode as Node
from generator.read.nodes import parse
from generator.read.records import validate
from generator.read.references import check_references
from tests.refuges import HOUSE, OFFER, PROVIDER

UNMASKED, INTERNAL = 0, 1
"""The first two cases prove the hunt."""
PROOFS = {UNMASKED: "secrets found with the masking off", INTERNAL: "secrets found in the internal site"}
PUBLISHED = frozenset({"id", "name", "kind", "providers", "contact", "accessibility", "checked", "check_every", "translations", "illustrative"})  # fmt: skip
PUBLISHED_CONTACT = frozenset({"phone", "mobile", "phone_hours"})
PUBLISHED_TEXTS = frozenset({"name"})
"""What may be known of a hidden place whose texts nobody has confirmed: written down once more, so that whoever lengthens the program's list is found out."""
UNTOLD = {
    OFFER: ("summary", "for_young", "description", "history", "results", "alert", "hours_note", "origin", "notes", "address", "point", "spaces", "visits"),
    PROVIDER: ("summary", "description", "can_give", "origin", "notes", "address", "spaces"),
}  # fmt: skip
"""What of the refuge's offer and provider is masked with it."""
LIMITS = Limits(seconds=60, memory=2_000_000_000)
HELD, BROKEN = 10, 11
HEARD = {UNMASKED: 9, INTERNAL: 40}
"""So many secrets the hunt must find at least where nothing hides them."""


class Birdcage(Filler):
    """Fills fields with words that stand nowhere else."""

    def text(self, path: str, *, short: bool = False) -> str:
        """Return a word that stands nowhere else, and note where."""
        self.where.append(path)
        return f"Kanarie{len(self.where):04}q"

    def songs(self) -> list[str]:
        """Return all words that were given."""
        return [f"Kanarie{number:04}q" for number in range(1, len(self.where) + 1)]


@dataclass(frozen=True)
class Secrets:
    """Files with secrets in them, each text that stands in one, and the fields that took no value."""

    files: Mapping[str, bytes]
    songs: tuple[str, ...]
    empty: tuple[str, ...]


def secrets(chance: random.Random | None) -> Secrets:
    """Return a hidden place full of secrets, words and whereabouts of its offer and provider, and an overlay full of secrets.

    Without chance every text is one that can be hunted for, and every value the same each time.
    """
    cage = Birdcage("", known())
    files: dict[str, bytes] = {}
    empty: list[str] = []
    house = {**_record(HOUSE), "visibility": "hidden"}
    for name, info in fields(Place).items():
        if name not in PUBLISHED and name not in ("visibility", "text_confirmed"):
            _fill(house, "places", name, info, cage, chance, empty)
    contact = {
        name: value for name, value in cage.group(Contact, "contact").items() if name not in PUBLISHED_CONTACT
    }
    # Messages need a mobile number, which is published and so is none of the secrets.
    contact.pop("messengers")
    _put(house, "places", "contact", {**house["contact"], **contact}, empty)
    texts = {name: cage.text(f"translations.{name}") for name in PlaceTexts.model_fields if name not in PUBLISHED_TEXTS}  # fmt: skip
    _put(house, "places", "translations", {"en": {**texts}}, empty)
    files[HOUSE] = write_record(house).encode()
    for file, names in UNTOLD.items():
        record, folder = _record(file), file.split("/")[1]
        for name in names:
            _fill(record, folder, name, fields(KIND_BY_FOLDER[folder].model)[name], cage, chance, empty)
        files[file] = write_record(record).encode()
    for kind in KINDS:
        group = cage.group(kind.model, kind.folder, frozenset({"illustrative"}))
        record = {name: value for name, value in group.items() if value is not None}
        files[f"intern/{kind.folder}/kanarie.yml"] = write_record(record).encode()
        if kind.folder in ("places", "offers", "providers"):
            files[f"intern/{kind.folder}/lichtblick.yml"] = files[f"intern/{kind.folder}/kanarie.yml"]
    return Secrets(files, tuple(cage.songs()), tuple(empty))


@cache
def known() -> dict[str, list[str]]:
    """Return what references can lead to; not the town, which everybody is told of."""
    places = {**ids(), "spaces": [key for key in ids()["spaces"] if key != "kleinstadt"]}
    return {name: keys for name, keys in places.items() if keys}


def _record(file: str) -> dict[str, Any]:
    return dict(yaml.load(base()[file], Loader=yaml.CBaseLoader))


def _fill(
    record: dict[str, Any],
    folder: str,
    name: str,
    info: Any,
    cage: Birdcage,
    chance: random.Random | None,
    empty: list[str],
) -> None:
    """Give a field a value that it takes: of chance or, for texts, one that can be hunted for."""
    for attempt in range(40):
        drawn = chance is not None and attempt % 2 == 0 and chance.random() < 0.5
        value = (
            values.value(annotation(info), chance, known())
            if drawn and chance is not None
            else cage.value(annotation(info), f"{folder}.{name}", info)
        )
        if value not in (None, "", [], {}) and _put(record, folder, name, value):
            return
    empty.append(f"{folder}.{name}")


def _put(
    record: dict[str, Any], folder: str, name: str, value: Value, empty: list[str] | None = None
) -> bool:
    """Put a value into a record where the record can be read with it."""
    trial = {**record, name: value}
    model = KIND_BY_FOLDER[folder].model
    node, found = parse(write_record(trial), "x.yml")
    if isinstance(node, Node):
        told = (*found, *validate(model, node, id="lichtblick")[1], *check_references(model, node, ids()))
        if not has_errors(told):
            record[name] = value
            return True
    if empty is not None:
        empty.append(f"{folder}.{name}")
    return False


def build(folder: Path, files: Mapping[str, bytes], *, internal: bool = False) -> Path:
    """Build a project as if nobody had checked; return its site."""
    root, target = folder / PROJECT, folder / "site"
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    unchecked()
    project = prepare(root, parse_date(TODAY), internal=internal, drafts=True)
    found = build_site(replace(project, found=()), target, write_site)
    if has_errors(found) or project.site is None:
        raise ValueError([item for item in (*project.found, *found) if item.severity == "error"])
    return target


def quiet() -> dict[str, bytes]:
    """Return the project in which nothing is said of the hidden place beyond what is published, and no overlay is."""
    return {name: content for name, content in base().items() if not name.startswith("intern/")}


def attack(cases: range, workers: int) -> Tally:
    """Build with other secrets for every case and compare with the quiet site; the first two cases prove the hunt."""
    tally = Tally()
    warm()
    with here("still") as folder:
        expected = folder / "expected"
        quiet_site = partial(_quiet, folder / "quiet", expected)
        tasks = [((case, partial(_hunt, case, folder / str(case), expected))) for case in cases]
        for _, ended in run_all([(None, quiet_site)], 1, LIMITS):
            if problem := ended.problem(LIMITS, (HELD,)):
                tally.find(cases.start, f"the quiet site: {problem}\n{ended.said[-1500:]}")
                return tally
        for case, ended in run_all(tasks, workers, LIMITS):
            if case % 1_000_000 in PROOFS:
                tally.add(PROOFS[case % 1_000_000], _number_after(ended.said, "heard "))
            else:
                tally.add("sites compared")
                tally.add("secrets hidden", _number_after(ended.said, "hidden "))
            if problem := ended.problem(LIMITS, (HELD,)):
                tally.find(case, f"{problem}\n{ended.said[-1500:]}")
    return tally


def _number_after(said: str, word: str) -> int:
    return int(said.rpartition(word)[2].split()[0]) if word in said else 0


def _quiet(folder: Path, expected: Path) -> int:
    site = build(folder, quiet())
    expected.write_text("\n".join(f"{digest} {name}" for name, digest in digests(site).items()), "utf-8")
    return HELD


def _hunt(case: int, folder: Path, expected: Path) -> int:
    os.environ["NAHRAUM_TODAY"] = TODAY
    number = case % 1_000_000
    found = secrets(None if number in HEARD else random.Random(case))
    if found.empty:
        print("no value for", *found.empty)
        return BROKEN
    if number == UNMASKED:
        all_open()
    site = build(folder, {**quiet(), **found.files}, internal=number == INTERNAL)
    hay = haystack(site)
    heard = [song for song in found.songs if song in hay]
    told = "\n".join(f"{digest} {name}" for name, digest in digests(site).items())
    print(f"hidden {len(found.songs)}\nheard {len(heard)}")
    if number in HEARD:
        return HELD if len(heard) >= HEARD[number] and told != expected.read_text("utf-8") else BROKEN
    if heard:
        print("found in the public site:", *heard[:10])
        return BROKEN
    if told != (plain := expected.read_text("utf-8")):
        print("differ:", *sorted({*told.splitlines()} ^ {*plain.splitlines()})[:8], sep="\n")
        return BROKEN
    return HELD
