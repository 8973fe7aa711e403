"""Keep results by their inputs, so that `serve` computes nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar, TypeVarTuple, Unpack
from zlib import crc32

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

_NOTHING = object()  # not None, which may be a result
_GROUP_SIZE = 16
"""How many records are a group on average. Looking for the result of every single one takes longer than making a few anew."""


class RecordGroup(Generic[T]):
    """Adjacent records, the same object while unchanged, so that results are found."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items


class ResultCache:
    """Results by input; with `once` nothing is kept."""

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._now: dict[Hashable, Any] = {}  # what this reading has asked for, by input
        self._before: dict[Hashable, Any] = {}  # what the last one had
        self._latest: dict[Hashable, tuple[Any, Any]] = {}  # by name the last input and its result

    def begin(self) -> None:
        """Begin a reading, forgetting what the last one didn't use."""
        self._before, self._now = self._now, {}

    def call(self, make: Callable[[Unpack[Ts]], T], *made_from: *Ts) -> T:
        """Return `make(*made_from)`, cached; `make` may read nothing else."""
        return self.of((make, *made_from), lambda: make(*made_from))

    def of(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """Return the result for `made_from` (step and all input), cached."""
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
        """Return `name`'s result if its input is equal, else replace it."""
        if self._once:
            return make()
        found = self._latest.get(name)
        if found is None or found[0] != made_from:
            found = self._latest[name] = (made_from, make())
        return found[1]

    def like_before(self, name: Hashable, value: T) -> T:
        """Return the kept value if equal, else `value`. So equal values are one object, found by identity (`Same`)."""
        return self.latest(name, value, lambda: value)

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Wrap `like_before(name, value)` for comparison by identity."""
        return Same(self.like_before(name, value))

    def groups(self, name: Hashable, records: Mapping[str, T]) -> tuple[RecordGroup[T], ...]:
        """Cut records into groups; unchanged ones stay the same object.

        `name` is the records' kind. Groups begin at fixed ids, so that a new record changes one only.
        """
        ids = tuple(records)
        cuts = self.latest((_cuts, name), ids, partial(_cuts, ids))
        items = tuple(records.values())
        groups = []
        for first, start, end in cuts:
            group = items[start:end]
            groups.append(self.latest((name, first), group, partial(RecordGroup, group)))
        return tuple(groups)

    def of_each(
        self,
        groups: Iterable[RecordGroup[T]],
        make: Callable[[tuple[T, ...], Unpack[Ts]], R],
        *given: *Ts,
    ) -> list[R]:
        """Return `make(records, *given)` of each group, cached. `make` may read nothing else. Large values are `given` as `Same`."""
        if self._once:
            return [make(group.items, *given) for group in groups]
        # Results of all groups are kept together.
        step = (make, *given)
        now = self._now.setdefault(step, {})
        before = self._before.get(step, {})
        results = []
        for group in groups:
            if group not in now:
                now[group] = before[group] if group in before else make(group.items, *given)
            results.append(now[group])
        return results


def _cuts(names: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Return groups of ids as (first id, start, end); one id in `_GROUP_SIZE` begins a group, whatever the others."""
    starts = [0, *(at for at, name in enumerate(names) if at and crc32(name.encode()) % _GROUP_SIZE == 0)]
    return tuple(
        (names[start], start, end)
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
        if end
    )


ONCE = ResultCache(once=True)
"""The cache that keeps nothing, so all may share it."""


class Same(Generic[T]):
    """An input compared by identity, fast for large values."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
