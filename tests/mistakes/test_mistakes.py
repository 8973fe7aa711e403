"""Every mistake of the corpus is told well: by its code, at its line, in German, with help that ends it; nothing hidden, nothing after it."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from generator.check import obeyed, tried
from generator.diagnostics import Diagnostic, Position
from generator.pipeline.build import prepare
from tests.mistakes.judging import (
    CORPUS,
    HERE,
    OFFER,
    TODAY,
    UNDERSTOOD,
    Mistake,
    bad_town,
    judge,
    main_one,
    some_and_all,
)


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


def told(root: Path) -> list[Diagnostic]:
    return [item for item in prepare(root, TODAY).found if item.severity != "note"]


def counted(found: list[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((item.code, item.message) for item in found)


def wrongly_proposed(root: Path) -> Iterator[str]:
    """Obey each proposal for a town, one at a time; yield what was wrong with it."""
    before = told(root)
    for item in before:
        if item.instead:
            file = root / item.position.file
            text = file.read_text("utf-8")
            file.write_text(obeyed(text, item), "utf-8")
            after = counted(told(root))
            file.write_text(text, "utf-8")
            if after - counted(before) or not counted(before) - after:
                yield f"{item.message} ({item.help}): {after - counted(before)}"


@some_and_all([item for item in CORPUS if not item.command and not item.remove])
def test_each_proposal_ends_its_message_and_starts_none(tmp_path: Path, corpus: Sequence[Mistake]) -> None:
    wrong = []
    for number, mistake in enumerate(corpus):
        bad_town(mistake, tmp_path / str(number))
        wrong += [
            f"{mistake.group}, {mistake.name}: {one}" for one in wrongly_proposed(tmp_path / str(number))
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("wrong", "proposed"),
    [
        ("zeiten: Mo 9-10", ""),
        ("topics: [krabbelgrupe, krabbelgruppe]", ""),
        ("topics: [krabbelgrupe]", "krabbelgruppe"),
        ("checkd: 2026-11-03", ""),
        ("status: runing", "running"),
        ("cost: fee", ""),
    ],
)
def test_what_would_be_refused_is_not_proposed(tmp_path: Path, wrong: str, proposed: str) -> None:
    shutil.copytree(HERE / "town", tmp_path / "bad")
    file = tmp_path / "bad" / OFFER
    text = file.read_text("utf-8")
    kept = [line for line in text.splitlines() if not wrong.startswith(f"{line.split(':')[0]}:")]
    file.write_text("\n".join([*kept, wrong]) + "\n", "utf-8")
    found = [item for item in told(tmp_path / "bad") if item.position.line == len(kept) + 1]
    assert found
    assert {item.instead for item in found} - {""} == ({proposed} if proposed else set())
    assert list(wrongly_proposed(tmp_path / "bad")) == []


def test_a_hint_that_an_error_had_hidden_spoils_no_proposal() -> None:
    wrong = Diagnostic(
        "falscher-wert", "error", Position("a.yml", 1, 1, 3), "fal", "gut schreiben", instead="gut"
    )
    hint = Diagnostic("selten", "note", Position("a.yml", 1, 1), "Das kommt selten vor", "nachsehen")
    for severity, kept in (("note", True), ("warning", False), ("error", False)):
        after = [msgspec.structs.replace(hint, severity=severity)]
        (item,) = tried([wrong], "fal", lambda text, after=after: [wrong] if text == "fal" else after)
        assert (item == wrong) is kept
