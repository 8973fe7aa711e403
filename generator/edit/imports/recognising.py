"""Records that come in and records that people wrote in; which of them are probably the same out, so that nothing is there twice.

Nothing is decided here but what is certain: a provider of exactly the same name, and what the mapping says under `same` or an earlier
import remembers. All else is offered, and what refers to it waits with it.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.edit.imports.incoming import ImportTarget, Incoming
from generator.edit.imports.last_import import LastImport
from generator.edit.imports.mapping import NEW
from generator.model.fields import references
from generator.model.geometry import metres
from generator.model.house_numbers import house
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.offer import Offer
from generator.model.place import Place
from generator.model.provider import Provider
from generator.model.scalars import Point, dialled, parse_point
from generator.model.slugs import slug
from generator.read.link import places_at
from generator.read.nodes import ListNode, Node, Path, Scalar, plain
from generator.search.street_register import street_key

FOLDERS = ("providers", "places", "offers")
NEAR = 100
"""Metres within which two points may be one house."""
FAR = 1_000
"""Metres beyond which equal names are those of two places."""
_FORMS = re.compile(
    r"\b(e\.? ?v\.?|g?gmbh|gug|ug|ggmbh|mbh|haftungsbeschraenkt|gemeinnuetzige?r?|kg|ag|stiftung|gbr|eg|e\.? ?g\.?)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a record is compared by; what isn't known is empty."""

    folder: str
    id: str
    name: str
    phones: frozenset[str] = frozenset()
    address: str = ""
    point: Point | None = None
    place: str = ""
    provider: str = ""
    kind: str = ""

    @property
    def words(self) -> str:
        """The name as it is compared: small letters, no legal form of an organisation."""
        return " ".join(slug(_FORMS.sub(" ", self.name.lower())).split("-"))


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
    for record in sorted(records, key=lambda item: _rank(item.folder)):
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
        source = f"{record.folder}/{record.id}"
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
        """Look for a record that is probably the same; a provider of the same name is so for certain."""
        one = _incoming_likeness(record, {**self.guesses, **self.here})
        match, why = self.there.like(one, self.incoming)
        if match is None:
            return
        if record.folder == "providers" and slug(one.name) == slug(match.name):
            self.here[record.key] = match.id
            return
        self.guesses[record.key] = match.id
        self.done.undecided[f"{record.folder}/{record.id}"] = match.id
        self.done.found.append(_perhaps_there(record, match, why))


def _perhaps_there(record: Incoming, match: Likeness, why: str) -> Diagnostic:
    name = record.node.get("name")
    return diagnostic(
        "vielleicht-vorhanden",
        name.position if isinstance(name, Scalar) else record.node.position,
        name=str(plain(record.node).get("name", record.id)),
        key=f"{record.folder}/{record.id}",
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


def _references(record: Incoming) -> Iterator[tuple[str, Path, Scalar]]:
    """Give what a record refers to: the folder, where in the record, and the id; a reference to one of several kinds once for each."""
    for reference in references(KIND_BY_FOLDER[record.folder].model):
        for path, scalar in places_at(record.node, reference.path):
            for target in reference.target.split("|"):
                yield target, path, scalar


def _with_ids(node: Node, changes: Mapping[Path, str], above: Path = ()) -> Any:
    if isinstance(node, Scalar):
        if above in changes:
            return node._replace(text=changes[above])
        return node
    if isinstance(node, ListNode):
        items = tuple(_with_ids(item, changes, (*above, number)) for number, item in enumerate(node.items))
        return replace(node, items=items)
    entries = tuple((key, _with_ids(value, changes, (*above, key.text))) for key, value in node.entries)
    return replace(node, entries=entries)


def _rank(folder: str) -> int:
    if folder in FOLDERS:
        return FOLDERS.index(folder)
    return len(FOLDERS)


def _unknown(wanted: Scalar, folder: str, project: ImportTarget) -> Diagnostic:
    near = close_to(wanted.text, sorted(project.known[folder]))
    better = f"„{NEW}“ schreiben, wenn es ein neuer Eintrag ist, sonst den Namen seiner Datei ohne .yml"
    if near:
        better = f"gemeint ist vielleicht „{near}“"
    what = KIND_BY_FOLDER[folder].none
    return diagnostic("eintrag-fehlt", wanted.position, name=wanted.text, what=what, better=better)


# --- what records are compared by ------------------------------------------------------------------------------------


def _incoming_likeness(record: Incoming, here: Mapping[tuple[str, str], str]) -> Likeness:
    values = plain(record.node)

    def linked(name: str, folder: str) -> str:
        text = str(values.get(name) or "")
        return here.get((folder, text), text)

    contact, address = values.get("contact"), values.get("address")
    phones: frozenset[str] = frozenset()
    if isinstance(contact, dict):
        phones = _phones((contact.get("phone"), contact.get("mobile")))
    return Likeness(
        record.folder,
        record.id,
        str(values.get("name") or ""),
        phones,
        _address(address) if isinstance(address, dict) else "",
        _point(values.get("point")),
        linked("place", "places"),
        linked("provider", "providers"),
        str(values.get("kind") or ""),
    )


def _point(text: object) -> Point | None:
    """Return the point that a text is; None where it is none."""
    try:
        if isinstance(text, str):
            return parse_point(text)
        return None
    except ValueError:
        return None


def _phones(numbers: Iterable[object]) -> frozenset[str]:
    """Return telephone numbers as they are compared, but for what is too short to tell anybody."""
    return frozenset(digits for number in numbers if len(digits := dialled(str(number or ""))) > 5)


def _address(values: Mapping[str, object]) -> str:
    """Return an address as it is compared; empty without a street and a number."""
    street, number = values.get("street"), house(str(values.get("number") or ""))
    if not street or not number:
        return ""
    return f"{street_key(str(street))} {number} {values.get('postcode') or ''}"


def _likeness(folder: str, key: str, record: Place | Provider | Offer) -> Likeness:
    """Return what a record that people wrote is compared by."""
    address = getattr(record, "address", None)
    return Likeness(
        folder,
        key,
        record.name,
        _phones(record.contact.numbers.values() if record.contact is not None else ()),
        _address(address.model_dump()) if address is not None else "",
        getattr(record, "point", None),
        getattr(record, "place", None) or "",
        getattr(record, "provider", None) or "",
        record.kind,
    )


class _There:
    """What people wrote, found by what it may share with what comes in."""

    def __init__(self, project: ImportTarget, before: LastImport) -> None:
        ours = {f"{key.partition('/')[0]}/{item['id']}" for key, item in before.records.items()}
        self._by: dict[tuple[str, str, object], list[Likeness]] = defaultdict(list)
        self._providers = project.site.providers
        for folder in FOLDERS:
            for key, record in project.site.records(folder).items():
                if f"{folder}/{key}" in ours:
                    continue
                one = _likeness(folder, key, record)
                for mark in _marks(one):
                    self._by[folder, *mark].append(one)

    def named(self, record: Incoming) -> bool:
        """Tell whether people wrote a provider of exactly this id and name."""
        provider, name = self._providers.get(record.id), plain(record.node).get("name")
        return provider is not None and slug(provider.name) == slug(str(name or ""))

    def like(self, one: Likeness, incoming: set[tuple[str, str]]) -> tuple[Likeness | None, str]:
        """Return the record that one is most probably, and in words why; None where none is."""
        best: tuple[int, str, Likeness] | None = None
        why = ""
        others: dict[str, Likeness] = {}
        for mark in _marks(one, around=True):
            others |= {other.id: other for other in self._by.get((one.folder, *mark), ())}
        for other in others.values():
            if (one.folder, other.id) in incoming:
                continue
            shared = _shared(one, other)
            if shared and (best is None or (len(shared), other.id) > best[:2]):
                best = (len(shared), other.id, other)
                why = ", ".join(shared)
        return (best[2] if best else None), why


def _marks(one: Likeness, *, around: bool = False) -> Iterator[tuple[str, object]]:
    """Yield what two records that are the same may share; with `around` also the squares beside that of the point."""
    yield "name", one.words
    yield from (("phone", number) for number in sorted(one.phones))
    for name in ("address", "place", "provider"):
        if value := getattr(one, name):
            yield name, value
    if one.point is not None:
        x, y = int(one.point.longitude * 500), int(one.point.latitude * 1000)
        steps = (-1, 0, 1) if around else (0,)
        yield from (("square", (x + dx, y + dy)) for dx, dy in product(steps, steps))


def _shared(one: Likeness, other: Likeness) -> list[str]:
    """Say what two records share, as far as that makes them the same; nothing where they are two."""
    common = _common(one, other)
    fits = {"offers": common.one_offer, "providers": common.one_provider}.get(one.folder, common.one_place)
    if not fits():
        return []
    said = []
    if slug(one.name) == slug(other.name):
        said.append("gleicher Name")
    elif common.alike:
        said.append("ähnlicher Name")
    if common.address:
        said.append("gleiche Adresse")
    elif common.near:
        said.append(f"{common.distance:.0f} m daneben")
    if common.place:
        said.append("gleicher Ort")
    if common.phone:
        said.append("gleiches Telefon")
    if common.provider:
        said.append("gleicher Träger")
    return said


@dataclass(frozen=True, slots=True)
class _Common:
    """What two records have in common; `distance` in metres where both have a point, `elsewhere`: they can't be one house."""

    equal: bool
    alike: bool
    phone: bool
    address: bool
    place: bool
    provider: bool
    distance: float | None
    elsewhere: bool

    @property
    def near(self) -> bool:
        """Whether both have points that may be one house."""
        return self.distance is not None and self.distance < NEAR

    def one_offer(self) -> bool:
        """Tell whether two offers may be one: a house may have many offers, and a provider many houses."""
        if not self.alike:
            return False
        somewhere = self.phone or self.place or self.address or self.near
        return somewhere or (self.equal and not self.elsewhere)

    def one_provider(self) -> bool:
        """Tell whether two providers may be one."""
        return self.equal or (self.alike and (self.phone or self.address))

    def one_place(self) -> bool:
        """Tell whether two places may be one."""
        if self.equal and not self.elsewhere:
            return True
        shared = [self.alike, self.phone, self.address or self.near]
        return shared.count(True) >= 2


def _common(one: Likeness, other: Likeness) -> _Common:
    """Compare two records."""
    equal = one.words == other.words
    # A playground and a café by the river are two; tables often don't say the kind.
    kinds = one.kind == other.kind or not {one.kind, other.kind}.isdisjoint(_ANY_KIND)
    distance = None
    if one.point and other.point:
        distance = metres(one.point, other.point)
    elsewhere = _differ(one.address, other.address)
    if distance is not None:
        elsewhere = distance > FAR
    if one.folder == "offers" and _differ(one.place, other.place):
        elsewhere = True
    return _Common(
        equal=equal,
        alike=equal or (kinds and _alike(one.words, other.words)),
        phone=not one.phones.isdisjoint(other.phones),
        address=_agree(one.address, other.address),
        place=_agree(one.place, other.place),
        provider=_agree(one.provider, other.provider),
        distance=distance,
        elsewhere=elsewhere,
    )


def _agree(one: object, other: object) -> bool:
    """Tell whether two records say the same of something; to say nothing is no agreement."""
    return bool(one) and one == other


def _differ(one: object, other: object) -> bool:
    """Tell whether two records say something else of something; to say nothing is no difference."""
    return bool(one) and bool(other) and one != other


def _alike(one: str, other: str) -> bool:
    """Tell whether names may be two writings of one: one word more, a slip of the pen.

    >>> _alike("kita sonnenschein", "kindertagesstaette sonnenschein"), _alike("kita nord", "kita sued")
    (True, False)
    """
    first, second = set(one.split()), set(other.split())
    telling = {word for word in first & second if len(word) > 3 and word not in _USUAL}
    if telling and (first - _USUAL <= second or second - _USUAL <= first):
        return True
    return difflib.SequenceMatcher(None, one, other).ratio() > 0.88


_ANY_KIND = ("", "haus", "unknown")
_USUAL = frozenset(
    ("kita", "kindertagesstaette", "kindergarten", "kinderhaus", "krippe", "schule", "haus", "verein", "zentrum", "treff",
     "beratung", "beratungsstelle", "der", "die", "das", "des", "in", "im", "am", "an", "und", "fuer", "von", "zum", "zur", "bei",
     "evangelische", "katholische", "ev", "kath", "staedtische", "spielplatz", "ggmbh", "gmbh")
)  # fmt: skip
"""Words that say what something is, or nothing, and not which one it is."""
