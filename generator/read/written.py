"""Values in, the text that stands for them in a record out, as help shows it."""

from __future__ import annotations

import re

from generator.model.samples import Value

SHOWN = 80
"""Characters of a text that help repeats, at most."""
UNKNOWN = "…"
"""Stands for what nobody said."""
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s])(?:(?!:\s|\s#|:$).)+")


def shortened(text: str) -> str:
    """Return a text as far as help repeats it."""
    text = text.strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def quoted(text: str) -> str:
    """Write a text between quotation marks."""
    short = shortened(text)
    return f"'{short}'" if '"' in short else f'"{short}"'


def needs_quotes(text: str, *, flow: bool = False) -> bool:
    """Tell whether YAML would take a text for something else."""
    return _PLAIN.fullmatch(text) is None or (flow and re.search(r"[,\[\]{}]", text) is not None)


def flow(value: Value, *, inside: bool = False) -> str:
    """Write a value in one line; `inside` brackets a comma needs quotation marks."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item, inside=True)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item, inside=True) for item in value) + "]"
    return quoted(value) if value != UNKNOWN and needs_quotes(value, flow=inside) else value


def moved(is_: int, should: int) -> str:
    """Say how the beginning of a line is mended that is indented otherwise than it should."""
    count = abs(is_ - should)
    spaces = "ein Leerzeichen" if count == 1 else f"{count} Leerzeichen"
    return f"am Anfang der Zeile {spaces} {'löschen' if is_ > should else 'ergänzen'}"
