"""What planners ask of the directory: the measures that their questions are about, said on the page as they are computed."""

from __future__ import annotations

CHILD = (6, 10)
"""Whole years of age, both included: primary school."""
AFTERNOON = 16 * 60
"""Minutes of the day at which most all-day schools end."""
WALK = 1000
"""Metres on foot."""
DETOUR = 1.3
"""How much longer a walk is than the straight line: usual factors for towns lie between 1.2 and 1.4."""
_LANGUAGE = "sprache-"


def language_question(language: str) -> str:
    """Return the id of the question who speaks a language."""
    return f"{_LANGUAGE}{language.lower()}"


def asked_language(question: str) -> str:
    """Return the language that a question is about; empty for the others."""
    return question.removeprefix(_LANGUAGE) if question.startswith(_LANGUAGE) else ""
