"""Templates and views speak of the same names: what a template reads is there, and what is there is read."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import LoopContext
from markupsafe import Markup
from msgspec import Struct
from pydantic import BaseModel

import generator
from generator.model.facts import Facts
from generator.model.site import Site
from generator.model.vocabulary import Vocabularies
from generator.pipeline.build import prepare
from generator.render.base.context import Context
from generator.render.base.texts import Texts
from generator.render.base.view import MacroCall, View
from generator.render.frame.page_frame import ShellValues
from generator.theme.material import plain_environment
from tests.conftest import TODAY
from tests.golden.sites import FOLDER
from tests.records import fields, is_record

PACKAGE = Path(generator.__file__).parent
EVERYWHERE = {"href", "link", "path", "ctx", "site", "facts", "words", "texts", "loop"}
"""What a template is given beside its view."""
PLAIN = (str, Markup, dict, list, tuple, int, float, date, datetime, time, Decimal, LoopContext)


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


@cache
def parts_of(*roots: type) -> frozenset[type]:
    """The classes of the values that some hold, as deep as they go, models and what properties give among them."""
    found: set[type] = set()

    def look(kind: Any) -> None:
        for one in get_args(kind):
            look(one)
        cls = get_origin(kind) or kind
        if (
            isinstance(cls, type)
            and (is_record(cls) or issubclass(cls, BaseModel | Context | Texts))
            and cls not in found
        ):
            found.add(cls)
            gives = (inspect.getattr_static(cls, name, None) for name in dir(cls))
            made = (getattr(one, "fget", None) or getattr(one, "func", None) for one in gives)
            for one in (cls, *filter(inspect.isfunction, made)):
                for kind in get_type_hints(one).values():
                    look(kind)

    for root in roots:
        look(root)
    return frozenset(found)


def ours(cls: type) -> bool:
    return cls.__module__.startswith(("generator.render.", "generator.printing."))


class Templates:
    """The templates of an environment, and what each reads."""

    def __init__(self, environment: Environment) -> None:
        assert environment.loader is not None
        self.trees = {
            name: environment.parse(environment.loader.get_source(environment, name)[0], name)
            for name in environment.list_templates(["html"])
        }

    def find(self, kind: type[Any], *names: str) -> Iterator[tuple[str, Any]]:
        """Yield what is of a kind in these templates, or in all, with the template."""
        for name in names or self.trees:
            for node in self.trees[name].find_all(kind):
                yield name, node

    def behind(self, name: str) -> set[str]:
        """A template with those that it includes or imports, and those of these."""
        found, left = set[str](), [name]
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                kinds = (nodes.Include, nodes.Import, nodes.FromImport)
                left += [node.template.value for node in self.trees[one].find_all(kinds)]  # type: ignore[attr-defined]
        return found

    def names(self, template: str) -> tuple[set[str], set[str]]:
        """The names that a template mentions, and those that it doesn't set itself, with what it includes."""
        mentioned = {node.name for _, node in self.find(nodes.Name, template) if node.ctx == "load"}
        asked = find_undeclared_variables(self.trees[template])
        for _, node in self.find((nodes.Include, nodes.Import, nodes.FromImport), template):  # type: ignore[arg-type]
            if node.with_context:
                more, further = self.names(node.template.value)
                mentioned, asked = mentioned | more, asked | further
        return mentioned, asked

    def own(self, template: str) -> set[str]:
        """What a template is given beside its view, and what it sets itself: names of loops and macros."""
        names = self.find((nodes.Name, nodes.Macro), *self.behind(template))  # type: ignore[arg-type]
        set_here = {node.name for _, node in names if getattr(node, "ctx", "") != "load"}
        return EVERYWHERE | set_here

    def attributes(self) -> Iterator[tuple[str, str]]:
        """Yield each attribute that a template reads, with the template; filters name theirs as texts."""
        for name, node in self.find(nodes.Getattr):
            yield name, node.attr
        for name, node in self.find(nodes.Filter):
            given = [word.value for word in node.kwargs if word.key == "attribute"]
            given += node.args[:1] if node.name in ("selectattr", "rejectattr", "groupby") else []
            yield from ((name, part) for one in given for part in str(one.value).split("."))


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(prepare(FOLDER / "village" / "project", TODAY).contexts[0].environment)


def test_a_template_asks_for_what_its_view_has_and_nothing_else(templates: Templates) -> None:
    macros = {(name, node.name): node for name, node in templates.find(nodes.Macro)}
    unlike = {}
    for view in VIEWS:
        has = {item.name for item in fields(view)}
        if issubclass(view, MacroCall):
            macro = macros[view.template, view.macro]
            takes = {one.name for one in macro.args}
            needs = {one.name for one in macro.args[: len(macro.args) - len(macro.defaults)]}
            if not needs <= has <= takes:
                unlike[view.__name__] = needs - has | has - takes
        else:
            mentioned, asked = templates.names(view.template)
            if wrong := (has - mentioned) | (asked - has - templates.own(view.template)):
                unlike[view.__name__] = wrong
    assert unlike == {}


def test_what_a_template_reads_of_a_value_is_there(templates: Templates) -> None:
    """By its name in any value that views hold: a branch that is seldom taken must not end in a traceback."""
    kinds = {*parts_of(*VIEWS, Context, Site, Facts, Vocabularies, Texts), *PLAIN}
    there = {name for cls in kinds for name in (*dir(cls), *get_type_hints(cls))}
    there |= {node.name for _, node in templates.find(nodes.Macro)}
    written = {pair.key.value for _, pair in templates.find(nodes.Pair) if isinstance(pair.key, nodes.Const)}
    assert {
        f"{name}: {one}" for name, one in templates.attributes() if one not in there | written | {"0"}
    } == set()


def test_every_template_and_every_macro_is_used(templates: Templates) -> None:
    assert templates.trees.keys() == {one for view in VIEWS for one in templates.behind(view.template)}
    called = {one for _, one in templates.attributes()}
    called |= {node.node.name for _, node in templates.find(nodes.Call) if isinstance(node.node, nodes.Name)}
    called |= {view.macro for view in VIEWS if issubclass(view, MacroCall)}
    assert {node.name for _, node in templates.find(nodes.Macro)} - called == set()
    used = {(name, node.name) for name, node in templates.find(nodes.Name) if node.ctx == "load"}
    assert {(name, node.target) for name, node in templates.find(nodes.Import)} - used == set()


def test_what_a_view_holds_is_frozen_typed_and_read(templates: Templates) -> None:
    """Read by a template or by the code that makes pages: a field that nobody reads is one that nobody needs."""

    def loose(kind: Any) -> bool:
        return kind in (Any, object, list, dict, set) or any(
            loose(one) for one in (get_origin(kind), *get_args(kind)) if one is not None and one is not ...
        )

    read = {one for _, one in templates.attributes()} | {
        node.attr
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    for cls in filter(ours, parts_of(*VIEWS)):
        frozen = cls.__struct_config__ if issubclass(cls, Struct) else cls.__dataclass_params__  # type: ignore[attr-defined]
        assert frozen.frozen, cls
        hints = get_type_hints(cls)
        assert [item.name for item in fields(cls) if loose(hints[item.name])] == [], cls
        unread = [item.name for item in fields(cls) if item.name not in read]
        assert unread == [] or issubclass(cls, View), cls


def test_the_frame_reads_what_its_shell_has() -> None:
    templates = Templates(plain_environment())
    read = {
        node.attr
        for _, node in templates.find(nodes.Getattr, "base.html", "404.html")
        if isinstance(node.node, nodes.Name) and node.node.name == "shell"
    }
    assert read == {item.name for item in fields(ShellValues)}
