"""Colours: what stands on what can be read, for any accent colour and in both schemes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.base.colours import (
    INKS,
    SURFACES,
    TEXT_CONTRAST,
    accent_scheme,
    accent_tokens,
    contrast,
    parse_hex,
)

STYLESHEET = Path(__file__).parents[2] / "generator" / "assets" / "css" / "nahraum.css"
GRAPHICS_CONTRAST = 3.0
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("paper", "card", "accent-soft")),
    *((ink, ground) for ink in ("ok", "soon", "alarm") for ground in ("paper", "card")),
    ("ok", "ok-soft"),
    ("soon", "soon-soft"),
    ("alarm", "alarm-soft"),
    ("ink", "alarm-soft"),
    ("ink", "sun-soft"),
    ("muted", "sun-soft"),
    ("accent", "sun-soft"),
    ("accent-ink", "accent"),
    ("paper", "alarm"),
]
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens(scheme: str) -> dict[str, str]:
    """Hand out the colour tokens that the stylesheet sets for `light` or `dark`."""
    css = STYLESHEET.read_text("utf-8")
    start = {"light": ":root {", "dark": "dark) {\n  :root {"}[scheme]
    block = css[css.index(start) :]
    return dict(re.findall(r"--nr-([a-z-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000", "#fff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_of_known_pairs(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345g", "0d6b66", "#0d6b66 ", "#0d6b6600"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        parse_hex(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_fixed_tokens_can_be_read(scheme: str, ink: str, ground: str) -> None:
    found = tokens(scheme)
    assert contrast(found[ink], found[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_can_be_seen(scheme: str) -> None:
    found = tokens(scheme)
    assert min(contrast(found["edge"], found[ground]) for ground in ("paper", "card")) >= GRAPHICS_CONTRAST


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_surfaces_and_inks_are_those_of_the_stylesheet(scheme: str) -> None:
    found = tokens(scheme)
    assert SURFACES[scheme] == (found["paper"], found["card"])
    assert INKS[scheme] == (found["ink"], found["muted"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_default_accent_is_the_computed_one(scheme: str) -> None:
    found, computed = tokens(scheme), accent_scheme("#0d6b66", scheme)
    assert {name: found[name] for name in computed} == computed


@given(accent=colours, scheme=st.sampled_from(["light", "dark"]))
def test_any_accent_can_be_read(accent: str, scheme: str) -> None:
    made = accent_scheme(accent, scheme)
    assert all(contrast(made["accent"], ground) >= TEXT_CONTRAST for ground in SURFACES[scheme])
    assert contrast(made["accent"], made["accent-soft"]) >= TEXT_CONTRAST
    assert contrast(made["accent-ink"], made["accent"]) >= TEXT_CONTRAST
    assert all(contrast(ink, made["accent-soft"]) >= TEXT_CONTRAST for ink in INKS[scheme])


@given(accent=colours)
def test_a_light_accent_that_can_be_read_stays_as_it_is(accent: str) -> None:
    made = accent_scheme(accent, "light")
    if all(
        contrast(accent, ground) >= TEXT_CONTRAST + 0.1
        for ground in (*SURFACES["light"], made["accent-soft"])
    ):
        kept = zip(parse_hex(accent), parse_hex(made["accent"]), strict=True)
        assert all(abs(given - made_of) < 0.01 for given, made_of in kept)


def test_the_stylesheet_follows_the_device_on_screens() -> None:
    css = accent_tokens("#7a1f5c")
    assert css.startswith(":root{--nr-accent:#7a1f5c;--nr-accent-ink:#ffffff;")
    assert css.count("@media screen and (prefers-color-scheme:dark){:root{--nr-accent:") == 1
