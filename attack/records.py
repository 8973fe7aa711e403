"""A number in, a record with something wrong in it out; whether reading, checking, deriving and rendering bear it.

A record is changed in memory: no file is written, so that a hundred thousand of them take minutes and not days. What is
accepted takes its place in the town, and its own page is made.
"""

from __future__ import annotations

import json
import random
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from types import FrameType

import yaml

from attack.children import Limits, run_all
from attack.mutations import change, dumped
from attack.projects import base, folder_of, ids
from attack.tally import Tally
from attack.values import LETTERS, SIGNS
from attack.warming import keep_templates
from attack.world import TODAY
from generator.check import checks, dated_checks
from generator.derive.facts import derive
from generator.derive.masking import published
from generator.diagnostics import has_errors
from generator.files.disk import decoded, limit_of
from generator.model.dates import parse_date
from generator.model.groups import Kind
from generator.model.kinds import KINDS
from generator.read.nodes import MapNode, parse
from generator.read.project import Reading, read_project
from generator.read.records import RecordSource, validate
from generator.read.references import check_references
from generator.render.base.context import Context
from generator.render.pages import PAGES

SECONDS = 10
"""Of processor time that one record may take."""
BATCH = 100
LIMITS = Limits(seconds=BATCH * SECONDS, patience=3600)


class Hangs(Exception):
    """A record takes longer than any may."""


@dataclass(frozen=True)
class Town:
    """The sound project as it was read, and the written records of each kind."""

    reading: Reading
    records: dict[str, tuple[tuple[str, bytes], ...]]


@cache
def town() -> Town:
    """Read the sound project once."""
    keep_templates()
    with folder_of(base()) as root:
        reading = read_project(root)
    # Whatever is looked for on the disk from now on isn't there, as in an empty project.
    records = {
        kind.folder: tuple(
            (name.rpartition("/")[2].removesuffix(".yml"), content)
            for name, content in base().items()
            if name.split("/")[1:2] == [kind.folder] and name.endswith(".yml")
        )
        for kind in KINDS
    }
    return Town(reading, records)


def written(seed: int) -> tuple[Kind, str, bytes]:
    """Return the record of a number: its kind, its id and its bytes."""
    chance = random.Random(seed)
    kind = chance.choice([kind for kind in KINDS if town().records[kind.folder]])
    key, content = chance.choice(town().records[kind.folder])
    record = yaml.load(content, Loader=yaml.CBaseLoader)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        change(record, kind.model, chance, ids())
    data = dumped(record, chance)
    if chance.random() < 0.1:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice((*SIGNS, *LETTERS)).encode("utf-8", "surrogatepass") + data[at:]
    return kind, key, data


def bear(kind: Kind, key: str, data: bytes) -> bool:
    """Read a record, and where it is sound let it take its place: check the town, derive, render. True where accepted."""
    file = f"resources/{kind.folder}/{key}.yml"
    if len(data) > limit_of(Path(file)):
        # `Disk` opens no file of that size; nothing is read here, so it isn't asked.
        return False
    text, found = decoded(data, file)
    if text is None:
        return False
    node, problems = parse(text, file)
    if not isinstance(node, MapNode):
        return False
    record, more = validate(kind.model, node, id=key)
    if record is None or has_errors((*found, *problems, *more, *check_references(kind.model, node, ids()))):
        return False
    reading = town().reading
    if reading.site is None or kind.internal:
        return True
    records = {**reading.site.records(kind.folder), key: record}
    site = reading.site.with_records({kind.folder: dict(sorted(records.items()))})
    source = RecordSource(kind.folder, key, file, node, record, text)
    # Its files are gone by now, and the lists of them that were kept are those of before.
    disk, sources = reading.disk.afresh(), {**reading.sources, (kind.folder, key): source}
    changed = replace(reading, disk=disk, site=site, sources=sources)
    today = parse_date(TODAY)
    told = [item for check in checks() for item in check(site, changed)]
    told += [item for check in dated_checks() for item in check(site, changed, today)]
    if has_errors(told):
        return False
    shown = published(site)
    facts = derive(shown, today, changed.indicators)
    for lang in shown.config.languages:
        context = Context(shown, facts, lang)
        for page in PAGES:
            if page.kind == _page_of(kind.folder):
                # Some kinds stand together on one page, whose key is empty.
                for one in {key, ""} & set(page.keys(shown, facts)):
                    page.render(context, one)
    return True


def _page_of(folder: str) -> str:
    """Return the type of the page that shows records of a folder: one record, or else all of them."""
    single = folder.removesuffix("s")
    return single if any(page.kind == single for page in PAGES) else folder


def bear_all(seeds: range, out: Path) -> int:
    """Bear a batch of records in this process; write what was accepted, and what should not have been, one a line."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise Hangs

    signal.signal(signal.SIGPROF, late)
    with out.open("w", encoding="utf-8") as stream:
        for seed in seeds:
            record = written(seed)
            begun = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            problem = ""
            accepted = False
            try:
                accepted = bear(*record)
            except Exception:  # noqa: BLE001 - what nobody expected is the find
                problem = traceback.format_exc()
            signal.setitimer(signal.ITIMER_PROF, 0)
            taken = time.process_time() - begun
            stream.write(json.dumps([seed, accepted, taken, problem]) + "\n")
            stream.flush()
    return 0


def attack(cases: range, workers: int) -> Tally:
    """Let the records of these numbers be borne, in batches."""
    tally = Tally()
    town()
    batches = [range(start, min(start + BATCH, cases.stop)) for start in cases[::BATCH]]
    with tempfile.TemporaryDirectory() as folder:
        out = {batch.start: Path(folder) / f"{batch.start}" for batch in batches}
        tasks = ((batch, partial(bear_all, batch, out[batch.start])) for batch in batches)
        for batch, ended in run_all(tasks, workers, LIMITS):
            for number, accepted, taken, problem in _lines(out[batch.start]):
                tally.add("records")
                tally.add("accepted and rendered", accepted)
                tally.most("milliseconds of processor time", round(taken * 1000))
                if problem:
                    tally.find(number, problem[-1500:])
            if problem := ended.problem(LIMITS, (0,)):
                tally.find(batch.start, f"batch: {problem}\n{ended.said[-800:]}")
            tally.most("megabytes", ended.memory // 1_000_000)
            out[batch.start].unlink(missing_ok=True)
    return tally


def _lines(path: Path) -> Iterator[tuple[int, bool, float, str]]:
    if path.exists():
        for line in path.read_text("utf-8").splitlines():
            yield tuple(json.loads(line))
