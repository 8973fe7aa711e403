"""Which numbers of a field may say how many people were counted, and what a written number can mean."""

from __future__ import annotations

import pytest

from generator.disclosure.gates.value_rows import numbers, read


@pytest.mark.parametrize("text", ["2026-11", "2026-11-20", "2026-11-20T09:00:00+01:00", "am 7. Mai", "on 31 December 2025", "am 3.5.", "am 3. 5. 2026", "am 3.5.26", "9:30", "9:30:15", "bild_7.png", "v1.2", "haus-west-7", "a3f9c2", "§ 8a"])  # fmt: skip
def test_days_times_and_names_are_no_counts(text: str) -> None:
    for sentence in (text, f"Wir zeigen: {text}, und so weiter"):
        assert numbers(sentence) == (), sentence


@pytest.mark.parametrize("text", ["7 dort", "7 Jungen", "7 Maikinder", "um 7 Uhr", "§ 7", "7 km", "12345 davon", "7 Prozent", "im Mai gab es 7", "112 Familien"])  # fmt: skip
def test_all_others_may_be(text: str) -> None:
    """Whether a sentence names a law or a distance, a person reads."""
    assert len(numbers(f"In West {text}.")) == 1, text


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("0", ["0"]),
        ("1.585", ["1.585", "1585"]),
        ("1,585", ["1.585", "1585"]),
        ("−3,5", ["-3.5"]),
        ("-3.5", ["-3.5"]),
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567", ["1234567"]),
        ("1 234", ["1234"]),
        ("1\u202f234,5", ["1234.5"]),
        ("1'234", ["1234"]),
        ("12.04.2024", []),
        ("zwei", []),
        ("", []),
        ("3.", []),
    ],
)
def test_what_a_written_number_can_mean(written: str, values: list[str]) -> None:
    assert [str(value) for value in read(written)] == values
