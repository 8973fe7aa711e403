"""Keep of a record only the fields that lists name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar, cast

from generator.model.groups import Group

G = TypeVar("G", bound=Group)
Lists: TypeAlias = Mapping[type[Group], frozenset[str]]
"""The fields that are kept of some groups; of others their `DISCLOSED`."""
NO_LISTS: Lists = MappingProxyType({})


def listed(names: str) -> frozenset[str]:
    """Return names that stand in a line."""
    return frozenset(names.split())


def named(model: type[Group], *, but: str = "") -> frozenset[str]:
    """Return the fields that a model discloses, without some."""
    return listed(model.DISCLOSED) - listed(but)


def keep_only(group: G, lists: Lists = NO_LISTS, **others: object) -> G:
    """Return a group with its listed fields alone (else those it discloses), groups within it too; `others` are set as given."""
    model = type(group)
    names = lists.get(model, named(model))
    kept = {name: _kept(getattr(group, name), lists) for name in names}
    return cast("G", model.model_construct(group.model_fields_set & names, **kept | others))


def _kept(value: Any, lists: Lists) -> Any:
    if isinstance(value, Group):
        return keep_only(value, lists)
    if type(value) is tuple:
        return tuple(_kept(item, lists) for item in value)
    if isinstance(value, dict):
        return {key: _kept(item, lists) for key, item in value.items()}
    return value
