"""Keep results by everything that they were made from, so that `serve` works nothing out twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar, TypeVarTuple, Unpack
from zlib import crc32

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

_NOTHING = object()
_GROUP_SIZE = 16
"""How many records are a group on average. Looking for the result of every single one takes longer than making a few anew."""


class RecordGroup(Generic[T]):
    """A group of records that follow each other. As long as none of them changes, it is the same object, and so finds its results again."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items


class ResultCache:
    """The cache. With `once` it keeps nothing: for commands that read a project a single time."""

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._now: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}
        self._latest: dict[Hashable, tuple[Any, Any]] = {}

    def begin(self) -> None:
        """Begin a new reading: what the one before didn't ask for is forgotten."""
        self._before, self._now = self._now, {}

    def call(self, make: Callable[[Unpack[Ts]], T], *made_from: *Ts) -> T:
        """Return `make(*made_from)`, from the cache where the same function had equal arguments. `make` may look at nothing else."""
        return self.of((make, *made_from), lambda: make(*made_from))

    def of(self, made_from: Hashable, make: Callable[[], T]) -> T:
        """Return the result that is kept for `made_from`, or that of `make`. `made_from` names the step and holds all of its input."""
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
        """Return the result that is kept under `name` if its input was equal to `made_from`; otherwise that of `make`, which replaces it."""
        if self._once:
            return make()
        found = self._latest.get(name)
        if found is None or found[0] != made_from:
            found = self._latest[name] = (made_from, make())
        return found[1]

    def like_before(self, name: Hashable, value: T) -> T:
        """Return the value that is kept under `name` if it is equal to `value`, otherwise `value`.

        So equal values are one object, and what was made from it can be found by identity (`Same`).
        """
        return self.latest(name, value, lambda: value)

    def same(self, name: Hashable, value: T) -> Same[T]:
        """Return `like_before(name, value)` wrapped as an input of results: large values are compared once, then by identity."""
        return Same(self.like_before(name, value))

    def groups(self, name: Hashable, records: Mapping[str, T]) -> tuple[RecordGroup[T], ...]:
        """Cut records, given by id, into groups in their order; a group whose records are equal to those of last time is the same object.

        `name` says which kind of records they are. Groups begin at certain ids, so a new record changes one group and not all behind it.
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
        """Return `make(records, *given)` for every group, from the cache where group and `given` are the same.

        `make` may look at nothing else. Large values are `given` as `Same`.
        """
        if self._once:
            return [make(group.items, *given) for group in groups]
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
    """Return the groups that ids are cut into: the first id of each, where it begins and where it ends."""
    starts = [0, *(at for at, name in enumerate(names) if at and crc32(name.encode()) % _GROUP_SIZE == 0)]
    return tuple(
        (names[start], start, end)
        for start, end in zip(starts, [*starts[1:], len(names)], strict=True)
        if end
    )


ONCE = ResultCache(once=True)
"""The cache that keeps nothing, so all may share it."""


class Same(Generic[T]):
    """A value as an input of results, compared by identity and not by what it equals, which is fast for large values."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
