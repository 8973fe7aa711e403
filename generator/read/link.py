"""Records with their nodes in, diagnostics for every reference that leads nowhere out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set

from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.model.fields import references
from generator.model.groups import Group
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.vocabulary import NO_WORD
from generator.read.nodes import ListNode, MapNode, Node, Scalar

_WHAT = {kind.folder: kind.none for kind in KINDS} | {**NO_WORD, "indicators": "keine Kennzahl"}


def check_references(
    model: type[Group],
    node: Node,
    known: Mapping[str, Collection[str]],
    unsure: Set[str] = frozenset(),
) -> list[Diagnostic]:
    """Report the references of one record that no record or word answers.

    `known` holds the ids by target; `unsure` names targets of which some could not be read, so that nothing can be said.
    """
    found: list[Diagnostic] = []
    for reference in references(model):
        targets = reference.target.split("|")
        if not unsure.isdisjoint(targets):
            continue
        for scalar in scalars_at(node, reference.path):
            if not any(scalar.text in known.get(target, ()) for target in targets):
                ids = {name for target in targets for name in known.get(target, ())}
                found.append(_unknown(scalar, targets, ids))
    return found


def _unknown(scalar: Scalar, targets: list[str], ids: set[str]) -> Diagnostic:
    near = close_to(scalar.text, sorted(ids))
    if targets == ["topics"]:
        better = (
            f"ein Thema mit ähnlichem Namen gibt es: „{near}“"
            if near
            else "alle Themen zeigt „nahraum words topics“"
        )
        return diagnostic("unbekanntes-thema", scalar.position, value=scalar.text, better=better)
    names = [_WHAT[target] for target in targets]
    if near:
        better = f"gemeint ist vielleicht „{near}“"
    elif targets[0] in KIND_BY_FOLDER:
        better = f"einen Eintrag in resources/{targets[0]}/{scalar.text}.yml anlegen oder das Kürzel prüfen"
    else:
        better = "möglich sind: " + ", ".join(sorted(ids))
    return diagnostic(
        "unbekannter-verweis", scalar.position, value=scalar.text, what=" und ".join(names), better=better
    )


def scalars_at(node: Node | None, path: tuple[str, ...]) -> Iterator[Scalar]:
    """Yield what is written at a path of a record: `*` stands for every entry of a list or map, `{}` for the keys of a map."""
    if node is None:
        return
    if not path:
        if isinstance(node, Scalar) and node.text:
            yield node
        return
    step, rest = path[0], path[1:]
    if step == "*" and isinstance(node, ListNode):
        for item in node.items:
            yield from scalars_at(item, rest)
    elif step == "*" and isinstance(node, MapNode):
        for _, value in node.entries:
            yield from scalars_at(value, rest)
    elif step == "{}" and isinstance(node, MapNode):
        yield from (key for key, _ in node.entries)
    elif isinstance(node, MapNode):
        yield from scalars_at(node.get(step), rest)
