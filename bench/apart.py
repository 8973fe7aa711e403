"""Times apart what a build does that the Hugo twin finds finished or leaves out: python -m bench.apart WORLD SITE."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.site import TODAY
from generator.check import check_reading
from generator.check.links import scan
from generator.derive.facts import derive_published
from generator.mkdocs_plugin import write_site
from generator.model.facts import Facts
from generator.pipeline import build, write
from generator.render import maps
from generator.render.base.wording import opening, week_lines, week_text
from generator.render.components.calls import check_content
from generator.render.data_files.browser_files import name_search
from generator.render.data_files.offline_packs import write_offline
from generator.render.maps.map_shapes import ground_file


def all_facts(*given: Any) -> Facts:
    """Derive at once what is derived when somebody asks."""
    return derive_published(*given).complete()


ONLY_OURS: dict[str, tuple[Callable[..., Any], ...]] = {
    "checks": (check_reading, check_content, build.check_publishing, build.check_addresses),
    "hours, distances, neighbours, lists": (all_facts,),
    "hours in words": (week_lines, week_text, opening),
    "files for scripts and programs": (write._several, write_offline),
    "index of the search": (name_search,),
    "links": (scan,),
    "drawings and maps": (maps.figure, maps.small_map, maps.moving_map, ground_file),
}
"""What no page of the twin costs Hugo, by the functions that do it."""


class Clock:
    """Processor time by name; what runs inside of something else counts for itself alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.inner = [0.0]

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time taken."""

        @functools.wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            self.inner.append(0.0)
            try:
                made = function(*arguments, **named)
                # What is only begun would be timed where somebody asks for it.
                return list(made) if isinstance(made, Iterator) else made
            finally:
                took = time.process_time() - start
                self.spent[name] += took - self.inner.pop()
                self.inner[-1] += took

        return run


def main() -> None:
    """Build in one process; print a JSON object of shares of the whole processor time."""
    clock = Clock()
    vars(build)["derive_published"] = all_facts
    modules = [module for name, module in sys.modules.items() if name.startswith("generator")]
    for name, functions in ONLY_OURS.items():
        for function in functions:
            timed = clock.timed(name, function)
            for module in modules:
                for key, value in list(vars(module).items()):
                    if value is function:
                        setattr(module, key, timed)
    write._cores = lambda: 1
    world, site = map(Path, sys.argv[1:])
    build.build_site(build.prepare(world, TODAY), site, write_site)
    whole = time.process_time()
    print(json.dumps({name: spent / whole for name, spent in clock.spent.items()}))


if __name__ == "__main__":
    main()
