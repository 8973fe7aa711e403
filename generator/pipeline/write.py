"""Write the files of a site by as many processes as there are cores."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment
from msgspec import Struct
from msgspec import field as struct_field

from generator.check.links import PageLinks, SiteLinks, scan
from generator.diagnostics import Diagnostic
from generator.diagnostics.diagnostic import Progress, silent
from generator.export.structured_data import sitemap
from generator.export.web_server import policy
from generator.files.site_folder import MARK, linked
from generator.pipeline.mishap import Mishap, ProcessEnded, looked_at
from generator.pipeline.plan import Content, SitePlan, data_files, other_files
from generator.render.base.page import Page
from generator.render.data_files.browser_files import name_search
from generator.render.data_files.offline_packs import write_offline
from generator.render.directory.cards import make_cards
from generator.render.frame.page_frame import ASSETS, SLOTS, ShellValues, header_file, shell_values, slots
from generator.render.pages.search_field import search_form
from generator.theme import material


class Frames(Struct, frozen=True):
    """A site's frames by language, family (`render/frame/families.py`) and depth: how many folders a page lies deep."""

    plan: SitePlan
    environment: Environment = struct_field(default_factory=material.plain_environment)
    shells: dict[tuple[str, str, int], material.Shell] = struct_field(default_factory=dict)
    """Those that were asked for before."""
    links: dict[tuple[str, str, int], PageLinks] = struct_field(default_factory=dict)
    """What each of them links to."""

    def values(self, lang: str, family: str, depth: int, base: str | None = None) -> ShellValues:
        """Return a frame's values; `base` overrides where links start."""
        addresses = self.plan.assets.addresses
        return shell_values(self.plan.contexts[lang], family, depth, addresses=addresses, base=base)

    def shell(self, lang: str, family: str, depth: int) -> material.Shell:
        """Return a frame, with places for its slots."""
        key = (lang, family, depth)
        if key not in self.shells:
            self.shells[key] = material.render_shell(self.environment, self.values(*key))
        return self.shells[key]

    def slots(self, page: Page) -> dict[str, str]:
        """Return the finished strings of a page."""
        return dict(slots(self.plan.contexts[page.lang], page))

    def document(self, page: Page) -> str:
        """Return the whole document of a page."""
        return self.shell(page.lang, page.family, page.depth).fill(self.slots(page))

    def scanned(self, page: Page) -> tuple[str, PageLinks]:
        """Return a page's whole document and its links."""
        key = (page.lang, page.family, page.depth)
        shell, slots = self.shell(*key), self.slots(page)
        if key not in self.links:
            self.links[key] = scan(shell.fill(dict.fromkeys(SLOTS, "")))
        return shell.fill(slots), scan("\n".join(slots.values()), self.links[key])

    def not_found(self) -> str:
        """Return the 404 page, with links from the root."""
        lang = self.plan.site.config.language
        context = self.plan.contexts[lang]
        return self.environment.get_template("404.html").render(
            shell=self.values(lang, "missing", 0, self.plan.root),
            slot=dict.fromkeys(SLOTS, ""),
            search=context.call(search_form(context, self.plan.root)),
            _=context.texts.gettext,
        )


T = TypeVar("T")
R = TypeVar("R")
FEW = 400
"""Up to so many tasks are worked on by one process: to begin others takes longer."""
CHUNK = 64
"""Tasks that a process is given at a time: few answers to wait for, and all end at about the same time."""
Task = Callable[[], tuple[Iterable[tuple[str, bytes]], T]]
"""Makes some files, each with its path from the site's root, and something to tell of them."""

_folders: set[str] = set()
"""Those that this process has made or found: each is asked for once."""


def write_files(folder: Path, before: Path, tasks: Sequence[Task[T]], report: Progress) -> Iterator[T]:
    """Write all tasks' files in parallel, yielding results in any order.

    Unchanged files in `before` become links. Forked processes share everything; few tasks, threads or no fork mean one
    process. Raises `Mishap` or `ProcessEnded`.
    """
    done = 0
    _folders.clear()
    if len(tasks) <= FEW or _cores() < 2 or not _alone() or not hasattr(os, "fork"):
        for task in tasks:
            yield _write(folder, before, task)
            done += 1
            report("schreiben", done, len(tasks))
        return
    work = partial(_write_some, folder, before, tasks)
    for results in _shared_out(work, _chunks(len(tasks))):
        yield from results
        done += len(results)
        report("schreiben", done, len(tasks))


def _alone() -> bool:
    """Tell whether this process has one thread; a fork of more may deadlock."""
    return threading.active_count() == 1


def _shared_out(work: Callable[[range], R], packets: Sequence[range]) -> Iterator[R]:
    """Yield packets' results, worked on by as many processes as cores.

    Each has its own pipe and no lock, so a killed one leaves nobody waiting.
    """
    pipes: dict[Connection, BaseProcess] = {}
    try:
        # Ctrl+C reaches all of them: this process ends the others. In the middle of a fork it would be lost.
        with _interrupt_delayed():
            for _ in range(_cores()):
                _start(work, pipes)
        yield from _answers(pipes, iter(packets))
    finally:
        for pipe, process in pipes.items():
            process.kill()
            process.join()
            pipe.close()


def _start(work: Callable[[range], R], pipes: dict[Connection, BaseProcess]) -> None:
    """Fork a worker and add its pipe."""
    ours, theirs = Pipe()
    # It closes the others' pipes that it inherits: a pipe ends only when nobody holds its other end.
    process = get_context("fork").Process(target=works, args=(work, theirs, (ours, *pipes)), daemon=True)
    process.start()
    theirs.close()
    pipes[ours] = process


def _answers(pipes: Mapping[Connection, BaseProcess], packets: Iterator[range]) -> Iterator[Any]:
    """Hand packets to workers as they finish, yielding answers."""
    busy = [pipe for pipe in pipes if _send_packet(pipe, next(packets, None))]
    while busy:
        ready = wait(busy)
        for pipe in [pipe for pipe in busy if pipe in ready]:
            answer = _receive_answer(pipe, pipes[pipe])
            if not _send_packet(pipe, next(packets, None)):
                busy.remove(pipe)
            yield answer


def _send_packet(pipe: Connection, packet: range | None) -> bool:
    """Hand a worker a packet, if any; tell whether."""
    if packet is not None:
        # Where the process is gone, the pipe says so when its answer is read.
        with suppress(BrokenPipeError):
            pipe.send(packet)
    return packet is not None


def _receive_answer(pipe: Connection, process: BaseProcess) -> Any:
    try:
        answer = pipe.recv()
    except (EOFError, OSError):
        process.join()
        raise ProcessEnded(process.exitcode) from None
    if isinstance(answer, Mishap):
        raise answer
    return answer


def works(work: Callable[[range], Any], line: Connection, others: Collection[Connection]) -> None:
    """Answer packets until the pipe ends, when not needed or orphaned."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            line.send(_run_packet(work, line.recv()))


def _run_packet(work: Callable[[range], R], packet: range) -> R | Mishap:
    try:
        return work(packet)
    except Exception as error:  # noqa: BLE001 - told at the door of the command
        # Not every exception survives the way to the other process, and none keeps what it was about.
        return looked_at(error)


@contextmanager
def _interrupt_delayed() -> Iterator[None]:
    """Let Ctrl+C wait until the block has ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(count: int) -> list[range]:
    """Return ranges of tasks: first singly, being large, then in packets."""
    alone = min(8, count)
    return [
        *(range(number, number + 1) for number in range(alone)),
        *(range(start, min(start + CHUNK, count)) for start in range(alone, count, CHUNK)),
    ]


def _write_some(folder: Path, before: Path, tasks: Sequence[Task[T]], numbers: range) -> list[T]:
    return [_write(folder, before, tasks[number]) for number in numbers]


def _write(folder: Path, before: Path, task: Task[T]) -> T:
    """Write a task's files, as links to the last site's where these are the same."""
    files, result = task()
    for name, content in files:
        path = os.path.join(folder, name)
        place = os.path.dirname(path)
        if place not in _folders:
            os.makedirs(place, exist_ok=True)
            _folders.add(place)
        if linked(os.path.join(before, name), content, path):
            continue
        with open(path, "wb", buffering=0) as stream:
            rest = memoryview(content)
            # A disk that gets full takes a part and says so only when it is asked to take the rest.
            while rest:
                rest = rest[stream.write(rest) :]
    return result


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Written(Struct, frozen=True):
    """What the sitemap says of a page, if `indexed`."""

    path: str
    date: dt.date | None
    indexed: bool


def make_page(plan: SitePlan, path: str) -> Page:
    """Make a generated page."""
    address = plan.pages[path]
    page = address.type.render(plan.contexts[address.lang], address.key)
    if page.path != path:
        raise ValueError(f"page {page.path!r} was announced as {path!r}")
    return page


def write_generated(
    frames: Frames,
    folder: Path,
    before: Path,
    links: SiteLinks,
    report: Progress = silent,
) -> list[Written]:
    """Write all but hand-written pages, returning what is known of each.

    Unchanged files in `before` become links; `links` collects pages' links.
    """
    plan = frames.plan
    for context in plan.contexts.values():
        context.facts.complete()
    name_search(list(plan.contexts.values()))
    others = dict(other_files(plan))
    # All in one: folium, which writes them, is loaded by one process.
    maps = {name: others.pop(name) for name in [*others] if name.startswith(f"{ASSETS}maps/")}
    tasks: list[Task[tuple[Written, PageLinks] | None]] = [
        partial(_several, make)
        for make in (lambda: {name: made() for name, made in maps.items()}, *data_files(plan))
    ]
    # Whoever is killed from here on leaves a folder that is known as ours.
    _write(folder, before, partial(_make_one_file, MARK, others.pop(MARK)))
    tasks += [partial(_make_one_file, name, make) for name, make in others.items()]
    tasks += [partial(_make_one_file, name, make) for name, make in of_all_pages(frames)]
    tasks += [partial(_make_page_file, frames, path) for path in plan.pages]
    for context in plan.whole:
        # Cards stand on many pages: made before the work is shared out, no process makes them again.
        make_cards(context)
    found = []
    for made in write_files(folder, before, tasks, report):
        if made is not None:
            # Taken in at once: the links of all pages are more than all pages' records.
            written, its_links = made
            links.add(f"{written.path}index.html", its_links)
            found.append(written)
    return found


def finish(
    plan: SitePlan, folder: Path, written: Sequence[Written], links: SiteLinks
) -> tuple[Diagnostic, ...]:
    """Write sitemap and offline lists; check all links and anchors."""
    dates = {page.path: page.date for page in written}
    hidden = {page.path for page in written if not page.indexed}
    for name, text in sitemap(plan.url, [path for path in plan.paths if path not in hidden], dates).items():
        (folder / name).write_text(text, encoding="utf-8")
    write_offline(folder, plan.whole, plan.assets.addresses)
    return links.check(folder)


def of_all_pages(frames: Frames) -> list[tuple[str, Content]]:
    """Return (path, maker) of files about all pages."""
    plan = frames.plan

    def headers() -> bytes:
        # What a server should send; the meta element can't carry `frame-ancestors`.
        return header_file(plan.contexts.values(), plan.paths, policy(plan.site.config)).encode()

    return [("404.html", lambda: frames.not_found().encode()), ("_headers", headers)]


def _several(make: Callable[[], Mapping[str, bytes]]) -> tuple[list[tuple[str, bytes]], None]:
    return list(make().items()), None


def _make_one_file(name: str, make: Content) -> tuple[list[tuple[str, bytes]], None]:
    return [(name, make())], None


def _make_page_file(frames: Frames, path: str) -> tuple[list[tuple[str, bytes]], tuple[Written, PageLinks]]:
    page = make_page(frames.plan, path)
    document, links = frames.scanned(page)
    return [(page.file, document.encode())], (Written(path, page.date, page.indexed), links)
