"""Compute the site's colours from its accent, with enough contrast everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

TEXT_CONTRAST = 4.5
"""Least ratio of text to its ground (WCAG 2.2, SC 1.4.3); it is above the 3 that graphics need (SC 1.4.11)."""

BRIGHT_CONTRAST = 7.0
"""Least ratio of the accent to paper and card in the dark (WCAG 2.2, SC 1.4.6): numbers stand on the steps of a map, which are mixed of it."""

SURFACES = {"light": ("#faf8f4", "#ffffff"), "dark": ("#14181a", "#1d2326")}
"""Paper and card of each scheme, as in `nahraum.css`."""

INKS = {"light": ("#1c2326", "#4f5a62"), "dark": ("#eceeee", "#b3bdc2")}
"""Ink and muted ink of each scheme, as in `nahraum.css`: both stand on the soft accent."""

WHITE, BLACK = "#ffffff", "#000000"
STEPS = ((0.1, WHITE), (0.3, WHITE), (0.52, WHITE), (1.0, WHITE), (0.45, BLACK))
"""How much of the accent is in each step of a map, the least first, and with what it is mixed: in the light as in `reports.css`."""
RGB = tuple[float, float, float]


def parse_hex(text: str) -> RGB:
    """Read `#rgb` or `#rrggbb` as values from 0 to 1, else raise `ValueError`."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text):
        raise ValueError(f"no colour of the form #rrggbb: {text!r}")
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 to 1."""
    red, green, blue = (_to_linear(channel) for channel in parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21.

    >>> contrast("#000", "#fff")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 10)


def accent_tokens(accent: str) -> str:
    """Return CSS that sets the accent for light, dark and print; raises `ValueError` for no colour."""
    light, dark = _write_colour_declarations(accent, "light"), _write_colour_declarations(accent, "dark")
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def accent_scheme(accent: str, scheme: str) -> dict[str, str]:
    """Return `accent`, `accent-ink` and `accent-soft` for a light or dark scheme.

    Black is added until the accent can be read (in the dark: white); the soft one is a tenth of it (a fifth).
    """
    grounds = SURFACES[scheme]
    towards, ink, share, least = BLACK, WHITE, 0.1, TEXT_CONTRAST
    if scheme == "dark":
        towards, ink, share, least = WHITE, grounds[0], 0.2, BRIGHT_CONTRAST
    soft = _readable(mix(accent, ink, share), ink, INKS[scheme], TEXT_CONTRAST)
    colour = _readable(accent, towards, grounds, least)
    colour = _readable(colour, towards, (soft,), TEXT_CONTRAST)
    return {"accent": colour, "accent-ink": ink, "accent-soft": soft}


def map_steps(accent: str) -> list[str]:
    """Return a light map's five colours, from least to most.

    >>> map_steps("#0d6b66")
    ['#e7f0f0', '#b6d3d1', '#81b2af', '#0d6b66', '#06302e']
    """
    readable = accent_scheme(accent, "light")["accent"]
    return [mix(readable, other, share) for share, other in STEPS]


def mix(one: str, other: str, share: float) -> str:
    """Mix two colours in sRGB, `share` of the first.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = (
        round((first * share + second * (1 - share)) * 255)
        for first, second in zip(parse_hex(one), parse_hex(other), strict=True)
    )
    return f"#{bytes(parts).hex()}"


def _readable(colour: str, towards: str, beside: Iterable[str], least: float) -> str:
    """Mix in another colour by hundredths until contrast suffices."""
    others = tuple(beside)
    mixed = colour
    for percent in range(101):
        mixed = mix(towards, colour, percent / 100)
        if all(contrast(mixed, other) >= least for other in others):
            break
    return mixed


def _write_colour_declarations(accent: str, scheme: str) -> str:
    return ";".join(f"--nr-{name}:{value}" for name, value in accent_scheme(accent, scheme).items())


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
