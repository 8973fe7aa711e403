"""Quick ways give what the long ones give: relative links, and Markdown that is nothing but words."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.pipeline.build import Project
from generator.render.base import markdown as module
from generator.render.base.markdown import markdown, plain_text
from generator.render.base.urls import relative

FOLDERS = some.lists(some.sampled_from(["a", "b", "aa"]), max_size=4).map(
    lambda steps: "".join(f"{s}/" for s in steps)
)
SIGNS = "abÄß.,;:?!()„“-–+/% \n19_*`#&<>[]|~=\t\\\u00a0\u00ad\u2028²ª"


@given(FOLDERS, FOLDERS, some.sampled_from(["", "index.html", "c.json"]), some.sampled_from(["", "#d"]))
def test_a_relative_link_leads_where_the_path_does(origin: str, target: str, file: str, anchor: str) -> None:
    page = target + file
    link, mark, rest = relative(origin, page + anchor if page else page).partition("#")
    assert posixpath.normpath(posixpath.join("/", origin, link)) == posixpath.normpath(f"/{page}")
    assert file or link.endswith("/")
    assert mark + rest == (anchor if page else "")
    assert ".." not in link.removeprefix("../" * link.count("../"))


@given(some.text(SIGNS, max_size=30) | some.text("abÄ .,\n", max_size=30))
def test_plain_words_become_what_markdown_makes_of_them(text: str) -> None:
    quick = markdown(text), plain_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PLAIN", re.compile(r"(?!)"))
        assert quick == (markdown(text), plain_text(text))


@pytest.mark.parametrize("kind", ["offer", "topic", "offer-list"])
def test_links_to_many_pages_of_a_kind_are_those_to_each(demo: Project, kind: str) -> None:
    for context in demo.contexts:
        for origin in (
            "",
            "angebote/",
            "angebote/nach/gebiet/nord/seite/2/",
            "themen/wohnen/",
            "en/angebote/",
            "tr/",
        ):
            link = context.linking(origin, kind)
            for key in ("krabbelgruppe", "kita", "a-1"):
                assert link(key) == relative(origin, context.path(kind, key))
