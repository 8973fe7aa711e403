"""The checkout in; wheel and source archive, installed into an environment that was empty, and whether they build the demo out.

Nothing but what `site.lock` names is installed, with its digests checked; the demo is built without a network and must have
the bytes that the checkout gives it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

from attack.faults import here
from attack.surroundings import NO_NETWORK, ROOT, START, digests
from attack.tally import Tally
from attack.world import TODAY

EPOCH = "1790000000"
DEMO = ("resources", "content", "site_config.yml", "mkdocs.yml")
# Python runs this before anything else; where namespaces are allowed there is no network at all.
SITE = f"{NO_NETWORK}\n"


class Failed(Exception):
    """A step ended otherwise than it should; the text says which and what was said."""


def ran(what: str, line: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Run a program with a bare environment; return what it said, or raise `Failed`."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    # How registries are reached is set up for the user who runs this.
    bare |= {name: value for name, value in os.environ.items() if name.lower().startswith(("pip_", "ssl_")) or name.lower().endswith("_proxy")}  # fmt: skip
    done = subprocess.run(
        [str(part) for part in line],
        cwd=folder,
        env={**bare, **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise Failed(f"{what}: exit code {done.returncode}\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def archives(folder: Path) -> tuple[Path, Path]:
    """Make wheel and source archive of the checkout, and the wheel once more from the archive; return both."""
    build = (sys.executable, "-m", "hatchling", "build")
    ran("wheel and archive", [*build, "-d", folder / "dist"], ROOT, SOURCE_DATE_EPOCH=EPOCH)
    (wheel,), (archive,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder / "quelle", filter="data")
    (source,) = (folder / "quelle").iterdir()
    ran("wheel from the archive", [*build, "-t", "wheel", "-d", folder / "zweites"], source, SOURCE_DATE_EPOCH=EPOCH)  # fmt: skip
    (second,) = (folder / "zweites").glob("*.whl")
    if second.read_bytes() != wheel.read_bytes():
        raise Failed("the source archive gives another wheel than the checkout")
    return wheel, archive


def demo(folder: Path) -> Path:
    """Copy the demo's records and pages, and nothing of the program, beside the environment."""
    project = folder / "demo"
    project.mkdir()
    for name in DEMO:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, project / name)
    return project


def build(python: Path, project: Path, target: Path, tally: Tally, **environment: str) -> dict[str, str]:
    """Build the demo without a network; return the digests of its files."""
    asked = ("build", "-p", project, "-o", target, "--today", TODAY)
    cut_off = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    tally.add("builds in a namespace without a network", cut_off)
    ran(
        f"build by {python}",
        [*(("unshare", "-n") if cut_off else ()), python, "-c", SITE + START, *asked],
        project,
        **environment,
    )
    return digests(target)


WAYS = ("wheel", "source archive")


def attack(cases: range, _workers: int = 1) -> Tally:
    """Install an archive into an environment of its own that was empty, and build the demo there."""
    tally = Tally()
    with here("leer") as folder:
        try:
            wheel, archive = archives(folder)
            project = demo(folder)
            expected = build(Path(sys.executable), project, folder / "eigen", tally, PYTHONPATH=str(ROOT))
            for case in cases:
                _one(case, wheel if case % 2 == 0 else archive, folder, project, expected, tally)
        except Failed as failure:
            tally.find(cases.start, str(failure))
    return tally


def _one(
    case: int, package: Path, folder: Path, project: Path, expected: dict[str, str], tally: Tally
) -> None:
    way = WAYS[case % len(WAYS)]
    place = folder / way.replace(" ", "-")
    ran("an empty environment", [sys.executable, "-m", "venv", place], folder)
    python = place / "bin" / "python"
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    ran("what the lock names", [*install, "--require-hashes", "-r", ROOT / "site.lock"], folder)
    ran(f"the {way}", [*install, "--no-deps", "--no-build-isolation", package], folder)
    told = ran("where it lies", [python, "-c", "import generator; print(generator.__file__)"], folder)
    if not told.startswith(str(place)):
        raise Failed(f"{way}: the program comes from {told}")
    found = build(python, project, folder / f"site-{way[:1]}", tally)
    tally.add("environments that were empty")
    tally.add("files compared", len(found))
    if found != expected:
        names = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
        tally.find(case, f"{way}: {len(names)} files differ from the checkout's: {names[:5]}")
