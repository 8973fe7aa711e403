"""What pages call a field is one of the file that they name beside it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from generator.model.config import SiteConfig
from generator.model.fields import annotation, choices, fields, has_path
from generator.model.indicator import Indicator
from generator.model.kinds import KIND_BY_FOLDER
from generator.model.vocabulary import VOCABULARIES
from generator.read.yaml_mistakes import entries, groups_within, known_fields
from tests.conftest import ROOT

FILES: dict[str, Any] = {"site_config.yml": SiteConfig, "indicator.yml": Indicator}
FILES |= {f"resources/{folder}/": kind.model for folder, kind in KIND_BY_FOLDER.items()}
FILES |= {f"resources/{name}.yml": model for name, model in VOCABULARIES.items()}
PAGES = [page for folder in ("content", "generator/starter") for page in ROOT.glob(f"{folder}/**/*.md")]
# In developing.md a field is added that there isn't yet.
PAGES += [page for page in (*ROOT.glob("docs/*.md"), ROOT / "README.md") if page.stem != "developing"]
IN_HEADS = {"again"}
"""Fields of hand-written pages."""
BLOCK = re.compile(r"^([ \t]*)```ya?ml\n(.*?)^[ \t]*```", re.DOTALL | re.MULTILINE)


def words(model: Any) -> Iterator[str]:
    """Yield the fields of a model and of its groups, and the values to choose from."""
    for name, info in fields(model).items():
        kinds = annotation(info), *entries(annotation(info))
        yield from (name, *(choice for kind in kinds for choice in choices(kind)))
        for group in groups_within(annotation(info)):
            yield from words(group)


def unknown(value: Any, models: list[Any], path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Yield the keys of a value that none of some models has there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        known = any(has_path(model, (*path, step)) for model in models)
        yield from unknown(inner, models, (*path, step)) if known else [str(step)]


def unknown_fields(page: Path) -> set[str]:
    """Return what a page calls a field and isn't one of the file that it names."""
    text, wrong = page.read_text("utf-8"), set()
    for match in BLOCK.finditer(text):
        head = match[2] if match[2].startswith("#") else text[: match.start()].rstrip().rpartition("\n")[2]
        models = [model for name, model in FILES.items() if name in head.partition("\n")[0]]
        wrong |= set(unknown(yaml.safe_load(match[2]), models)) if models else set()
    text = BLOCK.sub("", text)
    keys = re.findall(r"`(?:- )?\{?([a-z_]+):(?: [^`\n]*)?`", text)
    wrong |= {*keys} - {*known_fields(), *IN_HEADS}
    # A stop within code ends no sentence.
    text = re.sub(r"`[^`\n]+`", lambda code: code[0].replace(" ", "\0"), text)
    for sentence in re.split(r"(?<=[.:;!?])\s|\n\n|\n[-|]", text):
        if models := [model for name, model in FILES.items() if name in sentence]:
            wrong |= {*re.findall(r"`([a-z_]+)`", sentence)} - {word for one in models for word in words(one)}
    return wrong


def test_fields_are_fields_of_the_file_that_is_named() -> None:
    found = {str(page.relative_to(ROOT)): unknown_fields(page) for page in PAGES}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
