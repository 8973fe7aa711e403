"""Build, or say that nothing has changed since the last build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from generator.diagnostics import Diagnostic, has_errors
from generator.diagnostics.diagnostic import Progress, silent
from generator.files.disk import Disk
from generator.files.result_cache import BuildJob
from generator.files.site_folder import recover

if TYPE_CHECKING:
    from generator.pipeline.build import Writer


class Built(Struct, frozen=True):
    """What a build found, its files, and whether anything was `made`."""

    found: tuple[Diagnostic, ...]
    disk: Disk
    made: bool


def build_again(job: BuildJob, write: Writer, *, afresh: bool = False, progress: Progress = silent) -> Built:
    """Build if anything changed, or `afresh`. With errors the old site stays, and the next call builds again."""
    recover(job.target)
    if not afresh and (last := job.last()) is not None:
        return Built(last, Disk(job.project), made=False)
    # Reading, checking and rendering are loaded only where they are needed: the answer above takes less time than that.
    from generator.pipeline.build import build_site, prepare

    ready = prepare(job.project, job.today, internal=job.internal, untrusted=job.untrusted, progress=progress)
    found = build_site(ready, job.target, write, progress)
    if not has_errors(found):
        job.keep(ready.disk.seen, found)
    return Built(found, ready.disk, made=True)
