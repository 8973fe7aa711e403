"""A schema in, its validator out: the library that reads it takes a second to load, and every process of a run collects every test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


def validator_of(schema: Any) -> Draft202012Validator:
    """Return a validator of a schema that is one itself; raises `SchemaError` where it is none."""
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
