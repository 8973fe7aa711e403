"""Say what of a site is protected, and which messages must not quote it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.check.clues import Gazetteer, fold
from generator.check.ties import Ties, ties_of
from generator.derive.masking import PLANS, broken_and_protected, is_about_protection, withheld_records
from generator.derive.protected_offers import WITHHELD, protected_ids
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.fields import references
from generator.model.groups import Record, Visibility
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.model.visibility import Sight
from generator.read.hidden_places import hinted, is_common, refuge_in
from generator.read.nodes import FieldPath, MapNode, parse
from generator.read.project import Reading
from generator.read.records import RecordSource, build
from generator.read.seen_text import seen
from generator.read.written_texts import scalars

# Fields whose values are no texts, or that have a check of their own. Hours may hold remarks, and what is cleared a reason.
_TYPED = frozenset({"address", "point", "shown", "geometry"})
_TYPED_ANYWHERE = frozenset({"phone", "mobile"})
_SHORTEST = 6
"""Shorter names would be found in texts that mean something else."""
# Where the pages of records lie.
_SEGMENTS = {"places": "orte", "offers": "angebote", "providers": "traeger"}
# Words of houses' names that stand in many other texts.
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "kinder familien schutz notdienst zimmer home beratung verein stadt sicher jugendliche gruppe ambulant stationaer",
    )
)
_Levels = Mapping[tuple[str, str], tuple[str, Visibility]]
"""By (folder, id) of what isn't shown in full: the name that must stay unsaid (its own or its hidden place's), and its visibility."""


class Wording(NamedTuple):
    """By what texts may speak of what is protected."""

    names: re.Pattern[str] | None
    """Names of hidden records, and the addresses of their pages."""
    words: re.Pattern[str] | None
    """Single words that only hidden names have: a text may speak of „Lichtblick“ alone."""
    ties: Ties

    def named(self, text: str) -> str:
        """Return the protected name that a text mentions, or nothing."""
        match = self.names.search(seen(text)) if self.names else None
        return match[0] if match else ""

    def own_word(self, text: str) -> str:
        """Return a hidden name's word, number, mail or website in a text, else empty."""
        match = self.words.search(seen(text)) if self.words else None
        return match[0] if match else next((name for _, name in self.ties.found(text)), "")

    def spoken_of(self, text: str) -> str:
        """Return the word by which a text may mean something protected, else empty."""
        return self.own_word(text) or refuge_in(text)

    def mention(self, text: str) -> str:
        """Return a text's protected name or likely word, else empty."""
        return self.named(text) or self.spoken_of(text)

    def hint(self, text: str) -> str:
        """Return why places in a text may be protected ones, else empty."""
        return self.mention(text) or hinted(text)


@dataclass(frozen=True)
class Protected:
    """What is protected, by folder and id, with its names."""

    site: Site
    seen: Sight
    levels: _Levels
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
        """The town's names, made on first use."""
        return Gazetteer(self.site)


def protected(site: Site, reading: Reading) -> Protected:
    """Collect what is protected, once a reading."""
    return reading.once((protected, Same(site)), lambda: _protected(site, reading))


def _protected(site: Site, reading: Reading) -> Protected:
    seen = reading.seen(site)
    hidden = {key for key in site.places if seen.places[key] == "hidden"}
    levels = _levels(site, seen, hidden)
    ids = _hidden_themselves(levels, seen)
    names = set(chain.from_iterable(_names(site.records(folder)[key]) for folder, key in ids))
    pages = {f"{_SEGMENTS[folder]}/{key}" for folder, key in ids}
    secret = frozenset(key for folder, key in levels if folder in ("places", "offers"))
    return Protected(
        site,
        seen,
        levels,
        sorted(name for name in names if len(name) >= _SHORTEST),
        pages,
        Wording(
            _pattern(names, pages),
            _pattern(_own_words(site, reading, hidden)),
            ties_of(site, reading, protected_ids(site, seen)),
        ),
        _open_addresses(site, seen, hidden),
        set(reading.of_each(_pointing, secret)) | _planned(site, seen),
    )


def _levels(site: Site, seen: Sight, hidden: Collection[str]) -> _Levels:
    """Return (name, visibility) of what is protected or tied to hidden places."""
    found: dict[tuple[str, str], tuple[str, Visibility]] = {}
    for folder, levels in (("places", seen.places), ("offers", seen.offers), ("providers", seen.providers)):
        for key, level in levels.items():
            if level != "full":
                found[folder, key] = (site.records(folder)[key].name, level)
    for key in sorted(hidden):
        for provider in site.places[key].providers:
            found.setdefault(("providers", provider), (site.places[key].name, "hidden"))
    for user, place in _used_places(site).items():
        if place in hidden:
            found[user] = (site.places[place].name, "hidden")
    return found


def _used_places(site: Site) -> dict[tuple[str, str], str]:
    """Return places used by networks and offices, by (folder, id)."""
    used = {("networks", key): network.meets.where for key, network in site.networks.items() if network.meets}
    used |= {("offices", key): office.place for key, office in site.offices.items()}
    return {user: place for user, place in used.items() if place is not None}


def _hidden_themselves(levels: _Levels, seen: Sight) -> list[tuple[str, str]]:
    """Return what is hidden itself, not only tied to it."""
    return [
        (folder, key)
        for (folder, key), (_, level) in levels.items()
        if level == "hidden" and (folder in ("places", "offers") or seen.providers.get(key) == "hidden")
    ]


def _planned(site: Site, seen: Sight) -> set[tuple[str, str]]:
    """Return (folder, id) of plans, promises and counts about protection."""
    ids = protected_ids(site, seen)
    found = set()
    for folder in PLANS:
        for key, record in site.records(folder).items():
            if is_about_protection(site.words, record, ids):
                found.add((folder, key))
    return found


def _open_addresses(site: Site, seen: Sight, hidden: Collection[str]) -> frozenset[str]:
    """Return names and addresses (folded) of open houses whose provider has a hidden one, too."""
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
    """Return capitalised, unusual words of hidden places' names that no other name has."""
    others = reading.of_each(_folded_words, frozenset(hidden), folders=("spaces", "offices", "places"))
    common = _GENERIC.union(others)
    words = set(chain.from_iterable(_words(site.places[key]) for key in hidden))
    return {word for word in words if word[0].isupper() and not is_common(word) and fold(word) not in common}


def _folded_words(source: RecordSource, hidden: Collection[str]) -> Iterator[str]:
    """Yield the folded words of a record's names, not of hidden places."""
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


def _pattern(names: Iterable[str], pages: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Make a pattern of names as written: inflected, wrapped, hyphened, marked."""
    written = {_written(name) for name in names if len(name) >= _SHORTEST} | {
        re.escape(page) for page in pages
    }
    parts = sorted(written, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _written(name: str) -> str:
    """Return a pattern of a name: „Haus Lichtblick“ as `Hauses Licht*blick`, on two lines."""
    unseen = "[\u00ad\u200b-\u200f\u2060*`]*"
    words = [unseen.join(map(re.escape, word)) for word in re.split(r"[\s\-]+", name)]
    return rf"{unseen}[\s\-]{{1,5}}{unseen}".join(rf"{word}(?:e?[sn]|en)?" for word in words)


def _pointing(source: RecordSource, secret: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield a record that refers to one of these ids."""
    paths = reference_paths(source.record)
    if any(scalar.text in secret and not is_text(path, paths) for path, scalar in scalars(source.node)):
        yield source.folder, source.id


def reference_paths(record: Record) -> frozenset[tuple[str, ...]]:
    """Return the fields of a record that hold ids."""
    return frozenset(reference.path for reference in references(type(record)))


def is_text(path: FieldPath, references: Collection[tuple[str, ...]]) -> bool:
    """Tell whether a field holds words, not ids or numbers."""
    if (path[:1] and path[0] in _TYPED) or _TYPED_ANYWHERE & set(path):
        return False
    return general(path) not in references


def general(path: FieldPath) -> tuple[str, ...]:
    """Return a path with `*` for list items."""
    return tuple("*" if isinstance(step, int) else step for step in path)


_LEFTOVER = re.compile(
    r"^(?:\.#|#|~\$|\.~lock\.)|(?:~|#|\.(?:sw[a-p]|un~|kate-swp|bak|orig|rej|old|tmp|save))$"
)
"""How editors and programs name what they put beside a file: vim, Emacs, Kate, nano, LibreOffice, Excel, patch."""
_ID_IN_NAME = re.compile(r"(?<![a-z0-9-])[a-z0-9][a-z0-9-]*(?=\.yml)")  # `haus` of `.haus.yml.swp`
_MEMORY = re.compile(r"(?:^|[./])last-import\.json$")  # what an import took, in values
_WHEREABOUTS = (*WITHHELD, "transport")


def is_leftover(name: str) -> bool:
    """Tell whether a file name is a leftover of an editor or program.

    >>> is_leftover("resources/places/.haus.yml.swp"), is_leftover("resources/places/haus.yml")
    (True, False)
    """
    return _LEFTOVER.search(PurePosixPath(name).name) is not None


def leftover_of(name: str, known: Protected) -> str:
    """Return the protected record's name of a leftover, else empty."""
    path = PurePosixPath(name)
    record_id = _ID_IN_NAME.search(path.name)
    if record_id is None or not is_leftover(name):
        return ""
    return known.levels.get((path.parent.name, record_id[0]), ("", "full"))[0]


def remembered(text: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Report where an import remembers a protected record's whereabouts."""
    if not _MEMORY.search(name):
        return
    for source, item in _records(text).items():
        level = known.levels.get((source.partition("/")[0], str(item.get("id"))))
        values = item.get("values")
        if level is None or not isinstance(values, dict):
            continue
        for field in _WHEREABOUTS:
            if values.get(field):
                line = text.count("\n", 0, max(text.find(json.dumps(source)), 0)) + 1
                yield diagnostic("import-merkt-ort", Position(name, line), name=level[0], field=field)


def _records(text: str) -> Mapping[str, dict[str, Any]]:
    """Return remembered records by the source's name; none if unreadable."""
    try:
        records = json.loads(text)["records"]
        return {source: item for source, item in records.items() if isinstance(item, dict)}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


_DECIDING = frozenset(f"resources/{name}.yml" for name in ("kinds", "place_kinds", "topics"))
"""Vocabularies by which a record is protected or not."""


class KeptBack(Struct, frozen=True):
    """What is protected in a project now or was earlier."""

    records: frozenset[tuple[str, str]]
    wordings: tuple[Wording, ...]
    everything: bool = False
    """Whether nobody can tell what was protected in the earlier version."""

    def holds(self, folder: str, key: str) -> bool:
        """Tell whether a record is protected in either version."""
        return self.everything or (folder, key) in self.records

    def spoken_of(self, text: str) -> bool:
        """Tell whether a text may mean something protected."""
        return any(wording.mention(text) for wording in self.wordings)


def kept_back(reading: Reading, before: Mapping[str, str | None]) -> KeptBack:
    """Compare a faultless project with its changed files' earlier texts (`before`: by name, None where new)."""
    site = reading.site
    if site is None:
        raise ValueError("a project without errors has a site")
    earlier = _earlier(site, before)
    versions = [version for version in (site, earlier) if version is not None]
    records = frozenset(chain.from_iterable(_protected_records(version, reading) for version in versions))
    wordings = tuple(protected(version, reading).wording for version in versions)
    return KeptBack(records, wordings, earlier is None)


def _earlier(site: Site, before: Mapping[str, str | None]) -> Site | None:
    """Return the earlier site; None if what decides is unreadable."""
    if _DECIDING & before.keys():
        return None
    records: dict[str, dict[str, Record]] = {folder: dict(site.records(folder)) for folder in KIND_BY_FOLDER}
    for name, text in before.items():
        path = PurePosixPath(name)
        folder, key = path.parent.name, path.stem
        if folder not in KIND_BY_FOLDER or path.suffix != ".yml" or path.parts[0] != "resources":
            continue
        records[folder].pop(key, None)
        if text is not None:
            record = _record(folder, key, name, text)
            if record is None:
                return None
            records[folder][key] = record
    ordered = {folder: dict(sorted(found.items())) for folder, found in records.items()}
    return site.with_records(ordered)


def _record(folder: str, key: str, name: str, text: str) -> Record | None:
    """Read a record from a file's text; None if impossible."""
    node, _ = parse(text, name)
    if not isinstance(node, MapNode):
        return None
    record, _ = build(KIND_BY_FOLDER[folder].model, node, id=key)
    return record


def _protected_records(site: Site, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield protected records and any with omitted fields."""
    yield from protected(site, reading).levels
    yield from withheld_records(site)


IN_THE_NAME = frozenset(("ort-im-namen", "ort-im-namen-moeglich"))
"""The codes of files whose own name says where a refuge is."""
TELLING = frozenset(
    (
        "ort-verraten",
        "ort-im-text",
        "ort-im-text-moeglich",
        *IN_THE_NAME,
        "name-eines-geschuetzten-ortes",
        "nummer-neben-adresse",
        "vorwahl-neben-schutz",
        "haus-neben-schutz",
        "schutz-nach-gebiet",
        "verschwiegen-text",
        "zuflucht-ohne-schutz",
        "zuflucht-vielleicht",
        "import-merkt-ort",
        "rest-eines-editors",
    )
)
"""Codes whose messages quote what may say where a refuge is, wherever that stands."""


def quiet(found: Iterable[Diagnostic], site: Site, reading: Reading) -> list[Diagnostic]:
    """Mark diagnostics that quote whereabouts or lie in protected files: public logs leave them out."""
    if site.internal:
        return list(found)
    broken = (name for _, name in broken_and_protected(reading, site.words))
    files = {*_guarded_files(site, reading), *broken}
    return [_marked(item, files) for item in found]


def _marked(item: Diagnostic, files: Collection[str]) -> Diagnostic:
    named = item.code in IN_THE_NAME
    return replace(item, quiet=item.code in TELLING or item.position.file in files, quiet_name=named)


def _guarded_files(site: Site, reading: Reading) -> Iterator[str]:
    for key in protected_ids(site, reading.seen(site)):
        source = reading.sources.get(key)
        if source is not None:
            yield source.file
