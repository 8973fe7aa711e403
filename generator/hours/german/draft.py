"""What has been read so far of a German writing, and the piece that comes next: everything that reads a piece works on this."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from generator.hours.german.clause import Clause
from generator.hours.german.meaning import Said
from generator.hours.german.tokens import Kind, Token
from generator.hours.german.unreadable import Doubt, Unreadable

_END = Token("break", "", 0)
_BINDING = ("", "comma", "and", "break")
"""What stands between two pieces, the weakest first."""
_MODIFIERS: frozenset[Kind] = frozenset(
    {
        "month",
        "date",
        "week",
        "every",
        "vague",
        "school",
        "from",
        "start",
        "to",
        "and",
        "in-month",
        "remark",
    }
)
_HEADS: frozenset[Kind] = frozenset(
    {"day", "daily", "workday", "ordinal", "time", "all-day", "off", "public", "part", "pause", "usual"}
)


@dataclass
class Draft:
    """The tokens and the place of the next one; the clauses that are complete and the one that is being read.

    `exceptions` are OSM selectors of days on which nothing takes place, `said` what was said of all times. `joint` is what stood before the
    present place ("", "comma", "and" or "break"), `inside` whether that is in brackets. `afar` is what says that the clauses that follow are
    hours of a telephone or a screen, `label` what stands before all days and names their times.
    """

    tokens: list[Token]
    at: int = 0
    clauses: list[Clause] = field(default_factory=list)
    clause: Clause = field(default_factory=lambda: Clause(0))
    exceptions: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    joint: str = ""
    inside: bool = False
    afar: str = ""
    label: str = ""

    @property
    def ended(self) -> bool:
        """No token is left."""
        return self.at >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        """The token at this place or behind it; a break where there is none."""
        if self.at + ahead < len(self.tokens):
            return self.tokens[self.at + ahead]
        return _END

    def take(self, *kinds: Kind) -> Token | None:
        """The token at this place, and one place on, if it is of one of these kinds."""
        token = self.peek()
        if not self.ended and token.kind in kinds:
            self.at += 1
            return token
        return None

    def tie(self, joint: str) -> None:
        """Note what stands between the pieces; of several the strongest counts."""
        self.joint = max(self.joint, joint, key=_BINDING.index)

    def close(self) -> None:
        """Complete the clause that is being read."""
        if not self.clause.empty:
            self.clauses.append(self.clause)
        self.drop()

    def drop(self) -> None:
        """Begin a clause in the place of the one that is being read."""
        self.clause = Clause(self.peek().at)

    def begin(self) -> Clause:
        """Begin a clause where the present one has its times, and return the one that is being read."""
        if self.clause.has_body:
            self.close()
            self.clause.joint = self.joint
            if self.joint == "break":
                self.afar = ""
            if self.afar:
                self.clause.remarks.append(self.afar)
        return self.clause

    def every_clause(self) -> list[Clause]:
        """All clauses, also the one that is being read."""
        return [*self.clauses, *([] if self.clause.empty else [self.clause])]

    def sentence(self) -> list[Clause]:
        """The clauses that a remark at this place can be about, the last one first.

        That is back to the last break, or to one with its own remark. What stands on a line of its own can be about all of them.
        """
        if self.joint == "break":
            return self.every_clause()[::-1]
        found = [self.clause] if not self.clause.empty else []
        later = self.clause
        for clause in reversed(self.clauses):
            if found and (later.joint == "break" or clause.remarks):
                break
            found.append(clause)
            later = clause
        return found

    def is_head(self) -> bool:
        """Whether what limits the days stands before a day or a time, and not behind those it is about."""
        if not self.clause.has_body:
            return True
        if self.inside:
            return self.off_follows()
        if self.joint == "break":
            line = takewhile(lambda token: token.kind != "break", self.tokens[self.at + 1 :])
            return any(token.kind in _HEADS for token in line)
        return self._is_followed_by_head()

    def _is_followed_by_head(self) -> bool:
        """Whether a day, a time or a colon comes next, with nothing but limits before it."""
        ahead = 1
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.kind == "colon":
                return True
            if token.kind in _HEADS:
                return token.kind == "public" or self.peek(ahead - 1).kind != "and"
            if token.kind == "comma" and self.peek(ahead + 1).kind not in {"month", "date", "time", "off"}:
                return False
            if token.kind not in _MODIFIERS and token.kind != "comma":
                return token.kind == "appointment" and self.joint != ""
            ahead += 1
        return False

    def off_follows(self) -> bool:
        """Whether what stands in brackets ends with „geschlossen“."""
        inner = takewhile(lambda token: token.kind != "close", self.tokens[self.at :])
        return any(token.kind == "off" for token in inner)

    def refuse_days_without_time(self, token: Token) -> None:
        """Raise `Unreadable` where a line ended after its days and another one begins."""
        if self.joint == "break" and self.clause.days and not self.clause.has_body:
            raise Unreadable("Es fehlt eine Uhrzeit.", token.at, len(token.text))

    def name_doubt(self, token: Token, why: str) -> None:
        """Name a piece of the writing as the reason why times are uncertain."""
        doubt = Doubt(token.text, why, token.at)
        if doubt not in self.doubts:
            self.doubts.append(doubt)
