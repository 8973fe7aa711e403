"""Write dates, numbers, money and lists in one language.

Message ids are the German texts.
"""

from __future__ import annotations

import datetime as dt
import gettext as gettext_module
import io
import math
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup
from msgspec import Struct

from generator.files.packaged import packaged
from generator.hours.spoken import COMMA
from generator.model.config import Territory
from generator.model.dates import PartialDate
from generator.model.facts import DETOUR
from generator.model.vocabulary import Word
from generator.render.base.html_patterns import pattern

_ENGLISH: Mapping[Territory, str] = {"gemeinde": "municipality", "landkreis": "district", "kreis": "district"}
_MASCULINE = (
    (re.compile(r"\b(für|Für|Sie) die ganze Stadt\b"), r"\1 den ganzen NAME"),
    (re.compile(r"\b(i|I)n der ganzen Stadt\b"), r"\1m ganzen NAME"),
    (re.compile(r"\b(aus) der ganzen Stadt\b"), r"\1 dem ganzen NAME"),
    (re.compile(r"\bder ganzen Stadt\b"), "des ganzen NAMEes"),
    (re.compile(r"\bdie ganze Stadt\b"), "der ganze NAME"),
    (re.compile(r"\b(g|G)anze Stadt\b"), r"\1anzer NAME"),
    (re.compile(r"\b(Diese) Stadt\b"), r"\1r NAME"),
    (re.compile(r"\b(für|Sie) die Stadt\b"), r"\1 den NAME"),
    (re.compile(r"\b(i|I)n der Stadt\b"), r"\1m NAME"),
    (re.compile(r"\bder Stadt\b"), "des NAMEes"),
    (re.compile(r"\bdie Stadt\b"), "der NAME"),
)
"""How German says of something masculine what it says of „Stadt“, what is said more exactly first."""


@cache
def of_territory(text: str, lang: str, territory: Territory) -> str:
    """Return a text of the program reworded for a territory.

    >>> of_territory("Für die ganze Stadt", "de", "landkreis"), of_territory("the whole town", "en", "kreis")
    ('Für den ganzen Landkreis', 'the whole district')
    """
    if lang.startswith("en"):
        english = _ENGLISH[territory]
        # A value that is to be put in may be called {town}.
        return re.sub(r"(?<!\{)\btown\b", english, text).replace("Town ", f"{english.capitalize()} ")
    if not lang.startswith("de"):
        return text
    name = territory.capitalize()
    for word, masculine in _MASCULINE if territory != "gemeinde" else ():  # „Gemeinde“ is feminine
        text = word.sub(masculine.replace("NAME", name), text)
    return re.sub(r"\bStadt\b", name, text)


_YEAR_SIGN = re.compile(r"(?<=\d{4})\s[^\W\d]+\.$")  # „2026 р.“
_ARABIC_SCRIPT = frozenset({"ar", "ckb", "fa", "ps", "prs", "ur"})  # languages with a comma of their own
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "prs", "ur", "yi"})


class Translated(Struct, frozen=True):
    """A text with its real language; `lang` is empty for the page's own.

    `mark` says in the page's language that it was made up, and goes wherever the text goes.
    """

    words: str
    lang: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """The words with their mark."""
        return f"{self.words} ({self.mark})" if self.mark else self.words

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Message(str):
    """A text of the interface; HTML put into it makes the whole HTML."""

    __slots__ = ()

    def format(self, *given: object, **named: object) -> str:
        """Put values in; with HTML among them all others are escaped."""
        if any(value.__class__ is Markup for value in (*given, *named.values())):
            return pattern(str(Markup.escape(self))).format(*given, **named)
        return super().format(*given, **named)


def direction(lang: str) -> str:
    """Return a language's direction, `ltr` or `rtl`."""
    return "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def locales_folder() -> Path:
    """Return the folder of the catalogues."""
    return Path(str(resources.files("generator") / "locales"))


@cache
def _file_of(lang: str) -> Catalog | None:
    file = locales_folder() / f"{lang}.po"
    if not file.is_file():
        return None
    return read_po(io.BytesIO(packaged("generator", "locales", file.name)), locale=lang.split("-")[0])


def _several(text: Any) -> Sequence[str]:
    """Return a catalogue's text as its plural forms, mostly one."""
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


@cache
def catalogue(lang: str) -> dict[str, Sequence[str]]:
    """Return a language's translations by German text; German has none."""
    found: dict[str, Sequence[str]] = {}
    for message in _file_of(lang) or ():
        ids, strings = _several(message.id), _several(message.string)
        if ids[0] and not message.fuzzy and all(strings):  # neither the file's head nor unsure
            found[ids[0]] = strings
    return found


QUALIFIERS = (
    "rund",
    "etwa",
    "knapp",
    "fast",
    "gut",
    "über",
    "unter",
    "mehr als",
    "weniger als",
    "höchstens",
    "mindestens",
)
"""What sources usually say of a figure; each is the id of its own translation."""
WALKED = 75
"""Metres that one walks in a minute, with a child at one's hand: 4.5 km an hour."""
MOST_WALKED = 45
"""Minutes above which nobody is told to walk."""
T = TypeVar("T")
R = TypeVar("R")


@cache
def _may_be_made_up(kind: type) -> bool:
    return hasattr(kind, "invented")


class Texts:
    """Words and forms of one language; records are written in `data_lang`."""

    def __init__(self, lang: str, data_lang: str = "de", territory: Territory = "stadt") -> None:
        self.lang = lang
        self.data_lang = data_lang
        self.territory = territory
        self.locale = Locale.parse({"de": "de", "en": "en_GB"}.get(lang.split("-")[0], lang.split("-")[0]))
        self.comma = "، " if self.locale.language in _ARABIC_SCRIPT else COMMA
        # Whoever has the words of a language but not this object asks for its comma as for a word.
        self._messages = {**catalogue(lang), COMMA: (self.comma,)}
        self._as_messages: dict[str, Message] = {}
        self._made: dict[tuple[Hashable, int], tuple[object, Any]] = {}
        self._dates: dict[tuple[dt.date, str], str] = {}

    @property
    def record_lang(self) -> str:
        """The language of untranslated texts; empty where it is the page's."""
        return "" if self.lang == self.data_lang else self.data_lang

    def once(self, name: Hashable, of: T, make: Callable[[T], R]) -> R:
        """Make something of an object once in this language, kept by `name`."""
        kept = self._made.get((name, id(of)))
        # The thing is kept as well, so that no other can have its identity.
        if kept is None or kept[0] is not of:
            kept = self._made[name, id(of)] = of, make(of)
        made: R = kept[1]
        return made

    @property
    def dir(self) -> str:
        """The direction of writing, `ltr` or `rtl`."""
        return direction(self.lang)

    def gettext(self, message: str) -> str:
        """Return the translation, else the German text."""
        made = self._as_messages.get(message)
        if made is None:
            text = self._messages.get(message, (message,))[0]
            made = self._as_messages[message] = Message(self._of_territory(text))
        return made

    def __contains__(self, message: str) -> bool:
        return message in self._messages

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the plural form for a number, by the catalogue's rule."""
        forms = self._messages.get(one, (one, many))
        index: int = self._plural_rule(number)
        return Message(self._of_territory(forms[min(index, len(forms) - 1)]))

    def _of_territory(self, text: str) -> str:
        return text if self.territory == "stadt" else of_territory(text, self.lang, self.territory)

    def number_of(self, one: str, many: str, number: int, **further: object) -> str:
        """Return the plural form with `{n}` and `further` values filled in."""
        return self.ngettext(one, many, number).format(n=self.number(number), **further)

    @cached_property
    def _plural_rule(self) -> Any:
        messages = _file_of(self.lang)
        rule = messages.plural_expr if messages is not None else get_plural(self.locale).plural_expr
        return gettext_module.c2py(rule)

    # --- forms -----------------------------------------------------------------------------------------------------

    def date(self, day: dt.date | PartialDate, *, weekday: bool = False, short: bool = False) -> str:
        """Write a date, as far as known: „1. Oktober 2026“, short „1.10.2026“."""
        if isinstance(day, PartialDate):
            if day.month is None:
                return str(day.year)
            if day.day is None:
                return self.month(day.last_day)
            day = day.last_day
        german = self.lang.startswith("de")
        form = "long"
        if short:
            form = "d.M.y" if german else "d MMM y"
        elif weekday:
            form = "EEEE, d. MMMM" if german else f"EEEE{self.comma}d MMMM"
        # Most dates of a site are the days on which records were checked: a few hundred on thousands of pages.
        if (day, form) not in self._dates:
            self._dates[day, form] = _without_year_sign(format_date(day, form, locale=self.locale))
        return self._dates[day, form]

    def weekday(self, day: dt.date) -> str:
        """Write the name of a day's weekday."""
        return format_date(day, "EEEE", locale=self.locale)

    def month(self, day: dt.date) -> str:
        """Write a month as in „Oktober 2026“."""
        first = dt.datetime(day.year, day.month, 1, tzinfo=dt.UTC)
        return _without_year_sign(format_skeleton("yMMMM", first, locale=self.locale))

    def number(self, value: Decimal | float | int, decimals: int | None = None) -> str:
        """Write a number with this language's separators; not for years."""
        pattern = None if decimals is None else "#,##0." + "0" * decimals
        return format_decimal(value, format=pattern, locale=self.locale)

    def percent(self, value: Decimal, decimals: int = 1) -> str:
        """Write a share: „16,3 %“, 16.3%."""
        return self.number(value, decimals) + ("\u00a0%" if self.lang.startswith("de") else "%")

    def euros(self, amount: Decimal) -> str:
        """Write an amount in euros; whole amounts without cents."""
        text = self.number(amount, 2 if amount % 1 else 0)
        if self.lang.startswith("en"):
            return f"€{text}".replace("€-", "-€")
        return f"{text} €"

    def distance(self, metres: int) -> str:
        """Write a distance as in „650 m“ or „1,2 km“."""
        if metres < 1000:
            return f"{max(50, round(metres / 50) * 50)} m"
        return f"{self.number(round(metres / 1000, 1))} km"

    def on_foot(self, metres: int) -> str:
        """Write a straight distance, with minutes on foot where one would walk."""
        minutes = max(1, math.ceil(metres * DETOUR / WALKED))
        if minutes > MOST_WALKED:
            return self.distance(metres)
        return self.gettext("{distance}, etwa {n} Min. zu Fuß").format(
            distance=self.distance(metres), n=minutes
        )

    def join(self, items: Iterable[str], *, either: bool = False) -> str:
        """Join words: „Deutsch, Türkisch und Arabisch“; HTML if any is."""
        words = list(items)
        kind: type[str] = str
        if any(word.__class__ is Markup for word in words):
            # The words between them are escaped by the places' own patterns: none of a language's holds a sign of HTML.
            kind, words = Markup, [str(Markup.escape(word)) for word in words]
        return kind(format_list(words, style="or" if either else "standard", locale=self.locale))

    # --- data ------------------------------------------------------------------------------------------------------

    def of(self, record: Any, field: str) -> Translated:
        """Return a record's text, else the original marked with its language."""
        # Names of areas and of words stand on thousands of pages.
        return self.once(("of", field), record, lambda record: self._translate_field(record, field))

    def _translate_field(self, record: Any, field: str) -> Translated:
        mark = self.mark_of(record, field)
        if self.lang != self.data_lang:
            written = getattr(record, "translations", None) or {}
            texts = written.get(self.lang) or written.get(self.lang.split("-")[0])
            if value := getattr(texts, field, None):
                return Translated(str(value), "", mark)
        value = getattr(record, field, None)
        if not value:
            return Translated("")
        if isinstance(record, Word) and value in self._messages:
            # Words that all towns share may stand in a catalogue; what a town calls otherwise isn't found there.
            return Translated(self._messages[value][0], "", mark)
        return Translated(str(value), self.record_lang, mark)

    def mark_of(self, record: Any, field: str) -> str:
        """Return the mark of an invented field, short behind a name."""
        if not (_may_be_made_up(record.__class__) and record.illustrative and record.invented(field)):
            return ""
        return self.gettext("erfunden") if field in ("name", "title") else self.made_up

    @property
    def made_up(self) -> str:
        """The words beside what was invented as an example."""
        return self.gettext("erfunden, zur Veranschaulichung")

    def counted(self, records: Iterable[Any]) -> str:
        """Count records and the invented among them: „3 (davon 1 erfunden)“."""
        counted = list(records)
        invented = sum(1 for record in counted if record.fictional)
        number = self.number(len(counted))
        if not invented:
            return number
        return self.gettext("{n} (davon {made_up} erfunden)").format(n=number, made_up=self.number(invented))

    def qualified(self, qualifier: str | None, text: str) -> str:
        """Put the source's qualifier before a figure: „rund 108.000“."""
        if not qualifier:
            return text
        return f"{self.gettext(qualifier)} {text}"

    def name(self, record: Any) -> str:
        """Return a record's name, marked where it was made up."""
        return self.of(record, "name").text


def _without_year_sign(date: str) -> str:
    """Cut „р.“ behind a year: sentences have a full stop of their own."""
    return _YEAR_SIGN.sub("", date)


@lru_cache(maxsize=100_000)
def sort_key(name: str) -> str:
    """Return a sort key: „Ärzte“ stands with A, „ß“ with ss.

    >>> sorted(["Zebra", "Ärzte", "Amt"], key=sort_key)
    ['Amt', 'Ärzte', 'Zebra']
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def by_letter(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Group ids by first letter of their names, others under „#“.

    >>> by_letter({"b": "Öffner", "a": "Ofen", "c": "3 Eichen"})
    {'#': ['c'], 'O': ['a', 'b']}
    """
    groups: dict[str, list[str]] = {}
    for key in sorted(names, key=lambda key: (sort_key(names[key]), key)):
        first = sort_key(names[key])[:1].upper()
        groups.setdefault(first if first.isalpha() else "#", []).append(key)
    return dict(sorted(groups.items()))


def letter_anchor(letter: str) -> str:
    """Return the anchor of a letter in an index.

    >>> letter_anchor("O"), letter_anchor("#")
    ('buchstabe-o', 'buchstabe-0')
    """
    return f"buchstabe-{letter.lower()}" if letter.isalpha() else "buchstabe-0"


def grouped(ids: Iterable[str], group: Callable[[str], str], order: Iterable[str]) -> dict[str, list[str]]:
    """Return ids by group, in the order given, without empty groups."""
    found: dict[str, list[str]] = {}
    for key in ids:
        found.setdefault(group(key), []).append(key)
    return {name: found[name] for name in order if name in found}
