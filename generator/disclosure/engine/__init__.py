"""Disclosure control: takes raw counts and what is published, hands out what must be withheld and what leaks.

`build_table` writes down what an attacker knows, `find_primary` applies the rules, `suppress` finds the further cells,
`attack` works out what a published table gives away, `find_leaks` and `explain` say where and by what, `play_others` does so
for those who know or guess more, `round_table` is the alternative to withholding. `all_reached` walks up or down a hierarchy.
"""

from .attack import Attack, FeasibilityInterval, attack
from .attackers import play_others
from .board import BoardCell, Guard
from .contributors import all_reached
from .cover import Limits
from .leaks import Attacker, Evidence, Leak, LeakKind, explain, find_leaks
from .linear_system import Key, Statement, Sum, TableSystem, build_table
from .rounding import Rounding, round_count, round_table
from .sensitivity import Observation, Primary, Reason, SensitivityRule, find_primary, rate_gives_count_away
from .suppression import CellOutcome, Role, SuppressionPattern, review, suppress

__all__ = [
    "Attack",
    "Attacker",
    "BoardCell",
    "CellOutcome",
    "Evidence",
    "FeasibilityInterval",
    "Guard",
    "Key",
    "Leak",
    "LeakKind",
    "Limits",
    "Observation",
    "Primary",
    "Reason",
    "Role",
    "Rounding",
    "SensitivityRule",
    "Statement",
    "Sum",
    "SuppressionPattern",
    "TableSystem",
    "all_reached",
    "attack",
    "build_table",
    "explain",
    "find_leaks",
    "find_primary",
    "play_others",
    "rate_gives_count_away",
    "review",
    "round_count",
    "round_table",
    "suppress",
]
