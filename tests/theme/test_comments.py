"""What browsers get of a stylesheet is the same; a lexer of others says so. Of scripts: tests/theme/test_scripts.py."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from pygments.lexer import Lexer
from pygments.lexers.css import CssLexer
from pygments.token import Comment, Whitespace

from generator.theme.material import assets, without_comments

ASSETS = Path(str(files("generator") / "assets"))
OURS = sorted((ASSETS / "css").glob("*.css"))


def program(text: str, lexer: Lexer) -> list[tuple[object, str]]:
    """Tokens but comments and blanks."""
    return [
        (kind, value)
        for kind, value in lexer.get_tokens(text)
        if kind not in Comment and kind not in Whitespace and value.strip()
    ]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_but_comments_is_left_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lexer = CssLexer()
    assert program(without_comments(text), lexer) == program(text, lexer)


def test_a_lexer_of_others_sees_what_would_be_lost() -> None:
    lexer = CssLexer()
    text = "a::before { content: '\\\n/* no comment */\\\n'; }\n"
    assert program(without_comments(text), lexer) != program(text, lexer)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("b {}  /* a */\n", "b {}  /* a */\n"),
        ("  /* a */\nlet b;\n", "let b;\n"),
        ("/* a\n   b */ let c;\n/* d */", " let c;\n"),
        ("/* a\n\nlet b;\n*/\nlet c;", "let c;"),
        ("/** a **/\n/**/\nlet b;\n", "let b;\n"),
        ("/*/ a\nlet b;\n*/\nlet c;\n", "let c;\n"),
        ("/* a */ /* b */\nlet c;\n", " /* b */\nlet c;\n"),
        ("", ""),
    ],
)
def test_comments_on_lines_of_their_own_stay_at_home(text: str, left: str) -> None:
    assert without_comments(text) == left


def test_the_site_gets_them_without() -> None:
    made = assets("#00695c", [], {}).files
    texts = {
        name.rsplit("/", 1)[-1]: content.decode() for name, content in made.items() if name.endswith(".css")
    }
    for path in OURS:
        assert texts[path.name].startswith(without_comments(path.read_text(encoding="utf-8")))
