"""Find the modules by which subjects register what they bring.

Each is named after what it registers with, such as `page` or `check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Literal

Part = Literal["__init__", "model", "derive", "check", "export", "page", "sections", "build"]
SUBJECTS = "generator.subjects"


def subjects() -> tuple[str, ...]:
    """Return the names of all subjects, in their order."""
    names: tuple[str, ...] = import_module(SUBJECTS).SUBJECTS
    return names


@cache
def parts(part: Part) -> tuple[tuple[str, ModuleType], ...]:
    """Return (subject, module) of each subject with this part; "" for one of `ALWAYS`."""
    found = []
    always: tuple[str, ...] = import_module(SUBJECTS).ALWAYS
    for subject in (*always, *subjects()):
        name = f"{SUBJECTS}.{subject}.{part}"
        name = name.removesuffix(".__init__")
        if find_spec(name) is not None:
            found.append(("" if subject in always else subject, import_module(name)))
    return tuple(found)


def said_by_subjects(part: Part, name: str, *about: Any) -> Iterator[Any]:
    """Call each subject's function of this name; yield its items."""
    for function in given(part, name):
        yield from function(*about)


def given(part: Part, name: str) -> Iterator[Any]:
    """Yield what subjects' modules define under a name."""
    for _, module in parts(part):
        found = getattr(module, name, None)
        if found is None:
            continue
        yield found
