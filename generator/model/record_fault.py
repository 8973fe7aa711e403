"""Why something isn't computed from a record and published figures: what a check makes a diagnostic of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RecordFault:
    """Why something isn't computed: the code of a diagnostic, where in the record it stands, and what it says."""

    code: str
    path: tuple[str | int, ...]
    values: Mapping[str, str] = field(default_factory=dict)
