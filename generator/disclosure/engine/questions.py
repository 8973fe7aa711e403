"""What a solver is asked, and how its answers end: rows and bounds of a small system."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from .linear_system import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class System:
    """Rows and bounds of a block of the table, all in the block's own numbering."""

    matrix: csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats


class Ending(Enum):
    """How a question ended: with a best point, with the best one within the limit, without an end, or with none at all."""

    PROVEN = auto()
    LIMIT = auto()
    ENDLESS = auto()
    IMPOSSIBLE = auto()
    UNKNOWN = auto()
