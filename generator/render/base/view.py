"""What templates are filled with: one frozen dataclass for each template, and for each macro that Python calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class View:
    """What one template is filled with: its fields are the template's names, their values its words and records.

    A value is never loose: what has parts of its own is a record of the model or a frozen dataclass too.
    `tests/render/test_views.py` compares each template with its view.
    """

    template: ClassVar[str]

    def values(self) -> dict[str, object]:
        """Return the values by their names; nothing is copied."""
        return {name: getattr(self, name) for name in _names(self)}


_NAMES: dict[type[View], Sequence[str]] = {}


def _names(view: View) -> Sequence[str]:
    kind = view.__class__
    if kind not in _NAMES:
        _NAMES[kind] = tuple(item.name for item in fields(kind))
    return _NAMES[kind]


@dataclass(frozen=True, slots=True)
class MacroCall(View):
    """What one macro is called with from Python: its fields are the macro's arguments, `template` is where it stands."""

    macro: ClassVar[str]
