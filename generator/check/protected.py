"""Say what of a site is protected, how texts name it, and which messages must not quote it."""

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

from generator.check.place_names import Gazetteer, fold
from generator.check.ties import Ties, ties_of
from generator.derive.masking import broken_and_protected, protected_ids, withheld_records
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.fields import references
from generator.model.groups import Record
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.model.visibility import listed
from generator.read.hidden_places import hinted, is_common, is_house, kind_in, kinds_named, leads_away, speech
from generator.read.nodes import FieldPath, MapNode, parse
from generator.read.project import Reading
from generator.read.records import build
from generator.read.seen_text import seen

# Fields whose values are no texts, or that have a check of their own.
_TYPED = frozenset({"address", "point", "shown", "geometry"})
_TYPED_ANYWHERE = frozenset({"phone", "mobile"})
_SHORT = ("WG", "Gruppe")
"""Before a house's own word they are the short form of its name, „WG Kastanie“, as are words for a house, and no other name."""
_NAMED = re.compile(r"(?:[\w,;)“\"]\s([A-ZÄÖÜ][\w-]+)\s|\b([A-ZÄÖÜ][\w-]+)\s[„\"])\Z")
"""A noun before a name: „der Club Leuchtturm“; one that begins a sentence may be none, but before a quotation."""
_TITLE = re.compile(r"([A-ZÄÖÜ][\w-]+)\s")  # „Chor Abendrot“ and no more
_INDEFINITE = re.compile(r"\b(?i:k?eine?[nmrs]?)\s\Z")
_GOES_ON = re.compile(r"-(?!Haus|WG|Gruppe)\w|[“\"]?\s(?:e\.|g?GmbH|gUG|eG)")
_NEAR = re.compile(r"\b(?i:mit|aus|von|für)(?=\s(?:de|unse))")
_SHORTEST = 6
"""Shorter names would be found in texts that mean something else."""
# Words of houses' names that stand in many other texts.
_GENERIC = listed(
    "kinder familien schutz notdienst zimmer home beratung verein "
    "stadt sicher jugendliche gruppe ambulant stationaer wohnen betreutes"
)


class Meant(NamedTuple):
    """By which words a text means a protected house."""

    words: str
    registered: bool
    """Whether they are its name, its page or its number."""
    itself: bool = True
    """Whether the house may be what is spoken of; „ins Frauenhaus“ leads there."""
    alone: bool = True
    """Whether the words say it without a place in the same sentence."""
    refuge: bool = False
    """Whether they say refuge, of which nobody speaks by chance."""
    own: bool = False
    """Whether they are one word of its name, which may be of anything: „Leuchtturm“."""


class Wording(NamedTuple):
    """By what texts may speak of what is protected."""

    names: re.Pattern[str] | None
    """Names of houses, and the addresses of their pages."""
    words: re.Pattern[str] | None
    """Single words that only houses' names have: a text may speak of „Lichtblick“ alone."""
    ties: Ties
    kinds: re.Pattern[str]
    """What kinds of houses are called, in folded words."""

    def meant(self, text: str) -> Meant | None:
        """Return how a text means a house, the surest first."""
        return next(self.found(text), None)

    def found(self, text: str) -> Iterator[Meant]:
        """Yield by what a text means a house, the surest first."""
        read = as_words(text) if is_code(text) else seen(text)
        if self.names and (match := self.names.search(read)):
            yield Meant(match[0], True)
        for contact, _ in self.ties.found(text):
            yield Meant(contact, True)
        for said in sorted(speech(text), key=lambda one: (not one.certain, not one.itself)):
            yield Meant(said.words, False, said.itself, refuge=said.certain)
        for match in self.words.finditer(read) if self.words else ():
            before = read[: match.start()]
            # „Ein Leuchtturm“ is one of many, which no name is.
            if not _INDEFINITE.search(before):
                itself = not _is_of_others(before, read[match.end() :])
                yield Meant(match[0], False, itself, alone=match[0][0].isupper(), own=True)
        kind = kind_in(text, self.kinds)
        if kind is not None:
            yield Meant(kind.words, False, kind.itself)
        if hint := hinted(text):
            yield Meant(hint, False, alone=False)


def _is_of_others(before: str, after: str) -> bool:
    """Tell whether what stands between is of another name („Chor Abendrot“, „Abendrot-Lied“), or something leads there."""
    named = _NAMED.search(before) or (None if after else _TITLE.fullmatch(before))
    other = named[named.lastindex or 0] if named else ""
    if _GOES_ON.match(after) or (other and other not in _SHORT and not is_house(other)):
        return True
    # Who comes with or from „dem Abendrot“ is near.
    return leads_away(before, after, _NEAR)


@dataclass(frozen=True)
class Protected:
    """What is protected, by folder and id, with its names."""

    site: Site
    ids: frozenset[tuple[str, str]]
    areas: Mapping[tuple[str, str], str]
    """By (folder, id) the names of records that show their area alone."""
    wording: Wording

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The town's names, made on first use."""
        return Gazetteer(self.site)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Return the houses' providers."""
        return frozenset(house.provider for house in self.site.protected.values())

    @cached_property
    def answerers(self) -> frozenset[str]:
        """Who may say that a sentence gives nothing away: houses, their providers, offices."""
        return frozenset({*self.site.protected, *self.hosts, *self.site.offices})


def protected(site: Site, reading: Reading) -> Protected:
    """Collect what is protected, once a reading."""
    return reading.once((protected, Same(site)), lambda: _gather_protected_records(site, reading))


def _gather_protected_records(site: Site, reading: Reading) -> Protected:
    levels = reading.seen(site)
    ids = protected_ids(site, levels)
    records = [site.records(folder)[key] for folder, key in ids if folder != "offers"]
    names = chain.from_iterable(map(_names_of_record, records))
    pages = {f"angebote/{key}" for key in site.protected}
    areas = {
        (folder, key): site.records(folder)[key].name
        for folder, seen_there in (("places", levels.places), ("offers", levels.offers))
        for key, level in seen_there.items()
        if level == "area"
    }
    areas |= {key: site.providers[key[1]].name for key in ids if key[0] == "providers"}
    return Protected(
        site,
        ids,
        areas,
        Wording(
            _pattern(names, pages),
            _pattern(_own_words(site, ids), ending="(?:e?s)?"),
            ties_of(site, reading, ids),
            kinds_named(site.words),
        ),
    )


def _own_words(site: Site, hiding: Collection[tuple[str, str]]) -> set[str]:
    """Return the capitalised, unusual words of houses' names, of „Eltern-Kind-Haus Abendrot“ only „Abendrot“, that no area and no open provider has.

    Who else is called so is asked about first; where somebody answered (`cleared`), the word is of that record.
    """
    common = set(_GENERIC)
    for folder in ("spaces", "providers", "offices", "places", "offers"):
        for key, record in site.records(folder).items():
            known = folder in ("spaces", "providers") or any(item.sentence for item in record.cleared)
            if known and (folder, key) not in hiding:
                common.update(map(fold, _words_of_record_names(record)))
    names = chain.from_iterable(map(_names_of_record, site.protected.values()))
    words = chain.from_iterable(re.findall(r"(?<![\w-])\w+(?![\w-])", name) for name in names)
    return {word for word in words if word[0].isupper() and not is_common(word) and fold(word) not in common}


def _words_of_record_names(record: Record) -> Iterator[str]:
    for name in _names_of_record(record):
        yield from re.findall(r"\w+", name)


def _names_of_record(record: Record) -> list[str]:
    found: list[str] = []
    for item in (record, *getattr(record, "translations", {}).values()):
        written = (getattr(item, "name", None), getattr(item, "short", None))
        found += [name for name in written if name]
    return found


def _pattern(
    names: Iterable[str], pages: Iterable[str] = (), ending: str = "(?:e?[sn]|en)?"
) -> re.Pattern[str] | None:
    """Make a pattern of names as written: inflected, wrapped, hyphened, marked."""
    written = {_pattern_of_name(name, ending) for name in names if len(name) >= _SHORTEST}
    written |= {re.escape(page) for page in pages}
    parts = sorted(written, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _pattern_of_name(name: str, ending: str) -> str:
    """Return a pattern of a name: „Haus Lichtblick“ as `Hauses Licht*blick`, on two lines."""
    unseen = "[\u00ad\u200b-\u200f\u2060*`]*"
    words = [unseen.join(map(re.escape, word)) for word in re.split(r"[\s\-]+", name)]
    return rf"{unseen}[\s\-]{{1,5}}{unseen}".join(f"{word}{ending}" for word in words)


_CODE = re.compile(r"[^\sA-ZÄÖÜ]+[-_./@][^\sA-ZÄÖÜ]*")


def is_code(text: str) -> bool:
    """Tell whether a text is a file's name, a mail address or the like.

    >>> is_code("wohngruppe-am-see@haus.example"), is_code("Haus am See")
    (True, False)
    """
    return _CODE.fullmatch(text) is not None


def as_words(name: str) -> str:
    """Write a code as words: `frauenhaus-lindenstrasse5` as `Frauenhaus Lindenstrasse 5`."""
    return re.sub(r"[-_./@ ]+|(?<=[^\W\d_]{3})(?=\d)", " ", name).title()


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
_MEMORY = re.compile(r"(?:^|[./])last-import\.json$")  # what an import took, in values
_WHEREABOUTS = ("address", "point", "stops", "dates", "transport")


def is_leftover(name: str) -> bool:
    """Tell whether a file name is a leftover of an editor or program.

    >>> is_leftover("resources/places/.haus.yml.swp"), is_leftover("resources/places/haus.yml")
    (True, False)
    """
    return _LEFTOVER.search(PurePosixPath(name).name) is not None


def remembered(text: str, name: str, known: Protected) -> Iterator[Diagnostic]:
    """Report where an import remembers a protected record's whereabouts."""
    if not _MEMORY.search(name):
        return
    for source, item in _records(text).items():
        name_there = known.areas.get((source.partition("/")[0], str(item.get("id"))))
        values = item.get("values")
        if name_there is None or not isinstance(values, dict):
            continue
        for field in _WHEREABOUTS:
            if values.get(field):
                line = text.count("\n", 0, max(text.find(json.dumps(source)), 0)) + 1
                yield diagnostic("import-merkt-ort", Position(name, line), name=name_there, field=field)


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
        return any(wording.meant(text) for wording in self.wordings)


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
    yield from protected(site, reading).areas
    yield from withheld_records(site)


IN_THE_NAME = frozenset(("ort-im-namen", "ort-im-namen-moeglich", "haus-datei"))
"""The codes of files whose own name says where a house is."""
TELLING = IN_THE_NAME | {
    "ort-verraten", "ort-im-text", "ort-im-text-moeglich", "haus-mit-ort", "haus-ohne-worte", "schutz-nach-gebiet", "zuflucht-vielleicht",
    "import-merkt-ort", "rest-eines-editors",
}  # fmt: skip
"""Codes whose messages quote what may say where a house is, wherever that stands."""


def quiet(found: Iterable[Diagnostic], site: Site, reading: Reading) -> list[Diagnostic]:
    """Mark diagnostics that quote whereabouts or lie in protected files: public logs leave them out."""
    if site.internal:
        return list(found)
    broken = (name for _, name in broken_and_protected(reading, site.words))
    files = {*_guarded_files(site, reading), *broken}
    return [_mark_quiet_diagnostic(item, files) for item in found]


def _mark_quiet_diagnostic(item: Diagnostic, files: Collection[str]) -> Diagnostic:
    named = item.code in IN_THE_NAME
    return replace(item, quiet=item.code in TELLING or item.position.file in files, quiet_name=named)


def _guarded_files(site: Site, reading: Reading) -> Iterator[str]:
    for key in protected(site, reading).ids:
        source = reading.sources.get(key)
        if source is not None:
            yield source.file
