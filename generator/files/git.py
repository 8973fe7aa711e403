"""Ask git for files and their past, without starting filters, hooks or programs."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator.files.result_cache import OWN
from generator.files.site_folder import MARK

# Shows no pager, takes no locks and starts no program of the repository.
_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "-c", "safe.bareRepository=explicit",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={os.devnull}",
)  # fmt: skip
_HERE = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""What a clone left with its server is not fetched now."""
_FILTERS = ("config", "--name-only", "-z", "--get-regexp", r"^filter\.")  # asks which filters are set
_READING_FILES = frozenset({"diff", "status"})
"""What compares files with what git keeps, for which it would send them through filters."""


class NoAnswer(Exception):
    """Git can't answer; the message says why in German."""


def asked(root: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return git's answer to the input `given`, None if refused. Raises `NoAnswer` without git, or in what only looks like a repository."""
    _in_no_lookalike(root)
    more = _without_filters(root) if _READING_FILES & set(arguments) else {}
    return _run(root, arguments, given, more)


def kept_by_git(root: Path) -> None:
    """Raise `NoAnswer` where a folder lies in no repository."""
    if _is_outside(root) or asked(root, "rev-parse", "--is-inside-work-tree") is None:
        raise NoAnswer("Dieser Ordner liegt in keinem Projekt von git")


def _is_outside(root: Path) -> bool:
    """Tell, without asking git, whether no folder above holds a repository."""
    start = Path(os.path.realpath(root))
    signs = (folder / sign for folder in (start, *start.parents) for sign in (".git", "HEAD"))
    return "GIT_DIR" not in os.environ and not any(sign.exists() for sign in signs)


def texts_of(root: Path, blobs: Collection[str]) -> dict[str, str]:
    """Return texts by digest; raises `NoAnswer` if any is missing."""
    wanted = sorted(blobs)
    answer = asked(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode()) or b""
    # Of each: `<digest> blob <bytes>`, a line end, the content, a line end.
    found: dict[str, str] = {}
    at = 0
    for blob in wanted:
        head, newline, _ = answer[at : at + 200].partition(b"\n")
        if not newline or head.split()[1:2] != [b"blob"]:
            raise NoAnswer(
                "Git hat hier nicht alles geholt, was früher war. Alles holt ein Klon ohne --filter und --depth"
            )
        start = at + len(head) + 1
        at = start + int(head.split()[2]) + 1
        found[blob] = answer[start : at - 1].decode("utf-8-sig", "replace")
    return found


def _run(root: Path, arguments: Iterable[str], given: bytes, more: Mapping[str, str]) -> bytes | None:
    """Run git with `more` in its environment; None if it refuses."""
    line = ["git", *_QUIET, "-C", os.fspath(root), *arguments]
    try:
        finished = subprocess.run(
            line, input=given, capture_output=True, check=False, env={**os.environ, **_HERE, **more}
        )
    except FileNotFoundError as error:
        raise NoAnswer("Git ist auf diesem Rechner nicht zu finden") from error
    return None if finished.returncode else finished.stdout


def _in_no_lookalike(root: Path) -> None:
    """Raise `NoAnswer` where git would take kept files for a repository; old versions can't be told."""
    start = Path(os.path.realpath(root))
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return
        if (folder / "HEAD").exists():
            raise NoAnswer(
                f"Der Ordner „{folder.name}“ sieht aus wie eine Ablage von git, ist hier aber keine"
            )


def _without_filters(root: Path) -> dict[str, str]:
    """Return environment settings by which git starts no filter."""
    answer = _run(root, _FILTERS, b"", {}) or b""
    names = sorted(set(os.fsdecode(answer).split("\0")) - {""})
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    settings = {"GIT_CONFIG_COUNT": str(first + len(names))}
    for number, name in enumerate(names, first):
        settings[f"GIT_CONFIG_KEY_{number}"] = name
        settings[f"GIT_CONFIG_VALUE_{number}"] = "false" if name.endswith(".required") else ""
    return settings


def _file_names_from_git(root: Path, *which: str) -> list[str]:
    answer = asked(root, "ls-files", "-z", *which, "--", ".")
    if answer is None:
        raise NoAnswer("Git sagt nicht, welche Dateien es hier gibt")
    return [name for name in os.fsdecode(answer).split("\0") if name]


def _new(root: Path) -> list[str]:
    """Return files git would add, without the program's own."""
    names = _file_names_from_git(root, "--others", "--exclude-standard")
    folders = {above.as_posix() for name in names for above in PurePosixPath(name).parents} - {"."}
    sites = tuple(f"{folder}/" for folder in folders if (root / folder / MARK).exists())
    return [name for name in names if f"/{OWN}" not in f"/{name}" and not name.startswith(sites)]


def kept_files(root: Path) -> tuple[str, ...]:
    """Return files git keeps or would add, without links, in order.

    The program's own only if kept. Without git: every file outside of dot folders.
    """
    try:
        kept_by_git(root)
        names = [*_file_names_from_git(root, "--cached"), *_new(root)]
    except NoAnswer:
        names = list(_list_visible_files(root))
    paths = {name: root / name for name in names}
    # Of a link git keeps where it leads, not what is there.
    return tuple(sorted(name for name, path in paths.items() if path.is_file() and not path.is_symlink()))


def _list_visible_files(root: Path) -> Iterator[str]:
    for directory, folders, names in os.walk(root):
        here = Path(directory)
        folders[:] = [name for name in folders if name[0] != "." and not (here / name / MARK).exists()]
        yield from ((here / name).relative_to(root).as_posix() for name in names if not name.startswith(OWN))


def named(root: Path, paths: Iterable[Path]) -> frozenset[str]:
    """Return paths as messages about a project name them."""
    project = root.resolve()
    return frozenset(_name_in(project, path) for path in paths)


def _name_in(project: Path, path: Path) -> str:
    """Return a path from the project, else absolute."""
    full = path.resolve()
    if full.is_relative_to(project):
        return full.relative_to(project).as_posix()
    return path.absolute().as_posix()


def changed(root: Path, since: str) -> frozenset[str]:
    """Return files that differ from a git version, new and deleted too.

    Ignored ones don't count. Raises `NoAnswer` without git, repository or version.
    """
    kept_by_git(root)
    version = asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    if version is None:
        raise NoAnswer(f"Git kennt hier keine Fassung „{since}“")
    options = ("--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
    differing = asked(root, "diff", *options, os.fsdecode(version).strip(), "--", ".")
    if differing is None:
        raise NoAnswer("Git sagt nicht, was sich geändert hat")
    return frozenset(filter(None, [*os.fsdecode(differing).split("\0"), *_new(root)]))


def lies_in(name: str, chosen: frozenset[str]) -> bool:
    """Tell whether a file is chosen or in a chosen folder."""
    return name in chosen or any(above.as_posix() in chosen for above in PurePosixPath(name).parents)


_MARK = "\x01"  # begins each commit in git's answer
_Files = tuple[str, str, str | None, str | None]
"""Of a file in a commit the digests of its content before and after (zeros for none), and both names."""


class PastChange(Struct, frozen=True):
    """A commit's file: names (`old`, `new`) and contents before and after (None: absent)."""

    old: str | None
    new: str | None
    before: str | None
    after: str | None


class PastCommit(Struct, frozen=True):
    """A commit's day on this branch, and its files."""

    date: dt.date
    changes: tuple[PastChange, ...]


def past(root: Path, folder: str) -> Iterator[PastCommit]:
    """Yield this branch's commits that touched a folder, oldest first, merges as one.

    Raises `NoAnswer` without git, history, or in a shallow clone.
    """
    commits = _commits(root, "--find-renames", "--", folder)
    blobs: set[str] = set()
    for _, files in commits:
        for before, after, *_file_names_from_git in files:
            blobs |= {before, after}
    texts = texts_of(root, {blob for blob in blobs if blob.strip("0")})
    for date, files in commits:
        changes = [PastChange(old, new, texts.get(one), texts.get(two)) for one, two, old, new in files]
        yield PastCommit(date, tuple(changes))


def first_versions(root: Path, folders: Iterable[str], wanted: Callable[[str], bool]) -> set[tuple[str, str]]:
    """Return wanted files' (name, first content); raises `NoAnswer` like `past`."""
    found: set[tuple[str, str]] = set()
    for _, files in _commits(root, "--diff-filter=A", "--no-renames", "--", *folders):
        found.update((blob, name) for _, blob, _, name in files if name is not None and wanted(name))
    texts = texts_of(root, {blob for blob, _ in found})
    return {(name, texts[blob]) for blob, name in found}


_MOST = 2_000_000
"""Bytes of a version of a file that is searched, at most."""
_AT_ONCE = 200


def past_texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of every version that git holds of any file; raises `NoAnswer` like `texts_of`."""
    kept_by_git(root)
    lines = os.fsdecode(asked(root, "rev-list", "--objects", "--all") or b"").splitlines()
    names = dict(line.split(" ", 1) for line in lines if " " in line)
    kinds = (
        asked(root, "cat-file", "--batch-check", given="".join(f"{key}\n" for key in names).encode()) or b""
    )
    every = (line.split() for line in kinds.decode().splitlines())
    blobs = [key for key, kind, *size in every if kind == "blob" and int(size[0]) <= _MOST]
    for start in range(0, len(blobs), _AT_ONCE):
        for blob, text in texts_of(root, blobs[start : start + _AT_ONCE]).items():
            yield names[blob], text


def messages(root: Path) -> list[str]:
    """Return of each commit who made it and what it says."""
    answer = asked(root, "log", "--all", "--no-show-signature", "-z", "--format=%an %ae %cn %ce %B") or b""
    return answer.decode("utf-8", "replace").split("\0")


def _commits(root: Path, *which: str) -> list[tuple[dt.date, list[_Files]]]:
    """Return this branch's commits that touched files, oldest first."""
    kept_by_git(root)
    if (asked(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        raise NoAnswer(
            "Git hat hier nur die letzten Fassungen geholt. Die ganze Geschichte holt „git fetch --unshallow“"
            " (GitLab: GIT_DEPTH: 0, GitHub und Forgejo: fetch-depth: 0)"
        )
    # Somebody's settings may leave out the first commit, have signatures shown by a program, or follow a name.
    answer = asked(
        root, "-c", "log.showRoot=true", "-c", "log.follow=false", "log", "--no-show-signature", "--no-ext-diff",
        "--reverse", "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "--no-abbrev",
        "--relative", f"--format={_MARK}%cs", *which,
    )  # fmt: skip
    if answer is None:
        raise NoAnswer("In diesem Projekt hält git noch keine Fassung fest")
    return [_commit(part) for part in os.fsdecode(answer).split(_MARK)[1:]]


def _commit(part: str) -> tuple[dt.date, list[_Files]]:
    """Return a commit's date, blobs and names: `:100644 100644 aaa bbb R090` and names."""
    words = iter([word.strip("\n") for word in part.split("\0") if word.strip("\n")])
    date = dt.date.fromisoformat(next(words))
    files: list[_Files] = []
    for word in words:
        _, _, before, after, way = word.split(" ")
        first = next(words)
        second = next(words) if way[0] in "RC" else first
        files.append((before, after, None if way[0] in "AC" else first, None if way[0] == "D" else second))
    return date, files


_FILES = ("100644", "100755")
"""The modes of what is a file and no link."""


def since_version(root: Path, since: str) -> dict[str, str | None]:
    """Return files changed since this branch left `since`, with former texts. None for new ones. Raises `NoAnswer` like `changed`."""
    base = asked(root, "merge-base", "--end-of-options", since, "HEAD")
    version = os.fsdecode(base).strip() if base else since
    names = changed(root, version)
    blobs = {name: blob for name, blob in _blobs(root, version) if name in names}
    texts = texts_of(root, set(blobs.values()))
    return {name: texts.get(blobs.get(name, "")) for name in sorted(names)}


def _blobs(root: Path, version: str) -> Iterator[tuple[str, str]]:
    """Yield (name, text's digest) of a version's files in a folder."""
    answer = asked(root, "ls-tree", "-r", "-z", "--end-of-options", version) or b""
    for line in os.fsdecode(answer).split("\0"):
        about, _, name = line.partition("\t")
        if about.startswith(_FILES):
            yield name, about.split()[2]
