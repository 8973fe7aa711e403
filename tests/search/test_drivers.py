"""What runs the browser's modules outside of a browser says what went wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.node import answering


def test_an_answer_comes_for_each_question_and_an_error_in_its_own_words(tmp_path: Path) -> None:
    driver = tmp_path / "doubling.mjs"
    driver.write_text(
        'export const start = ({ unit }) => (asked) => {\n  if (asked < 0) throw new Error("below nothing");\n'
        "  return `${2 * asked} ${unit}`;\n};\n",
        encoding="utf-8",
    )
    with answering(driver, {"unit": "€"}, names=[]) as ask:
        assert [ask(1), ask(2)] == ["2 €", "4 €"]
        with pytest.raises(RuntimeError, match="below nothing"):
            ask(-1)
        with pytest.raises(RuntimeError, match="below nothing"):
            ask(1)
