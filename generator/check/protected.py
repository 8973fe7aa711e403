"""A site in, what of it is protected out, and the names and words under which texts speak of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from generator.check.clues import Gazetteer, fold
from generator.derive.masking import PLANS, is_about_protection
from generator.derive.untold import guarded
from generator.files.result_cache import Same
from generator.model.fields import references
from generator.model.groups import Record, Visibility
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.read.nodes import Path as NodePath
from generator.read.passages import scalars
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.refuges import is_common, refuge_named

# Fields whose values are no texts, or that have a check of their own. Hours may hold remarks, and what is cleared a reason.
_TYPED = frozenset({"address", "point", "shown", "geometry"})
_TYPED_ANYWHERE = frozenset({"phone", "mobile"})
_SHORTEST = 6
# Where the pages of records lie.
_SEGMENTS = {"places": "orte", "offers": "angebote", "providers": "traeger"}
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "kinder familien schutz notdienst zimmer home beratung verein stadt sicher jugendliche gruppe ambulant stationaer",
    )
)


class Wording(NamedTuple):
    """By what texts may speak of what is protected."""

    names: re.Pattern[str] | None
    words: re.Pattern[str] | None
    """Single words that only hidden names have: a text may speak of „Lichtblick“ alone."""

    def named(self, text: str) -> str:
        """Return the protected name that a text mentions, or nothing."""
        match = self.names.search(text) if self.names else None
        return match[0] if match else ""

    def own_word(self, text: str) -> str:
        """Return a single word of a hidden name that a text holds, or nothing."""
        match = self.words.search(text) if self.words else None
        return match[0] if match else ""

    def spoken_of(self, text: str) -> str:
        """Return the word by which a text may speak of something protected, or nothing."""
        return self.own_word(text) or refuge_named(text)

    def mention(self, text: str) -> str:
        """Return the protected name that a text mentions, else the word by which it may speak of one, or nothing."""
        return self.named(text) or self.spoken_of(text)


@dataclass(frozen=True)
class Protected:
    """What of a site is protected, by folder and id, and the names under which texts speak of it."""

    site: Site
    seen: Sight
    own: Mapping[tuple[str, str], tuple[str, Visibility]]
    hidden_names: Collection[str]
    pages: Collection[str]
    """The addresses of their pages, as links and files of pages write them: `orte/lichtblick`."""
    wording: Wording
    open_addresses: Collection[str]
    """Folded addresses at which a provider of a hidden house is open to all."""
    pointing: Collection[tuple[str, str]]
    """Records that refer to something hidden by its id, and plans of protection."""

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of the town, made when the first text is searched."""
        return Gazetteer(self.site)


def protected(site: Site, reading: Reading) -> Protected:
    """Collect what is protected; once for all checks of a reading."""
    return reading.once((protected, Same(site)), lambda: _protected(site, reading))


def _protected(site: Site, reading: Reading) -> Protected:
    seen = reading.seen(site)
    hidden = {key for key in site.places if seen.places[key] == "hidden"}
    own = _own(site, seen, hidden)
    ids = _hidden_themselves(own, seen)
    names = set(chain.from_iterable(_names(site.records(folder)[key]) for folder, key in ids))
    pages = {f"{_SEGMENTS[folder]}/{key}" for folder, key in ids}
    secret = frozenset(key for folder, key in own if folder in ("places", "offers"))
    return Protected(
        site,
        seen,
        own,
        _spoken(names),
        pages,
        Wording(_pattern(names, pages), _pattern(_own_words(site, reading, hidden))),
        _open_addresses(site, seen, hidden),
        set(reading.of_each(_pointing, secret)) | _planned(site, seen),
    )


def _own(site: Site, seen: Sight, hidden: Collection[str]) -> dict[tuple[str, str], tuple[str, Visibility]]:
    """Return what is protected, and what is at a hidden place or has one: by folder and id a name and how much may be seen."""
    own: dict[tuple[str, str], tuple[str, Visibility]] = {}
    for folder, levels in (("places", seen.places), ("offers", seen.offers), ("providers", seen.providers)):
        for key, level in levels.items():
            if level != "full":
                own[folder, key] = (site.records(folder)[key].name, level)
    for key in sorted(hidden):
        for provider in site.places[key].providers:
            own.setdefault(("providers", provider), (site.places[key].name, "hidden"))
    for user, place in _used_places(site).items():
        if place in hidden:
            own[user] = (site.places[place].name, "hidden")
    return own


def _used_places(site: Site) -> dict[tuple[str, str], str]:
    """Return by folder and id of networks and offices the places at which they meet or are."""
    used = {("networks", key): network.meets.where for key, network in site.networks.items() if network.meets}
    used |= {("offices", key): office.place for key, office in site.offices.items()}
    return {user: place for user, place in used.items() if place is not None}


def _hidden_themselves(
    own: Mapping[tuple[str, str], tuple[str, Visibility]], seen: Sight
) -> list[tuple[str, str]]:
    """Return what is hidden itself, without those that only have or use a hidden house."""
    found = []
    for (folder, key), (_, level) in own.items():
        itself = folder in ("places", "offers") or seen.providers.get(key) == "hidden"
        if itself and level == "hidden":
            found.append((folder, key))
    return found


def _planned(site: Site, seen: Sight) -> set[tuple[str, str]]:
    """Return what plans, promises or counts something about protection."""
    ids = guarded(site, seen)
    found = set()
    for folder in PLANS:
        for key, record in site.records(folder).items():
            if is_about_protection(site.words, record, ids):
                found.add((folder, key))
    return found


def _open_addresses(site: Site, seen: Sight, hidden: Collection[str]) -> frozenset[str]:
    """The open houses of providers that have a hidden one may be named."""
    providers = set(chain.from_iterable(site.places[key].providers for key in hidden))
    found: set[str] = set()
    for key, place in site.places.items():
        if seen.places[key] != "full" or providers.isdisjoint(place.providers):
            continue
        found.add(fold(place.name))
        if place.address is not None:
            number = f"{place.address.street} {place.address.number or ''}"
            town = f"{place.address.postcode} {place.address.town}"
            found |= {fold(text) for text in (number, place.address.street, town, place.address.postcode)}
    return frozenset(found)


def _own_words(site: Site, reading: Reading, hidden: Collection[str]) -> set[str]:
    """Words of hidden places' names that no other name has."""
    others = reading.of_each(_folded_words, frozenset(hidden), folders=("spaces", "offices", "places"))
    common = _GENERIC.union(others)
    words = set(chain.from_iterable(_words(site.places[key]) for key in hidden))
    return {word for word in words if word[0].isupper() and not is_common(word) and fold(word) not in common}


def _folded_words(source: RecordSource, hidden: Collection[str]) -> Iterator[str]:
    """Yield the words of a record's names, folded; none of those of a hidden place."""
    if source.folder != "places" or source.id not in hidden:
        yield from (fold(word) for word in _words(source.record))


def _words(record: Record) -> Iterator[str]:
    for name in _names(record):
        yield from re.findall(r"\w+", name)


def _names(record: Record) -> list[str]:
    found: list[str] = []
    for item in (record, *getattr(record, "translations", {}).values()):
        written = (getattr(item, "name", None), getattr(item, "short", None))
        found += [name for name in written if name]
    return found


def _spoken(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if len(name) >= _SHORTEST))


def _pattern(names: Iterable[str], pages: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Make a pattern of names as people write them: inflected, over two lines, with hyphens or marks inside."""
    written = {_written(name) for name in names if len(name) >= _SHORTEST} | {
        re.escape(page) for page in pages
    }
    parts = sorted(written, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _written(name: str) -> str:
    unseen = "[\u00ad\u200b-\u200f\u2060*`]*"
    words = [unseen.join(map(re.escape, word)) for word in re.split(r"[\s\-]+", name)]
    return rf"{unseen}[\s\-]{{1,5}}{unseen}".join(rf"{word}(?:e?[sn]|en)?" for word in words)


def _pointing(source: RecordSource, secret: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield a record that holds one of these ids as a reference, or in any other field that is no text."""
    paths = reference_paths(source.record)
    if any(scalar.text in secret and not is_text(path, paths) for path, scalar in scalars(source.node)):
        yield source.folder, source.id


def reference_paths(record: Record) -> frozenset[tuple[str, ...]]:
    """Return the fields of a record that hold ids."""
    return frozenset(reference.path for reference in references(type(record)))


def is_text(path: NodePath, references: Collection[tuple[str, ...]]) -> bool:
    """Tell whether a field holds words of people; ids and numbers do not."""
    if (path[:1] and path[0] in _TYPED) or _TYPED_ANYWHERE & set(path):
        return False
    steps = tuple("*" if isinstance(step, int) else step for step in path)
    return steps not in references
