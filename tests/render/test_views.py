"""Each template reads of its view all that is there and nothing else, down to the parts of its parts."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from jinja2 import DictLoader, Environment, nodes
from markupsafe import Markup
from msgspec import Struct

import generator
from generator.pipeline.build import Project
from generator.render.base.context import Context
from generator.render.base.view import MacroCall, View
from generator.render.frame.page_frame import SLOTS, ShellValues
from generator.theme.material import plain_environment
from tests.records import fields, is_record
from tests.render.template_types import Literally, Walk, hints_of, parsed

PACKAGE = Path(generator.__file__).parent
EVERYWHERE: Mapping[str, Any] = {
    "href": Callable[..., str],
    "link": Callable[..., str],
    "path": str,
    "ctx": Context,
}
"""What a template is filled with beside its view."""


def all_views() -> list[type[View]]:
    """Every view of the house."""
    for name in ("render", "printing", "subjects"):
        package = importlib.import_module(f"generator.{name}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)

    def below(view: type[View]) -> Iterator[type[View]]:
        for one in view.__subclasses__():
            # A dataclass with slots is made anew, and what it was made from is still around.
            own = one.__module__.startswith("generator.")
            if own and getattr(importlib.import_module(one.__module__), one.__name__, None) is one:
                yield one
            yield from below(one)

    return sorted(set(below(View)) - {MacroCall}, key=lambda view: view.__name__)


VIEWS = all_views()


@pytest.fixture(scope="module")
def environment(demo: Project) -> Environment:
    return demo.contexts[0].environment


def walk_of(environment: Environment, view: type[View]) -> Walk:
    hints = hints_of(view)
    given = {item.name: hints[item.name] for item in fields(view)}
    walk = Walk(environment)
    if issubclass(view, MacroCall):
        walk.macro(view.template, view.macro, given)
    else:
        walk.template(view.template, {**EVERYWHERE, **given})
    return walk


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_template_reads_what_its_view_has_and_nothing_else(
    environment: Environment, view: type[View]
) -> None:
    walk = walk_of(environment, view)
    assert walk.wrong == []
    everywhere = set() if issubclass(view, MacroCall) else EVERYWHERE.keys()
    assert walk.used - everywhere == {item.name for item in fields(view)}


@pytest.fixture(scope="module")
def walks(environment: Environment) -> dict[type[View], Walk]:
    return {view: walk_of(environment, view) for view in VIEWS}


def test_every_template_belongs_to_a_view(walks: Mapping[type[View], Walk], environment: Environment) -> None:
    """A template is filled by a view, or is read by one that is: as an include or as a file of macros."""
    assert set(environment.list_templates(["html"])) == {
        name for walk in walks.values() for name in walk.templates
    }


def test_every_macro_is_called(walks: Mapping[type[View], Walk], environment: Environment) -> None:
    called = {key for walk in walks.values() for key in walk.macros}
    written = {
        (name, node.name)
        for name in environment.list_templates(["html"])
        for node in parsed(environment, name).find_all(nodes.Macro)
    }
    assert written == called


def test_what_a_template_imports_it_uses(environment: Environment) -> None:
    unused = []
    for name in environment.list_templates(["html"]):
        tree = parsed(environment, name)
        used = {node.name for node in tree.find_all(nodes.Name)}
        unused += [
            f"{name}: {node.target}" for node in tree.find_all(nodes.Import) if node.target not in used
        ]
    assert unused == []


@cache
def parts_of_views() -> frozenset[type]:
    """The classes of the values that views hold, as deep as they go."""
    found: set[type] = set()

    def look(kind: Any) -> None:
        for one in get_args(kind):
            look(one)
        cls = get_origin(kind) or kind
        if is_record(cls) and cls not in found:
            found.add(cls)
            for item in fields(cls):
                look(hints_of(cls)[item.name])

    for view in VIEWS:
        look(view)
    return frozenset(found)


def ours(cls: type) -> bool:
    return cls.__module__.startswith(("generator.render.", "generator.printing."))


@pytest.mark.parametrize(
    "cls", sorted(filter(ours, parts_of_views()), key=lambda cls: cls.__name__), ids=lambda cls: cls.__name__
)
def test_what_a_view_holds_is_frozen_and_typed(cls: type) -> None:
    frozen = cls.__struct_config__ if issubclass(cls, Struct) else cls.__dataclass_params__  # type: ignore[attr-defined]
    assert frozen.frozen

    def loose(kind: Any) -> bool:
        return kind in (Any, object, list, dict, set) or any(
            loose(one) for one in (get_origin(kind), *get_args(kind)) if one is not None and one is not ...
        )

    hints = hints_of(cls)
    assert [item.name for item in fields(cls) if loose(hints[item.name])] == []


def test_each_part_of_a_view_is_read(walks: Mapping[type[View], Walk]) -> None:
    """By a template or by the code that makes pages: a field that nobody reads is one that nobody needs."""
    read = {(cls.__name__, name) for walk in walks.values() for cls, name in walk.read}
    by_code = {
        node.attr
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    unread = [
        f"{cls.__name__}.{item.name}"
        for cls in parts_of_views()
        if ours(cls) and not issubclass(cls, View)
        for item in fields(cls)
        if (cls.__name__, item.name) not in read and item.name not in by_code
    ]
    assert sorted(unread) == []


def test_the_frame_reads_what_its_shell_has() -> None:
    walk = Walk(plain_environment())
    slot = Literally(tuple((name, str) for name in SLOTS))
    for name in ("base.html", "404.html"):
        walk.template(name, {"shell": ShellValues, "slot": slot, "search": Markup, "_": Callable[..., str]})
    assert walk.wrong == []
    assert {name for cls, name in walk.read if cls is ShellValues} == {
        item.name for item in fields(ShellValues)
    }


# --- the walk itself ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaf:
    name: str
    more: str | None = None

    @property
    def loud(self) -> str:
        return self.name.upper()


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    pairs: tuple[tuple[str, Leaf], ...]
    by_id: Mapping[str, Leaf]
    best: Leaf | None


FILES = {
    "macros.html": "{% macro show(leaf, level=2) %}{{ leaf.name }}{{ level }}{% endmacro %}"
    "{% macro lead(leaf) %}{{ href('leaf', leaf.name) }}{% endmacro %}",
    "part.html": "{{ leaf.name }}",
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{{ tree.best.name }}{{ tree.best.loud }}", []),
        ("{{ tre.best }}", ["tre is not there"]),
        ("{{ tree.bset }}", ["Tree has no bset"]),
        ("{% if tree.best %}{{ tree.best.nmae }}{% endif %}", ["Leaf has no nmae"]),
        ("{% if not tree %}{% else %}{{ tree.x }}{% endif %}", ["Tree has no x"]),
        ("{% for leaf in tree.leaves if leaf.no %}{{ leaf.name }}{% endfor %}", ["Leaf has no no"]),
        ("{% for leaf in tree.leaves %}{{ loop.first }}{{ loop.frist }}{% endfor %}", ["Loop has no frist"]),
        ("{% for id, leaf in tree.pairs %}{{ id.upper() }}{{ leaf.id }}{% endfor %}", ["Leaf has no id"]),
        (
            "{{ tree.by_id['a'].label }}{{ tree.by_id.get('a', ()).title }}",
            ["Leaf has no label", "Leaf has no title"],
        ),
        ("{% for key in tree.by_id %}{{ key.name }}{% endfor %}", ["str has no name"]),
        ("{{ (tree.leaves[0] or tree.best).size }}", ["Leaf has no size"]),
        ("{{ tree.leaves|map(attribute='nam')|join }}", ["Leaf has no nam"]),
        ("{% set one = tree.leaves[0] %}{{ one.name }}{{ one.id }}", ["Leaf has no id"]),
        ("{{ {'a': 1}.b }}", ["has no b"]),
        ("{% import 'macros.html' as m %}{{ m.show(tree) }}", ["Tree has no name"]),
        ("{% import 'macros.html' as m %}{{ m.shwo(tree) }}", ["macros.html has no macro shwo"]),
        ("{% import 'macros.html' as m %}{{ m.show() }}", ["show needs leaf"]),
        ("{% import 'macros.html' as m %}{{ m.show(tree.best, lvl=3) }}", ["show takes no lvl"]),
        ("{% import 'macros.html' as m %}{{ m.show(**tree) }}", ["in one piece", "show needs leaf"]),
        ("{% import 'macros.html' as m %}{{ m.lead(tree.best) }}", ["href is not there"]),
        ("{% import 'macros.html' as m with context %}{{ m.lead(tree.best) }}", []),
        ("{% from 'macros.html' import show %}{{ show(tree.best) }}", []),
        ("{% from 'macros.html' import shwo %}", ["macros.html has no macro shwo"]),
        ("{% include 'part.html' %}", ["leaf is not there"]),
        ("{% for leaf in tree.leaves %}{% include 'part.html' %}{% endfor %}", []),
        ("{% with leaf = tree %}{% include 'part.html' %}{% endwith %}", ["Tree has no name"]),
        (
            "{% macro own(leaf) %}{{ leaf.x }}{{ own(leaf) }}{% endmacro %}{{ own(tree.best) }}",
            ["Leaf has no x"],
        ),
    ],
)
def test_what_a_template_gets_wrong_is_told(text: str, wrong: list[str]) -> None:
    walk = Walk(Environment(loader=DictLoader({**FILES, "it.html": text})))
    walk.template("it.html", {"tree": Tree, "href": Callable[..., str]})
    assert len(walk.wrong) == len(wrong), walk.wrong
    assert all(words in told for words, told in zip(wrong, walk.wrong, strict=True)), walk.wrong


def test_names_that_a_template_sets_itself_are_not_its_views() -> None:
    text = "{% set tree = 1 %}{{ tree }}{% for other in tree.leaves %}{{ other }}{% endfor %}"
    walk = Walk(Environment(loader=DictLoader({"it.html": text})))
    walk.template("it.html", {"tree": Tree, "other": str})
    assert walk.used == set()


def test_a_macro_that_python_calls_is_given_its_arguments() -> None:
    def told(name: str, *given: str) -> tuple[list[str], set[str]]:
        walk = Walk(Environment(loader=DictLoader(FILES)))
        walk.macro("macros.html", name, dict.fromkeys(given, Leaf))
        return walk.wrong, walk.used

    assert told("show", "leaf") == ([], {"leaf"})
    assert told("show", "leaf", "level", "x") == (["macros.html: show takes no x"], {"leaf", "level"})
    assert told("show", "level") == (["macros.html: show needs leaf"], {"level"})
    assert told("shwo", "leaf") == (["macros.html: has no macro shwo"], set())
