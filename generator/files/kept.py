"""What was worked out of the same contents before in, so that nothing is worked out twice while a project is read again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar, TypeVarTuple, Unpack
from zlib import crc32

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

_NOTHING = object()
_TOGETHER = 16
"""Of so many records in the middle results are kept together: to look for that of each takes longer than to make a few again."""


class Neighbours(Generic[T]):
    """Some records that follow each other, in their order; one object as long as all of them are what they were."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items


class KeptResults:
    """Results by everything they were made from; what one whole reading did not ask for is forgotten, but for the `latest` of each name.

    Where there will be no other reading (`once`), nothing is kept.
    """

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._now: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}
        self._latest: dict[Hashable, tuple[Any, Any]] = {}

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
        return found  # type: ignore[no-any-return]

    def latest(self, name: Hashable, made_from: object, make: Callable[[], T]) -> T:
        """Return what was made by this name the last time if it was made from what is equal, or make it; of each name the latest stays."""
        if self._once:
            return make()
        found = self._latest.get(name)
        if found is None or found[0] != made_from:
            found = self._latest[name] = (made_from, make())
        return found[1]

    def like_before(self, name: Hashable, value: T) -> T:
        """Return what had this name the last time where it is equal to `value`, so that results made from it are found again."""
        return self.latest(name, value, lambda: value)

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Return the same, to be what results are made from."""
        return Same(self.like_before(name, value))

    def neighbours(self, name: Hashable, records: Mapping[str, T]) -> tuple[Neighbours[T], ...]:
        """Return records by id in their order, some together, `name` says of what kind; the same groups as the last time as far as all in them are equal.

        Where the next few begin, their ids say, so that a new record changes one group.
        """
        ids = tuple(records)
        cuts = self.latest((_cuts, name), ids, partial(_cuts, ids))
        items = tuple(records.values())
        groups = []
        for first, start, end in cuts:
            few = items[start:end]
            groups.append(self.latest((name, first), few, partial(Neighbours, few)))
        return tuple(groups)

    def of_each(
        self,
        groups: Iterable[Neighbours[T]],
        make: Callable[[tuple[T, ...], Unpack[Ts]], R],
        *given: *Ts,
    ) -> list[R]:
        """Return what a function, which looks at nothing but neighbours and what is `given`, makes of each few of them; what is `given` large is so as `Same`."""
        if self._once:
            return [make(few.items, *given) for few in groups]
        step = (make, *given)
        now = self._now.setdefault(step, {})
        before = self._before.get(step, {})
        for few in (groups := tuple(groups)):
            if few not in now:
                now[few] = before[few] if few in before else make(few.items, *given)
        return [now[few] for few in groups]


def _cuts(names: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    starts = [0, *(at for at, name in enumerate(names) if at and crc32(name.encode()) % _TOGETHER == 0)]
    return tuple(
        (names[start], start, end)
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
        if end
    )


ONCE = KeptResults(once=True)
"""For whoever works something out once; it keeps nothing, so all may share it."""


class Same(Generic[T]):
    """A value as what it is made from: the same object and no other one, whatever it equals."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
