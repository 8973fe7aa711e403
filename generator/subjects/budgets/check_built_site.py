"""Find amounts of budgets on a built site that may show none.

From the amounts of a budget's areas, with the record's weights, a withheld figure could be computed. So whatever names such a
budget and one of its areas must hold no number but years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from generator.diagnostics import Diagnostic, Position
from generator.diagnostics.codes import diagnostic
from generator.disclosure.amounts import APART, NUMBER, read
from generator.disclosure.site_audit.markup import Mention
from generator.disclosure.site_audit.spoken_names import Names, any_of, nearest, within
from generator.subjects.budgets.model import budgets

_YEARS = range(1900, 2200)
_HARMLESS = re.compile(
    r"\b\d{4}-\d{2}(?:-\d{2})?(?!\d)|\b[a-z]+-\d+(?:-\d+)*\b|\b\d{1,2}\.\s(?-i:(?=[A-ZÄÖÜ]))", re.IGNORECASE
)


class WithheldBudgets:
    """The budgets of a site that can't be computed, by id with their areas, and how its pages call them."""

    def __init__(self, names: Names, areas: Mapping[str, Iterable[str]]) -> None:
        self.names = names
        self.areas = {key: frozenset(found) for key, found in areas.items()}

    @cached_property
    def words(self) -> dict[str, str]:
        """Every name and id of a withheld budget, in lower case, with the budget."""
        found: dict[str, str] = {}
        for key in self.areas:
            budget = budgets(self.names.site)[key]
            texts = (text.name for text in budget.translations.values())
            for name in (key, budget.name, *texts):
                if name:
                    found.setdefault(name.casefold(), key)
        return found

    def wants(self, name: str, text: str) -> bool:
        """Tell whether a file, by its path and its text in lower case, could be about one of them."""
        return (self._within.search(name.casefold()) or self._within.search(text)) is not None

    @cached_property
    def _within(self) -> re.Pattern[str]:
        return within(self.words)

    def judge(self, mention: Mention) -> Diagnostic | None:
        """Report a mention that names a withheld budget, one of its areas, and a number."""
        near = [layer.casefold() for layer in (mention.text, *mention.context)]
        around = [
            *near,
            *(layer.casefold() for layer in mention.page),
            mention.file.replace("/", " ").casefold(),
        ]
        called = self._called(around)
        if not called:
            return None
        spaces = nearest(self.names.space_pattern, self.names.space_words, near)
        areas = set().union(*(self.areas[key] for key in called))
        if areas.isdisjoint(spaces):
            return None
        text = _HARMLESS.sub(" ", self.names.as_written.sub(" ", mention.text))
        if all(_is_year(match[0]) for match in NUMBER.finditer(text)):
            return None
        name = budgets(self.names.site)[called[0]].name
        shown = mention.text.replace(f"{APART} ", "")[:80]
        return diagnostic(
            "betrag-auf-der-seite", Position(mention.file, mention.line), name=name, value=shown
        )

    def _called(self, around: Sequence[str]) -> list[str]:
        """Return the budgets that are named nearest; where no text speaks of budgets, an indicator may be called like one."""
        words = self.words
        if not any("budget" in layer for layer in around):
            words = {word: key for word, key in words.items() if word not in self.names.indicator_words}
        return nearest(any_of(words), words, around)


def _is_year(word: str) -> bool:
    values = read(word)
    return (
        len(values) == 1
        and values[0] == int(values[0])
        and int(values[0]) in _YEARS
        and Decimal(word) == values[0]
    )
