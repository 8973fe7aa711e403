"""Frozen records: what Structs and dataclasses have in common."""

import dataclasses
from typing import Any, TypeVar

from msgspec import Struct, structs

R = TypeVar("R")


def replace(record: R, /, **changes: Any) -> R:
    """Return a copy of a Struct or dataclass with some fields changed."""
    copied: R = (
        structs.replace(record, **changes)
        if isinstance(record, Struct)
        else dataclasses.replace(record, **changes)
    )  # type: ignore[type-var]
    return copied


def is_record(cls: Any) -> bool:
    """Tell whether a class is a Struct or a dataclass."""
    return isinstance(cls, type) and (issubclass(cls, Struct) or dataclasses.is_dataclass(cls))


def fields(cls: Any) -> tuple[Any, ...]:
    """Return the fields of a Struct or dataclass, each with its name, type and default."""
    return structs.fields(cls) if issubclass(cls, Struct) else dataclasses.fields(cls)
