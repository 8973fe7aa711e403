"""List the columns of a table of records, and read and write their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from msgspec import Struct
from pydantic.fields import FieldInfo

from generator.model.fields import (
    FIELD_WORDS,
    VALUE_WORDS,
    choices,
    fields,
    kinds_at,
    models_at,
    references,
    value_for,
)
from generator.model.groups import ClosedReason
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.names_and_ids import slug
from generator.model.scalars import AREA_CODE, lost_zero
from generator.model.site import Site, street_and_number
from generator.model.vocabulary import VOCABULARIES
from generator.read.nodes import ListNode, MapNode, Node, Scalar, at, is_empty, stated_items, text_at
from generator.read.workbooks import SheetCell, plain_text

# Area codes whose length is certain: Berlin, Hamburg, Frankfurt, Munich, mobile and free numbers.
_AREA = re.compile(r"(030|040|069|089|01[567]\d|0800)(\d+)")


PLACEHOLDERS = frozenset(
    ("k. a.", "k.a.", "k. a", "k.a", "keine angabe", "keine angaben", "n/a", "n. a.", "n.n.", "n. n.", "unbekannt", "folgt", "tbd",
     "-", "--", "---", "–", "—", ".", "..", "...", "?", "x", "xxx", "null", "none", "nan")
)  # fmt: skip
"""What people write into a cell of which they know nothing, in small letters."""
TOTALS = re.compile(
    r"(?:gesamt|insgesamt|summen?|zwischensumme|total|gesamtsumme|gesamtzahl|anzahl gesamt|ergebnis)\b.{0,20}",
    re.IGNORECASE,
)
"""What the first cell of a row says that sums up the rows above."""


def phone(text: str) -> str:
    """Write a German number nationally, without a doubled country code.

    The area code is parted if its length is certain; other numbers stay, also two with a slash.

    >>> phone("+49302816473"), phone("(0221) 22 22 22"), phone("+4930+49017627842105")
    ('030 2816473', '0221 22 22 22', '0176 27842105')
    """
    # With a letter it is more than a number.
    if re.search(r"[^\W\d_]", text):
        return text.strip()
    last = "+" + text.rsplit("+", 1)[1] if text.count("+") > 1 else text
    # A slash behind the area code only parts it: `030/2816473`.
    written = re.sub(rf"^ *\(?({AREA_CODE})/", r"\1 ", last.replace("(0)", ""))
    written = re.sub(r"[^\d+\-/ ]", "", re.sub(r"[.–—()]", " ", written)).strip()
    written = re.sub(r"\s+", " ", written)
    national, found = re.subn(r"^(?:\+49|0049)[ \-]*0?", "0", written)
    if not found:
        return text.strip() if "+" in written else written
    # Where digits are parted already, somebody knew where.
    compact = _AREA.fullmatch(re.sub(r"[ \-]", "", national))
    if compact and not re.search(r"\d[ \-]\d", national):
        return f"{compact[1]} {compact[2]}"
    return national


def street(text: str) -> str:
    """Return an address line's street without house number.

    >>> street("Straße des 17. Juni 135"), street("Französische Str. 16a u. 16b"), street("Am Markt")
    ('Straße des 17. Juni', 'Französische Str.', 'Am Markt')
    """
    parts = street_and_number(text)
    return parts[0] if parts else text.strip()


def number(text: str) -> str:
    """Return an address line's house number; empty for none.

    >>> number("Französische Str. 16a u. 16b"), number("Am Markt")
    ('16a u. 16b', '')
    """
    parts = street_and_number(text)
    return parts[1] if parts else ""


def degrees(text: str) -> str:
    """Round degrees to six decimals (10 cm); other texts stay.

    >>> degrees("13.384392505580408")
    '13.384393'
    """
    return f"{float(text):.6f}" if re.fullmatch(r"-?\d{1,3}\.\d{7,}", text) else text


def house_number(text: str) -> str:
    """Return a house number without a register's leading zeros.

    >>> house_number("0001a"), house_number("0134")
    ('1a', '134')
    """
    return re.sub(r"^0+(?=\d)", "", text.strip())


def web(text: str) -> str:
    """Put https:// before an address without scheme."""
    if not text or re.match(r"[a-zA-Z]+:|/", text):
        return text
    return f"https://{text}"


def point_decimal(text: str) -> str:
    """Replace a number's decimal comma; other texts stay."""
    return text.replace(",", ".") if re.fullmatch(r"\s*-?\d+,\d+\s*", text) else text


def date(text: str) -> str:
    """Return a German date as ISO; two-digit years stay.

    >>> date("1.8.2025"), date("01.08.25")
    ('2025-08-01', '01.08.25')
    """
    match = re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", text.strip())
    return f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else text


def postcode(text: str) -> str:
    """Return a postcode with the zero that spreadsheets drop.

    >>> postcode("1067"), postcode("10117")
    ('01067', '10117')
    """
    return text.zfill(5) if re.fullmatch(r"\d{4}", text) else text


# What can stand after a column's name: <Straße|street>.
SHAPINGS: Mapping[str, Callable[[str], str]] = {
    "street": street,
    "number": number,
    "house": house_number,
    "id": slug,
    "lower": str.lower,
}


FOLDERS = ("providers", "places", "offers")
"""The kinds of records that a table holds, in the order in which they refer to each other."""
STREET, TOWN = (("address", "street"), ("address", "number")), (("address", "postcode"), ("address", "town"))
"""Fields that one cell holds together: „Am Markt 3“, „01067 Dresden“."""


class RecordColumn(Struct, frozen=True):
    """A heading, the paths of the fields below it, and other lists' names for it (as `slug` writes them)."""

    heading: str
    paths: tuple[tuple[str, ...], ...] = ()
    other_headings: str = ""
    width: int = 18

    def is_called(self, heading: str) -> bool:
        """Tell whether a heading means this column."""
        leaf = self.paths[0][-1] if len(self.paths) == 1 else ""
        # Whoever is the contact is no name of an offer, and „Nr.“ often counts the rows.
        words = () if leaf in ("name", "number") else FIELD_WORDS.get(leaf, ())
        return slug(heading) in (slug(self.heading), *self.other_headings.split(), *words)


def _make_column(heading: str, path: str, other_headings: str = "", width: int = 18) -> RecordColumn:
    return RecordColumn(heading, (tuple(path.split(".")),), other_headings, width)


ID, SAME, CALLED_BACK_ON, SHEET = (
    RecordColumn("Kürzel"),
    RecordColumn("dasselbe wie"),
    RecordColumn("zurückgerufen am"),
    RecordColumn("Blatt"),
)
OF_THE_ROW = (ID, SAME, CALLED_BACK_ON, SHEET)
"""Columns that say something of their row, not of its record."""
_NAME, _SUMMARY, _KIND = (
    _make_column("Name", "name", "was angebot titel bezeichnung einrichtung", 36),
    _make_column("Zwei Sätze", "summary", "", 60),
    _make_column("Art", "kind"),
)
_ADDRESS = (
    RecordColumn(
        "Straße und Hausnummer", STREET, "anschrift adresse strasse-nr strasse-hausnummer strasse", 28
    ),
    _make_column("Hausnummer", "address.number", "hausnr haus-nr"),
    RecordColumn("PLZ und Ort", TOWN, "plz-ort plz-stadt", 22),
    _make_column("PLZ", "address.postcode"),
    _make_column("Stadt", "address.town"),
    _make_column("Punkt", "point", "", 20),
)
_CONTACT = (
    _make_column("Telefon", "contact.phone", "tel-fax telefon-fax"),
    _make_column("Mobiltelefon", "contact.mobile"),
    _make_column("E-Mail", "contact.email", "mail email e-mail-adresse", 30),
    _make_column("Internetseite", "contact.website", "internet web website homepage webseite", 30),
)
_CHECKED = _make_column("Geprüft am", "checked")
_CLOSED_DAYS = _make_column("Geschlossen", "closed", "geschlossen-am schliesstage", 36)
COLUMNS: Mapping[str, tuple[RecordColumn, ...]] = {
    # Providers have no point.
    "providers": (_NAME, _KIND, _SUMMARY, *_ADDRESS[:-1], *_CONTACT, _CHECKED),
    "places": (
        *(_NAME, _KIND, _SUMMARY, *_ADDRESS),
        _make_column("Träger", "providers"),
        *_CONTACT,
        _make_column("Öffnungszeiten", "hours", "", 30),
        _CLOSED_DAYS,
        _make_column("Stufenlos", "accessibility.step_free"),
        _make_column("Anfahrt", "transport"),
        _make_column("Quelle", "origin.name"),
        _make_column("Stand der Quelle", "origin.date"),
        _CHECKED,
    ),
    "offers": (
        *(_NAME, _SUMMARY, _KIND),
        _make_column("Träger", "provider", "wer"),
        _make_column("Ort", "place", "ort-strasse", 28),
        *_ADDRESS,
        _make_column("Themen", "topics", "", 28),
        _make_column("Alter", "ages"),
        _make_column("Für wen", "for"),
        _make_column("Zeiten", "hours", "", 30),
        _CLOSED_DAYS,
        _make_column("Kosten", "cost"),
        _make_column("Zugang", "access.way"),
        _make_column("Termin buchen", "access.book"),
        *_CONTACT,
        _make_column("Sprachen", "languages"),
        _make_column("Für Gebiete", "spaces", "stadtteil gebiet"),
        _make_column("Zustand", "status"),
        _make_column("Ende", "until"),
        _CHECKED,
    ),
}
_ONLY_READ = ("Hausnummer", "PLZ", "Stadt")
"""Columns of other lists; here their fields stand below other headings."""


def columns_out(folder: str) -> list[RecordColumn]:
    """Return the columns written for a kind."""
    return [ID, *(one for one in COLUMNS[folder] if one.heading not in _ONLY_READ), CALLED_BACK_ON, SAME]


def info_of(folder: str, path: tuple[str, ...]) -> FieldInfo:
    """Return what the model says of a field; of what stands in no group of its own, what it says of the whole."""
    owners = models_at(KIND_BY_FOLDER[folder].model, path[:-1])
    return fields(owners[0])[path[-1]] if owners else info_of(folder, path[:-1])


def target_of(folder: str, path: tuple[str, ...]) -> str:
    """Return the kind or vocabulary a field refers to; empty for none."""
    refs = {ref.path: ref.target for ref in references(KIND_BY_FOLDER[folder].model)}
    return refs.get(path) or refs.get((*path, "*"), "")


def is_list(folder: str, path: tuple[str, ...]) -> bool:
    """Tell whether a field holds several references."""
    return any(ref.path == (*path, "*") for ref in references(KIND_BY_FOLDER[folder].model))


def words_of_field(folder: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fixed values of a field."""
    found: list[str] = []
    for kind in kinds_at(KIND_BY_FOLDER[folder].model, path):
        found += choices(kind)
    return tuple(found)


class TableNames:
    """Names of records and words, by target (a kind or vocabulary) and id."""

    def __init__(self, site: Site, hidden: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.names: dict[str, dict[str, str]] = {}
        self._ids: dict[str, dict[str, list[str]]] = {}
        for folder in KIND_BY_FOLDER:
            for key, record in site.records(folder).items():
                if (folder, key) not in hidden:
                    values = vars(record)
                    more = (values.get("short"), *values.get("aliases", ()))
                    self.add(folder, key, values.get("name", key), more)
        for vocabulary in VOCABULARIES:
            for key, word in getattr(site.words, vocabulary).items():
                values = vars(word)
                self.add(vocabulary, key, values.get("name", key), (values.get("own"),))

    def add(self, target: str, key: str, name: str, more: Iterable[str | None] = ()) -> None:
        """Add an id's names."""
        self.names.setdefault(target, {})[key] = name
        ids = self._ids.setdefault(target, {})
        for text in dict.fromkeys(bare_name(text) for text in (key, name, *more) if text):
            ids.setdefault(text, []).append(key)

    def shown(self, target: str, key: str) -> str:
        """Return an unambiguous name, else the id; empty for hidden records."""
        if key not in self.names.get(target, {}):
            return "" if target in KIND_BY_FOLDER else key
        name = self.names[target][key]
        return name if len(self._ids[target][bare_name(name)]) == 1 and ";" not in name else key

    def found(self, target: str, text: str) -> str:
        """Return the id a text means; empty if none or ambiguous."""
        for one in target.split("|"):
            if text in self.names.get(one, {}):
                return text
            ids = self._ids.get(one, {}).get(bare_name(text), ())
            if len(ids) == 1:
                return ids[0]
            meant = None if one in KIND_BY_FOLDER else value_for(text, list(self.names.get(one, ())))
            if meant:
                return meant
        return ""


def bare_name(text: str) -> str:
    """Return a name for comparison, without signs and legal form.

    >>> bare_name("AWO Süd e. V.") == bare_name("awo süd")
    True
    """
    return re.sub(r"-(?:e-v|ev|ggmbh|gmbh)$", "", slug(text)) or text.strip().casefold()


def shown_cell(folder: str, column: RecordColumn, node: MapNode, names: TableNames) -> str:
    """Return a record's text in a column."""
    texts = [_write_field_text(folder, path, at(node, path), names) for path in column.paths]
    return plain_text(" ".join(filter(None, texts)))


def _write_field_text(folder: str, path: tuple[str, ...], node: Node | None, names: TableNames) -> str:
    """Return a field's text: names for ids, German words for fixed values."""
    if node is None or is_empty(node):
        return ""
    if isinstance(node, MapNode):
        # Only prices are groups; such a text is read again only where somebody changes it.
        return ", ".join(f"{key.text} {item.text}" for key, item in node.entries if isinstance(item, Scalar))
    target = target_of(folder, path)
    items = stated_items(node) if isinstance(node, ListNode) else [node]
    if path == ("closed",):
        return "; ".join(_shown_closing(item, names) for item in items)
    texts = [item.text for item in items if isinstance(item, Scalar)]
    if target and texts != ["all"]:
        texts = [names.shown(target, text) for text in texts]
    elif len(texts) == 1 and texts[0] in words_of_field(folder, path):
        texts = [VALUE_WORDS.get(texts[0], texts)[0]]
    return "; ".join(filter(None, texts))


def _shown_closing(closing: Node, names: TableNames) -> str:
    """Return a closing as a cell holds it: „2026-12-21 bis 2027-01-03, Ferien, Elterncafé, 040 …“."""
    first, last, reason, instead, number = (
        text_at(closing, name) for name in ("date", "until", "name", "instead", "instead_phone")
    )
    there = names.shown("offers", instead) if instead else ""
    days = f"{first} bis {last}" if last else first
    return ", ".join(filter(None, (days, reason, instead if "," in there else there, number)))


# By a path's last name what is done to a text before it is a value.
_RESHAPED = {
    # Spreadsheets take the zero away.
    **dict.fromkeys(("phone", "mobile"), lambda text: phone("0" * lost_zero(text) + text)),
    "email": lambda text: text.removeprefix("mailto:"),
    "website": web,
    "postcode": postcode,
    "checked": date,
    "until": date,
}
_CLOSED = ("fuer-immer-zu", "fuer-immer-geschlossen")
"""What people write of an offer that has `ended`."""


class Unknown(Struct, frozen=True):
    """A cell's text that should name something of `target` and doesn't."""

    target: str
    cell: SheetCell
    text: str


def read_cell(
    folder: str, column: RecordColumn, cell: SheetCell, names: TableNames
) -> Iterator[tuple[tuple[str, ...], Node | Unknown]]:
    """Yield (field, value) of a cell, or what it fails to name."""
    if column.paths == STREET:
        yield from _address_parts(STREET, street_and_number(cell.text) or (cell.text, ""), cell)
    elif column.paths == TOWN:
        # „D-01067 Dresden“, „1067, Dresden“
        match = re.fullmatch(r"(?:D[- ])?(\d{4,5})[ ,]+([^ ,].*)", cell.text)
        yield from _address_parts(TOWN, (postcode(match[1]), match[2]) if match else (cell.text, ""), cell)
    else:
        (path,) = column.paths
        yield from _one_field(folder, path, cell, names)


def _address_parts(
    paths: tuple[tuple[str, ...], ...], texts: tuple[str, str], cell: SheetCell
) -> Iterator[tuple[tuple[str, ...], Node]]:
    for path, text in zip(paths, texts, strict=True):
        if text:
            yield path, Scalar(text, cell.position)


def _one_field(
    folder: str, path: tuple[str, ...], cell: SheetCell, names: TableNames
) -> Iterator[tuple[tuple[str, ...], Node | Unknown]]:
    """Yield a field's value, ids for names; unknown names singly."""
    target, text = target_of(folder, path), _RESHAPED.get(path[-1], str)(cell.text)
    if path == ("closed",):
        yield from ((path, value) for value in _closings(text, cell, names))
        return
    if target and not (path == ("for",) and slug(text) in ("all", "alle", "fuer-alle")):
        several = is_list(folder, path)
        parts = _split_list_text(target, text, names) if several else [text]
        ids = [names.found(target, part) for part in parts]
        unknown = [part for part, key in zip(parts, ids, strict=True) if not key]
        house = street_and_number(text)
        if unknown and path == ("place",) and house:
            # A street with a number is an address, whoever calls it a place.
            yield from _address_parts(STREET, house, cell)
        elif unknown:
            yield from ((path, Unknown(target, cell, part)) for part in unknown)
        elif several:
            yield path, ListNode(tuple(Scalar(key, cell.position) for key in ids), cell.position)
        else:
            yield path, Scalar(ids[0], cell.position)
        return
    if target:
        # „für alle“ stands in the place of a list.
        text = "all"
    elif words := words_of_field(folder, path):
        text = "ended" if slug(text) in _CLOSED and "ended" in words else value_for(text, words) or text
    yield path, Scalar(text, cell.position)


def _closings(text: str, cell: SheetCell, names: TableNames) -> Iterator[Node | Unknown]:
    """Yield the list of a cell's closings, or the offers that it fails to name."""
    groups: list[Node] = []
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        values = [*_read_closing(part, cell, names)]
        yield from (value for _, value in values if isinstance(value, Unknown))
        entries = ((name, value) for name, value in values if isinstance(value, str))
        pairs = ((Scalar(name, cell.position), Scalar(value, cell.position)) for name, value in entries)
        groups.append(MapNode(tuple(pairs), cell.position))
    yield ListNode(tuple(groups), cell.position)


def _read_closing(part: str, cell: SheetCell, names: TableNames) -> Iterator[tuple[str, str | Unknown]]:
    """Yield one closing of a cell by its fields: days, then in any order a reason, an offer, a number."""
    days, *others = (one.strip() for one in part.split(","))
    first, _, last = (one.strip() for one in days.partition(" bis "))
    yield "date", date(first)
    if last:
        yield "until", date(last)
    for text in filter(None, others):
        if text in get_args(ClosedReason):
            yield "name", text
        elif re.match(r"[+\d(]", text):
            yield "instead_phone", phone(text)
        else:
            yield "instead", names.found("offers", text) or Unknown("offers", cell, text)


def _split_list_text(target: str, text: str, names: TableNames) -> list[str]:
    """Cut a list at semicolons and lines, at commas outside of names."""
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    found = []
    for part in parts:
        found += (
            [part]
            if names.found(target, part)
            else [item.strip() for item in part.split(",") if item.strip()]
        )
    return found
