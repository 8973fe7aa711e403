"""Pages leave nothing behind that only a hunt for garbage finds: in a build nobody hunts, and a large town would fill the memory."""

import gc

from generator.pipeline.build import Project
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page


def test_what_a_page_was_made_of_is_gone_once_it_is_made(demo: Project) -> None:
    plan = plan_site(demo)
    kinds: dict[str, list[str]] = {}
    for path, address in plan.pages.items():
        kinds.setdefault(f"{address.type.kind} {address.lang}", []).append(path)
    left = {}
    # Of a page that there is once, some circles may stay.
    several = [(kind, paths[0]) for kind, paths in kinds.items() if len(paths) > 1]
    assert len(several) > 30
    for kind, path in several:
        # What is kept for all pages is made by the first of its kind.
        make_page(plan, path)
        gc.collect()
        gc.disable()
        try:
            make_page(plan, path)
            left[kind] = gc.collect()
        finally:
            gc.enable()
    assert {kind: found for kind, found in left.items() if found} == {}
