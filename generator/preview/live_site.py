"""A project without errors in, any file of its site out: made when it is asked for, and kept as long as this state is shown.

A page is a function of site, facts and language, so nothing needs to know what depends on what. What only the finished site
has (sitemap, lists of the offline copy) isn't there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from generator.mkdocs_plugin import OpenSite
from generator.pipeline.build import Project
from generator.pipeline.plan import Content, data_files, other_files
from generator.pipeline.write import make_page, of_all_pages
from generator.render.data_files.offline_packs import WORKER, removing_worker

PAGE = "index.html"
NOT_FOUND = "404.html"


class LiveSite:
    """One state of a site; `file` may be called by several threads."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.open = OpenSite(project)
        self.plan = self.open.frames.plan
        # Somebody may have taken along an earlier preview at this address.
        self._single: dict[str, Content] = {WORKER: lambda: removing_worker().encode()}
        self._further = chain(of_all_pages(self.open.frames), other_files(self.plan))
        """Files that are made one by one, named as far as somebody has asked: the names of maps are known once those are made."""
        self._several: Iterator[Callable[[], Mapping[str, bytes]]] = data_files(self.plan)
        self._made: dict[str, bytes] = {}
        self._one_at_a_time = threading.Lock()

    def file(self, name: str) -> bytes | None:
        """Return a file by its path from the site's root, None where the site has none of that name."""
        with self._one_at_a_time:
            if name not in self._made:
                made = self._make(name)
                if made is None:
                    return None
                self._made[name] = made
            return self._made[name]

    def _make(self, name: str) -> bytes | None:
        if name == PAGE or name.endswith(f"/{PAGE}"):
            path = name.removesuffix(PAGE)
            if path in self.plan.pages:
                return self.open.frames.document(make_page(self.plan, path)).encode()
            if path in self.plan.written:
                return self.open.written_page(path)
        while name not in self._single and (further := next(self._further, None)):
            self._single.setdefault(*further)
        if name in self._single:
            return self._single[name]()
        # Data files come several from one hand: they are made until the one that was asked for is among them.
        for make in self._several:
            self._made |= make()
            if name in self._made:
                return self._made[name]
        return None

    def has_page(self, path: str) -> bool:
        """Tell whether there is a page at a path, which ends with a slash or is empty."""
        return path in self.plan.paths
