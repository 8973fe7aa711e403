"""The subjects that a town may have beside what families use. Each is a folder here; its name in this tuple is all that the house knows of it.

`generator/parts.py` finds what a subject gives to each room, docs/changes.md says how one is added.
"""

SUBJECTS: tuple[str, ...] = (
    "casework",
    "budgets",
    "evaluations",
    "measures",
    "meetings",
    "sustainability",
    "forecasts",
)
