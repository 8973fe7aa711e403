"""The reference is complete, and every diagnostic is raised somewhere and tested somewhere."""

import re
import runpy
import string
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from msgspec.structs import asdict
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from generator.cli import main
from generator.diagnostics.codes import codes, entry_of, files_of_codes
from generator.model.config import SiteConfig
from generator.model.fields import annotation, fields, models_at
from generator.model.indicator import Indicator
from generator.model.kinds import KINDS
from generator.model.scalars import Text
from generator.model.vocabulary import VOCABULARIES
from generator.parts import subjects
from generator.read.nodes import MapNode, parse, plain
from tests.mistakes.judging import mistakes
from tests.test_architecture import IMPORTS

ROOT = Path(__file__).parents[1]
GENERATOR = ROOT / "generator"


@pytest.fixture(scope="module")
def generated() -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        return runpy.run_path(str(ROOT / "docs" / "generate.py"))


@pytest.fixture(scope="module")
def pages(generated: dict[str, Any]) -> dict[str, str]:
    """The pages of the reference by their names."""
    made: dict[str, str] = generated["pages"]()
    return made


def test_pages_that_say_who_publishes_say_what_pyproject_says(generated: dict[str, Any]) -> None:
    for name, text in generated["of_this_project"]().items():
        assert (ROOT / name).read_text("utf-8") == text, f"{name}: make reference writes it anew"


def test_every_field_of_every_kind_is_there(pages: dict[str, str]) -> None:
    text = pages["records.md"]
    sections = dict(
        zip(
            re.findall(r"^## (.+)$", text, re.MULTILINE),
            re.split(r"^## .+$", text, flags=re.MULTILINE)[1:],
            strict=True,
        )
    )
    for name, model in [*((kind.plural, kind.model) for kind in KINDS), ("Kennzahlen", Indicator)]:
        for field, info in fields(model).items():
            assert f"| `{field}` |" in sections[name], f"{name}: {field}"
            assert f"**{info.title}.**" in sections[name]
    assert all(f"`{field}`" in pages["site-config.md"] for field in fields(SiteConfig))


def test_every_good_example_is_accepted_and_every_bad_one_refused(generated: dict[str, Any]) -> None:
    """Texts and opening hours are accepted as they are written: of these only a person sees that they don't help."""
    example_pair = generated["example_pair"]
    only_people = example_pair.__globals__["_BY_NAME"].keys() | {"hours", "phone_hours"}
    unsaid = example_pair.__globals__["UNSAID"]

    def accepts(info: Any, text: str) -> bool:
        node, found = parse(f"feld: {text}\n", "beispiel.yml")
        assert isinstance(node, MapNode)
        assert not found, text
        try:
            TypeAdapter(annotation(info)).validate_python(plain(node)["feld"])
        except ValidationError:
            return False
        return True

    models = reached(*(kind.model for kind in KINDS), Indicator, SiteConfig)
    for model in models:
        for name, info in fields(model).items():
            good, bad = example_pair(name, info)
            assert accepts(info, good), (model.__name__, name, good)
            judged_by_people = name in only_people or unsaid in bad
            assert judged_by_people or not accepts(info, bad), (model.__name__, name, bad)
            assert good != bad
    assert len(models) > 60


def reached(*models: Any) -> list[Any]:
    """Return models and the groups in them, each once."""
    found = list(models)
    for model in found:
        steps = [step for name in fields(model) for step in ((name,), (name, 0), (name, "*"))]
        for group in (group for step in steps for group in models_at(model, step)):
            found += [] if group in found else [group]
    return found


def test_each_field_says_what_is_written_there() -> None:
    models = reached(*(kind.model for kind in KINDS), Indicator, SiteConfig, *VOCABULARIES.values())
    silent = {
        f"{model.__name__}.{name}"
        for model in models
        for name, info in fields(model).items()
        if (info.description or "").strip(".") in ("", info.title)
    }
    assert silent == set()


def test_a_text_of_a_new_kind_has_its_good_example_in_the_model(generated: dict[str, Any]) -> None:
    """So that a kind of record is one folder; without one somebody is told what is missing."""

    class Survey(BaseModel):
        asked: Text = Field(examples=["Wege zur Schule"])
        answers: tuple[Text, ...] = Field(examples=["Meistens"])
        heard: Text

    example_pair, fields_of = generated["example_pair"], Survey.model_fields
    assert example_pair("asked", fields_of["asked"]) == ("Wege zur Schule", "todo")
    assert example_pair("answers", fields_of["answers"]) == ("[Meistens]", "[todo]")
    with pytest.raises(LookupError, match="heard: no `examples` in the model"):
        example_pair("heard", fields_of["heard"])


def test_an_example_is_taken_from_what_the_field_says_of_itself(generated: dict[str, Any]) -> None:
    class Survey(BaseModel):
        name: Text = Field(description="Wie es heißt. Zum Beispiel: „Umfrage im Quartier“.")
        note: Text = Field(description="Zum Beispiel: 1 km oder 800 m.")

    example_pair, fields_of = generated["example_pair"], Survey.model_fields
    assert example_pair("name", fields_of["name"])[0] == "Umfrage im Quartier"
    assert "oder" not in example_pair("note", fields_of["note"])[0]


def test_no_page_of_the_reference_lists_search_phrases(pages: dict[str, str]) -> None:
    text = pages["vocabularies.md"]
    assert (
        "„"
        not in text.partition("## synonyms")[2]
        .partition("\n## ")[0]
        .partition("Die Zeilen zeigt `nahraum help synonyms`")[2]
    )
    assert len(text) < 100_000


def test_each_mark_of_a_guard_stands_on_its_page(pages: dict[str, str]) -> None:
    marks = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")).count(
        "\n@pytest.mark.guards("
    )
    named = re.findall(r"`tests/[\w/]+\.py::test_\w+`", pages["guards.md"])
    assert len(named) == marks > 100


def test_every_vocabulary_is_there(pages: dict[str, str]) -> None:
    text = pages["vocabularies.md"]
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(VOCABULARIES)


def test_every_command_with_every_option_is_there(pages: dict[str, str]) -> None:
    text = pages["commands.md"]

    def walk(group: click.Group, path: str) -> None:
        for name, command in group.commands.items():
            assert f"## {path} {name}\n" in text
            assert command.help
            for option in command.params:
                if isinstance(option, click.Option):
                    assert option.help, f"{path} {name} {option.name}"
                    assert option.opts[-1] in text
            if isinstance(command, click.Group):
                walk(command, f"{path} {name}")

    walk(main, "nahraum")


def test_every_diagnostic_is_complete_and_explained(pages: dict[str, str]) -> None:
    explained = pages["diagnostics.md"]
    for code in codes():
        entry = entry_of(code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        for part in (entry.message, entry.help):
            names = [name for _, name, _, _ in string.Formatter().parse(part) if name is not None]
            assert all(name.isidentifier() for name in names), part
        assert entry.explanation.endswith((".", "!", "“", "& * ! |")), entry.explanation
        assert not entry.message.endswith("."), code
        for page in re.findall(r"docs/[\w/-]+\.md", entry.help + entry.explanation):
            assert (ROOT / page).is_file(), page
        assert f"## {code}\n" in explained, code


def sources(folder: Path) -> str:
    return "\n".join(
        path.read_text("utf-8")
        for path in sorted(folder.rglob("*.py"))
        # Words that editors use (`FIELD_WORDS`) are no codes.
        if path.name not in ("test_reference.py", "fields.py")
    )


def test_every_diagnostic_stands_with_the_lowest_package_or_the_only_subject_that_reports_it() -> None:
    packages = [package for package in IMPORTS[""] if package != "subjects"]
    texts = {package: sources(GENERATOR / package) for package in packages if (GENERATOR / package).is_dir()}
    texts |= {
        package: path.read_text("utf-8")
        for package in packages
        if (path := GENERATOR / f"{package}.py").is_file()
    }
    assert texts.keys() == set(packages)
    lowest = {code: package for package in packages for code in codes() if reports(texts[package], code)}
    own = {subject: sources(GENERATOR / "subjects" / subject) for subject in subjects()}
    for code in codes().keys() - lowest.keys():
        reporting = [subject for subject in own if reports(own[subject], code)]
        # What several subjects report stands with the package of the part that does.
        lowest[code] = reporting[0] if len(reporting) == 1 else "derive"
    stands = {
        code: path.parent.name if path.stem == "codes" else path.stem
        for path in files_of_codes()
        for code in written_in(path)
    }
    # What making a site reports stands together.
    together = dict.fromkeys(("files", "render", "derive", "pipeline"), "build")
    assert stands == {code: together.get(package, package) for code, package in lowest.items()}


def reports(text: str, code: str) -> bool:
    """Whether a module's text reports a code."""
    return f'"{code}"' in text or f"[{code}]" in text


def written_in(path: Path) -> dict[str, dict[str, str]]:
    """What a file of messages says as any reader of YAML sees it; no code stands there twice."""
    text = path.read_text("utf-8")
    keys = [key.value for key, _ in yaml.compose(text, yaml.BaseLoader).value]
    assert len(keys) == len(set(keys)), path
    found: dict[str, dict[str, str]] = yaml.load(text, yaml.BaseLoader)
    return found


def test_each_message_is_what_its_file_says_and_no_code_stands_in_two() -> None:
    said = [item for path in files_of_codes() for item in written_in(path).items()]
    assert [(code, {"many": ""} | entry) for code, entry in said] == [
        (code, asdict(entry_of(code))) for code in codes()
    ]


def test_every_diagnostic_is_raised_somewhere() -> None:
    text = sources(ROOT / "generator")
    assert [code for code in codes() if f'"{code}"' not in text and f"[{code}]" not in text] == []


def test_every_diagnostic_is_tested_somewhere() -> None:
    text = sources(ROOT / "tests")
    # Towns of `check/test_marked_towns.py` name a code behind an arrow.
    known = {item.code for item in mistakes()} | set(re.findall(r"⟵ ([a-z0-9-]+)", text))
    assert [code for code in codes() if code not in known and not reports(text, code)] == []
