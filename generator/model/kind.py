"""What is to be said of a kind of record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.groups import Record


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: the folder under `resources/`, its model and its German names; `subject` where one brings it.

    `planned` are kinds that plan, promise, divide or count something in areas. What they say of protection is for the whole town: the
    public site leaves its areas out ("without areas"), or `check` refuses the record, where it is nothing without them ("refused").
    """

    folder: str
    model: type[Record]
    singular: str
    plural: str
    none: str
    internal: bool = False
    planned: Literal["", "without areas", "refused"] = ""
    subject: str = ""
