"""Check that every id leads somewhere, and propose what was meant."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

from msgspec.structs import replace

from generator.diagnostics import Diagnostic, close_to
from generator.diagnostics.codes import diagnostic
from generator.files.result_cache import Same
from generator.model.fields import references, value_for
from generator.model.groups import Group
from generator.model.kinds import KIND_BY_FOLDER, KINDS
from generator.model.names_and_ids import slug
from generator.model.samples import OPEN_ID, target_form
from generator.model.vocabulary import NO_WORD
from generator.read.nodes import ListNode, MapNode, Node, Scalar, places_at

_CLOSE = 0.88  # how similar (0 to 1) a text must be to the name it stands for
MANY = 4
"""More ids than this are no answer to what was meant."""


@dataclass(frozen=True)
class KnownNames:
    """What people call what there is, collected on first need."""

    collect: Callable[[], Mapping[str, Mapping[str, tuple[str, ...]]]]  # gives `by_target`
    collect_titles: Callable[[], Mapping[str, Mapping[str, tuple[str, ...]]]] = dict  # gives `titles`
    _answers: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict, compare=False)

    @cached_property
    def by_target(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Ids by target (a kind's folder or a vocabulary) and by name, in the form of an id."""
        return self.collect()

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Ids by target and by full name, in small letters."""
        return self.collect_titles()

    def called(self, text: str, targets: Iterable[str]) -> str:
        """Return the one id whose full name this is; empty if none or several."""
        wanted = " ".join(text.split()).casefold()
        found = {key for target in targets for key in self.titles.get(target, {}).get(wanted, ())}
        return found.pop() if len(found) == 1 else ""

    def meant(self, text: str, targets: Iterable[str]) -> tuple[str, ...]:
        """Return at most `MANY` ids a text means."""
        key = text, tuple(targets)
        if key not in self._answers:
            self._answers[key] = self._find_meant_ids(*key)
        return self._answers[key]

    def exactly(self, text: str, targets: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that are called just so."""
        wanted = slug(text[:200])
        found: dict[str, None] = {}
        for target in targets:
            found |= dict.fromkeys(self.by_target.get(target, {}).get(wanted, ()))
        return tuple(key for key in found if key != text)

    def _find_meant_ids(self, text: str, targets: tuple[str, ...]) -> tuple[str, ...]:
        """Return ids of that name, of a German word for them, or of a similar name."""
        wanted = slug(text[:200])
        known = self._names_of(targets)
        if not wanted or not known:
            return ()
        if wanted in known:
            return known[wanted][:MANY]
        value = value_for(text, _ids_of(known, known))
        if value is not None:
            return (value,)
        close = difflib.get_close_matches(wanted, known, 1, _CLOSE)
        return known[close[0]][:MANY] if close else ()

    def _names_of(self, targets: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return several targets' names with ids."""
        known: dict[str, tuple[str, ...]] = {}
        for target in targets:
            for name, ids in self.by_target.get(target, {}).items():
                known[name] = tuple(dict.fromkeys((*known.get(name, ()), *ids)))
        return known


def _ids_of(names: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the ids of some names, each once."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys(known[name])
    return list(found)


NO_NAMES = KnownNames(dict)  # where nothing can be proposed
_Found = defaultdict[str, defaultdict[str, list[str]]]  # ids by target and name


def names_of(
    words: Mapping[str, Mapping[str, Any]], nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> KnownNames:
    """Return words' and records' names, unreadable ones included."""
    return KnownNames(partial(_ids_by_name, words, nodes), partial(_ids_by_title, words, nodes))


def _ids_by_title(
    words: Mapping[str, Mapping[str, Any]], nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    for (folder, key), (_, node) in nodes.items():
        for name in texts_in(node.get("name")):
            found[folder][" ".join(name.split()).casefold()].append(key)
    for vocabulary, entries in words.items():
        for key, word in entries.items():
            found[vocabulary][str(getattr(word, "name", "")).casefold()].append(key)
    return _each_once(found)


def _ids_by_name(
    words: Mapping[str, Mapping[str, Any]], nodes: Mapping[tuple[str, str], tuple[str, MapNode]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    for (folder, key), (_, node) in nodes.items():
        _add_names_of_key(
            found[folder],
            key,
            [key, *texts_in(node.get("name")), *texts_in(node.get("short")), *texts_in(node.get("aliases"))],
        )
    return {**_names_of_words(Same(words)), **_each_once(found)}


# Words that were read before come as the same ones.
@lru_cache(maxsize=4)
def _names_of_words(words: Same[Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: _Found = defaultdict(lambda: defaultdict(list))
    for vocabulary, entries in words.value.items():
        for key, word in entries.items():
            texts = [key, getattr(word, "name", ""), getattr(word, "short", None), getattr(word, "own", None)]
            if vocabulary == "topics":
                texts += getattr(word, "words", ())
            _add_names_of_key(found[vocabulary], key, texts)
    return _each_once(found)


def _each_once(found: _Found) -> dict[str, dict[str, tuple[str, ...]]]:
    by_target = {}
    for target, names in found.items():
        by_target[target] = {name: tuple(dict.fromkeys(keys)) for name, keys in names.items()}
    return by_target


def _add_names_of_key(names: dict[str, list[str]], key: str, texts: Iterable[str | None]) -> None:
    for text in texts:
        if text and (name := slug(text)):
            names[name].append(key)


def texts_in(node: Node | None) -> list[str]:
    """Return a node's texts as a list."""
    if isinstance(node, Scalar):
        return [node.text]
    if isinstance(node, ListNode):
        return [item.text for item in node.items if isinstance(item, Scalar)]
    return []


# What people write for all, where each has to be named; what they should write.
_EVERYBODY = frozenset(
    {
        "all",
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
_WITHOUT = {  # by target
    "target_groups": "for: all schreiben, ohne Klammern, wenn alle kommen können",
    "spaces": "das Kürzel der Stadt selbst nennen, wenn die ganze Stadt gemeint ist",
    "languages": "die Sprachen einzeln nennen, zum Beispiel [de, tr, ar]; wer dolmetschen lässt, schreibt interpreter: on request",
}
_SHOWN = 12  # ids that a message lists, at most
_WHAT = {kind.folder: kind.none for kind in KINDS} | {**NO_WORD, "indicators": "keine Kennzahl"}


def check_references(
    model: type[Group],
    node: Node,
    known: Mapping[str, Collection[str]],
    unsure: Set[str] = frozenset(),
    names: KnownNames = NO_NAMES,
) -> list[Diagnostic]:
    """Report a record's unanswered references.

    `known` are ids by target, `unsure` targets partly unreadable, `names` what people call things.
    """
    found: list[Diagnostic] = []
    for reference in references(model):
        targets = reference.target.split("|")
        if not unsure.isdisjoint(targets) or not is_had(targets, known):
            continue
        scalars = scalars_at(node, reference.path)
        unanswered = [one for one in scalars if not _is_answered(one.text, targets, known)]
        found += [unknown(one, targets, known, names) for one in unanswered]
    return found


def is_had(targets: Iterable[str], known: Mapping[str, Collection[str]]) -> bool:
    """Tell whether a town has any of the targets; else nothing is asked of references to them."""
    return any(target in known for target in targets)


def _is_answered(text: str, targets: Iterable[str], known: Mapping[str, Collection[str]]) -> bool:
    return any(text in known.get(target, ()) for target in targets)


Referring = tuple[tuple[str, ...], str]
"""The targets of which one has to answer, and the id."""


def referring(model: type[Group], node: Node) -> frozenset[Referring]:
    """Return a record's references as (targets, id)."""
    found: set[Referring] = set()
    for reference in references(model):
        targets = tuple(reference.target.split("|"))
        found.update((targets, scalar.text) for scalar in scalars_at(node, reference.path))
    return frozenset(found)


def all_known(
    references: frozenset[Referring], known: Mapping[str, Collection[str]], answered: set[Referring]
) -> bool:
    """Tell whether all references are answered; `answered` is a growing cache."""
    for targets, text in references - answered:
        if is_had(targets, known) and not _is_answered(text, targets, known):
            return False
        answered.add((targets, text))
    return True


def unknown(
    scalar: Scalar, targets: list[str], known: Mapping[str, Collection[str]], names: KnownNames
) -> Diagnostic:
    """Report a text that is no id, and the likely one."""
    text = scalar.text
    if slug(text) in _EVERYBODY and targets[0] in _WITHOUT:
        code = "kein-sprachkuerzel" if targets == ["languages"] else "fuer-alle"
        return diagnostic(code, scalar.position, value=text, better=_WITHOUT[targets[0]])
    ids = set[str]().union(*(known.get(target, ()) for target in targets))
    near, meant = _near_and_meant(text, targets, ids, names)
    if targets == ["topics"] and not meant:
        better = "alle Themen zeigt „nahraum help topics“"
        if near:
            better = f"ein Thema mit ähnlichem Namen gibt es: „{near}“"
        message = diagnostic("unbekanntes-thema", scalar.position, value=text, better=better)
        return replace(message, instead=near or "")
    if meant and text != OPEN_ID:
        message = diagnostic("name-statt-kuerzel", scalar.position, value=text, better=_suggest_ids(meant))
        return replace(message, instead=meant[0] if len(meant) == 1 else "")
    better = _better(text, targets, near, ids)
    # The cause is one, also where a further kind could have answered: a member may be a provider or an office.
    what = " und ".join(_WHAT[target] for target in targets)
    message = diagnostic(
        "unbekannter-verweis", scalar.position, value=text, what=what, first=_WHAT[targets[0]], better=better
    )
    return replace(message, instead=near if near and text != OPEN_ID else "")


def _better(text: str, targets: list[str], near: str | None, ids: Collection[str]) -> str:
    """Say what to write instead: meant, similar, or existing ids."""
    if text == OPEN_ID:
        forms = " oder ".join(target_form(target) for target in targets)
        return f"statt „{OPEN_ID}“ das Richtige schreiben ({forms})"
    if near:
        return f"gemeint ist vielleicht „{near}“"
    return _what_there_is(text, targets[0], sorted(ids))


def _near_and_meant(
    text: str, targets: list[str], ids: Collection[str], names: KnownNames
) -> tuple[str | None, tuple[str, ...]]:
    """Return (similarly spelt id, ids so called), at most one of both."""
    meant = names.exactly(text, targets)
    if meant:
        return None, meant
    # Of codes of two letters nearly every word begins with one.
    are_codes = bool(ids) and max(map(len, ids)) <= 3 < len(text)
    near = None if are_codes else close_to(text, sorted(ids)) or close_to(slug(text), sorted(ids))
    return near, () if near else names.meant(text, targets)


def _what_there_is(text: str, target: str, ids: Sequence[str]) -> str:
    """Say what may be written where nothing is similar."""
    if target in KIND_BY_FOLDER:
        return f"einen Eintrag in resources/{target}/{slug(text) or text}.yml anlegen oder das Kürzel prüfen"
    if len(ids) > _SHOWN:
        # „Hallenbad“ shares its end with „schwimmbad“: what resembles a word most stands first, however little.
        like = {key: difflib.SequenceMatcher(None, key, slug(text)).ratio() for key in ids}
        shown = sorted(ids, key=lambda key: (-like[key], key))[:_SHOWN]
        return f"zum Beispiel {', '.join(shown)} … Alle zeigt „nahraum help {target}“"
    return "möglich sind: " + ", ".join(ids)


def _suggest_ids(ids: Collection[str]) -> str:
    words = [f"„{name}“" for name in ids]
    return f"{words[0]} schreiben" if len(words) == 1 else f"eines davon schreiben: {', '.join(words)}"


def scalars_at(node: Node | None, path: tuple[str, ...]) -> Iterator[Scalar]:
    """Yield scalars at a path, ("contact", "*", "name"): `*` is any entry, `{}` a map's keys."""
    return (scalar for _, scalar in places_at(node, path))
