"""Any file gives its words, whatever its encoding; what only other programs read gives none; nobody's packing costs much."""

from __future__ import annotations

import zlib

import pytest

from generator.read.seen_text import printed, words_of

SAID = "Mädchenhaus, Mühlenstraße 5"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_text_is_read_in_any_encoding(encoding: str) -> None:
    assert words_of(SAID.encode(encoding)) == SAID


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"{\\rtf1 Haus}", b"PK\3\4\0\0Haus", b"Haus\x01\x02"])
def test_what_only_other_programs_read_gives_none(data: bytes) -> None:
    assert words_of(data) is None


def test_what_is_packed_many_times_is_unpacked_up_to_a_limit() -> None:
    packed = zlib.compress(b"Frauenhaus " * 100_000)
    assert len(printed(packed * 100)) < 3_000_000
