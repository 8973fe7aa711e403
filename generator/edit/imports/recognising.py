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
    done = Recognition()
    records = list(records)
    there = _There(project, before)
    here: dict[tuple[str, str], str] = {}
    """Ids of records as the source has them, with those they have here."""
    guesses: dict[tuple[str, str], str] = {}
    """The same of records that nobody has decided on."""
    likely: list[tuple[Incoming, Likeness, str]] = []
    incoming = {(record.folder, record.id) for record in records}
    for record in sorted(records, key=lambda item: _rank(item.folder)):
        key = f"{record.folder}/{record.id}"
        known = before.records.get(key)
        if key in same:
            wanted = same[key]
            if wanted.text != NEW and wanted.text not in project.known[record.folder]:
                done.found.append(_unknown(wanted, record.folder, project))
            elif wanted.text != NEW:
                here[record.folder, record.id] = wanted.text
        elif known is not None:
            if known["id"] != record.id:
                here[record.folder, record.id] = known["id"]
        elif record.folder == "providers" and there.named(record):
            here[record.folder, record.id] = record.id
        elif record.folder in FOLDERS and record.id not in project.known[record.folder]:
            one = _incoming_likeness(record, {**guesses, **here})
            match, why = there.like(one, incoming)
            if match is not None and record.folder == "providers" and slug(one.name) == slug(match.name):
                here[record.folder, record.id] = match.id
            elif match is not None:
                guesses[record.folder, record.id] = match.id
                likely.append((record, match, why))
    for record, match, why in likely:
        key = f"{record.folder}/{record.id}"
        done.undecided[key] = match.id
        name = record.node.get("name")
        at = name.position if isinstance(name, Scalar) else record.node.position
        done.found.append(
            diagnostic(
                "vielleicht-vorhanden",
                at,
                name=str(plain(record.node).get("name", record.id)),
                key=key,
                own=f"{match.folder}/{match.id}",
                meant=match.name,
                why=why,
                id=match.id,
            )
        )
    _let_wait(done, records, set(guesses), here)
    return done


def _let_wait(
    done: Recognition,
    records: list[Incoming],
    waiting: set[tuple[str, str]],
    here: Mapping[tuple[str, str], str],
) -> None:
    """Hold back what is undecided and what refers to it; give the rest the ids it has here."""
    incoming = {(record.folder, record.id) for record in records}
    refers = {
        (record.folder, record.id): {
            (target, scalar.text)
            for targets, _, scalar in _references(record)
            for target in targets
            if (target, scalar.text) in incoming
        }
        for record in records
    }
    decided = len(waiting)
    grown = True
    while grown:
        more = {key for key, others in refers.items() if key not in waiting and others & waiting}
        grown = bool(more)
        waiting |= more
    done.waiting = len(waiting) - decided
    taken: set[tuple[str, str]] = set()
    for record in records:
        if (record.folder, record.id) in waiting:
            continue
        changes = {
            path: here[target, scalar.text]
            for targets, path, scalar in _references(record)
            for target in targets
            if (target, scalar.text) in here
        }
        node = _with_ids(record.node, changes) if changes else record.node
        own = here.get((record.folder, record.id), record.id)
        if (record.folder, own) in taken and own != record.id:
            # Two records of the source are one here, such as a provider with two numbers: the first one tells.
            continue
        taken.add((record.folder, own))
        joined = (record.folder, record.id) in here
        done.records.append(replace(record, id=own, node=node, source=record.id, joined=joined))


def _references(record: Incoming) -> Iterator[tuple[list[str], Path, Scalar]]:
    for reference in references(KIND_BY_FOLDER[record.folder].model):
        for path, scalar in places_at(record.node, reference.path):
            yield reference.target.split("|"), path, scalar


def _with_ids(node: Node, changes: Mapping[Path, str], above: Path = ()) -> Any:
    if isinstance(node, Scalar):
        return node._replace(text=changes[above]) if above in changes else node
    if isinstance(node, ListNode):
        items = tuple(_with_ids(item, changes, (*above, number)) for number, item in enumerate(node.items))
        return replace(node, items=items)
    entries = tuple((key, _with_ids(value, changes, (*above, key.text))) for key, value in node.entries)
    return replace(node, entries=entries)


def _rank(folder: str) -> int:
    return FOLDERS.index(folder) if folder in FOLDERS else len(FOLDERS)


def _unknown(wanted: Scalar, folder: str, project: ImportTarget) -> Diagnostic:
    near = close_to(wanted.text, sorted(project.known[folder]))
    better = (
        f"gemeint ist vielleicht „{near}“"
        if near
        else f"„{NEW}“ schreiben, wenn es ein neuer Eintrag ist, sonst den Namen seiner Datei ohne .yml"
    )
    what = KIND_BY_FOLDER[folder].none
    return diagnostic("eintrag-fehlt", wanted.position, name=wanted.text, what=what, better=better)


# --- what records are compared by ------------------------------------------------------------------------------------


def _incoming_likeness(record: Incoming, here: Mapping[tuple[str, str], str]) -> Likeness:
    values = plain(record.node)

    def linked(name: str, folder: str) -> str:
        text = str(values.get(name) or "")
        return here.get((folder, text), text)

    point = None
    if isinstance(values.get("point"), str):
        point = _point(values["point"])
    contact, address = values.get("contact"), values.get("address")
    return Likeness(
        record.folder,
        record.id,
        str(values.get("name") or ""),
        _phones(contact.get(name) for name in ("phone", "mobile"))
        if isinstance(contact, dict)
        else frozenset(),
        _address({key: str(text) for key, text in address.items()}) if isinstance(address, dict) else "",
        point,
        linked("place", "places"),
        linked("provider", "providers"),
        str(values.get("kind") or ""),
    )


def _point(text: Any) -> Point | None:
    try:
        return parse_point(text)
    except ValueError:
        return None


def _phones(numbers: Iterable[object]) -> frozenset[str]:
    """Return telephone numbers as they are compared, but for what is too short to tell anybody."""
    return frozenset(digits for number in numbers if len(digits := dialled(str(number or ""))) > 5)


def _address(values: Mapping[str, str | None]) -> str:
    street, number = values.get("street"), house(values.get("number") or "")
    return f"{street_key(street)} {number} {values.get('postcode') or ''}" if street and number else ""


class _There:
    """What people wrote, found by what it may share with what comes in."""

    def __init__(self, project: ImportTarget, before: LastImport) -> None:
        ours = {f"{key.partition('/')[0]}/{item['id']}" for key, item in before.records.items()}
        self._by: dict[tuple[str, str, object], list[Likeness]] = defaultdict(list)
        site = project.site
        self._providers = site.providers
        for folder in FOLDERS:
            for key, record in getattr(site, folder).items():
                if f"{folder}/{key}" in ours:
                    continue
                contact, address = record.contact, getattr(record, "address", None)
                written = address.model_dump() if address is not None else {}
                phones = _phones(contact.numbers.values() if contact is not None else ())
                one = Likeness(
                    folder, key, record.name, phones, _address(written), getattr(record, "point", None),
                    getattr(record, "place", None) or "", getattr(record, "provider", None) or "",
                    record.kind,
                )  # fmt: skip
                for mark in _marks(one):
                    self._by[folder, *mark].append(one)

    def named(self, record: Incoming) -> bool:
        """Tell whether people wrote a provider of exactly this id and name."""
        provider, name = self._providers.get(record.id), plain(record.node).get("name")
        return provider is not None and slug(provider.name) == slug(str(name or ""))

    def like(self, one: Likeness, incoming: set[tuple[str, str]]) -> tuple[Likeness | None, str]:
        """Return the record that one is most probably, and in words why; None where none is."""
        best: tuple[int, str, Likeness] | None = None
        others = {
            other.id: other
            for mark in _marks(one, around=True)
            for other in self._by.get((one.folder, *mark), ())
        }
        for other in others.values():
            if (one.folder, other.id) in incoming:
                continue
            shared = _shared(one, other)
            if shared and (best is None or (len(shared), other.id) > best[:2]):
                best = (len(shared), other.id, other)
                why = ", ".join(shared)
        return (None, "") if best is None else (best[2], why)


def _marks(one: Likeness, *, around: bool = False) -> Iterator[tuple[str, object]]:
    """Yield what two records that are the same may share; with `around` also the squares beside that of the point."""
    yield "name", one.words
    yield from (("phone", number) for number in sorted(one.phones))
    for name in ("address", "place", "provider"):
        if value := getattr(one, name):
            yield name, value
    if one.point is not None:
        x, y = int(one.point.longitude * 500), int(one.point.latitude * 1000)
        step = (-1, 0, 1) if around else (0,)
        yield from (("square", (x + dx, y + dy)) for dx in step for dy in step)


def _shared(one: Likeness, other: Likeness) -> list[str]:
    """Say what two records share, as far as that makes them the same; nothing where they are two."""
    equal = one.words == other.words
    # A playground and a café by the river are two; tables often don't say the kind.
    kinds = one.kind == other.kind or not {one.kind, other.kind}.isdisjoint(_ANY_KIND)
    alike = equal or (kinds and _alike(one.words, other.words))
    phone = not one.phones.isdisjoint(other.phones)
    address = bool(one.address) and one.address == other.address
    distance = metres(one.point, other.point) if one.point and other.point else None
    near = distance is not None and distance < NEAR
    place = bool(one.place) and one.place == other.place
    provider = bool(one.provider) and one.provider == other.provider
    elsewhere = (
        (distance is not None and distance > FAR)
        or (distance is None and one.address and other.address and not address)
        or (one.folder == "offers" and one.place and other.place and not place)
    )
    if one.folder == "offers":
        # A house may have many offers, and a provider many houses.
        fits = alike and (phone or place or address or near or (equal and not elsewhere))
    elif one.folder == "providers":
        fits = equal or (alike and (phone or address))
    else:
        fits = (
            (equal and not elsewhere)
            or (alike and (phone or address or near))
            or (phone and (address or near))
        )
    if not fits:
        return []
    name = "gleicher Name" if slug(one.name) == slug(other.name) else "ähnlicher Name" if alike else ""
    where = "gleiche Adresse" if address else f"{distance:.0f} m daneben" if near else ""
    house_ = "gleicher Ort" if place else ""
    return [
        words
        for words in (
            name,
            where,
            house_,
            "gleiches Telefon" if phone else "",
            "gleicher Träger" if provider else "",
        )
        if words
    ]


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
