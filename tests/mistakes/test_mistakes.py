"""Every mistake of the corpus is told well: by its code, at its line, in German, with help that ends it; nothing hidden, nothing after it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import Diagnostic, Position
from tests.mistakes.judging import CORPUS, UNDERSTOOD, Mistake, english, judge, main_one, some_and_all, unsaid


@some_and_all(CORPUS)
def test_each_mistake_is_told_well(tmp_path: Path, corpus: Sequence[Mistake]) -> None:
    wrong = []
    for number, mistake in enumerate(corpus):
        verdict = judge(mistake, tmp_path / str(number))
        code = main_one(mistake, verdict.told).code if verdict.told else UNDERSTOOD
        if verdict.silent or verdict.missing or code != mistake.code:
            wrong.append(f"{mistake.group}, {mistake.name}: {code}, {verdict.missing}, {verdict.told}")
    assert not wrong, "\n".join(wrong)


def test_the_corpus_is_large_and_every_mistake_has_a_name_of_its_own() -> None:
    assert len({(item.group, item.name) for item in CORPUS}) == len(CORPUS) >= 120


def _said(message: str, help_: str) -> Diagnostic:
    return Diagnostic("code", "error", Position("a.yml"), message, help_)


def test_english_is_recognised_and_names_of_fields_are_not() -> None:
    assert english(_said("Das ist kein gültiges YAML: could not find expected ':'", "prüfen"))
    assert not english(
        _said("„not found“ ist kein Träger", "status: running schreiben; möglich sind: [yes, no]")
    )


def test_help_has_to_name_what_the_correction_adds() -> None:
    mistake = Mistake("g", "n", "c", bad="cost: gratis", good="cost: {amount: 3}")
    assert unsaid(mistake, [_said("falsch", "prüfen")]) == ["amount", "3", ":", "{", "}"]
    assert unsaid(mistake, [_said("falsch", "cost: {amount: 3} schreiben")]) == []
