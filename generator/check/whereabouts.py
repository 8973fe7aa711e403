"""Search public records' texts for where a protected place is.

Protected records' own texts are searched whole, others near its name. `cleared` lets a passage stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec.structs import replace

from generator.check.clues import LEADING, Clue, fold
from generator.check.protected import Protected, Wording, is_text, protected, reference_paths
from generator.derive.masking import areas_of, is_of_an_area
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.planning_records import Network
from generator.model.site import Site
from generator.read.hidden_places import is_common, refuge_itself, speech
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

_HERE = re.compile(
    r"\b(?:hier|bei uns|im (?:selben |gleichen )?Haus(?:e)?|unter (?:einem|unserem) Dach|Erdgeschoss|Stock(?:werk)?|Etage|nebenan|Hinterhaus"
    r"|Klingeln?|Eingang|in (?:diesem|unserem|der Nähe)|ziehen um|umgezogen|findet statt|treffen uns|wohn(?:t|en)|upstairs|downstairs|next door"
    r"|in (?:this|our)|(?:ist|sind|liegt|steht) (?:im|beim|am|neben|gegenüber|über|unter|hinter)|Stadtteil|Quartier|Viertel|Straße|Haltestelle|Bus)\b",
    re.IGNORECASE,
)
"""Words beside a protected name that say it is where the record itself is: „hier“, „im selben Haus“."""
_NUMBERED = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})-?(?!(?:19|20)\d\d\b|24-7)(\d{1,4}[a-z]?)(?![^\W_])")
_BESIDE = re.compile(rf"\b{LEADING}\w+", re.IGNORECASE)
"""In names of files a house number (`lindenweg-5`, no year, no `24-7`), and what may be a place (`Am Markt`)."""
_LOCATED = frozenset({"address", "point", "place", "spaces", "meets", "level"})
"""Fields by which readers learn where a record is; areas have a level."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"(*\d])|\n(?:[^\S\n]*+\n)+|\n(?=[^\S\n]*+[-*|])")


def check_whereabouts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report revealed whereabouts in records and comments, and clearings of what stands nowhere."""
    if site.internal:
        return
    known = protected(site, reading)
    yield from reading.of_each(_unused_clearings)
    for key in known.levels:
        if key in reading.sources:
            yield from _own(reading.sources[key], known)
    for source in reading.of_each(_if_it_may_speak, known.wording):
        if (source.folder, source.id) not in known.levels:
            yield from _mentions(source, known)


def _if_it_may_speak(source: RecordSource, wording: Wording) -> Iterator[RecordSource]:
    """Yield a record that may speak of something protected."""
    if wording.hint(source.text):
        yield source


def _own(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Report what a protected record's texts and id say of its whereabouts."""
    name, level = known.levels[source.folder, source.id]
    # A provider that has an open house too may name its address and area.
    mixed = source.folder == "providers" and known.seen.providers[source.id] == "full"
    cleared = source.record.passed
    skipped = reference_paths(source.record)
    areas = level == "hidden" and not mixed
    for passage in passages(source):
        if is_text(passage.path, skipped):
            found = known.gazetteer.clues(passage.text, areas=areas)
            if mixed:
                found = [clue for clue in found if fold(clue.text) not in known.open_addresses]
            yield from clue_messages(passage, uncleared(passage.text, found, cleared), name)
    if source.id in cleared:
        return
    for clue in _clues_of_id(source, known, areas=areas):
        if clue.text in cleared:
            continue
        if clue.certain:
            yield diagnostic("ort-im-namen", Position(source.file), name=name, value=clue.text)
        else:
            question = diagnostic("ort-im-namen-moeglich", Position(source.file), name=name, value=clue.text)
            yield stops_publishing(question, publish=known.site.config.publish)


def _clues_of_id(source: RecordSource, known: Protected, *, areas: bool) -> list[Clue]:
    """Return what a protected record's id reveals: known names, house numbers, else likely places. Its own name's words are left out."""
    words = as_words(source.id)
    named = known.gazetteer.clues(words, areas=areas)
    sure = [clue for clue in named if clue.certain] or list(_house_numbers(source, known))
    if sure or not areas:
        return sure
    beside = [Clue(*match.span(), match[0], False) for match in _BESIDE.finditer(words)]
    called = fold(getattr(source.record, "name", ""))
    return [clue for clue in named + beside if fold(clue.text) not in called]


def _house_numbers(source: RecordSource, known: Protected) -> Iterator[Clue]:
    """Yield an id's words with number (`lindenweg-5`), unless a kind (`par-17`), a second house (`haus-2`) or in the name."""
    called = fold(getattr(source.record, "name", ""))
    for match in _NUMBERED.finditer(source.id):
        first = source.id[: match.start(2)].rstrip("-")
        second = match[0] in known.site.words.kinds or first in known.site.records(source.folder)
        if not (second or is_common(match[1]) or fold(match[0]) in called):
            yield Clue(*match.span(), as_words(match[0]), True)


def stops_publishing(question: Diagnostic, *, publish: bool) -> Diagnostic:
    """Return a question that stops the build before publishing."""
    if publish:
        return replace(question, severity="error")
    return question


def of_a_refuge(passage: Passage, *, publish: bool) -> Iterator[Diagnostic]:
    """Report that an area's text may speak of a refuge."""
    for one in sorted(speech(passage.text), key=lambda one: not one.certain)[:1]:
        start = max(passage.text.find(one.words), 0)
        position = passage.at(start, start + len(one.words))
        if one.certain:
            yield diagnostic("schutz-nach-gebiet", position, value=one.words)
        else:
            yield stops_publishing(
                diagnostic("zuflucht-vielleicht", position, value=one.words), publish=publish
            )


def _mentions(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Search passages naming something protected, which an area would reveal."""
    cleared = source.record.passed
    skipped = reference_paths(source.record)
    refers_to_hidden = (source.folder, source.id) in known.pointing
    located = any(getattr(source.record, field, None) for field in _LOCATED)
    of_an_area = source.folder == "spaces" or (
        isinstance(source.record, Network) and is_of_an_area(source.record, areas_of(known.site))
    )
    for passage in passages(source):
        if not is_text(passage.path, skipped):
            continue
        name = known.wording.named(passage.text)
        if name and of_an_area and not any(name in text for text in cleared):
            start = max(passage.text.find(name), 0)
            yield diagnostic("name-eines-geschuetzten-ortes", passage.at(start, start + len(name)), name=name)
            continue
        yield from clue_messages(passage, *near_names(passage.text, known, cleared, certain=refers_to_hidden))
        if located:
            yield from clue_messages(passage, *_here(passage.text, known, cleared))


def _here(text: str, known: Protected, cleared: Collection[str]) -> tuple[list[Clue], str]:
    """Return words by which a record with address places something protected there."""
    first_mentioned = ""
    found: list[Clue] = []
    for start, end in _sentences(text):
        mentioned = known.wording.mention(text[start:end])
        match = _HERE.search(text, start, end)
        if mentioned and match:
            first_mentioned = first_mentioned or mentioned
            found.append(Clue(match.start(), match.end(), match[0], False))
    return uncleared(text, found, cleared), first_mentioned


def near_names(
    text: str, known: Protected, cleared: Collection[str], *, certain: bool = False, spoken_of: str = ""
) -> tuple[list[Clue], str]:
    """Return clues near something protected, and what that is.

    In a sentence with a protected name and in those beside it clues count as they are, also in one with a certain
    refuge word ("das Frauenhaus"). Elsewhere they are uncertain. With `certain` (the record refers to a hidden
    one) any hint counts like that word; with `spoken_of` all clues count.
    """
    name = spoken_of or known.wording.named(text)
    word = known.wording.hint(text)
    if not name and not word:
        return [], ""
    sentences = _sentences(text)
    starts = [start for start, _ in sentences]
    near = _numbers(sentences, text, known.wording.named)
    spoken = _numbers(sentences, text, known.wording.hint)
    sure = _numbers(sentences, text, refuge_itself)
    if certain:
        sure = spoken
    found: list[Clue] = []
    for clue in uncleared(text, known.gazetteer.clues(text, areas=bool(name or certain or sure)), cleared):
        if _may_be_said(clue, known, name):
            continue
        at = bisect_right(starts, clue.start) - 1
        if spoken_of or not near.isdisjoint((at - 1, at, at + 1)):
            found.append(clue)
        elif name or clue.certain or at in spoken:
            found.append(clue._replace(certain=clue.certain and at in sure))
    return found, name or word


def _numbers(sentences: list[tuple[int, int]], text: str, says: Callable[[str], str]) -> set[int]:
    """Return which of the sentences of a text say something."""
    return {number for number, (start, end) in enumerate(sentences) if says(text[start:end])}


def _may_be_said(clue: Clue, known: Protected, name: str) -> bool:
    """Tell whether a clue is the provider's open address or in the name."""
    folded = fold(clue.text)
    return folded in known.open_addresses or folded in fold(name)


def perhaps(text: str, known: Protected, cleared: Collection[str], name: str) -> tuple[list[Clue], str]:
    """Return certain clues of a text close to a name, to ask about. Areas' names don't count: they stand everywhere."""
    if not name:
        return [], ""
    found = uncleared(text, known.gazetteer.clues(text, areas=False), cleared)
    certain = [clue for clue in found if clue.certain and not _may_be_said(clue, known, name)]
    return [clue._replace(certain=False) for clue in certain], name


def clue_messages(passage: Passage, clues: Iterable[Clue], name: str) -> Iterator[Diagnostic]:
    """Report clues where they stand."""
    for clue in clues:
        code = "ort-im-text" if clue.certain else "ort-im-text-moeglich"
        yield diagnostic(code, passage.at(clue.start, clue.end), name=name, value=clue.text)


def uncleared(text: str, clues: Iterable[Clue], cleared: Collection[str]) -> list[Clue]:
    """Leave out the clues that lie within a cleared passage."""
    return [clue for clue in clues if not is_cleared(text, clue.start, clue.end, cleared)]


def is_cleared(text: str, start: int, end: int, cleared: Collection[str]) -> bool:
    """Tell whether a part lies in a cleared passage."""
    for part in cleared:
        for match in re.finditer(re.escape(part), text):
            if match.start() <= start and end <= match.end():
                return True
    return False


def as_words(name: str) -> str:
    """Write a file's name as words: `frauenhaus-lindenstrasse5` as `Frauenhaus Lindenstrasse 5`."""
    return re.sub(r"[-_./ ]+|(?<=[^\W\d_]{3})(?=\d)", " ", name).title()


def _unused_clearings(source: RecordSource) -> Iterator[Diagnostic]:
    """Report cleared passages that stand nowhere in the record."""
    if not source.record.cleared:
        return
    texts = [item.text for item in passages(source) if item.path[:1] != ("cleared",)]
    for number, item in enumerate(source.record.cleared):
        if item.text != source.id and not any(item.text in text for text in texts):
            yield diagnostic(
                "freigabe-ohne-stelle", source.position("cleared", number, "text"), value=item.text
            )


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text) + 1], strict=True))


CHECKS = (check_whereabouts,)
