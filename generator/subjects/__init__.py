"""Hold what a town may have beside what families use, a folder each."""

ALWAYS: tuple[str, ...] = ("reporting",)
"""What no town leaves out by its settings; a program without its folder still builds a directory."""
SUBJECTS: tuple[str, ...] = (
    "casework",
    "budgets",
    "evaluations",
    "measures",
    "meetings",
    "forecasts",
)
"""What a town may leave out (`subjects` in `site_config.yml`)."""
