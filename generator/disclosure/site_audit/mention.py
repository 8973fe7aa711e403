"""What the scanner hands on: a text with a number and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of a file; `context` runs from near to far (heading of its column, its row, caption, heading of its section).

    `page` is what the whole page or file is about: its first heading, its title, its name, or what stands around data from afar.
    What is `loose` is the text of a whole box, whose pieces are mentions of their own. `heading` names the column or key of a structured value; prose is not structured.
    """

    file: str
    place: str
    text: str
    context: tuple[str, ...]
    heading: str = ""
    structured: bool = False
    page: tuple[str, ...] = ()
    loose: bool = False

    @property
    def line(self) -> int:
        """The line of the file, where the place says it; else the first."""
        found = re.search(r"Zeile (\d+)", self.place)
        return int(found[1]) if found else 1
