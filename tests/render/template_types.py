"""A template and the types of its names in, what it reads of them out: a small type check for Jinja templates.

Every branch of a template is walked, every macro with the types that it is called with, every template that is included
with the names that are there. What has no known type is let through; what has one must have what is read of it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from textwrap import dedent
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes
from markupsafe import Markup
from pydantic import BaseModel

from tests.records import is_record

Type = Any
"""A type as Python writes it, or one of the classes below; `Any` where it isn't known."""
TEXT = frozenset(
    {"e", "escape", "forceescape", "format", "host", "join", "lower", "string", "urlencode", "xmlattr"}
)
SAME = frozenset({"sort", "list", "reverse", "reject", "rejectattr", "safe", "select", "selectattr"})
ONE = frozenset({"max", "min"})
CLOSED = frozenset({"builtins", "collections.abc", "datetime", "decimal"})


class Scope:
    """Names and their types; a name of the `page` is one that is counted when it is read."""

    def __init__(self, names: Mapping[str, Type], below: Scope | None = None, *, page: bool = False) -> None:
        self.names, self.below, self.page = dict(names), below, page

    def find(self, name: str) -> tuple[Type, bool] | None:
        """Return the type of a name and whether it is one of the page's."""
        if name in self.names:
            return self.names[name], self.page
        return self.below.find(name) if self.below is not None else None


@dataclass(frozen=True, eq=False)
class Macro:
    """A macro with the file and the scope in which it stands."""

    node: nodes.Macro
    file: str
    scope: Scope


@dataclass(frozen=True, eq=False)
class Module:
    """An imported template: the macros in it."""

    file: str
    macros: Mapping[str, Macro]


@dataclass(frozen=True)
class Literally:
    """A dict that a template writes down: exactly its keys are there."""

    keys: tuple[tuple[str, Type], ...]


@dataclass(frozen=True)
class Loop:
    """What a loop says of itself."""

    index: int
    index0: int
    first: bool
    last: bool


@dataclass
class Walk:
    """A walk through templates: which names of the page were `used`, what was `read` of which class, what is `wrong`.

    `templates` and `macros` are all that it came by, macros with their file.
    """

    environment: Environment
    used: set[str] = field(default_factory=set)
    read: set[tuple[type, str]] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    macros: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._file = ""
        self._seen: set[object] = set()

    def template(self, name: str, given: Mapping[str, Type]) -> None:
        """Walk a template that is filled with names."""
        self._include(name, Scope(given, page=True))

    def macro(self, file: str, name: str, given: Mapping[str, Type]) -> None:
        """Walk a macro that Python calls: its arguments are what is given to it."""
        macro = self._module(file, None).macros.get(name)
        if macro is None:
            self.wrong.append(f"{file}: has no macro {name}")
            return
        self._fits(macro, given, file)
        others = {item.name: Any for item in macro.node.args if item.name not in given}
        with self._in(file):
            self._body(macro.node.body, Scope({}, Scope(given, Scope(others, macro.scope), page=True)))

    # --- files -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _in(self, file: str) -> Iterator[None]:
        self.templates.add(file)
        before, self._file = self._file, file
        yield
        self._file = before

    def _tree(self, name: str) -> nodes.Template:
        return parsed(self.environment, name)

    def _include(self, name: str, scope: Scope) -> None:
        with self._in(name):
            self._body(self._tree(name).body, Scope({}, scope))

    def _module(self, name: str, page: Scope | None) -> Module:
        """Return the macros of a file, which know each other, its imports and, with context, the names of the page."""
        scope = Scope({}, page)
        with self._in(name):
            for node in self._tree(name).body:
                if isinstance(node, nodes.Import | nodes.FromImport | nodes.Macro):
                    self._statement(node, scope)
        return Module(name, {key: item for key, item in scope.names.items() if isinstance(item, Macro)})

    def _say(self, node: nodes.Node, words: str) -> None:
        self.wrong.append(f"{self._file}:{node.lineno}: {words}")

    # --- statements ------------------------------------------------------------------------------------------------

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for item in node.nodes:
                    self._type(item, scope)
            case nodes.For():
                inner = Scope({"loop": Loop}, scope)
                self._bind(node.target, element(self._type(node.iter, scope)), inner)
                if node.test is not None:
                    self._type(node.test, inner)
                self._body(node.body, inner)
                self._body(node.else_, Scope({}, scope))
            case nodes.If():
                self._type(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    self._body(part, scope)
            case nodes.Assign():
                self._bind(node.target, self._type(node.node, scope), scope)
            case nodes.AssignBlock():
                self._body(node.body, Scope({}, scope))
                self._bind(node.target, Markup, scope)
            case nodes.With():
                inner = Scope({}, scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._type(value, scope), inner)
                self._body(node.body, inner)
            case nodes.Macro():
                scope.names[node.name] = Macro(node, self._file, scope)
            case nodes.CallBlock():
                self._type(node.call, scope)
                self._body(node.body, Scope({}, scope))
            case nodes.Import():
                scope.names[node.target] = self._imported(node, scope)
            case nodes.FromImport():
                module = self._imported(node, scope)
                for item in node.names:
                    name, target = item if isinstance(item, tuple) else (item, item)
                    if name in module.macros:
                        scope.names[target] = module.macros[name]
                    else:
                        self._say(node, f"{module.file} has no macro {name}")
            case nodes.Include():
                self._include(str(node.template.as_const()), scope)
            case nodes.Extends():
                pass
            case nodes.Block():
                self._body(node.body, Scope({}, scope))
            case _:
                raise NotImplementedError(f"{type(node).__name__} in {self._file}:{node.lineno}")

    def _imported(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Module:
        page: Scope | None = scope if node.with_context else None
        while page is not None and not page.page:
            page = page.below
        return self._module(str(node.template.as_const()), page)

    def _bind(self, target: nodes.Node, kind: Type, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope.names[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            for place, item in enumerate(target.items):
                self._bind(item, part(kind, place), scope)

    # --- expressions -----------------------------------------------------------------------------------------------

    def _type(self, node: nodes.Node, scope: Scope) -> Type:
        """Return the type of an expression; note what it reads."""
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Const():
                return type(node.value)
            case nodes.TemplateData():
                return Markup
            case nodes.Getattr():
                return self._attribute(self._type(node.node, scope), node.attr, node)
            case nodes.Getitem():
                kind = self._type(node.node, scope)
                if isinstance(node.arg, nodes.Slice):
                    return kind
                self._type(node.arg, scope)
                place = node.arg.value if isinstance(node.arg, nodes.Const) else None
                return part(kind, place) if isinstance(place, int) else value_of(kind)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.CondExpr():
                self._type(node.test, scope)
                return union(self._type(item, scope) for item in (node.expr1, node.expr2) if item is not None)
            case nodes.And() | nodes.Or() | nodes.BinExpr():
                return union([self._type(node.left, scope), self._type(node.right, scope)])
            case nodes.List() | nodes.Tuple():
                return tuple[union(self._type(item, scope) for item in node.items), ...]
            case nodes.Dict():
                pairs = [(item.key.as_const(), self._type(item.value, scope)) for item in node.items]
                return Literally(tuple(pairs))
            case nodes.Concat():
                for item in node.nodes:
                    self._type(item, scope)
                return str
            case nodes.Compare() | nodes.Not() | nodes.Test():
                for item in node.iter_child_nodes():
                    self._type(item.expr if isinstance(item, nodes.Operand) else item, scope)
                return bool
            case _:
                raise NotImplementedError(f"{type(node).__name__} in {self._file}:{node.lineno}")

    def _name(self, node: nodes.Name, scope: Scope) -> Type:
        found = scope.find(node.name)
        if found is None:
            if node.name == "caller":
                return Any
            if node.name not in self.environment.globals:
                self._say(node, f"{node.name} is not there")
                return Any
            value = self.environment.globals[node.name]
            return Callable[..., result_of(value)] if callable(value) else type(value)
        if found[1]:
            self.used.add(node.name)
        return found[0]

    def _attribute(self, kind: Type, name: str, node: nodes.Node) -> Type:
        if isinstance(kind, Module):
            if name not in kind.macros:
                self._say(node, f"{kind.file} has no macro {name}")
            return kind.macros.get(name, Any)
        found = []
        for one in members(kind):
            if one is NoneType:
                continue
            here = attribute(one, name)
            if here is None:
                self._say(node, f"{getattr(one, '__name__', one)} has no {name}")
            elif isinstance(get_origin(one) or one, type):
                self.read.add((get_origin(one) or one, name))
            found.append(Any if here is None else here)
        return union(found)

    def _call(self, node: nodes.Call, scope: Scope) -> Type:
        function = self._type(node.node, scope)
        given = [self._type(item, scope) for item in node.args]
        named = {item.key: self._type(item.value, scope) for item in node.kwargs}
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._say(node, "what a call hands on in one piece can't be looked at")
        if not isinstance(function, Macro):
            return get_args(function)[-1] if get_origin(function) is not None else Any
        names = [item.name for item in function.node.args]
        if len(given) > len(names):
            self._say(node, f"{function.node.name} takes only {len(names)} arguments")
        bound = dict(zip(names, given, strict=False)) | named
        self._fits(function, bound, f"{self._file}:{node.lineno}")
        key = (function.node, frozenset((name, repr(kind)) for name, kind in bound.items()))
        if key not in self._seen:
            self._seen.add(key)
            with self._in(function.file):
                arguments = {**dict.fromkeys(names, Any), **bound}
                self._body(function.node.body, Scope(arguments, function.scope))
        return Markup

    def _fits(self, macro: Macro, given: Iterable[str], where: str) -> None:
        self.macros.add((macro.file, macro.node.name))
        names = [item.name for item in macro.node.args]
        needed = names[: len(names) - len(macro.node.defaults)]
        self.wrong += [f"{where}: {macro.node.name} takes no {name}" for name in given if name not in names]
        self.wrong += [f"{where}: {macro.node.name} needs {name}" for name in needed if name not in given]

    def _filter(self, node: nodes.Filter, scope: Scope) -> Type:
        kind = self._type(node.node, scope) if node.node is not None else Any
        for item in (*node.args, *(item.value for item in node.kwargs)):
            self._type(item, scope)
        if node.name == "map":
            by = next(item.value.as_const() for item in node.kwargs if item.key == "attribute")
            one = element(kind)
            return tuple[part(one, by) if isinstance(by, int) else self._attribute(one, by, node), ...]
        if node.name in ("selectattr", "rejectattr"):
            self._attribute(element(kind), node.args[0].as_const(), node)
        if node.name in SAME:
            return kind
        if node.name in ONE:
            return element(kind)
        if node.name == "dictsort":
            return tuple[tuple[element(kind), value_of(kind)], ...]
        found = {"length": int, "markdown": Markup, **dict.fromkeys(TEXT, str)}.get(node.name)
        if found is None:
            raise NotImplementedError(f"filter {node.name} in {self._file}:{node.lineno}")
        return found


@cache
def parsed(environment: Environment, name: str) -> nodes.Template:
    """Return a template as a tree."""
    assert environment.loader is not None
    source, _file, _fresh = environment.loader.get_source(environment, name)
    return environment.parse(source, name)


# --- types -------------------------------------------------------------------------------------------------------------


def members(kind: Type) -> tuple[Type, ...]:
    """Return the parts of a union; any other type is its own part."""
    if get_origin(kind) is Annotated:
        return members(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return tuple(dict.fromkeys(one for item in get_args(kind) for one in members(item)))
    if get_origin(kind) is Literal:
        return tuple(dict.fromkeys(type(item) for item in get_args(kind)))
    return (kind,)


def union(kinds: Iterable[Type]) -> Type:
    """Return the union of types; with one that isn't known nothing is."""
    parts = list(dict.fromkeys(one for kind in kinds for one in members(kind)))
    plain = [one for one in parts if one is not NoneType]
    if not plain or any(one is Any for one in plain):
        return Any
    if len(plain) == 1:
        return plain[0]
    if any(isinstance(one, Module | Macro | Literally) for one in plain):
        return Any
    return Union[tuple(parts)]  # noqa: UP007 (the parts are known only here)


def element(kind: Type) -> Type:
    """Return what one gets by going through a value."""
    found = []
    for one in members(kind):
        origin, arguments = get_origin(one), get_args(one)
        if one is NoneType:
            continue
        if origin is tuple and arguments[-1] is not ...:
            found.append(union(arguments))
        else:
            found.append(arguments[0] if arguments and origin is not Callable else Any)
    return union(found)


def part(kind: Type, place: int) -> Type:
    """Return the type of one part of a value that is taken apart."""
    found = []
    for one in members(kind):
        arguments = get_args(one)
        if get_origin(one) is tuple and arguments[-1] is not ...:
            found.append(arguments[place] if place < len(arguments) else Any)
        elif one is not NoneType:
            found.append(element(one))
    return union(found)


def value_of(kind: Type) -> Type:
    """Return the type of what stands behind a key."""
    if isinstance(kind, Literally):
        return union(value for _key, value in kind.keys)
    found = [get_args(one)[1] if is_mapping(one) else Any for one in members(kind) if one is not NoneType]
    return union(found)


def is_mapping(kind: Type) -> bool:
    """Tell whether a type is a mapping whose keys and values are known."""
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


@cache
def hints_of(cls: type) -> dict[str, Type]:
    """Return the fields of a class by name."""
    return get_type_hints(cls)


def result_of(function: Any) -> Type:
    """Return what calling something gives."""
    return get_type_hints(function).get("return", Any)


def attribute(kind: Type, name: str) -> Type | None:
    """Return the type of an attribute, None where there is none."""
    if isinstance(kind, Literally):
        return Callable[..., value_of(kind)] if name == "get" else dict(kind.keys).get(name)
    cls = get_origin(kind) or kind
    if cls is Any or not isinstance(cls, type):
        return Any
    if (is_record(cls) or issubclass(cls, BaseModel)) and name in hints_of(cls):
        return hints_of(cls)[name]
    found = inspect.getattr_static(cls, name, None)
    if found is None:
        return Any if name in set_at_birth(cls) or not is_closed(cls) else None
    if isinstance(found, property):
        return result_of(found.fget)
    if isinstance(found, cached_property):
        return result_of(found.func)
    if name == "get" and is_mapping(kind):
        return Callable[..., value_of(kind)]
    return Callable[..., result_of(found) if inspect.isfunction(found) else Any]


def is_closed(cls: type) -> bool:
    """Tell whether everything that an object of a class has can be seen: of the house's own, and of Python's plain ones."""
    own = cls.__module__.startswith(("generator.", "tests."))
    return own or is_record(cls) or issubclass(cls, BaseModel | Markup) or cls.__module__ in CLOSED


@cache
def set_at_birth(cls: type) -> frozenset[str]:
    """Return the names that `__init__` gives to an object."""
    if is_record(cls) or not inspect.isfunction(cls.__init__):
        return frozenset()
    tree = ast.parse(dedent(inspect.getsource(cls.__init__)))
    targets = (node.targets for node in ast.walk(tree) if isinstance(node, ast.Assign))
    return frozenset(one.attr for group in targets for one in group if isinstance(one, ast.Attribute))
