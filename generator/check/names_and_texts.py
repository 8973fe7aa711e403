"""Check names that several records share, placeholders, raw HTML and overlong sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from generator.diagnostics import Diagnostic
from generator.diagnostics.codes import diagnostic
from generator.model.areas_and_offices import Space
from generator.model.fields import fields
from generator.model.groups import Fee
from generator.model.offer import Offer
from generator.model.samples import Value
from generator.model.site import Site
from generator.read.nodes import Scalar
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import scalars
from generator.read.yaml_mistakes import flow

_WHERE = re.compile(  # „im Marktviertel“
    r"(?:in|im|am|an|auf|aufm|bei|beim|vor|vorm|hinter|hinterm|unter|unterm|über|überm|ob|zu|zum|zur|zwischen|neben)\s\S",
)


def check_where(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report `where` texts that fit no sentence: „Marktviertel“, „Das Marktviertel.“"""
    for source in reading.of("spaces"):
        space = site.spaces[source.id]
        if space.where and (not _WHERE.match(space.where) or space.where.endswith((".", ":", ","))):
            yield diagnostic(
                "wo-ohne-verhaeltniswort", source.position("where"), value=space.where, name=space.name
            )


def check_names(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report equal names of a kind, for areas a level."""
    named = Counter(reading.of_each(_kind_name_and_level))
    groups: dict[tuple[str, str, str], list[RecordSource]] = defaultdict(list)
    for folder in dict.fromkeys(name[0] for name, count in named.items() if count > 1):
        for source in reading.of(folder):
            for name in _kind_name_and_level(source):
                if named[name] > 1:
                    groups[name].append(source)
    for (folder, *_), sources in groups.items():
        other, more = sources[0].file, len(sources) - 2
        if more:
            other = f"{other} und {more} weitere"
        code = "doppelter-gebietsname" if folder == "spaces" else "doppelter-name"
        for source in sources[1:]:
            name_written = getattr(source.record, "name", "")
            yield diagnostic(code, source.position("name"), value=name_written, other=other)
    yield from _copied_names(reading)


def _copied_names(reading: Reading) -> Iterator[Diagnostic]:
    """Report one translation of different names: it stayed when a record was copied."""
    named: dict[tuple[str, str, str], list[tuple[str, RecordSource]]] = defaultdict(list)
    for german, key, source in reading.of_each(_translated):
        named[key].append((german, source))
    for (_, language, _), alike in named.items():
        if len({german for german, _ in alike}) > 1:
            first, *others = [source.position("translations", language, "name") for _, source in alike]
            names = ", ".join(f"„{german}“" for german, _ in alike)
            report = diagnostic("name-mitkopiert", first, language=language, names=names)
            yield replace(report, also=tuple(others))


def _translated(source: RecordSource) -> Iterator[tuple[str, tuple[str, str, str], RecordSource]]:
    """Yield (German name, translation, source), by kind and language."""
    german = getattr(source.record, "name", "")
    for language, texts in getattr(source.record, "translations", {}).items():
        if name := getattr(texts, "name", None):
            yield german, (source.folder, language, name.casefold()), source


def _kind_name_and_level(source: RecordSource) -> Iterator[tuple[str, str, str]]:
    """Yield a record's kind, name and, of an area, level."""
    level = source.record.level if isinstance(source.record, Space) else ""
    yield source.folder, (getattr(source.record, "name", "") or "").casefold(), level


PLACEHOLDER = re.compile(
    r"\b(?:TODO|FIXME|TBD|lorem ipsum|xxx+|Text folgt|Platzhalter)\b|^\s*(?:\.{3}|…|\?+|-+)\s*$|\[\[",
    re.IGNORECASE,
)
HTML = re.compile(r"</?[a-zA-Z][^<>]*>")
WORDS_IN_SENTENCE = 20  # longer ones are hard to read


def check_texts(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report placeholders, HTML, and summaries with long sentences."""
    # A template's „todo“ in the place of an id was reported where ids are looked up.
    reported = {item.position for item in reading.found}
    yield from (item for item in reading.of_each(_in_record) if item.position not in reported)
    yield from reading.of_each(_foreign, tuple(site.config.trees))
    yield from reading.of_each(_long_sentence)


def _foreign(source: RecordSource, languages: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Report translations into languages that the site doesn't have."""
    for language in getattr(source.record, "translations", {}):
        if language not in languages:
            place = source.position("translations", language, key=True)
            yield diagnostic("uebersetzung-fremd", place, language=language)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    """Report placeholders and HTML in a record's texts; a whole optional field may be left out instead."""
    for path, scalar in scalars(source.node):
        if match := PLACEHOLDER.search(scalar.text):
            value = match[0].strip()
            better = f"„{value}“ und die Notiz dazu löschen, den richtigen Text schreiben"
            if len(path) == 1 and not _is_needed(source, str(path[0])):
                better = "den richtigen Text schreiben oder das Feld weglassen"
            yield diagnostic("platzhalter", scalar.position, value=value, better=better)
        if "<" in scalar.text and (match := HTML.search(scalar.text)):
            yield diagnostic("rohes-html", scalar.position, value=match[0])


def _is_needed(source: RecordSource, field: str) -> bool:
    info = fields(type(source.record)).get(field)
    return info is not None and info.is_required()


def _long_sentence(source: RecordSource) -> Iterator[Diagnostic]:
    if isinstance(source.record, Offer):
        longest = max(
            (len(sentence.split()) for sentence in re.split(r"[.!?:]\s", source.record.summary)),
            default=0,
        )
        if longest > WORDS_IN_SENTENCE:
            yield diagnostic("satz-lang", source.position("summary"), words=longest)


_WHOLE_EUROS = re.compile(r"\b(\d{1,4}) ?(?:€|Eur)")  # „20 €“, „20 Euro“


def check_costs(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report costs that are neither word nor amount, proposing a note and a single amount."""
    del site
    yield from reading.of_each(_unsure_cost, folders=("offers",))


def _unsure_cost(source: RecordSource) -> Iterator[Diagnostic]:
    written = source.node.get("cost")
    cost = getattr(source.record, "cost", None)
    if not isinstance(written, Scalar) or not isinstance(cost, Fee) or cost.amount is not None:
        return
    fee: dict[str, Value] = {"note": written.text}
    if len(re.findall(r"\d+", written.text)) == 1 and (price := _WHOLE_EUROS.search(written.text)):
        fee = {"amount": price[1], **fee}
    yield diagnostic("kosten-unklar", source.position("cost"), value=written.text, better=flow(fee))


CHECKS = (check_names, check_where, check_texts, check_costs)
