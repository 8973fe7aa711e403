"""Cells of tables: numbers, streets and ids as real tables write them."""

import contextlib
from collections.abc import Callable
from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from generator.edit.tables.table_columns import (
    degrees,
    house_number,
    number,
    phone,
    point_decimal,
    street,
    web,
)
from generator.model.dear_numbers_and_hosts import dialled
from generator.model.groups import read_cost
from generator.model.names_and_ids import slug
from generator.model.scalars import (
    lost_zero,
    one_address,
    parse_amount,
    parse_euros,
    parse_number,
    parse_percent,
    parse_phone,
    parse_url,
)


@pytest.mark.parametrize(
    ("written", "national"),
    [
        ("+49302816473", "030 2816473"),
        ("0049 30 2816473", "030 2816473"),
        ("+49 (0)221 / 4710-123", "0221 4710-123"),
        ("+49 221 4710123", "0221 4710123"),
        ("+4917139200", "0171 39200"),
        ("+4930+49304655897", "030 4655897"),
        ("+4930+49017627842105", "0176 27842105"),
        ("+4930.346466430", "030 346466430"),
        ("+4930–54719422", "030 54719422"),
        ("+493080406757", "030 80406757"),
        ("030/23125-100", "030 23125-100"),
        ("040 66969-100", "040 66969-100"),
        ("+48221234567", "+48221234567"),
        ("(0221) 22 22 22", "0221 22 22 22"),
        ("(0221)22-2222", "0221 22-2222"),
        ("(0221)/22-2222", "0221 22-2222"),
        ("", ""),
    ],
)
def test_phones(written: str, national: str) -> None:
    assert phone(written) == national
    if national:
        assert parse_phone(national) == national


@pytest.mark.parametrize(
    "written",
    [
        "0221-12 34 56 / 57",
        "0221 123456/57",
        "0221/1234/56",
        "04651/98765/66",
        "0221/4711/-12",
        "040 66969-256 -259",
        "0431/12",
    ],
)
def test_two_numbers_in_a_cell_do_not_become_one(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_phone(phone(written))


@pytest.mark.parametrize(
    "written",
    [
        "0221 / 123 45 - 67", "0 22 34 / 56 78", "+49 (0)221/4710-0", "+49 33701 / 1234", "040/66969 910", "(0221) 22 22 22",
        "(0221) / 22-0",
    ],
)  # fmt: skip
def test_a_slash_behind_the_area_code_may_stand_and_brackets_around_it(written: str) -> None:
    assert parse_phone(written) == written.replace("(0)", "")
    assert dialled(parse_phone(phone(written))) == dialled(written)


@pytest.mark.parametrize(
    "written", ["HTTP://a.example", "https:/a.example", "//a.example", "ftp://a.example"]
)
def test_an_address_with_another_scheme_gets_no_second_one(written: str) -> None:
    assert web(written) == written
    with pytest.raises(PydanticCustomError):
        parse_url(written)


@pytest.mark.parametrize(
    ("line", "name", "house"),
    [
        ("Albrechtstr. 20", "Albrechtstr.", "20"),
        ("Französische Str. 16a u. 16b", "Französische Str.", "16a u. 16b"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135"),
        ("Straße des 17. Juni", "Straße des 17. Juni", ""),
        ("Am Markt", "Am Markt", ""),
        ("Allee der Kosmonauten 23-25", "Allee der Kosmonauten", "23-25"),
        ("Hauptstr.12 b", "Hauptstr.", "12 b"),
        ("Platz 3/4", "Platz", "3/4"),
        ("Seeweg, 7", "Seeweg", "7"),
        ("", "", ""),
    ],
)
def test_streets(line: str, name: str, house: str) -> None:
    assert (street(line), number(line)) == (name, house)


def test_small_things() -> None:
    assert slug("  Süd-Ost / Träger Nr. 3 ") == "sued-ost-traeger-nr-3"
    assert (degrees("13.384392505580408"), degrees("13.38"), degrees("x")) == ("13.384393", "13.38", "x")
    assert (house_number("0001a"), house_number("0"), house_number("12")) == ("1a", "0", "12")
    assert (web("a.example"), web("http://a.example"), web("")) == (
        "https://a.example",
        "http://a.example",
        "",
    )
    assert (point_decimal("13,38"), point_decimal("1,2,3"), point_decimal("a, b")) == (
        "13.38",
        "1,2,3",
        "a, b",
    )


@pytest.mark.parametrize(
    "written", ["(0) 221 22", "(0221 22 22", "(bei Anna) 0221 22", "(+49) 0221 22 22 22"]
)
def test_brackets_around_anything_else_are_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_phone(written)


@pytest.mark.parametrize(
    ("number", "lost"),
    [
        ("2213514961", True),
        ("221 3514961", True),
        ("221/351-4961", True),
        ("351 49-61", False),
        ("116 117", False),
        ("0221 3514961", False),
    ],
)
def test_more_digits_than_a_number_without_area_code_has_lost_their_zero(number: str, *, lost: bool) -> None:
    assert lost_zero(number) is lost


@pytest.mark.parametrize(
    ("street", "two"),
    [
        ("Am Markt 3 / Flussweg", True),
        ("Am Markt 3 und Flussweg", True),
        ("Am Markt 3\nFlussweg", True),
        ("Straße des 17. Juni", False),
        ("Q 7", False),
        ("Platz der Republik", False),
    ],
)
def test_two_addresses_in_a_cell_do_not_become_one(street: str, two: bool) -> None:
    with pytest.raises(PydanticCustomError, match="zwei-anschriften") if two else contextlib.nullcontext():
        assert one_address(street) == street


@pytest.mark.parametrize("parse", [parse_number, parse_amount, parse_euros, parse_percent])
def test_of_thousands_or_decimals_it_is_asked(parse: Callable[[str], Decimal]) -> None:
    for text in ("3.868", "1.200"):
        with pytest.raises(PydanticCustomError, match=r"tausender-oder-nicht|betrag-mehrdeutig"):
            parse(text)
    assert parse("38.68") == Decimal("38.68")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3,50 €", {"amount": "3.50"}),
        ("6 € / Monat", {"amount": "6", "per": "Monat"}),
        ("3 bis 8 € je Tag, mit Pass frei", {"amount": "3", "up_to": "8", "per": "Tag", "note": "mit Pass frei"}),
        ("5 € (Mitglieder 3 €)", {"amount": "5", "note": "Mitglieder 3 €"}),
        ("kostenlos", "free"),
        # What the grammar doesn't cover says nothing certain.
        *(
            (text, {"note": text})
            for text in (
                "3,50 € / Kinder bis 6 frei", "3 Euro fünfzig", "ab 3 €", "kostenlos (mit Pass)", "3 €/4 €", "je Kind 3 €",
            )
        ),
    ],
)  # fmt: skip
def test_a_price_is_read_or_stays_as_it_is_written(written: str, read: object) -> None:
    assert read_cost(written) == read
