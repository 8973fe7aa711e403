"""A line that a subject adds to the page of an area (`lines` in its `sections.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class AreaLine:
    """What a record says of an area: the kind and id of its page, its name, a mark behind the name, and what it says."""

    kind: str
    id: str
    name: Markup
    mark: str
    says: Markup
