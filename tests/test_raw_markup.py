"""No page of a built site shows what was meant for the program: no call, no attribute, no Markdown, no entity."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import NAMES
from tests.raw_markup import raw_in, raw_pages


def test_the_demo_shows_nothing_as_it_was_written(demo_site: Path) -> None:
    # It publishes nothing: what only a town knows stands in its texts as `[[…]]`.
    assert raw_pages(demo_site, unfinished=True) == {}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_shows_nothing_as_it_was_written(built_examples: Mapping[str, Path], name: str) -> None:
    assert raw_pages(built_examples[name], unfinished=True) == {}


@pytest.mark.parametrize(
    ("html", "raw"),
    [
        ("<p>{{ help_numbers() }}</p>", ["{{", "}}"]),
        ("<h2>Kosten {#kosten}</h2>", ["{#kosten}"]),
        ("<p>Von [[Name]]</p>", ["[[", "]]"]),
        ("<p>**wichtig** und [hier](../)</p>", ["**w", "g**", "](../)"]),
        ('<p title="{{ x }}">Gleich&amp;shy;stellung</p>', ["&shy;", "{{", "}}"]),
        ("<p>## Kosten</p><p># 3 Häuser</p>", ["## K", "# 3"]),
        (
            '<p data-open="[[1],{}}">4 < 5 & 6 [1] {a} ü</p><script>[[{{}}]]</script><code>{{ a() }}</code>',
            [],
        ),
    ],
)
def test_what_is_raw_is_found(html: str, raw: list[str]) -> None:
    assert raw_in(html) == raw
