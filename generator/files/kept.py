"""What was worked out of the same contents before in, so that nothing is worked out twice while a project is read again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_NOTHING = object()


class KeptResults:
    """Results by everything they were made from; what one whole reading did not ask for is forgotten.

    Where there will be no other reading (`once`), nothing is kept.
    """

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._now: dict[Hashable, object] = {}
        self._before: dict[Hashable, object] = {}

    def begin(self) -> None:
        """A new reading begins."""
        self._before, self._now = self._now, {}

    def call(self, make: Callable[[Unpack[Ts]], T], *made_from: *Ts) -> T:
        """Return what a function, which looks at nothing but its arguments, makes of them."""
        return self.of((make, *made_from), lambda: make(*made_from))

    def of(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """Return what was made from the same before, or make it; `made_from` names the step and holds all of its input."""
        if self._once:
            return make()
        found = self._now.get(made_from, _NOTHING)
        if found is _NOTHING:
            found = self._before.get(made_from, _NOTHING)
            if found is _NOTHING:
                found = make()
            self._now[made_from] = found
        return found  # type: ignore[return-value]

    def like_before(self, name: str, value: T) -> T:
        """Return what an earlier reading had by this name where it is equal to `value`, so that results made from it are found again."""
        if self._once:
            return value
        before = self._before.get(name, value)
        self._now[name] = before if before == value else value
        return self._now[name]  # type: ignore[return-value]


ONCE = KeptResults(once=True)
"""For whoever works something out once; it keeps nothing, so all may share it."""


class Same:
    """A value as what it is made from: the same object and no other one, whatever it equals."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
