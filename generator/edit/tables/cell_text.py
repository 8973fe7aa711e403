"""Turn a cell's text into a record's: numbers, addresses, dates, web addresses, degrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.model.names_and_ids import slug
from generator.model.scalars import AREA_CODE
from generator.model.site import street_and_number

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
