"""What browsers load of the scripts is made of those in the repository, and so that a page loads few files of one version."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from pygments.lexer import Lexer
from pygments.lexers.css import CssLexer
from pygments.token import Comment, Whitespace

from bench.bundle import DIGEST, TARGET, bundled, digest
from generator.render.frame.families import (
    BUNDLES,
    FAMILIES,
    MADE,
    made_files,
    script_file,
    scripts_folder,
    with_imports,
)
from generator.theme.material import assets, without_comments
from tests.chance import whole

WITH_SCRIPTS = [name for name, family in FAMILIES.items() if family.scripts]
_TAKEN = re.compile(r'import\{([^}]*)\}from"\./([\w-]+\.js)"')
_GIVEN = re.compile(r"export\{([^}]*)\}")


def first_load(family: str) -> set[str]:
    """Return what a page of a family loads before anybody touches it; every page has `site.js`."""
    return {"site.js", *with_imports(script_file(family), later=False, folder=MADE)}


def test_what_was_made_is_of_todays_sources() -> None:
    """So a stale file is found where there is no esbuild too."""
    assert (TARGET / DIGEST).read_text("utf-8").strip() == digest(), "run make scripts"


@whole
@pytest.mark.needs("Node.js", "esbuild", "lean-qr")
def test_made_anew_it_is_the_same_to_the_byte() -> None:
    anew = bundled()
    assert anew == {name: content.decode() for name, content in made_files().items()}
    assert bundled() == anew


@pytest.mark.parametrize("family", WITH_SCRIPTS)
def test_every_page_has_its_scripts(family: str) -> None:
    """A page finds whatever its files take from each other."""
    made = made_files()
    assert script_file(family) in made
    for name in with_imports(script_file(family), folder=MADE):
        for taken, there in _TAKEN.findall(made[name].decode()):
            given = {one.rpartition(" as ")[2] for one in _names(_GIVEN, made[there].decode())}
            assert {one.partition(" as ")[0] for one in taken.split(",")} <= given


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    return [name for names in pattern.findall(text) for name in names.split(",")]


def test_the_home_page_and_the_directory_ask_for_few_files() -> None:
    assert len(first_load("home")) <= 3
    assert len(first_load("directory")) <= 4


@pytest.mark.parametrize("family", WITH_SCRIPTS)
def test_the_way_out_comes_first(family: str) -> None:
    """Scripts of a page stand in one file: what fails before the way out would take it along."""
    scripts = FAMILIES[family].scripts
    assert "exit.js" not in scripts[1:]


def test_each_family_of_a_bundle_has_scripts() -> None:
    named = [family for families in BUNDLES.values() for family in families]
    assert [family for family in named if family not in WITH_SCRIPTS] == []
    assert len(named) == len(set(named))


def test_nothing_else_lies_there() -> None:
    needed = {"site.js"}
    for family in FAMILIES:
        needed.update(with_imports(script_file(family), folder=MADE))
    assert {path.name for path in scripts_folder(MADE).iterdir()} == {DIGEST, *needed}


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
