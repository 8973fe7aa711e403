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
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.edit.records.new_records import PIPELINES
from tests.conftest import ROOT
from tests.edit.towns import every_number_called, write
from tests.records import replace
from tests.repository import git

USUAL = ("--name", "Musterstadt", "--land", "SH", "--today", "2026-11-20")
EVENTS = ("proposal", "push", "night", "month")
LIVE = frozenset({"push"})
"""The events in a town that is to be published; in the others it isn't, as at the beginning."""
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
    installed: list[str] = field(default_factory=list)
    """The jobs that had the program."""

    def new_job(self) -> Machine:
        """Return a machine on which nothing is but its stand-ins: each job gets one of its own, without the project."""
        (self.home / "path").unlink(missing_ok=True)
        for name in ("venv", "nahraum"):
            shutil.rmtree(self.home / name, ignore_errors=True)
        empty = Path(tempfile.mkdtemp(dir=self.home))
        return replace(self, work=empty, output="")

    def run(self, script: str, env: Mapping[str, str], allowed: int = 0, *, may_fail: bool = False) -> int:
        """Run a script as forges do: bash that ends at the first mistake; return the exit code, which may be an allowed one."""
        self.ran.append(script)
        added = self.home / "path"
        paths = [*(added.read_text().split() if added.exists() else ()), str(self.bin), "/usr/bin", "/bin"]
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-c", script],
            cwd=self.work, env={**self.env, **env, "PATH": ":".join(paths)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.output += done.stdout + done.stderr
        assert may_fail or done.returncode in (0, allowed), f"{script}\n{done.stdout}{done.stderr}"
        return done.returncode

    def ended(self, job: str, own: Machine) -> None:
        """Note what a job said, and whether it had the program: the wheel of these sources, not what the tests run with."""
        self.output += own.output
        if list((own.home / "venv").rglob("site-packages/generator/cli.py")):
            self.installed.append(job)

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
    for name in ("generator", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    for name in ("directory.lock", "site.lock"):
        lock = (ROOT / name).read_text("utf-8")
        here = re.sub(r"(?m)^([A-Za-z0-9_.-]+)==([^ ;\\]+)", lambda one: f"{one[1]}=={version(one[1])}", lock)
        (folder / name).write_text(here, "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "v1")
    git(folder, "tag", "v1")
    return folder


def finished(town: Path) -> None:
    """Do what a new town has to do before it is published: fill in gaps, take out examples, have crisis texts read, call every number."""
    for path in (town / "content").rglob("*.md"):
        path.write_text(re.sub(r"\[\[.*?\]\]", "Angabe", path.read_text("utf-8")), "utf-8")
    for path in town.glob("resources/*/beispiel*.yml"):
        path.unlink()
    for path in (town / "content").glob("**/hilfe-sofort/*.md"):
        said = "---\nreviewed: {by: Amt, date: 2026-11-19}\n"
        path.write_text(path.read_text("utf-8").replace("---\n", said, 1), "utf-8")
    write(town, every_number_called("2026-11-19"))
    settings = (town / "site_config.yml").read_text("utf-8").replace(".example/", ".de/")
    (town / "site_config.yml").write_text(settings.replace("publish: no", "publish: yes"), "utf-8")


def town(folder: Path, forge: str, *, live: bool) -> tuple[Path, Path]:
    """Return a forge's repository of a new town, and a clone in which somebody proposes a change on a branch."""
    origin, clone = folder / "ablage/stadt/nahraum.git", folder / "arbeit"
    CliRunner().invoke(main, ["init", str(clone), *USUAL, "--forge", forge])
    if live:
        finished(clone)
    git(clone, "init", "-q")
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "Anfang")
    origin.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(clone), str(origin)], check=True)
    git(clone, "remote", "add", "origin", str(origin))
    git(clone, "fetch", "-q", "origin")
    git(clone, "checkout", "-q", "-b", "vorschlag")
    if not live:
        text = (clone / OFFER).read_text("utf-8")
        (clone / OFFER).write_text(re.sub(r"(?m)^hours: .*$", "hours: Di 9-12 Uhr", text), "utf-8")
        git(clone, "commit", "-qam", "Zeiten")
    return origin, clone


def machine(folder: Path, program: Path, forge: str, event: str, more: Mapping[str, str]) -> Machine:
    origin, work = town(folder, forge, live=event in LIVE)
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
        "GITHUB_OUTPUT": str(home / "output"),
    }  # fmt: skip
    del origin
    return Machine(
        home, work, bin_, env | dict(more) | {"NAHRAUM_REPOSITORY": str(program), "NAHRAUM_VERSION": "v1"}
    )


# What GitHub and Forgejo fill in, by event. An expression that isn't here fails.
VALUES: Mapping[str, Mapping[str, str]] = {
    event: {
        "vars.NAHRAUM_REPOSITORY": "(here)", "vars.NAHRAUM_VERSION": "(here)", "github.token": TOKEN, "github.event.number": "7",
        "github.repository": "stadt/nahraum", "steps.pages.outputs.page_url": "https://stadt.example/",
    }
    for event in EVENTS
}  # fmt: skip
CONDITIONS: Mapping[str | None, frozenset[str]] = {
    "github.event_name == 'pull_request'": frozenset({"proposal"}),
    "github.event_name != 'pull_request'": frozenset({"push", "night", "month"}),
    "github.event_name == 'schedule'": frozenset({"night", "month"}),
    "github.event_name == 'push' || github.event.schedule == '17 2 * * *'": frozenset({"push", "night"}),
    "github.event.schedule == '23 5 1 * *'": frozenset({"month"}),
    "needs.bauen.outputs.publish == 'yes'": LIVE,
    "steps.frage.outputs.publish == 'yes'": LIVE,
}
"""The conditions of jobs and steps, and for which events they hold; that the steps say so is looked at as well."""


def checked_out(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given.items() >= {"fetch-depth": 0}.items(), "git difference needs the past"
    assert given.keys() <= {"fetch-depth", "persist-credentials"}


def set_up(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given == {"python-version": "3.12"}


def cached(_machine: Machine, given: Mapping[str, Any]) -> None:
    assert given.keys() == {"path", "key"}


def uploaded(machine: Machine, given: Mapping[str, Any]) -> None:
    """Keep a folder with a site, or a file, for later jobs."""
    path = machine.work / given["path"]
    assert (path / "index.html" if path.is_dir() else path).is_file()
    assert given.keys() <= {"name", "path", "retention-days"}
    kept = machine.home / "kept" / given.get("name", "pages")
    if path.is_dir():
        shutil.copytree(path, kept)
    else:
        kept.mkdir(parents=True)
        shutil.copy(path, kept)


def downloaded(machine: Machine, given: Mapping[str, Any]) -> None:
    shutil.copytree(machine.home / "kept" / given["name"], machine.work, dirs_exist_ok=True)


def deployed(machine: Machine, given: Mapping[str, Any]) -> None:
    assert not given
    assert (machine.home / "kept/pages/index.html").is_file()
    (machine.home / "deployed").touch()


USES: Mapping[str, Callable[[Machine, Mapping[str, Any]], None]] = {
    "actions/checkout@v6": checked_out,
    "actions/setup-python@v6": set_up,
    "actions/cache@v5": cached,
    "actions/upload-artifact@v6": uploaded,
    "actions/download-artifact@v7": downloaded,
    "actions/upload-pages-artifact@v5": uploaded,
    "actions/deploy-pages@v5": deployed,
    "https://code.forgejo.org/actions/checkout@v4": checked_out,
    "https://code.forgejo.org/actions/setup-python@v5": set_up,
    "https://code.forgejo.org/actions/cache@v4": cached,
    "https://code.forgejo.org/forgejo/upload-artifact@v4": uploaded,
    "https://code.forgejo.org/forgejo/download-artifact@v4": downloaded,
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
    """Run the jobs of a workflow that an event starts, each on a machine of its own; return their names."""
    plan, done = workflow(forge), []
    project = machine.work
    assert plan.keys() <= {"on", "permissions", "env", "jobs"}
    for name, job in plan["jobs"].items():
        assert job.keys() <= {"if", "needs", "runs-on", "permissions", "environment", "outputs", "steps"}, (
            name
        )
        if event not in CONDITIONS.get(job.get("if"), EVENTS) or (
            "needs" in job and job["needs"] not in done
        ):
            continue
        done.append(name)
        filled_in(job.get("environment", {}).get("url", ""), event)
        own = machine.new_job()
        for step in job["steps"]:
            assert step.keys() <= {"id", "if", "uses", "with", "run", "env", "continue-on-error"}
            if event not in CONDITIONS.get(step.get("if"), EVENTS):
                continue
            if "uses" in step:
                given = {
                    key: filled_in(value, event) if isinstance(value, str) else value
                    for key, value in step.get("with", {}).items()
                }
                if USES[step["uses"]] is checked_out:
                    own = replace(own, work=project)
                USES[step["uses"]](own, given)
            else:
                env = {key: filled_in(value, event) for key, value in step.get("env", {}).items()}
                env["NAHRAUM_LOCK"] = plan["env"]["NAHRAUM_LOCK"]
                own.run(step["run"], env, may_fail=step.get("continue-on-error", False))
        machine.ended(name, own)
    return done


RULES: Mapping[str, frozenset[str]] = {
    '$CI_PIPELINE_SOURCE == "merge_request_event"': frozenset({"proposal"}),
    "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH": frozenset({"push", "night", "month"}),
    '$NAHRAUM_TASK == "due"': frozenset({"month"}),
}


def starts_on_gitlab(rules: list[dict[str, str]], event: str) -> bool:
    """The first rule that holds decides."""
    for rule in rules:
        assert rule.keys() <= {"if", "when"}
        if event in RULES[rule["if"]]:
            return rule.get("when") != "never"
    return False


def run_gitlab(machine: Machine, event: str) -> list[str]:
    """Run the jobs that an event starts, each on a machine of its own that has what the jobs it needs kept; return their names."""
    plan, done = workflow("gitlab"), []
    project = machine.work
    assert starts_on_gitlab(plan["workflow"]["rules"], event)
    assert plan["default"].keys() == {"image", "cache", "before_script"}
    for name, job in plan.items():
        if name in ("workflow", "variables", "default") or not starts_on_gitlab(job["rules"], event):
            continue
        assert job.keys() <= GITLAB_JOB, name
        own = machine.new_job()
        if job.get("variables") != {"GIT_STRATEGY": "none"}:
            own = replace(own, work=project)
        for needed in job.get("needs", ()):
            shutil.copytree(machine.home / "kept" / needed, own.work, dirs_exist_ok=True)
        # The scope of the token is this environment.
        env = {"NAHRAUM_TOKEN": TOKEN} if job.get("environment", {}).get("name") == "nahraum" else {}
        env["NAHRAUM_LOCK"] = plan["variables"]["NAHRAUM_LOCK"]
        script = [*job.get("before_script", plan["default"]["before_script"]), *job["script"]]
        allowed = job.get("allow_failure", {}).get("exit_codes", 0)
        code = own.run("\n".join(script), env, allowed)
        machine.ended(name, own)
        if code == 0:
            done.append(name)
            _keep(own, name, job.get("artifacts", {}).get("paths", ()))
    return done


GITLAB_JOB = {
    "rules", "script", "artifacts", "needs", "variables", "environment", "before_script", "allow_failure",
}  # fmt: skip


def _keep(machine: Machine, name: str, paths: list[str]) -> None:
    for path in paths:
        kept = machine.home / "kept" / name / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        if (machine.work / path).is_dir():
            assert (machine.work / path / "index.html").is_file()
            shutil.copytree(machine.work / path, kept)
        else:
            shutil.copy(machine.work / path, kept)


GITLAB = {
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_API_V4_URL": "https://git.stadt.example/api/v4", "CI_PROJECT_ID": "3",
    "CI_MERGE_REQUEST_IID": "7",
}  # fmt: skip
GITHUB = {
    "GITHUB_BASE_REF": "main", "GITHUB_REPOSITORY": "stadt/nahraum", "GITHUB_API_URL": "https://git.stadt.example/api/v1",
}  # fmt: skip
JOBS = {
    ("gitlab", "proposal"): {"vorschlag", "kommentar"}, ("gitlab", "push"): {"bauen", "pages"}, ("gitlab", "night"): {"bauen"},
    ("gitlab", "month"): {"erinnern"},
    ("github", "proposal"): {"vorschlag", "kommentar"}, ("github", "push"): {"bauen", "veroeffentlichen"},
    ("github", "night"): {"bauen"}, ("github", "month"): {"erinnern"},
    ("forgejo", "proposal"): {"vorschlag", "kommentar"}, ("forgejo", "push"): {"bauen"}, ("forgejo", "night"): {"bauen"},
    ("forgejo", "month"): {"bauen"},
}  # fmt: skip
WITHOUT_PROGRAM = {"kommentar", "pages", "veroeffentlichen"}
"""Which jobs end well, and which of them only pass on what others made; a town is published by a push (`LIVE`) and not before."""


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
    assert set(one.installed) == JOBS[forge, event] - WITHOUT_PROGRAM
    assert TOKEN not in one.output
    calls = one.calls("curl") + one.calls("gh")
    told = json.dumps(calls, ensure_ascii=False)
    if event == "proposal":
        assert "Angebot `Beispieltreff`: neue Zeiten: Di 9 bis 12 Uhr" in told
        assert "Datei" not in told, "what the job itself puts down is no change"
        assert "Alles in Ordnung" in one.output or "Hinweis" in one.output or "Warnung" in one.output
    elif event == "month":
        assert "Nachfragen im Monat 11/2026" in told or "issues" in told
    else:
        assert calls == []
    if forge == "forgejo":
        branches = git(tmp_path / "ablage/stadt/nahraum.git", "branch", "--list", "pages")
        assert bool(branches) == (event in LIVE)
    if forge == "github":
        assert (one.home / "deployed").exists() == (event in LIVE)
        assert (one.home / "output").exists() == (event in LIVE), "what later jobs ask"


@pytest.mark.whole
@pytest.mark.parametrize(("forge", "method"), [("gitlab", "PUT"), ("forgejo", "PATCH")])
def test_a_second_push_renews_the_comment(tmp_path: Path, program: Path, forge: str, method: str) -> None:
    there = json.dumps([{"id": 41, "body": "Danke!"}, {"id": 42, "body": "<!-- nahraum -->\nalt"}])
    more = (GITLAB if forge == "gitlab" else GITHUB) | {"THERE": there}
    one = machine(tmp_path, program, forge, "proposal", more)
    _ = run_gitlab(one, "proposal") if forge == "gitlab" else run_workflow(one, forge, "proposal")
    last = one.calls("curl")[-1]
    assert last[last.index("--request") + 1] == method
    assert any(str(word).endswith("/42") for word in last)


@pytest.mark.whole
@pytest.mark.parametrize("forge", PIPELINES)
def test_what_check_does_not_let_pass_is_in_no_comment(tmp_path: Path, program: Path, forge: str) -> None:
    one = machine(tmp_path, program, forge, "proposal", GITLAB if forge == "gitlab" else GITHUB)
    place = one.work / "resources/places/frauenhaus.yml"
    place.write_text("name: Frauenhaus\nkind: schutzhaus\npoint: 10.0151 53.7023\n", "utf-8")
    git(one.work, "add", "-A")
    git(one.work, "commit", "-qm", "Ein Haus")
    with pytest.raises(AssertionError, match="haus-anderswo"):
        _ = run_gitlab(one, "proposal") if forge == "gitlab" else run_workflow(one, forge, "proposal")
    assert one.calls("curl") + one.calls("gh") == []


def jobs_of(forge: str) -> dict[str, Any]:
    plan = workflow(forge)
    return {name: job for name, job in plan.get("jobs", plan).items() if "script" in job or "steps" in job}


def scripts_of(job: Mapping[str, Any]) -> str:
    return "\n".join(job["script"] if "script" in job else [step.get("run", "") for step in job["steps"]])


@pytest.mark.parametrize("forge", PIPELINES)
def test_who_comments_has_the_token_and_nothing_of_the_proposal(forge: str) -> None:
    """The job that reads a proposal has no token, and checks before it tells; the one that has it gets a text and no files."""
    first, second = jobs_of(forge)["vorschlag"], jobs_of(forge)["kommentar"]
    assert re.findall(r"nahraum (\w+) --untrusted", scripts_of(first)) == ["check", "build", "changes"]
    assert "TOKEN" not in json.dumps(first)
    assert not re.search(r"nahraum \w", scripts_of(second))
    if forge == "gitlab":
        assert second["variables"] == {"GIT_STRATEGY": "none"}
        assert second["before_script"] == []
        assert second["environment"]["name"] == "nahraum"
        assert "environment" not in first
    else:
        used = [step["uses"].split("/")[-1].split("@")[0] for step in second["steps"] if "uses" in step]
        assert set(used) <= {"download-artifact", "setup-python"}
        checkout = next(step for step in first["steps"] if "checkout" in step.get("uses", ""))
        assert checkout["with"]["persist-credentials"] is False


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
        "vorschlag": None,
        "kommentar": {"pull-requests": "write"},
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
