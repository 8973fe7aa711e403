"""What a process of a test may not do is noticed."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

import pytest

from tests.chance import whole
from tests.children import Limits, run
from tests.records import replace

LIMITS = Limits(seconds=1, memory=300_000_000)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(60)


def grow() -> None:
    kept = []
    while True:
        kept.append(bytearray(20_000_000))


def fail() -> None:
    raise ValueError("a mistake")


def say() -> None:
    print("Traceback (most recent call last): told and swallowed")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("work", "told"),
    [
        pytest.param(spin, "hangs", marks=whole),
        (sleep, "hangs"),
        (grow, "takes more memory than there may be"),
        (fail, "exit code 70"),
        (say, "traceback"),
        (die, "ended by SIGKILL"),
        (lambda: sys.exit(3), "exit code 3"),
        (lambda: 1, ""),
        (lambda: None, ""),
    ],
)
def test_what_a_process_may_not_do_is_noticed(work: Callable[[], int | None], told: str) -> None:
    # Only who does nothing at all is waited for by the clock.
    limits = replace(LIMITS, patience=1) if work is sleep else LIMITS
    assert run(work, limits).problem(limits) == told
