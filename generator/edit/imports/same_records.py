"""Records that come in and records that people wrote in; which of them are probably the same out, so that nothing is there twice: by name, address, telephone, or kind and place; what is certain, what is asked, what waits for the answer.

One rule says what may be the same: places and providers of the same name, address or telephone, or of the same kind beside each other;
offers of the same name, or of the same kind at the same place. A telephone, and a kind at a place, count where only one has them; a name
alone doesn't where both lie in different places. Nothing is decided but what is certain: a provider of exactly the same name, and what the
mapping says under `same` or an earlier import remembers. All else is asked, and what refers to it waits with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.diagnostics import Diagnostic, meant_or
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.imports.mapping_files import NEW
from generator.edit.records.last_import import LastImport
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.fields import references
from generator.model.geometry import metres
from generator.model.groups import Address
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import slug
from generator.model.offer import Offer
from generator.model.places_and_providers import Place, Provider
from generator.model.scalars import Point
from generator.model.site import house
from generator.read.nodes import FieldPath, ListNode, Node, Scalar, text_at
from generator.read.records import build
from generator.read.references import places_at
from generator.search.street_register import street_key

FOLDERS = ("providers", "places", "offers")
NAME, ADDRESS, PHONE = "gleicher Name", "gleiche Adresse", "gleiches Telefon"
KIND_THERE, BESIDE = "gleiche Art am gleichen Ort", "gleiche Art gleich daneben"
NEAR = 100
"""Metres within which two points may be one house."""
FAR = 1_000
"""Metres beyond which equal names are those of two places."""
_FORMS = re.compile(
    r"\b(e\.? ?v\.?|g?gmbh|gug|ug|ggmbh|mbh|haftungsbeschraenkt|gemeinnuetzige?r?|kg|ag|stiftung|gbr|eg|e\.? ?g\.?)(?!\w)"
)

_SEVERAL = re.compile(r"[;|\n]")
"""What may stand between the names of two providers."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a record is compared by; what isn't known is empty."""

    folder: str
    id: str
    name: str
    kind: str
    phones: tuple[str, ...]
    address: str
    point: Point | None
    place: str

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield what two records that are the same may share, as a label and a value. A name counts without its legal form."""
        yield NAME, slug(_FORMS.sub(" ", self.name.lower()))
        if self.folder == "offers":
            if self.place:
                yield KIND_THERE, f"{self.kind} {self.place}"
            return
        yield from ((PHONE, number) for number in dict.fromkeys(self.phones))
        if self.address and self.folder == "places":
            yield ADDRESS, self.address


@dataclass(slots=True)
class Recognition:
    """The records to write, those that wait for a decision as `folder/id` with the id here that is meant, and what to say of them."""

    records: list[Incoming] = field(default_factory=list)
    undecided: dict[str, str] = field(default_factory=dict)
    waiting: int = 0
    found: list[Diagnostic] = field(default_factory=list)


def recognised(
    project: ImportTarget, records: Iterable[Incoming], same: Mapping[str, Scalar], before: LastImport
) -> Recognition:
    """Compare what comes in with what people wrote; records get the ids that they have here."""
    records = list(records)
    comparison = _Comparison(project, same, before, {(record.folder, record.id) for record in records})
    order = (*FOLDERS, *KIND_BY_FOLDER)
    for record in sorted(records, key=lambda item: order.index(item.folder)):
        comparison.compare(record)
    done = comparison.done
    waiting = _with_references(records, comparison.guesses)
    done.waiting = len(waiting) - len(comparison.guesses)
    done.records = _renamed([record for record in records if record.key not in waiting], comparison.here)
    return done


class _Comparison:
    """Compares one record after the other with what people wrote.

    `here` holds by their keys the ids here of records that are certainly the same, `guesses` those of records that nobody has decided on.
    """

    def __init__(
        self,
        project: ImportTarget,
        same: Mapping[str, Scalar],
        before: LastImport,
        incoming: set[tuple[str, str]],
    ) -> None:
        self.project = project
        self.same = same
        self.before = before
        self.incoming = incoming
        self.there = _There(project, before)
        self.here: dict[tuple[str, str], str] = {}
        self.guesses: dict[tuple[str, str], str] = {}
        self.done = Recognition()

    def compare(self, record: Incoming) -> None:
        """Find what a record is here: as people decided, as the last import had it, else as it seems."""
        source = record.source_key
        known = self.before.records.get(source)
        existing = self.project.known[record.folder]
        if source in self.same:
            wanted = self.same[source]
            if wanted.text == NEW:
                return
            if wanted.text in existing:
                self.here[record.key] = wanted.text
            else:
                self.done.found.append(_unknown(wanted, record.folder, self.project))
        elif known is not None:
            if known["id"] != record.id:
                self.here[record.key] = known["id"]
        elif record.folder == "providers" and self.there.named(record):
            self.here[record.key] = record.id
        elif record.folder in FOLDERS and record.id not in existing:
            self._guess(record)

    def _guess(self, record: Incoming) -> None:
        """Look for a record that is probably the same; a provider of the same name is so for certain. Ask where one may be several."""
        if record.folder == "providers" and _SEVERAL.search(record.title):
            self.done.found.append(_several(record))
            return
        built, _ = build(KIND_BY_FOLDER[record.folder].model, record.node, id=record.id)
        if not isinstance(built, Place | Provider | Offer):
            # What is wrong with it is told elsewhere.
            return
        one = _likeness(built, record.folder, {**self.guesses, **self.here})
        match, why = self.there.like(one, self.incoming)
        if match is None:
            return
        if record.folder == "providers" and slug(one.name) == slug(match.name):
            self.here[record.key] = match.id
            return
        self.guesses[record.key] = match.id
        self.done.undecided[record.source_key] = match.id
        self.done.found.append(_perhaps_there(record, match, why))


def _several(record: Incoming) -> Diagnostic:
    return diagnostic(
        "mehrere-traeger",
        getattr(record.node.get("name"), "position", record.node.position),
        value=record.title,
        key=record.source_key,
    )


def _perhaps_there(record: Incoming, match: Likeness, why: str) -> Diagnostic:
    return diagnostic(
        "vielleicht-vorhanden",
        getattr(record.node.get("name"), "position", record.node.position),
        name=record.title,
        key=record.source_key,
        own=f"{match.folder}/{match.id}",
        meant=match.name,
        why=why,
        id=match.id,
    )


def _with_references(
    records: Iterable[Incoming], undecided: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Return the keys of undecided records and of all that refer to them, to those and so on."""
    refers: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for record in records:
        for target, _, scalar in _references(record):
            refers[record.key].add((target, scalar.text))
    waiting = set(undecided)
    more = waiting
    while more:
        more = {key for key, others in refers.items() if key not in waiting and others & waiting}
        waiting |= more
    return waiting


def _renamed(records: Iterable[Incoming], here: Mapping[tuple[str, str], str]) -> list[Incoming]:
    """Give records, and what they refer to, the ids that they have here.

    Two records of the source may be one here, such as a provider with two numbers: the first one tells.
    """
    taken: set[tuple[str, str]] = set()
    done = []
    for record in records:
        own = here.get(record.key, record.id)
        if (record.folder, own) in taken and own != record.id:
            continue
        taken.add((record.folder, own))
        changes = {
            path: here[target, scalar.text]
            for target, path, scalar in _references(record)
            if (target, scalar.text) in here
        }
        node = _with_ids(record.node, changes) if changes else record.node
        joined = record.key in here
        done.append(replace(record, id=own, node=node, source=record.id, joined=joined))
    return done


def _references(record: Incoming) -> Iterator[tuple[str, FieldPath, Scalar]]:
    """Give what a record refers to: the folder, where in the record, and the id; a reference to one of several kinds once for each."""
    for reference in references(KIND_BY_FOLDER[record.folder].model):
        for path, scalar in places_at(record.node, reference.path):
            for target in reference.target.split("|"):
                yield target, path, scalar


def _with_ids(node: Node, changes: Mapping[FieldPath, str], above: FieldPath = ()) -> Any:
    if isinstance(node, Scalar):
        if above in changes:
            return node._replace(text=changes[above])
        return node
    if isinstance(node, ListNode):
        items = tuple(_with_ids(item, changes, (*above, number)) for number, item in enumerate(node.items))
        return replace(node, items=items)
    entries = tuple((key, _with_ids(value, changes, (*above, key.text))) for key, value in node.entries)
    return replace(node, entries=entries)


def _unknown(wanted: Scalar, folder: str, project: ImportTarget) -> Diagnostic:
    better = f"„{NEW}“ schreiben, wenn es ein neuer Eintrag ist, sonst den Namen seiner Datei ohne .yml"
    better = meant_or(wanted.text, sorted(project.known[folder]), better)
    return diagnostic(
        "eintrag-fehlt",
        wanted.position,
        name=wanted.text,
        what=KIND_BY_FOLDER[folder].none,
        better=better,
    )


# --- what records are compared by ------------------------------------------------------------------------------------


def _likeness(record: Place | Provider | Offer, folder: str, here: Mapping[tuple[str, str], str]) -> Likeness:
    """Return what a record is compared by; its place is the one here, where that is known."""
    address, place = getattr(record, "address", None), getattr(record, "place", None) or ""
    numbers = record.contact.numbers.values() if record.contact is not None else ()
    dialling = map(dialled, numbers)
    return Likeness(
        folder,
        record.id,
        record.name,
        record.kind,
        # What is too short tells nobody.
        tuple(digits for digits in dialling if len(digits) > 5),
        _address(address) if address is not None else "",
        getattr(record, "point", None),
        here.get(("places", place), place),
    )


def _address(address: Address) -> str:
    """Return an address as it is compared; empty without a number."""
    number = house(address.number or "")
    if not number:
        return ""
    return f"{street_key(address.street)} {number} {address.postcode}"


class _There:
    """What people wrote, found by what it may share with what comes in."""

    def __init__(self, project: ImportTarget, before: LastImport) -> None:
        ours = {f"{key.partition('/')[0]}/{item['id']}" for key, item in before.records.items()}
        self._by: dict[tuple[str, str, str], list[Likeness]] = defaultdict(list)
        self._with_point: dict[str, list[Likeness]] = defaultdict(list)
        self._providers = project.site.providers
        for folder in FOLDERS:
            for key, record in project.site.records(folder).items():
                if f"{folder}/{key}" not in ours:
                    self._take_in(_likeness(record, folder, {}))

    def _take_in(self, one: Likeness) -> None:
        for label, value in one.marks():
            self._by[one.folder, label, value].append(one)
        if one.folder == "places" and one.point is not None:
            self._with_point[one.kind].append(one)

    def named(self, record: Incoming) -> bool:
        """Tell whether people wrote a provider of exactly this id and name."""
        provider = self._providers.get(record.id)
        return provider is not None and slug(provider.name) == slug(text_at(record.node, "name"))

    def like(self, one: Likeness, incoming: set[tuple[str, str]]) -> tuple[Likeness | None, str]:
        """Return the record with which one shares most, and in words what; None where it shares nothing that counts."""
        others: dict[str, Likeness] = {}
        shared: dict[str, list[str]] = defaultdict(list)
        for label, other in self._sharing(one):
            if (one.folder, other.id) not in incoming:
                others[other.id] = other
                shared[other.id].append(label)
        counted = {
            key: labels for key, labels in shared.items() if not _only_named_alike(one, others[key], labels)
        }
        if not counted:
            return None, ""
        best = max(counted, key=lambda key: (len(counted[key]), key))
        return others[best], ", ".join(counted[best])

    def _sharing(self, one: Likeness) -> Iterator[tuple[str, Likeness]]:
        """Yield the records that share something with one, each time with what it is."""
        for label, value in one.marks():
            others = self._by.get((one.folder, label, value), [])
            if label in (NAME, ADDRESS) or len(others) == 1:
                yield from ((label, other) for other in others)
        if one.folder == "places" and one.point is not None:
            for other in self._with_point[one.kind]:
                if other.point is not None and metres(one.point, other.point) < NEAR:
                    yield BESIDE, other


def _only_named_alike(one: Likeness, other: Likeness, shared: list[str]) -> bool:
    """Tell whether two records share a name and nothing else, and lie in different places."""
    if shared != [NAME]:
        return False
    if one.point is not None and other.point is not None:
        return metres(one.point, other.point) > FAR
    return _differ(one.address, other.address) or _differ(one.place, other.place)


def _differ(one: str, other: str) -> bool:
    """Tell whether two records say something else of something; to say nothing is no difference."""
    return bool(one and other) and one != other
