"""Records with their nodes in, diagnostics for every reference that leads nowhere out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.fields import references
from generator.model.groups import Group
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.samples import OPEN_ID, target_form
from generator.model.slugs import slug
from generator.model.vocabulary import NO_WORD
from generator.read.known_names import NO_NAMES, KnownNames
from generator.read.nodes import ListNode, MapNode, Node, Path, Scalar

_EVERYBODY = frozenset(
    {
        "alle",
        "jeder",
        "jede",
        "fuer-alle",
        "offen-fuer-alle",
        "stadtweit",
        "ganze-stadt",
        "ueberall",
        "viele",
        "mehrere",
        "verschiedene",
        "diverse",
        "alle-sprachen",
        "viele-sprachen",
    }
)
_WITHOUT = {
    "target_groups": "das Feld weglassen: Ohne Angabe ist das Angebot für alle da",
    "spaces": "das Feld weglassen: Ohne Angabe gilt die ganze Stadt",
    "languages": "die Sprachen einzeln nennen, zum Beispiel [de, tr, ar]; wer dolmetschen lässt, schreibt interpreter: on request",
}
_SHOWN = 12
_WHAT = {kind.folder: kind.none for kind in KINDS} | {**NO_WORD, "indicators": "keine Kennzahl"}


def check_references(
    model: type[Group],
    node: Node,
    known: Mapping[str, Collection[str]],
    unsure: Set[str] = frozenset(),
    names: KnownNames = NO_NAMES,
) -> list[Diagnostic]:
    """Report the references of one record that no record or word answers.

    `known` holds the ids by target; `unsure` names targets of which some could not be read, so that nothing can be said. `names` says
    what people call what there is.
    """
    found: list[Diagnostic] = []
    for reference in references(model):
        targets = reference.target.split("|")
        if not unsure.isdisjoint(targets):
            continue
        found += [
            unknown(scalar, targets, known, names)
            for scalar in scalars_at(node, reference.path)
            if not any(scalar.text in known.get(target, ()) for target in targets)
        ]
    return found


Referring = tuple[tuple[str, ...], str]
"""The targets of which one has to answer, and the id."""


def referring(model: type[Group], node: Node) -> frozenset[Referring]:
    """Return what a record refers to: the targets of which one has to answer, and the id."""
    return frozenset(
        (tuple(reference.target.split("|")), scalar.text)
        for reference in references(model)
        for scalar in scalars_at(node, reference.path)
    )


def all_known(
    references: frozenset[Referring], known: Mapping[str, Collection[str]], answered: set[Referring]
) -> bool:
    """Tell whether a record or word answers each reference; `answered` holds those that were asked before, and grows."""
    for targets, text in references - answered:
        if not any(text in known.get(target, ()) for target in targets):
            return False
        answered.add((targets, text))
    return True


def unknown(
    scalar: Scalar, targets: list[str], known: Mapping[str, Collection[str]], names: KnownNames
) -> Diagnostic:
    """Say that a text is no id of a target, and which id is meant where one can tell."""
    text = scalar.text
    what = " und ".join(_WHAT[target] for target in targets)
    if slug(text) in _EVERYBODY and targets[0] in _WITHOUT:
        code = "kein-sprachkuerzel" if targets == ["languages"] else "fuer-alle"
        return diagnostic(code, scalar.position, value=text, better=_WITHOUT[targets[0]])
    ids = {name for target in targets for name in known.get(target, ())}
    meant = names.exactly(text, targets)
    # Of codes of two letters nearly every word begins with one.
    codes = bool(ids) and max(map(len, ids)) <= 3 < len(text)
    near = None if meant or codes else close_to(text, sorted(ids))
    meant = meant if meant or near else names.meant(text, targets)
    if targets == ["topics"] and not meant:
        better = (
            f"ein Thema mit ähnlichem Namen gibt es: „{near}“"
            if near
            else "alle Themen zeigt „nahraum words topics“"
        )
        return diagnostic("unbekanntes-thema", scalar.position, value=text, better=better)
    if text == OPEN_ID:
        better = f"statt „{OPEN_ID}“ das Richtige schreiben ({' oder '.join(target_form(target) for target in targets)})"
    elif near:
        better = f"gemeint ist vielleicht „{near}“"
    elif meant:
        return diagnostic("name-statt-kuerzel", scalar.position, value=text, better=_named(meant))
    elif targets[0] in KIND_BY_FOLDER:
        better = (
            f"einen Eintrag in resources/{targets[0]}/{slug(text) or text}.yml anlegen oder das Kürzel prüfen"
        )
    elif len(ids) > _SHOWN:
        better = f"zum Beispiel {', '.join(sorted(ids)[:_SHOWN])} … Alle zeigt „nahraum words {targets[0]}“"
    else:
        better = "möglich sind: " + ", ".join(sorted(ids))
    # The cause is one, also where a further kind could have answered: a member may be a provider or an office.
    return diagnostic(
        "unbekannter-verweis", scalar.position, value=text, what=what, first=_WHAT[targets[0]], better=better
    )


def _named(ids: Collection[str]) -> str:
    words = [f"„{name}“" for name in ids]
    return f"{words[0]} schreiben" if len(words) == 1 else f"eines davon schreiben: {', '.join(words)}"


def scalars_at(node: Node | None, path: tuple[str, ...]) -> Iterator[Scalar]:
    """Yield what is written at a path of a record: `*` stands for every entry of a list or map, `{}` for the keys of a map."""
    return (scalar for _, scalar in places_at(node, path))


def places_at(node: Node | None, path: tuple[str, ...], above: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """Yield the same with the way to each: keys and numbers instead of signs; to a key it is that of its value."""
    if node is None:
        return
    if not path:
        if isinstance(node, Scalar) and node.text:
            yield above, node
        return
    step, rest = path[0], path[1:]
    if step == "*" and isinstance(node, ListNode):
        for number, item in enumerate(node.items):
            yield from places_at(item, rest, (*above, number))
    elif step == "*" and isinstance(node, MapNode):
        for key, value in node.entries:
            yield from places_at(value, rest, (*above, key.text))
    elif step == "{}" and isinstance(node, MapNode):
        yield from (((*above, key.text), key) for key, _ in node.entries)
    elif isinstance(node, MapNode):
        yield from places_at(node.get(step), rest, (*above, step))
