"""Cents in, how amounts are written in tables out: always to the cent, with the sign where they are changes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from generator.render.base.macros import TableCell
from generator.render.base.texts import Texts


def euro_number(texts: Texts, cents: int) -> str:
    """Write an amount without its unit, to the cent: „1.234,50“."""
    return texts.number(Decimal(abs(cents)).scaleb(-2), 2) if cents >= 0 else f"−{euro_number(texts, -cents)}"


def euro_text(texts: Texts, cents: int) -> str:
    """Write an amount with its unit; whole euros without cents."""
    return texts.euros(Decimal(cents).scaleb(-2))


def signed_number(texts: Texts, cents: int) -> str:
    """Write a change without its unit: „+1.234,50“, „−3,00“, „0,00“."""
    return f"+{euro_number(texts, cents)}" if cents > 0 else euro_number(texts, cents)


def signed_text(texts: Texts, cents: int) -> str:
    """Write a change with its unit, whole euros without cents."""
    # A word joiner: no line ends between the sign and the amount.
    sign = "+\u2060" if cents > 0 else "−\u2060" if cents < 0 else ""
    return sign + euro_text(texts, abs(cents))


def euro_cell(texts: Texts, cents: int, *, signed: bool = False) -> TableCell:
    """Return an amount as a cell of a table."""
    return TableCell(signed_number(texts, cents) if signed else euro_number(texts, cents), sort=cents)


def share_text(texts: Texts, share: Fraction | Decimal | int, decimals: int | None = None) -> str:
    """Write a share given in per cent; by default with no more than three digits behind the comma."""
    exact = Fraction(share)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if decimals is not None:
        return texts.percent(value, decimals)
    places = next((n for n in range(3) if round(value, n) == round(value, 3)), 3)
    return texts.percent(value, places)
