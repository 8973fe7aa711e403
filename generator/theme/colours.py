"""Takes the accent colour from the configuration, hands out the colour tokens of the stylesheet for light and dark.

The contrast is computed, not hoped for: lightness moves until the accent can be read on every surface it stands on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

TEXT_CONTRAST = 4.5
"""Least ratio of text to its ground (WCAG 2.2, SC 1.4.3); it is above the 3 that graphics need (SC 1.4.11)."""

SURFACES = {"light": ("#faf8f4", "#ffffff"), "dark": ("#14181a", "#1d2326")}
"""Paper and card of each scheme, as in `nahraum.css`."""

INKS = {"light": ("#1c2326", "#4f5a62"), "dark": ("#eceeee", "#b3bdc2")}
"""Ink and muted ink of each scheme, as in `nahraum.css`: both stand on the soft accent."""

RGB = tuple[float, float, float]


def parse_hex(text: str) -> RGB:
    """Take a colour as `#rgb` or `#rrggbb`, hand out red, green and blue between 0 and 1.

    Raises `ValueError` when the text is no such colour.
    """
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text):
        raise ValueError(f"no colour of the form #rrggbb: {text!r}")
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def luminance(colour: str) -> float:
    """Take a colour, hand out its relative luminance between 0 and 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_to_linear(channel) for channel in parse_hex(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Take two colours, hand out their contrast ratio between 1 and 21 (WCAG 2.2, "contrast ratio").

    >>> contrast("#000", "#fff")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return round((light + 0.05) / (dark + 0.05), 10)


def accent_tokens(accent: str) -> str:
    """Take the accent colour, hand out the stylesheet that sets the accent tokens for light, dark and print.

    Raises `ValueError` when `accent` is no colour.
    """
    light, dark = _declarations(accent, "light"), _declarations(accent, "dark")
    return (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-nr-scheme=light]){{{dark}}}}}\n"
        f"@media screen{{:root[data-nr-scheme=dark]{{{dark}}}}}\n"
    )


def accent_scheme(accent: str, scheme: str) -> dict[str, str]:
    """Take the accent and `light` or `dark`, hand out the colours `accent`, `accent-ink` and `accent-soft`."""
    lightness, chroma, hue = _to_oklch(parse_hex(accent))
    tint = min(chroma, 0.1)
    step = -0.005 if scheme == "light" else 0.005
    soft_at, ink_at = (0.955, 1.0) if scheme == "light" else (0.285, 0.22)
    soft = _first_readable(soft_at, tint * 0.2 if scheme == "light" else tint * 0.4, hue, -step, INKS[scheme])
    start = lightness if scheme == "light" else max(lightness, 0.76)
    strength = chroma if scheme == "light" else min(chroma, 0.13)
    colour = _first_readable(start, strength, hue, step, (*SURFACES[scheme], soft))
    ink = _first_readable(ink_at, 0.0 if scheme == "light" else tint * 0.4, hue, -step, (colour,))
    return {"accent": colour, "accent-ink": ink, "accent-soft": soft}


def _declarations(accent: str, scheme: str) -> str:
    return ";".join(f"--nr-{name}:{value}" for name, value in accent_scheme(accent, scheme).items())


def _first_readable(start: float, chroma: float, hue: float, step: float, against: Iterable[str]) -> str:
    """Move lightness from `start` by `step` until the colour has text contrast to all of `against`."""
    grounds, lightness = tuple(against), start
    while True:
        colour = _hex_of(lightness, chroma, hue)
        if not 0 < lightness < 1 or all(contrast(colour, ground) >= TEXT_CONTRAST for ground in grounds):
            return colour
        lightness += step


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _to_gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _to_oklch(colour: RGB) -> tuple[float, float, float]:
    """Hand out lightness, chroma and hue (radians) in OKLCH (Björn Ottosson, 2020: even steps look even)."""
    red, green, blue = (_to_linear(channel) for channel in colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> RGB:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _hex_of(lightness: float, chroma: float, hue: float) -> str:
    """Hand out the nearest colour a screen can show, by giving up chroma before lightness and hue."""
    lightness = min(max(lightness, 0.0), 1.0)
    channels = _from_oklch(lightness, chroma, hue)
    while chroma > 0 and not all(-1e-4 <= channel <= 1.0001 for channel in channels):
        chroma = max(0.0, chroma - 0.004)
        channels = _from_oklch(lightness, chroma, hue)
    return "#" + "".join(f"{round(_to_gamma(min(max(c, 0.0), 1.0)) * 255):02x}" for c in channels)
