"""Check texts for persons and single cases, and public records for internal fields.

In needs they are errors (`personal`), else warnings. `cleared` names passages that may stay.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from generator.check.protected import is_text, reference_paths
from generator.check.public_files import cleared_in_head, content_pages
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.dates import HalfYear
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.editions import OfferLine
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import FIRST_NAMES
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

# With one of these words a mail address is an office's or a house's: `info.nord@`, `kita-sonne@`.
OFFICE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        info kontakt mail post buero team service verwaltung leitung beratung anmeldung sekretariat empfang zentrale vorstand jugend
        amt jugendamt kita kindergarten krippe hort schule haus zentrum familie familien kinder frauen maenner maedchen jungen eltern
        stadt kreis bezirk gemeinde kirche st sankt st treff treffpunkt cafe projekt verein ev ggmbh gmbh ambulante hilfen hilfe
        erziehungsberatung schuldnerberatung fruehe fruehfoerderung nord sued ost west mitte standort stelle dienst asd pkd presse
        jobs bewerbung spenden datenschutz support office hallo hello welcome kinderladen kinderhaus gruppe sozialarbeit streetwork
        online region sozialraum stadtteil quartier bildung jugendhilfe wohngruppe tagesgruppe notdienst krisendienst bereitschaft
        """,
    )
)
_GIVEN = "(?:" + "|".join(sorted({name.capitalize() for name in FIRST_NAMES})) + ")"
_NUMBER_WORD = "(?:[Dd]rei|[Vv]ier|[Ff]ünf|[Ss]echs|[Ss]ieben|[Aa]cht|[Nn]eun|[Zz]ehn|[Ee]lf|[Zz]wölf|[Dd]reizehn|[Vv]ierzehn|[Ff]ünfzehn|[Ss]echzehn|[Ss]iebzehn)"
_AGE = rf"(?:\d{{1,2}}[- ]?[Jj]|{_NUMBER_WORD}j)ährige"
_ONE_CHILD = "(?:Jungen?|Mädchens?|Sohn(?:es)?|Tochter|Schülers?|Schülerin|Kind(?:es)?|Kleine[nr]?|Mutter|Vaters?|Frau|Mann(?:es)?)"
# Each with what must be in a text before it can match.
_NEEDS_AGE = "[Jj]ährige"
_STORIES = tuple(
    (re.compile(needed), re.compile(pattern))
    for needed, pattern in (
        # „die 14-jährige Tochter aus der Gartenstraße“, „dem fünfjährigen Sohn“, „ein 9-jähriger Junge wohnt“
        (
            _NEEDS_AGE,
            rf"\b(?:[Dd]er|[Dd]ie|[Dd]as)\s+(?:\w{{1,20}}e\s+)?(?:{_AGE}\s+(?:{_ONE_CHILD}|{_GIVEN})\b|\d{{1,2}}-?Jährige\b)(?:\s+aus\s+de[rmn]\s+[A-ZÄÖÜ][\w\-]{{0,40}})?",
        ),
        (
            _NEEDS_AGE,
            rf"\b(?:[Dd]em|[Dd]es|[Dd]en|[Ii]hre[mns]?|[Ss]eine[mns]?)\s+{_AGE}n\s+(?:{_ONE_CHILD}|{_GIVEN})\b",
        ),
        (
            _NEEDS_AGE,
            rf"\b[Ee]in(?:e[mnrs]?)?\s+{_AGE}[mnrs]?\s+{_ONE_CHILD}\s+(?:aus\s+(?:de[rmn]\s+)?[A-ZÄÖÜ]|wohnt|lebt|kam|wurde|hat\s+uns)[\w\-]{{0,40}}",
        ),
        # „Leon (12)“, „Leon Meyer (12)“, „Leon, 12 Jahre,“, „Leon ist 12“, „Familie M.“
        (
            r"\(\d|,\s*\d|ist\s+\d",
            rf"\b{_GIVEN}(?:\s+[A-ZÄÖÜ][\w\-]{{1,40}})?(?:\s*\(\d{{1,2}}\)|\s*,\s*\d{{1,2}}(?:\s+Jahre(?:\s+alt)?)?\s*,|\s+ist\s+\d{{1,2}}(?:\s+Jahre)?\b)",
        ),
        (r"\s[A-ZÄÖÜ]\.", r"\b(?:Familie|Frau|Herrn?|Mutter|Vater|Kind)\s+[A-ZÄÖÜ]\.(?!\s?[A-ZÄÖÜ]\.)"),
    )
)
# „geb. am 3.4.2015“, „Geburtstag: 3.4.2015“, „* 3.4.2015“
_BIRTH = re.compile(
    r"\b(?:[Gg]eb\.|[Gg]eboren)\s*+(?:am\s*+)?:?\s*+\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]+)\s?\d{2,4}"
    r"|\bGeburts(?:datum|tag)\s*+:?\s*+\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|(?<!\w)\*\s?\d{1,2}\.\d{1,2}\.(?:19|20)\d\d"
)
_MOBILE = re.compile(
    r"(?<![\d\-/])(?:\+49[\s(]{0,3}0?\)?\s?|0049\s?|0)1[567]\d[\s/\-]{0,3}\d[\d\s/\-]{4,14}\d"
)
_MAIL = re.compile(r"(?<![\w.%+\-])([A-Za-z][A-Za-z._\-]{2,40})@([A-Za-z0-9][\w.\-]{0,80}\w)")
# „Frau Dr. Meyer“, but not „Frau Holle“ or „Herr Pfarrer“; „Familie Meyer“ at a beginning or behind mit, bei, von: elsewhere
# a thing may follow („dass die Familie Hilfe annimmt“).
_NAME = re.compile(
    r"\b(?:Frau|Herrn?|Fr\.|Hr\.)\s+(?:(?:Dr|Prof)\.\s+)*(?!Holle\b|Ihr|Sie\b|Doktor|Lehrer|Pfarrer|Bürgermeister)[A-ZÄÖÜ][\w\-]{2,40}"
    r"|(?:\A|(?<=[.!?:\n]\s)|(?<=\b(?:[Mm]it|[Bb]ei|[Vv]on)\s))Familie\s+[A-ZÄÖÜ][\w\-]{2,40}"
)
_FULL_NAME = re.compile(
    rf"\b{_GIVEN}(?:[- ]{_GIVEN})?\s+(?:von\s+|van\s+|de\s+)?[A-ZÄÖÜ][a-zäöüß\-]{{2,40}}\b"
)
# Only where a function belongs: „M. Ott“, „Ott, Maria“.
_INITIAL = re.compile(
    rf"^(?:[A-ZÄÖÜ]\.\s?){{1,2}}[A-ZÄÖÜ][a-zäöüß\-]{{2,40}}\b|^[A-ZÄÖÜ][a-zäöüß\-]{{2,40}},\s+{_GIVEN}\b"
)
# Mailboxes that anybody can have; of an association without its own domain they say the association's name.
_FREE_MAIL = re.compile(
    r"(?:web|gmx|gmail|googlemail|t-online|yahoo|hotmail|outlook|live|icloud|freenet|aol|posteo|mailbox)\."
)
# Where a function belongs: who answers, who is asked, who moderates, who judges.
_ROLE_FIELDS = frozenset({"ask", "moderator", "according_to", "judged_by", "who"})


class Trace(NamedTuple):
    """A suspicious part of a text, with its diagnostic's code and what that says `more`."""

    code: str
    start: int
    end: int
    more: str = ""


def is_cleared(text: str, start: int, end: int, cleared: Collection[str]) -> bool:
    """Tell whether a part lies in a cleared passage."""
    for part in cleared:
        for match in re.finditer(re.escape(part), text):
            if match.start() <= start and end <= match.end():
                return True
    return False


def check_persons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report possible persons in public records, and in pages but imprint and privacy."""
    if site.internal:
        return
    yield from reading.of_each(_persons_in_record)
    for name, text in content_pages(reading):
        yield from reading.cache.call(uncleared_in_page, name, text, traces)
    cleared = tuple(chain.from_iterable(offer.passed for offer in site.offers.values()))
    for edition in site.editions.values():
        if edition.frozen is not None:
            lines = frozenset(chain.from_iterable(edition.frozen.offers.values()))
            yield from reading.cache.call(_persons_in_lists, edition.kept_at, lines, cleared)


def _persons_in_lists(
    name: str, lines: Collection[OfferLine], cleared: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Report persons in an edition's offers, unless records clear them."""
    texts = sorted({text for line in lines for text in (line.name, line.summary, line.provider)})
    passages = [Passage(text, (), Position(name), (text,)) for text in texts]
    return tuple(chain.from_iterable(uncleared(one, traces(one.text), cleared) for one in passages))


def _persons_in_record(source: RecordSource) -> Iterator[Diagnostic]:
    cleared = source.record.passed
    skipped = reference_paths(source.record)
    for passage in passages(source):
        if passage.path[:1] != ("cleared",) and passage.path[-1:] != ("mobile",):
            yield from uncleared(passage, _in_field(passage, skipped), cleared)


def _in_field(passage: Passage, skipped: Collection[tuple[str, ...]]) -> list[Trace]:
    """Return possible persons in a field; `skipped` ones hold ids."""
    path = passage.path
    if path[-1:] == ("phone",):
        # Behind an area code it is a slip that has its own message.
        return [trace for trace in mobiles(passage.text) if not passage.text[: trace.start].strip()]
    if not is_text(path, skipped):
        return []
    role = path[-2:] == ("contact", "name") or not _ROLE_FIELDS.isdisjoint(path[-1:])
    return list(traces(passage.text, role=role, notes=path[:1] == ("notes",)))


def uncleared_in_page(name: str, text: str, look: Callable[[str], Iterable[Trace]]) -> tuple[Diagnostic, ...]:
    """Report what `look` finds in a page, unless its head clears it."""
    passage = Passage(text, (), Position(name), tuple(text.split("\n")))
    return tuple(uncleared(passage, look(text), cleared_in_head(text, name)))


def traces(text: str, *, role: bool = False, notes: bool = False) -> Iterator[Trace]:
    """Yield possible persons; a `role` has to be a function and no name, `notes` (internal) may have names."""
    # Most texts hold nothing of what each pattern needs; to look for that takes a tenth of the time.
    yield from mails(text)
    yield from mobiles(text)
    if "eb" in text or "*" in text:
        yield from _traces_of_pattern(_BIRTH, text, "geburtsdatum")
    yield from _stories(text)
    if notes:
        return
    yield from _traces_of_pattern(_NAME, text, "person-statt-stelle")
    if role:
        yield from _traces_of_pattern(_FULL_NAME, text, "person-statt-stelle")
        yield from _traces_of_pattern(_INITIAL, text, "person-statt-stelle")


def _traces_of_pattern(pattern: re.Pattern[str], text: str, code: str) -> Iterator[Trace]:
    for match in pattern.finditer(text):
        yield Trace(code, match.start(), match.end())


def _stories(text: str) -> Iterator[Trace]:
    """Yield passages that tell of one case, each once."""
    found: list[Trace] = []
    for needed, pattern in _STORIES:
        if not needed.search(text):
            continue
        for trace in _traces_of_pattern(pattern, text, "fallgeschichte"):
            if all(trace.end <= other.start or trace.start >= other.end for other in found):
                found.append(trace)
                yield trace


def mails(text: str) -> Iterator[Trace]:
    """Yield mail addresses of persons: `petra.muster@`, `p.muster@`."""
    if "@" not in text:
        return
    for match in _MAIL.finditer(text):
        if _is_of_a_person(match[1], match[2]):
            yield Trace("mail-einer-person", match.start(), match.end())


def _is_of_a_person(mailbox: str, domain: str) -> bool:
    """Tell whether a mailbox has a person's name: `petra.muster`, `p.muster`, at web.de also `petra-info`."""
    parts = [part.lower() for part in re.split(r"[._\-]", mailbox) if part]
    given = FIRST_NAMES & set(parts)
    if _FREE_MAIL.match(domain) and len(parts) > 1 and given:
        return True
    if len(parts) not in (2, 3) or OFFICE_WORDS & set(parts):
        return False
    first, last = parts[0], parts[-1]
    if len(first) == 1:
        return len(last) >= 4 and "." in mailbox
    return any(one in given and len(other) >= 3 for one, other in ((first, last), (last, first)))


def mobiles(text: str) -> Iterator[Trace]:
    """Yield mobile numbers."""
    return _traces_of_pattern(_MOBILE, text, "mobilnummer")


def uncleared(passage: Passage, found: Iterable[Trace], cleared: Collection[str]) -> Iterator[Diagnostic]:
    """Report findings in a passage that aren't cleared."""
    for trace in found:
        if not is_cleared(passage.text, trace.start, trace.end, cleared):
            value = " ".join(passage.text[trace.start : trace.end].split())
            yield diagnostic(trace.code, passage.at(trace.start, trace.end), value=value, what=trace.more)


PERSONAL = re.compile(
    r"\b(?:Frau|Herr|Familie|Mutter|Vater|Kindesmutter|Kindesvater|KM|KV)\s+[A-ZÄÖÜ][\w.]+|\bgeb\.\s*(?:am\s*)?\d|\bAktenzeichen\b|\bAz\.\s*\d"
)
PROFESSIONALS_ONLY = "08001921000"
"""A medical hotline that families must not call."""
_TEAM_HOURS = ("weekly_hours", "weekly_each", "weekly_total")


def check_privacy(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report internal kinds and fields in public, notes on persons, and a number for professionals."""
    yield from reading.of_each(_in_record, site.internal, site.config.internal)


def _in_record(
    source: RecordSource, on_internal_site: bool, internal: tuple[str, ...]
) -> Iterator[Diagnostic]:
    record = source.record
    if not on_internal_site:
        yield from _internal(source, internal)
    if record.notes and (match := PERSONAL.search(record.notes)):
        yield diagnostic("notiz-persoenlich", source.position("notes"), value=match[0])
    contact = getattr(record, "contact", None)
    for field, number in contact.numbers.items() if contact is not None else ():
        if dialled(number) == PROFESSIONALS_ONLY:
            yield diagnostic("fachnummer-fuer-familien", source.position("contact", field), value=number)


def _internal(source: RecordSource, internal: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Report kinds and fields that the town keeps `internal`, and names without consent."""
    record = source.record
    if source.folder in internal and not record.may_be_public:
        position = (
            source.position(source.node.entries[0][0].text, key=True)
            if source.node.entries
            else source.position()
        )
        yield diagnostic("intern-oeffentlich", position, name=KIND_BY_FOLDER[source.folder].plural)
    if "team-hours" in internal:
        for number, part in enumerate(getattr(record, "team", ())):
            for field in _TEAM_HOURS:
                if getattr(part, field) not in (None, {}):
                    place = source.position("team", number, field, key=True)
                    yield diagnostic("intern-oeffentlich", place, name="team-hours")
    for number, part in enumerate(getattr(record, "team", ())):
        for nth, colleague in enumerate(part.people):
            if colleague.agreed is None:
                place = source.position("team", number, "people", nth, "name")
                yield diagnostic("name-ohne-zustimmung", place, name=colleague.name)


_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAY = re.compile(rf"\b(?:0?[1-9]|[12]\d|3[01])\.\s?(?:(?:0?[1-9]|1[0-2])\.|(?:{_MONTH})\b)(?:\s?\d{{2,4}})?")
_ONE_PERSON = re.compile(
    r"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Uu]nser[e]?|[Ee]in(?:e[mnrs]?)?)\s+(?:\d{1,2}[- ]?[Jj]ährige[nr]?|(?:Kindes)?(?:mutter|vater)|Klient(?:in)?|Fall)\b"
)


def check_register(site: Site, reading: Reading, today: dt.date) -> Iterator[Diagnostic]:
    """Report needs that look like cases, and namings (`named`) in the future or of other areas."""
    now = HalfYear.of(today)
    for source in reading.of("needs"):
        need = site.needs[source.id]
        yield from personal(source, days=True)
        for number, naming in enumerate(need.named):
            if naming.half_year > now:
                place = source.position("named", number, "half_year")
                yield diagnostic("nennung-in-zukunft", place, value=naming.half_year)
            if naming.space is not None and naming.space not in need.spaces:
                place = source.position("named", number, "space")
                known = ", ".join(need.spaces) or "keines"
                yield diagnostic("nennung-anderes-gebiet", place, value=naming.space, known=known)


def personal(source: RecordSource, *, days: bool) -> Iterator[Diagnostic]:
    """Report each text's first sign of a case; with `days` a date is one."""
    skipped = reference_paths(source.record)
    cleared = source.record.passed
    for passage in passages(source):
        # A comment has no path.
        if passage.path[:1] == ("cleared",) or (passage.path and not is_text(passage.path, skipped)):
            continue
        for start, end in _spans(passage, days=days)[:1]:
            value = " ".join(passage.text[start:end].split())
            if not is_cleared(passage.text, start, end, cleared):
                yield diagnostic("eintrag-persoenlich", passage.at(start, end), value=value)


def _spans(passage: Passage, *, days: bool) -> list[tuple[int, int]]:
    """Return where a text speaks of a person or, with `days`, a date."""
    role = passage.path[-1:] == ("who",)
    spans = [(trace.start, trace.end) for trace in traces(passage.text, role=role)]
    patterns = [PERSONAL, _ONE_PERSON]
    if days:
        patterns.append(_DAY)
    for pattern in patterns:
        spans += [match.span() for match in pattern.finditer(passage.text)]
    return sorted(spans)


CHECKS = (check_persons, check_privacy)
DATED_CHECKS = (check_register,)
