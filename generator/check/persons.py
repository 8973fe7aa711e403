"""Public texts in, what in them looks like a person out: mail of somebody, mobile numbers, birth dates, stories of cases, names.

These are warnings: a person may look like one and be none. A passage that may stand there is named under `cleared` with
its reason, on pages in the head.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from generator.check.protected import is_text, reference_paths
from generator.check.public_files import cleared_in_head, content_pages
from generator.check.whereabouts import is_cleared
from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.model.given_names import GIVEN
from generator.model.site import Site
from generator.read.project import Reading
from generator.read.records import RecordSource
from generator.read.written_texts import Passage, passages

# Words of an office in a mail address, and what people call their houses.
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
_GIVEN = "(?:" + "|".join(sorted({name.capitalize() for name in GIVEN})) + ")"
_NUMBER_WORD = "(?:[Dd]rei|[Vv]ier|[Ff]ünf|[Ss]echs|[Ss]ieben|[Aa]cht|[Nn]eun|[Zz]ehn|[Ee]lf|[Zz]wölf|[Dd]reizehn|[Vv]ierzehn|[Ff]ünfzehn|[Ss]echzehn|[Ss]iebzehn)"
_AGE = rf"(?:\d{{1,2}}[- ]?[Jj]|{_NUMBER_WORD}j)ährige"
_ONE_CHILD = "(?:Jungen?|Mädchens?|Sohn(?:es)?|Tochter|Schülers?|Schülerin|Kind(?:es)?|Kleine[nr]?|Mutter|Vaters?|Frau|Mann(?:es)?)"
# Each with what must be in a text before it can match.
_NEEDS_AGE = "[Jj]ährige"
_STORIES = tuple(
    (re.compile(needed), re.compile(pattern))
    for needed, pattern in (
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
        (
            r"\(\d|,\s*\d|ist\s+\d",
            rf"\b{_GIVEN}(?:\s*\(\d{{1,2}}\)|\s*,\s*\d{{1,2}}(?:\s+Jahre(?:\s+alt)?)?\s*,|\s+ist\s+\d{{1,2}}(?:\s+Jahre)?\b)",
        ),
        (r"\s[A-ZÄÖÜ]\.", r"\b(?:Familie|Frau|Herrn?|Mutter|Vater|Kind)\s+[A-ZÄÖÜ]\.(?!\s?[A-ZÄÖÜ]\.)"),
    )
)
_BIRTH = re.compile(
    r"\b(?:[Gg]eb\.|[Gg]eboren)\s*+(?:am\s*+)?:?\s*+\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zä]+)\s?\d{2,4}"
    r"|\bGeburts(?:datum|tag)\s*+:?\s*+\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|(?<!\w)\*\s?\d{1,2}\.\d{1,2}\.(?:19|20)\d\d"
)
_MOBILE = re.compile(
    r"(?<![\d\-/])(?:\+49[\s(]{0,3}0?\)?\s?|0049\s?|0)1[567]\d[\s/\-]{0,3}\d[\d\s/\-]{4,14}\d"
)
_MAIL = re.compile(r"(?<![\w.%+\-])([A-Za-z][A-Za-z._\-]{2,40})@([A-Za-z0-9][\w.\-]{0,80}\w)")
_NAME = re.compile(
    r"\b(?:Frau|Herrn?|Fr\.|Hr\.)\s+(?:(?:Dr|Prof)\.\s+)*(?!Holle\b|Ihr|Sie\b|Doktor|Lehrer|Pfarrer|Bürgermeister)[A-ZÄÖÜ][\w\-]{2,40}"
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
# Where a function belongs: who answers, who is asked, who moderates.
_ROLE_FIELDS = frozenset({"ask", "moderator", "according_to", "who"})


class Trace(NamedTuple):
    """A part of a text that somebody should look at: the code by which it is told, and what its message knows more."""

    code: str
    start: int
    end: int
    more: str = ""


def check_persons(site: Site, reading: Reading) -> Iterator[Diagnostic]:
    """Report what looks like a person in the texts of public records and pages; lawful pages name persons by law."""
    if site.internal:
        return
    yield from reading.of_each(_in_record)
    for name, text in content_pages(reading):
        yield from reading.cache.call(_in_page, name, text)


def _in_record(source: RecordSource) -> Iterator[Diagnostic]:
    cleared = [item.text for item in source.record.cleared]
    skipped = reference_paths(source.record)
    for passage in passages(source):
        if passage.path[:1] != ("cleared",) and passage.path[-1:] != ("mobile",):
            yield from told_of(passage, _in_field(passage, skipped), cleared)


def _in_field(passage: Passage, skipped: Collection[tuple[str, ...]]) -> list[Trace]:
    """Return what looks like a person in a field of a record; `skipped` fields hold ids."""
    path = passage.path
    if path[-1:] == ("phone",):
        # Behind an area code it is a slip that has its own message.
        return [trace for trace in mobiles(passage.text) if not passage.text[: trace.start].strip()]
    if not is_text(path, skipped):
        return []
    role = path[-2:] == ("contact", "name") or not _ROLE_FIELDS.isdisjoint(path[-1:])
    return list(traces(passage.text, role=role, notes=path[:1] == ("notes",)))


def _in_page(name: str, text: str) -> tuple[Diagnostic, ...]:
    passage = Passage(text, (), Position(name), tuple(text.split("\n")))
    return tuple(told_of(passage, traces(text), cleared_in_head(text, name)))


def traces(text: str, *, role: bool = False, notes: bool = False) -> Iterator[Trace]:
    """Yield what looks like a person; `role` says that a function should stand here, `notes` have a check for names."""
    # Most texts hold nothing of what each pattern needs; to look for that takes a tenth of the time.
    yield from mails(text)
    yield from mobiles(text)
    if "eb" in text or "*" in text:
        yield from _found(_BIRTH, text, "geburtsdatum")
    yield from _stories(text)
    if notes:
        return
    yield from _found(_NAME, text, "person-statt-stelle")
    if role:
        yield from _found(_FULL_NAME, text, "person-statt-stelle")
        yield from _found(_INITIAL, text, "person-statt-stelle")


def _found(pattern: re.Pattern[str], text: str, code: str) -> Iterator[Trace]:
    for match in pattern.finditer(text):
        yield Trace(code, match.start(), match.end())


def _stories(text: str) -> Iterator[Trace]:
    """Yield what tells of one case; what two patterns find counts once."""
    told: list[Trace] = []
    for needed, pattern in _STORIES:
        if not needed.search(text):
            continue
        for trace in _found(pattern, text, "fallgeschichte"):
            if all(trace.end <= other.start or trace.start >= other.end for other in told):
                told.append(trace)
                yield trace


def mails(text: str) -> Iterator[Trace]:
    """Yield mail addresses of persons: `petra.muster@`, `p.muster@`."""
    if "@" not in text:
        return
    for match in _MAIL.finditer(text):
        if _is_of_a_person(match[1], match[2]):
            yield Trace("mail-einer-person", match.start(), match.end())


def _is_of_a_person(mailbox: str, domain: str) -> bool:
    """Tell whether a mailbox is called by the name of somebody."""
    parts = [part.lower() for part in re.split(r"[._\-]", mailbox) if part]
    given = GIVEN & set(parts)
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
    return _found(_MOBILE, text, "mobilnummer")


def told_of(passage: Passage, found: Iterable[Trace], cleared: Collection[str]) -> Iterator[Diagnostic]:
    """Report what was found in a passage, but for what somebody has cleared."""
    for trace in found:
        if not is_cleared(passage.text, trace.start, trace.end, cleared):
            value = " ".join(passage.text[trace.start : trace.end].split())
            yield diagnostic(trace.code, passage.at(trace.start, trace.end), value=value, what=trace.more)


CHECKS = (check_persons,)
