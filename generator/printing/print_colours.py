"""The accent colour in, the stylesheets of printed reports out: real colours, because drawings in a PDF know no variables."""

from __future__ import annotations

from functools import cache
from string import Template

from generator.files.packaged import packaged_text
from generator.theme.colours import accent_scheme, contrast, parse_hex

WHITE, INK = "#ffffff", "#1c2326"
_STEPS = (0.10, 0.30, 0.52, 1.0)
_TO_BLACK = 0.45


def stylesheet(name: str, accent: str) -> str:
    """Return `page.css` or `picture.css` with the town's colours filled in."""
    return Template(_text(name)).substitute(palette(accent))


def palette(accent: str) -> dict[str, str]:
    """Return the colours by name: the accent, dark enough to read, and the five classes of maps, as on screen."""
    steps = [mix(accent, WHITE, share) for share in _STEPS] + [mix(accent, "#000000", _TO_BLACK)]
    return {
        "accent": accent_scheme(accent, "light")["accent"],
        "ink": INK,
        "white": WHITE,
        "muted": "#4f5a62",
        "line": "#d9d2c6",
        "edge": "#857b6c",
        "grey": "#6f7780",
        **{f"step{number}": step for number, step in enumerate(steps, 1)},
        **{f"ink{number}": _ink_on(step) for number, step in enumerate(steps, 1)},
    }


def mix(one: str, other: str, share: float) -> str:
    """Return the colour with `share` of one and the rest of the other, mixed in sRGB.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = (
        round((first * share + second * (1 - share)) * 255)
        for first, second in zip(parse_hex(one), parse_hex(other), strict=True)
    )
    return f"#{bytes(parts).hex()}"


def _ink_on(ground: str) -> str:
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE


@cache
def _text(name: str) -> str:
    return packaged_text("generator.printing", name)
