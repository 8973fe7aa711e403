"""What servers are told to say is what the built site says; the commands of docs/deploy.md exist."""

import re
from pathlib import Path

import click
import pytest
import yaml

from generator.cli import main
from generator.export.web_server import HEADERS, Served, apache, nginx, policy
from generator.pipeline.build import Project
from generator.render.frame.page_frame import header_file
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")


def told_servers(words: str = "") -> str:
    """Return what `nahraum build --deploy` writes for both servers."""
    site = Served("https://nahraum.auenstedt.example/", "/srv/nahraum/site", words)
    return nginx(site) + apache(site)


@pytest.mark.guards("Privacy: strict policy, nothing inline; frames by the server; no referrer")
def test_policies_are_those_of_the_site(demo: Project) -> None:
    words = policy(demo.contexts[0].site.config)
    rules = header_file(demo.contexts, [context.path("offers") for context in demo.contexts], words)
    of_the_site = set(re.findall(r"Content-Security-Policy: (.*)", rules))
    assert len(of_the_site) == 2
    text = told_servers(words)
    written = re.findall(r'Content-Security-Policy "([^"]+)"', text)
    assert len(written) == 3
    told = {said.replace("$nahraum_frames", frames) for said in written for frames in ("'self'", "*")}
    assert told == of_the_site
    for name, value in HEADERS.items():
        assert f"  {name}: {value}\n" in rules
        assert text.count(f"{name} {value}") == 2


@pytest.mark.parametrize("pattern", re.findall(r'"~?(\^/[^"]*einbetten/)"', told_servers()))
def test_only_pages_made_for_frames_may_be_framed(pattern: str, demo: Project) -> None:
    framed = [f"/{context.path('embeds')}" for context in demo.contexts]
    assert all(re.search(pattern, path) for path in framed)
    for context in demo.contexts:
        assert not any(
            re.search(pattern, f"/{context.path(kind)}") for kind in ("home", "offers", "help", "data")
        )


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: path.stem)
def test_no_page_tells_nginx_to_drop_headers(page: Path) -> None:
    """In a `location` that adds one it forgets those of the server."""
    assert re.search(r"location[^{}`]*\{[^}]*add_header", page.read_text("utf-8")) is None


def test_every_command_with_its_options_exists() -> None:
    calls = re.findall(r"(?:/bin/|`|^)nahraum ([a-z]+)((?: [^`\n#]*)?)", PAGE, re.MULTILINE)
    assert {name for name, _ in calls} >= {"build", "check"}
    for name, rest in calls:
        command = main.get_command(click.Context(main), name)
        assert isinstance(command, click.Command)
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{name} {rest}"


def test_pipelines_are_yaml_and_check_in_the_format_of_their_host() -> None:
    starter = ROOT / "generator" / "starter"
    gitlab, github, forgejo = (
        str(yaml.safe_load((starter / f"{forge}-ci.yml").read_text("utf-8")))
        for forge in ("gitlab", "github", "forgejo")
    )
    assert "check --format github" in github
    # The others tell it in the text of the job.
    assert all("nahraum check" in item for item in (gitlab, forgejo))
    assert all("--require-hashes" in item for item in (gitlab, github, forgejo))
