"""Pages leave nothing behind that only a hunt for garbage finds: in a build nobody hunts, and a large town would fill the memory."""

import gc

from generator.pipeline.build import Project
from generator.pipeline.plan import plan_site
from generator.pipeline.write import make_page
from tests.chance import whole


@whole
def test_what_a_page_was_made_of_is_gone_once_it_is_made(demo: Project) -> None:
    plan = plan_site(demo)
    kinds: dict[str, list[str]] = {}
    for path, address in plan.pages.items():
        kinds.setdefault(f"{address.type.kind} {address.lang}", []).append(path)
    left = {}
    # Of a page that there is once, some circles may stay.
    several = [(kind, paths[0]) for kind, paths in kinds.items() if len(paths) > 1]
    assert len(several) > 30
    # What is kept for all pages is made by the first of its kind.
    for _kind, path in several:
        make_page(plan, path)
    gc.collect()
    # Looking through the whole demo again and again would take long.
    gc.freeze()
    gc.disable()
    try:
        for kind, path in several:
            make_page(plan, path)
            left[kind] = gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()
    assert {kind: found for kind, found in left.items() if found} == {}
