"""Ask of every text whether it means a protected house and names a place beside it.

All texts but those of houses themselves (`houses`) are asked, and field and folder decide only how the question is put.
An answer (`cleared`) is a sentence's digest, and falls when that changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from generator.check.place_names import PlaceName, fold
from generator.check.protected import Meant, Protected, is_text, protected, reference_paths
from generator.derive.masking import PLANS, is_about_protection, is_protective
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.groups import Cleared, Record
from generator.model.site import Site
from generator.read.hidden_places import digest_of
from generator.read.indicator_folders import IndicatorFolder
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"(*\d])|\n(?:[^\S\n]*+\n)+|\n(?=[^\S\n]*+[-*|])")
_LOCATED = ("address", "point", "place", "stops", "meets", "geometry")
"""Fields by which readers learn where a record is; of areas only those within others tell."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where a text's sentences begin and end."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    return list(zip(starts, [*starts[1:], len(text) + 1], strict=True))


def asked(
    passage: Passage, known: Protected, answered: Collection[str] = (), about: str = "", *, row: bool = False
) -> Iterator[Diagnostic]:
    """Yield the places named beside what means a house: in its sentence, or where the words are sure in the next one.

    `about`: all of the text is about what is called so. `row`: it is one row of a table, all in one.
    """
    text = passage.text
    spans = [(0, len(text) + 1)] if row else sentences(text)
    meant = [known.wording.meant(text[start:end]) for start, end in spans]
    if not about and not any(meant):
        return
    starts = [start for start, _ in spans]
    for place in known.gazetteer.named(text):
        at = bisect_right(starts, place.start) - 1
        sentence = text[spans[at][0] : spans[at][1]]
        one = _beside(meant, at, place)
        if one is None and not about:
            continue
        name = one.words if one is not None else about
        if fold(place.text) in fold(name) or digest_of(sentence) in answered:
            continue
        refused = place.sure and one is not None and one.registered and one is meant[at]
        code = "ort-im-text" if refused else "ort-im-text-moeglich"
        position = passage.at(place.start, place.end)
        yield diagnostic(code, position, name=name, value=place.text, digest=digest_of(sentence))


def _beside(meant: Sequence[Meant | None], at: int, place: PlaceName) -> Meant | None:
    """Return what is meant in a place's sentence, else surely in one beside it; of areas only the first."""
    here = meant[at]
    if here is not None or place.area:
        return here
    beside = (meant[number] for number in (at - 1, at + 1) if 0 <= number < len(meant))
    return next((one for one in beside if one is not None and one.alone), None)


def check_whereabouts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Ask of every record, and of every indicator's definition."""
    if site.internal:
        return
    known = protected(site, reading)
    parts = frozenset(key for key, space in site.spaces.items() if space.parent is not None)
    for source in reading.of_each(_all):
        if source.folder != "protected":
            yield from _of_record(source, known, parts)
    for folder in reading.indicators.values():
        yield from _of_indicator(folder, known, parts)


def _all(source: RecordSource) -> Iterator[RecordSource]:
    yield source


def _of_record(source: RecordSource, known: Protected, parts: Collection[str]) -> Iterator[Diagnostic]:
    record, skipped = source.record, reference_paths(source.record)
    answered = {item.sentence for item in record.cleared if item.sentence}
    yield from _answers(source, known)
    about = known.areas.get((source.folder, source.id), "")
    planned = source.folder in PLANS
    if planned and is_about_protection(known.site.words, record, known.ids):
        about = str(getattr(record, "name", source.id))
    located = _names_a_place(record, parts)
    if located and not about:
        yield from _by_topic(source, known)
    hiding = {key for _, key in known.ids}
    texts = list(_texts(source))
    located = located or meets_a_place([one for one in texts if is_text(one.path, skipped)], known)
    for passage in texts:
        if not is_text(passage.path, skipped):
            if located and not about:
                yield from _by_reference(passage, known, hiding, answered)
            continue
        found = list(asked(passage, known, answered, about))
        yield from found
        if located and not found and (planned or not about):
            yield from said_by_itself(
                passage, known, answered, publish=known.site.config.publish, led=planned
            )


def _texts(source: RecordSource) -> Iterator[Passage]:
    """Yield a record's texts without its answers, and its file's name, which becomes an address."""
    yield from (passage for passage in passages(source) if passage.path[:1] != ("cleared",))
    yield Passage(as_words(source.id), (), Position(source.file))


def meets_a_place(texts: Sequence[Passage], known: Protected) -> bool:
    """Tell whether one text names a registered house, and another a place."""
    meant = [known.wording.meant(one.text) for one in texts]
    names = [one.words for one in meant if one is not None and one.registered]
    return bool(names) and any(
        fold(place.text) not in fold(names[0])
        for one, text in zip(meant, texts, strict=True)
        if one is None or not one.registered
        for place in known.gazetteer.named(text.text)
    )


def _by_topic(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Ask about what is for refuge by its topic, and names a place."""
    for number, topic in enumerate(getattr(source.record, "topics", ())):
        if is_protective(known.site.words, [topic]) and topic not in source.record.passed:
            position = source.position("topics", number)
            yield diagnostic("zuflucht-vielleicht", position, value=topic, digest=digest_of(topic))


def _by_reference(
    passage: Passage, known: Protected, hiding: Collection[str], answered: Collection[str]
) -> Iterator[Diagnostic]:
    """Ask about a house's number, its id, or that of who has nothing else, in a record that names a place."""
    text = passage.text
    meant = known.wording.meant(text) if passage.path[:1] == ("address",) else None
    means = text in hiding or any(known.wording.ties.found(text)) or (meant is not None and meant.alone)
    if means and digest_of(text) not in answered:
        position = passage.at(0, len(text))
        yield diagnostic("zuflucht-vielleicht", position, value=text, digest=digest_of(text))


def _names_a_place(record: Record, parts: Collection[str]) -> bool:
    """Tell whether a record says where it is, or for which areas; one that an office shows was decided."""
    if getattr(record, "shown", None) is not None:
        return False
    areas = {record.id, *getattr(record, "spaces", ()), *getattr(record, "visits", ())}
    return any(getattr(record, field, None) for field in _LOCATED) or not areas.isdisjoint(parts)


def said_by_itself(
    passage: Passage, known: Protected, answered: Collection[str] = (), *, publish: bool, led: bool = False
) -> Iterator[Diagnostic]:
    """Ask about the first sentence that means a house itself, where the record, page or row names a place.

    `led`: it is a plan, a count or minutes, where words that lead to a house are about it, too.
    """
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        meant = known.wording.meant(sentence)
        if meant is None or not meant.alone or not (meant.itself or led) or digest_of(sentence) in answered:
            continue
        if meant.registered and passage.position.file.split("/")[-2:-1] in (["spaces"], ["networks"]):
            yield diagnostic("schutz-nach-gebiet", passage.at(start, end), value=meant.words)
            return
        question = diagnostic(
            "zuflucht-vielleicht", passage.at(start, end), value=meant.words, digest=digest_of(sentence)
        )
        # What a record is called, or is said to be, is answered before a town publishes.
        yield stops_publishing(question, publish=publish and passage.path[-1:] in (("name",), ("title",)))
        return


def stops_publishing(question: Diagnostic, *, publish: bool) -> Diagnostic:
    """Return a question that stops the build before publishing."""
    return replace(question, severity="error") if publish else question


def _answers(source: RecordSource, known: Protected) -> Iterator[Diagnostic]:
    """Report answers that nobody may give, or of sentences that aren't there any more, and names that stand nowhere."""
    cleared: tuple[Cleared, ...] = source.record.cleared
    if not cleared:
        return
    texts = [item.text for item in _texts(source)]
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


def _of_indicator(folder: IndicatorFolder, known: Protected, parts: Collection[str]) -> Iterator[Diagnostic]:
    """Ask of a definition; its table's rows name areas."""
    tables = (folder.table, *folder.earlier.values())
    by_area = any(row.space in parts for table in tables if table is not None for row in table.rows)
    answered = {item.sentence for item in folder.source.record.cleared if item.sentence}
    for passage in passages(folder.source):
        found = list(asked(passage, known, answered))
        yield from found
        if by_area and not found:
            publish = known.site.config.publish
            yield from said_by_itself(passage, known, answered, publish=publish, led=True)


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


def of_a_name(name: str, known: Protected) -> Iterator[Diagnostic]:
    """Ask of a file's name."""
    words = as_words(name.split("/", 1)[-1])
    meant = known.wording.meant(words) or known.wording.meant(words.replace(" ", ""))
    for place in known.gazetteer.named(words) if meant is not None else ():
        if fold(place.text) not in fold(meant.words if meant else ""):
            refused = place.sure and meant is not None and meant.registered
            code = "ort-im-namen" if refused else "ort-im-namen-moeglich"
            yield diagnostic(code, Position(name), name=meant.words if meant else "", value=place.text)
            return


CHECKS = (check_whereabouts,)
