"""The pipelines that `nahraum init` writes: every step of every job is run as it is written, on a machine that has git, Python and no Nahraum.

What a forge does itself (`uses:`, its API, its expressions) is replaced by what stands in the tables here; anything that isn't there fails.
Packages come from no network: the lock names those that these tests run with, and Nahraum itself is built and installed from its sources.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import site
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.edit.records.founding import PIPELINES
from tests.conftest import ROOT
from tests.repository import git

USUAL = ("--name", "Musterstadt", "--land", "SH", "--today", "2026-11-20")
EVENTS = ("proposal", "push", "night", "month")
TOKEN = "geheim-4711"
OFFER = "resources/offers/beispieltreff.yml"


@dataclass
class Machine:
    """A runner with a home of its own, a checked-out project, and stand-ins on its path that write down how they were called."""

    home: Path
    work: Path
    bin: Path
    env: dict[str, str]
    ran: list[str] = field(default_factory=list)
    output: str = ""

    def run(self, script: str, env: Mapping[str, str], *, may_fail: bool = False) -> None:
        """Run a script as forges do: bash that ends at the first mistake, in a pipe as well."""
        self.ran.append(script)
        added = self.home / "path"
        paths = [*(added.read_text().split() if added.exists() else ()), str(self.bin), "/usr/bin", "/bin"]
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.work, env={**self.env, **env, "PATH": ":".join(paths)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.output += done.stdout + done.stderr
        assert may_fail or done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"

    def calls(self, name: str) -> list[list[str]]:
        """Return how a stand-in was called."""
        log = self.home / f"{name}.log"
        return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


STAND_IN = """#!{python}
import json, os, sys
said = {{}}
for word in sys.argv[1:]:
    name = word.partition("@")[2] if "@" in word else ""
    if name and os.path.exists(name):
        said[name] = open(name, encoding="utf-8").read()
    elif os.path.exists(word) and word.endswith(".md"):
        said[word] = open(word, encoding="utf-8").read()
with open(os.path.join(os.environ["HOME"], "{name}.log"), "a", encoding="utf-8") as log:
    log.write(json.dumps([*sys.argv[1:], said]) + "\\n")
if "{name}" == "curl" and "--request" not in sys.argv:
    print(os.environ.get("THERE", "[]"))
"""


def stand_in(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text(STAND_IN.format(python=sys.executable, name=name), "utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with Nahraum's sources, whose lock names the packages that are here."""
    folder = tmp_path_factory.mktemp("programm")
    for name in ("generator", "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    lock = (ROOT / "site.lock").read_text("utf-8")
    here = re.sub(r"(?m)^([A-Za-z0-9_.-]+)==([^ ;\\]+)", lambda one: f"{one[1]}=={version(one[1])}", lock)
    (folder / "site.lock").write_text(here, "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "v1")
    git(folder, "tag", "v1")
    return folder


def town(folder: Path, forge: str) -> tuple[Path, Path]:
    """Return a forge's repository of a new town, and a clone in which somebody proposes a change on a branch."""
    origin, clone = folder / "ablage/stadt/nahraum.git", folder / "arbeit"
    CliRunner().invoke(main, ["init", str(clone), *USUAL, "--forge", forge])
    git(clone, "init", "-q")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "Anfang")
    origin.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(clone), str(origin)], check=True)
    git(clone, "remote", "add", "origin", str(origin))
    git(clone, "fetch", "-q", "origin")
    git(clone, "checkout", "-q", "-b", "vorschlag")
    text = (clone / OFFER).read_text("utf-8")
    (clone / OFFER).write_text(re.sub(r"(?m)^hours: .*$", "hours: Di 9-12 Uhr", text), "utf-8")
    git(clone, "commit", "-qam", "Zeiten")
    return origin, clone


def machine(folder: Path, program: Path, forge: str, event: str, more: Mapping[str, str]) -> Machine:
    origin, work = town(folder, forge)
    if event != "proposal":
        git(work, "checkout", "-q", "main")
    home, bin_ = folder / "home", folder / "bin"
    home.mkdir()
    bin_.mkdir()
    (bin_ / "python").symlink_to(sys.executable)
    for name in ("curl", "gh"):
        stand_in(bin_, name)
    day = "01" if event == "month" else "15"
    (bin_ / "date").write_text(f'#!/bin/sh\ncase "$1" in +%d) echo {day};; *) echo "11/2026";; esac\n')
    (bin_ / "date").chmod(0o755)
    packages = ":".join(site.getsitepackages())
    env = {
        "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": packages, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "SOURCE_DATE_EPOCH": str(int(dt.datetime(2026, 11, 21, tzinfo=dt.UTC).timestamp())), "PYTHONDONTWRITEBYTECODE": "1",
        "GITHUB_PATH": str(home / "path"), "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
    }  # fmt: skip
    del origin
    return Machine(
        home, work, bin_, env | dict(more) | {"NAHRAUM_REPOSITORY": str(program), "NAHRAUM_VERSION": "v1"}
    )


# What GitHub and Forgejo fill in, by event. An expression that isn't here fails.
VALUES: Mapping[str, Mapping[str, str]] = {
    event: {
        "vars.NAHRAUM_REPOSITORY": "(here)", "vars.NAHRAUM_VERSION": "(here)", "github.token": TOKEN, "github.event.number": "7",
        "steps.pages.outputs.page_url": "https://stadt.example/",
    }
    for event in EVENTS
}  # fmt: skip
CONDITIONS: Mapping[str, frozenset[str]] = {
    "github.event_name == 'pull_request'": frozenset({"proposal"}),
    "github.event_name != 'pull_request'": frozenset({"push", "night", "month"}),
    "github.event_name == 'schedule'": frozenset({"night", "month"}),
    "github.event_name == 'push' || github.event.schedule == '17 2 * * *'": frozenset({"push", "night"}),
    "github.event.schedule == '23 5 1 * *'": frozenset({"month"}),
}
"""The conditions of jobs and steps, and for which events they hold."""


def checked_out(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given == {"fetch-depth": 0}, "git difference needs the past"


def set_up(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given == {"python-version": "3.12"}


def cached(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given.keys() == {"path", "key"}


def uploaded(machine: Machine, given: Mapping[str, Any]) -> None:
    assert (machine.work / given["path"] / "index.html").is_file()
    assert given.keys() <= {"name", "path", "retention-days"}
    (machine.home / "uploaded").write_text(str(given.get("name", "pages")))


def deployed(machine: Machine, given: Mapping[str, Any]) -> None:
    assert not given
    assert (machine.home / "uploaded").read_text() == "pages"
    (machine.home / "deployed").touch()


USES: Mapping[str, Callable[[Machine, Mapping[str, Any]], None]] = {
    "actions/checkout@v4": checked_out,
    "actions/setup-python@v5": set_up,
    "actions/cache@v4": cached,
    "actions/upload-artifact@v4": uploaded,
    "actions/upload-pages-artifact@v3": uploaded,
    "actions/deploy-pages@v4": deployed,
    "https://code.forgejo.org/actions/checkout@v4": checked_out,
    "https://code.forgejo.org/actions/setup-python@v5": set_up,
    "https://code.forgejo.org/actions/cache@v4": cached,
    "https://code.forgejo.org/forgejo/upload-artifact@v4": uploaded,
}
"""What stands in for what a forge fetches."""


def workflow(forge: str) -> dict[str, Any]:
    text = (ROOT / "generator/starter" / f"{forge}-ci.yml").read_text("utf-8")
    loaded: dict[Any, Any] = yaml.safe_load(text)
    # YAML 1.1 reads the key "on" as a truth.
    return {("on" if key is True else key): value for key, value in loaded.items()}


def filled_in(text: str, event: str) -> str:
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda one: VALUES[event][one[1]], str(text))


def run_workflow(machine: Machine, forge: str, event: str) -> list[str]:
    """Run the jobs of a workflow that an event starts; return their names."""
    plan, done = workflow(forge), []
    assert plan.keys() <= {"on", "permissions", "env", "jobs"}
    for name, job in plan["jobs"].items():
        assert job.keys() <= {"if", "needs", "runs-on", "permissions", "environment", "steps"}, name
        starts = event in CONDITIONS[job["if"]] if "if" in job else job["needs"] in done
        if not starts:
            continue
        done.append(name)
        filled_in(job.get("environment", {}).get("url", ""), event)
        for step in job["steps"]:
            assert step.keys() <= {"id", "if", "uses", "with", "run", "env", "continue-on-error"}
            if "if" in step and event not in CONDITIONS[step["if"]]:
                continue
            if "uses" in step:
                given = {
                    key: filled_in(value, event) if isinstance(value, str) else value
                    for key, value in step.get("with", {}).items()
                }
                USES[step["uses"]](machine, given)
            else:
                env = {key: filled_in(value, event) for key, value in step.get("env", {}).items()}
                machine.run(step["run"], env, may_fail=step.get("continue-on-error", False))
    return done


RULES: Mapping[str, frozenset[str]] = {
    '$CI_PIPELINE_SOURCE == "merge_request_event"': frozenset({"proposal"}),
    "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH": frozenset({"push", "night", "month"}),
    '$NAHRAUM_TASK == "stale"': frozenset({"month"}),
}


def starts_on_gitlab(rules: list[dict[str, str]], event: str) -> bool:
    """The first rule that holds decides."""
    for rule in rules:
        assert rule.keys() <= {"if", "when"}
        if event in RULES[rule["if"]]:
            return rule.get("when") != "never"
    return False


def run_gitlab(machine: Machine, event: str) -> list[str]:
    plan, done = workflow("gitlab"), []
    known = {"workflow", "variables", "default"}
    assert starts_on_gitlab(plan["workflow"]["rules"], event)
    assert plan["default"].keys() == {"image", "cache", "before_script"}
    for name in plan.keys() - known:
        job = plan[name]
        assert job.keys() <= {"rules", "script", "artifacts"}, name
        if starts_on_gitlab(job["rules"], event):
            done.append(name)
            machine.run("\n".join([*plan["default"]["before_script"], *job["script"]]), {})
            for path in job.get("artifacts", {}).get("paths", ()):
                assert (machine.work / path / "index.html").is_file()
    return done


GITLAB = {
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_API_V4_URL": "https://git.stadt.example/api/v4", "CI_PROJECT_ID": "3",
    "CI_MERGE_REQUEST_IID": "7", "NAHRAUM_TOKEN": TOKEN,
}  # fmt: skip
GITHUB = {
    "GITHUB_BASE_REF": "main", "GITHUB_REPOSITORY": "stadt/nahraum", "GITHUB_API_URL": "https://git.stadt.example/api/v1",
}  # fmt: skip
JOBS = {
    ("gitlab", "proposal"): {"vorschlag"}, ("gitlab", "push"): {"pages"}, ("gitlab", "night"): {"pages"}, ("gitlab", "month"): {"erinnern"},
    ("github", "proposal"): {"vorschlag"}, ("github", "push"): {"bauen", "veroeffentlichen"},
    ("github", "night"): {"bauen", "veroeffentlichen"}, ("github", "month"): {"erinnern"},
    ("forgejo", "proposal"): {"vorschlag"}, ("forgejo", "push"): {"bauen"}, ("forgejo", "night"): {"bauen"}, ("forgejo", "month"): {"bauen"},
}  # fmt: skip


@pytest.mark.whole
@pytest.mark.skipif(sys.platform == "win32", reason="runners of forges have bash")
@pytest.mark.parametrize(("forge", "event"), sorted(JOBS))
def test_every_step_of_every_job_does_what_it_says(
    tmp_path: Path, program: Path, forge: str, event: str
) -> None:
    more = GITLAB if forge == "gitlab" else GITHUB
    more = more | {"GITHUB_SERVER_URL": f"file://{tmp_path}/ablage"}
    one = machine(tmp_path, program, forge, event, more)
    jobs = run_gitlab(one, event) if forge == "gitlab" else run_workflow(one, forge, event)
    assert set(jobs) == JOBS[forge, event]
    # What ran is the wheel of these sources, not what the tests run with.
    assert list((one.home / "venv/lib").rglob("site-packages/generator/cli.py"))
    assert TOKEN not in one.output
    calls = one.calls("curl") + one.calls("gh")
    told = json.dumps(calls, ensure_ascii=False)
    if event == "proposal":
        assert "Angebot `Beispieltreff`: nicht mehr Do" in told
        assert "Datei" not in told, "what the job itself puts down is no change"
        assert "Alles in Ordnung" in one.output or "Hinweis" in one.output or "Warnung" in one.output
    elif event == "month":
        assert "Nachfragen im Monat 11/2026" in told or "issues" in told
    else:
        assert calls == []
    if forge == "forgejo" and event != "proposal":
        pages = git(tmp_path / "ablage/stadt/nahraum.git", "ls-tree", "--name-only", "pages").splitlines()
        assert "index.html" in pages
    if forge == "github" and event in ("push", "night"):
        assert (one.home / "deployed").exists()


@pytest.mark.whole
@pytest.mark.parametrize(("forge", "method"), [("gitlab", "PUT"), ("forgejo", "PATCH")])
def test_a_second_push_renews_the_comment_and_a_mistake_ends_the_job(
    tmp_path: Path, program: Path, forge: str, method: str
) -> None:
    there = json.dumps([{"id": 41, "body": "Danke!"}, {"id": 42, "body": "<!-- nahraum -->\nalt"}])
    more = (GITLAB if forge == "gitlab" else GITHUB) | {"THERE": there}
    one = machine(tmp_path, program, forge, "proposal", more)
    text = (one.work / OFFER).read_text("utf-8")
    (one.work / OFFER).write_text(text.replace("kind:", "kinde:"), "utf-8")
    git(one.work, "commit", "-qam", "Ein Fehler")
    with pytest.raises(AssertionError, match="unbekanntes-feld"):
        _ = run_gitlab(one, "proposal") if forge == "gitlab" else run_workflow(one, forge, "proposal")
    last = one.calls("curl")[-1]
    assert last[last.index("--request") + 1] == method
    assert any(str(word).endswith("/42") for word in last)


def test_what_a_workflow_uses_is_known_and_may_do_little() -> None:
    for forge in PIPELINES:
        if forge == "gitlab":
            continue
        jobs = workflow(forge)["jobs"]
        for job in jobs.values():
            for step in job["steps"]:
                assert step.get("uses", "run") in {*USES, "run"}
    github = workflow("github")
    assert github["permissions"] == {"contents": "read"}
    assert {name: job.get("permissions") for name, job in github["jobs"].items()} == {
        "vorschlag": {"contents": "read", "pull-requests": "write"},
        "bauen": None,
        "veroeffentlichen": {"pages": "write", "id-token": "write"},
        "erinnern": {"contents": "read", "issues": "write"},
    }
    assert github["jobs"]["veroeffentlichen"]["environment"]["name"] == "github-pages"


@pytest.mark.parametrize("forge", PIPELINES)
def test_nothing_that_strangers_write_gets_into_a_script(forge: str) -> None:
    """Expressions stand in `env:` and `with:` and never in a script; what is proposed is read as that of strangers."""
    text = (ROOT / "generator/starter" / f"{forge}-ci.yml").read_text("utf-8")
    plan = workflow(forge)
    jobs = [plan["vorschlag"]] if forge == "gitlab" else [plan["jobs"]["vorschlag"]]
    scripts = jobs[0]["script"] if forge == "gitlab" else [step.get("run", "") for step in jobs[0]["steps"]]
    assert not any("${{" in script for script in scripts)
    called = [
        line for script in scripts for line in script.splitlines() if re.match(r"nahraum ", line.strip())
    ]
    assert len(called) == 3
    assert all("--untrusted" in line for line in called)
    assert "CI_MERGE_REQUEST_TITLE" not in text
