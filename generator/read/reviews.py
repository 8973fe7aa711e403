"""Hand-written pages in; who reviewed which crisis text, and what is wrong with how that is written, out."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Diagnostic
from generator.model.crisis import TextReview, crisis_language
from generator.read.content import FOLDER, head_of
from generator.read.nodes import MapNode
from generator.read.records import validate

FIELD = "reviewed"


def read_reviews(
    pages: Mapping[str, str], languages: tuple[str, ...]
) -> tuple[dict[str, TextReview], list[Diagnostic]]:
    """Return the review of each crisis text that has one, by the page's name below `content/`."""
    found: dict[str, TextReview] = {}
    problems: list[Diagnostic] = []
    for name, text in pages.items():
        if crisis_language(name, languages) is None:
            continue
        head = head_of(text, f"{FOLDER}/{name}")
        node = head.get(FIELD) if isinstance(head, MapNode) else None
        if node is None:
            continue
        review, wrong = validate(TextReview, node)
        problems += wrong
        if review is not None:
            found[name] = review
    return found, problems
