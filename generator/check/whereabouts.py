"""Ask of every record, page, row and file whether it means a protected house and says where.

Houses' own records have a form instead (`houses`). An answer (`cleared`) is a sentence's digest, and falls when that changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from generator.check.place_names import PlaceName, fold
from generator.check.protected import Meant, Protected, as_words, general, is_code, protected, reference_paths
from generator.derive.masking import areas_of, is_protective
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.groups import Cleared
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.site import Site
from generator.read.hidden_places import digest_of
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"(*\d])|\n(?:[^\S\n]*+\n)+|\n(?=[^\S\n]*+[-*|])")
_DOORS = ("address", "point", "place", "stops", "meets")
"""Fields by which readers learn where a record is."""
_STREETS = frozenset(("street", "said", ""))
"""What says where nearer than an area does."""
Where = Literal["", "door", "theirs", "area", "decided"]
"""Where a record is: at a door, at one of a house's provider, who calls it by one word, in an area, or where an office shows it."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where a text's sentences begin and end."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text) + 1], strict=True))


def asked(
    texts: Sequence[Passage],
    known: Protected,
    answered: Collection[str] = (),
    *,
    where: Where = "",
    about: str = "",
    row: bool = False,
) -> Iterator[Diagnostic]:
    """Ask the one question of texts that belong together: the sentence with both, else the words that mean a house.

    `where`: what they are of has a door of its own, from which „ins Frauenhaus“ leads elsewhere, or is for an area, in
    which what they speak of lies. `about`: all of them are about what is called so. `row`: no sentence parts them.
    """
    meant = [one for one in (known.wording.meant(text.text) for text in texts) if one is not None]
    if not about and not meant:
        return
    # Beside a residential group a number alone may be of anything.
    streets = _STREETS if any(one.registered or one.refuge for one in meant) else _STREETS - {""}
    named = [_names_a(streets, one.text, known) for one in texts]
    placed = where or any(named) or any(_names_a({"area"}, one.text, known) for one in texts)
    for passage, near in zip(texts, named, strict=True):
        found = list(_report_places_beside_houses(passage, known, answered, about, row=row))
        yield from found
        if placed and not found and (where == "area" or not about):
            yield from _by_itself(passage, known, answered, where, led=near or row or where == "area")


def _report_places_beside_houses(
    passage: Passage, known: Protected, answered: Collection[str], about: str, *, row: bool
) -> Iterator[Diagnostic]:
    """Yield the places named in a sentence that means a house; a registered one beside a known place is refused."""
    text = passage.text
    for start, end in [(0, len(text) + 1)] if row else sentences(text):
        sentence = text[start:end]
        meant = known.wording.meant(sentence)
        if (meant is None and not about) or digest_of(sentence) in answered:
            continue
        name = meant.words if meant is not None else about
        for place in _find_place_names(sentence, known):
            if _is_of_its_name(place, meant) or fold(place.text) in fold(about):
                continue
            code = (
                "ort-im-text"
                if place.sure and meant is not None and meant.registered
                else "ort-im-text-moeglich"
            )
            position = passage.at(start + place.start, start + place.end)
            yield diagnostic(code, position, name=name, value=place.text, digest=digest_of(sentence))


def _find_place_names(text: str, known: Protected) -> list[PlaceName]:
    code = is_code(text)
    return known.gazetteer.named(as_words(text) if code else text, code=code)


def _is_of_its_name(place: PlaceName, meant: Meant | None) -> bool:
    """Tell whether what reads like a place is what the house is called."""
    if meant is None:
        return False
    one, other = fold(place.text), fold(meant.words)
    # „Café Lavendel“ is no place where „Lavendel“ may be.
    return one in other if meant.registered else one == other or (meant.own and other in one)


def _names_a(kinds: Collection[str], text: str, known: Protected) -> bool:
    """Tell whether a text names a place of some kinds."""
    meant = known.wording.meant(text)
    return any(
        place.kind in kinds and not _is_of_its_name(place, meant) for place in _find_place_names(text, known)
    )


def _by_itself(
    passage: Passage, known: Protected, answered: Collection[str], where: Where, *, led: bool
) -> Iterator[Diagnostic]:
    """Ask about the first words that mean a house itself; where they are `led` to, too; of what an office shows about names."""
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        for meant in known.wording.found(sentence):
            near = meant.itself or led or (where == "theirs" and meant.own)
            asks = near and meant.alone and (meant.registered or where != "decided")
            if asks and digest_of(sentence) not in answered:
                yield diagnostic(
                    "zuflucht-vielleicht",
                    passage.at(start, end),
                    value=meant.words,
                    digest=digest_of(sentence),
                )
                return


def check_whereabouts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask of every record, and of every indicator's definition, whose table's rows name areas."""
    if site.internal:
        return
    known, parts = protected(site, reading), areas_of(site)
    for source in reading.sources.values():
        if source.folder != "protected":
            yield from _of_record(source, known, _whereabouts_of_record(source, known, parts))
    for folder in reading.indicators.values():
        tables = [table for table in (folder.table, *folder.earlier.values()) if table is not None]
        by_area = any(row.space in parts for table in tables for row in table.rows)
        yield from _of_record(folder.source, known, "area" if by_area else "")


def _of_record(source: RecordSource, known: Protected, where: Where) -> Iterator[Diagnostic]:
    references = reference_paths(source.record)
    answered = {item.sentence for item in source.record.cleared if item.sentence}
    yield from _answers(source, known)
    about = known.areas.get((source.folder, source.id), "")
    texts = list(_passages_with_file_name(source))
    # A part of an indicator may be called by a topic.
    ids = [one for one in texts if general(one.path) in references or one.path[-1:] == ("id",)]
    words = [one for one in texts if general(one.path) not in references]
    if where != "decided" and not about:
        yield from _by_reference(ids, words, known, answered, where)
    yield from asked(words, known, answered, where=where, about=about)


def _passages_with_file_name(source: RecordSource) -> Iterator[Passage]:
    """Yield a record's texts without its answers, and its file's name, which becomes an address."""
    yield from (passage for passage in passages(source) if passage.path[:1] != ("cleared",))
    yield Passage(source.id, (), Position(source.file))


def _whereabouts_of_record(source: RecordSource, known: Protected, parts: Collection[str]) -> Where:
    """Tell where a record is; plans, networks and figures are for the area that they or their network name, wherever people meet."""
    record, planned = source.record, KIND_BY_FOLDER[source.folder].planned
    if getattr(record, "shown", None) is not None:
        return "decided"
    network = known.site.networks.get(getattr(record, "network", ""))
    said = {
        record.id,
        *(network.spaces if network is not None else ()),
        *(one.text for one in _passages_with_file_name(source)),
    }
    by_area = planned == "refused" or not said.isdisjoint(parts)
    if any(getattr(record, field, None) for field in _DOORS) and not (planned and by_area):
        return "door" if said.isdisjoint(known.hosts) else "theirs"
    return "area" if by_area else ""


def _by_reference(
    ids: Sequence[Passage],
    words: Sequence[Passage],
    known: Protected,
    answered: Collection[str],
    where: Where,
) -> Iterator[Diagnostic]:
    """Refuse a house's id, that of who has nothing else, and topics of refuge in what is for an area; ask elsewhere."""
    hiding = {key for _, key in known.ids}
    means = [one for one in ids if one.text in hiding or is_protective(known.site.words, [one.text])]
    if not means or not (where or any(_names_a(_STREETS | {"area"}, one.text, known) for one in words)):
        return
    for one in means:
        text, position = one.text, one.at(0, len(one.text))
        if where == "area":
            yield diagnostic("schutz-nach-gebiet", position, value=text)
        elif digest_of(text) not in answered:
            yield diagnostic("zuflucht-vielleicht", position, value=text, digest=digest_of(text))


def _answers(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Report answers that nobody may give, or of sentences that aren't there any more, and names that stand nowhere."""
    cleared: tuple[Cleared, ...] = source.record.cleared
    if not cleared:
        return
    texts = [item.text for item in _passages_with_file_name(source)]
    digests = {digest_of(text[start:end]) for text in texts for start, end in sentences(text)}
    for number, item in enumerate(cleared):
        if item.sentence and item.by not in known.answerers:
            yield diagnostic("freigabe-ohne-haus", source.position("cleared", number, "by"), value=item.by)
        if item.sentence and item.sentence not in digests:
            position = source.position("cleared", number, "sentence")
            yield diagnostic("freigabe-ohne-stelle", position, value=item.sentence)
        elif item.text and item.text != source.id and not any(item.text in text for text in texts):
            yield diagnostic(
                "freigabe-ohne-stelle", source.position("cleared", number, "text"), value=item.text
            )


def of_a_name(name: str, known: Protected) -> Iterator[Diagnostic]:
    """Ask of a file's name."""
    code = name.split("/", 1)[-1]
    meant = known.wording.meant(code) or known.wording.meant(as_words(code))
    for place in known.gazetteer.named(as_words(code), code=True) if meant is not None else ():
        if not _is_of_its_name(place, meant):
            refused = place.sure and meant is not None and meant.registered
            code = "ort-im-namen" if refused else "ort-im-namen-moeglich"
            yield diagnostic(code, Position(name), name=meant.words if meant else "", value=place.text)
            return


CHECKS = (check_whereabouts,)
