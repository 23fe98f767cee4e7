"""Puts a board together: its columns with their sums and first cards, and the two ends."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.catalog.models import Phase, Process
from lotse.web.board import queries, telling
from lotse.web.board.queries import Card, End, Sums
from lotse.web.board.strips import FIRST, MORE, Cursor, Strip, read_strip
from lotse.web.board.whose import Whose


@dataclass(frozen=True)
class Head:
    """What stands above the cards of a column."""

    phase: Phase
    sums: Sums
    stay: str


@dataclass(frozen=True)
class Column:
    """A phase with some of its cards; `more` is how many the next step adds."""

    head: Head
    cards: Sequence[Card]
    after: str
    more: int

    @property
    def phase(self) -> Phase:
        return self.head.phase


@dataclass(frozen=True)
class EndZone:
    """Where a card is laid to end its case."""

    outcome: str
    label: str
    told: str


@dataclass(frozen=True)
class Board:
    """Everything a board shows."""

    process: Process
    whose: Whose
    columns: Sequence[Column]
    ends: Sequence[EndZone]
    total: Sums
    sentence: str

    @property
    def phases(self) -> list[Phase]:
        return [column.phase for column in self.columns]

    @property
    def has_movable(self) -> bool:
        return any(card.may_edit for column in self.columns for card in column.cards)


def lay_out(viewer: Viewer, process: Process, whose: Whose, reader: Reader) -> Board:
    """Read a board; as many questions as it has phases, however many cases lie on it."""
    phases = queries.get_phases(process)
    open_ones = [p for p in phases if p.kind == Phase.Kind.OPEN]
    cases = queries.get_cases(viewer, open_ones, whose)
    sums = queries.get_sums(cases, now=reader.now)
    named = queries.with_names(cases)
    strips = {p.pk: _first(named, p, sums) for p in open_ones}
    cards = queries.get_cards(viewer, [c for s in strips.values() for c in s.cases], reader)
    total = Sums.total(sums.values())
    return Board(
        process,
        whose,
        [_column(p, sums.get(p.pk, Sums()), strips[p.pk], cards, reader) for p in open_ones],
        get_ends(viewer, process, phases, whose, reader),
        total,
        telling.say_total(total, process),
    )


def _first(cases: QuerySet[Case], phase: Phase, sums: Mapping[int, Sums]) -> Strip:
    # An empty column need not be asked for.
    if phase.pk not in sums:
        return Strip([], "")
    return read_strip(cases.filter(phase=phase), None, size=FIRST)


def _column(
    phase: Phase, sums: Sums, strip: Strip, cards: Mapping[int, Card], reader: Reader
) -> Column:
    rest = min(MORE, sums.count - len(strip.cases)) if strip.after else 0
    shown = [cards[case.pk] for case in strip.cases]
    return Column(_head(phase, sums, reader), shown, strip.after, rest)


def _head(phase: Phase, sums: Sums, reader: Reader) -> Head:
    return Head(phase, sums, telling.say_stay(sums.stay, reader))


def get_heads(viewer: Viewer, process: Process, whose: Whose, reader: Reader) -> list[Head]:
    """Read what stands above each column, and no cards."""
    phases = queries.get_open_phases(process)
    sums = queries.get_sums(queries.get_cases(viewer, phases, whose), now=reader.now)
    return [_head(p, sums.get(p.pk, Sums()), reader) for p in phases]


def get_ends(
    viewer: Viewer, process: Process, phases: Collection[Phase], whose: Whose, reader: Reader
) -> list[EndZone]:
    """Say what ended this month; an end is called as the process calls its phase."""
    ended = queries.get_ends(viewer, process, whose, reader)
    names = {phase.kind: phase.name for phase in reversed([*phases])}
    return [
        EndZone(
            kind.value, names.get(kind.value, ""), telling.say_end(ended.get(kind, End()), reader)
        )
        for kind in (Phase.Kind.WON, Phase.Kind.LOST)
    ]


def lay_column(
    viewer: Viewer, phase: Phase, whose: Whose, cursor: Cursor | None, reader: Reader
) -> Column:
    """Read the next cards of one column."""
    cases = queries.get_cases(viewer, [phase], whose)
    sums = queries.get_sums(cases, now=reader.now).get(phase.pk, Sums())
    strip = read_strip(queries.with_names(cases), cursor, size=MORE)
    cards = queries.get_cards(viewer, strip.cases, reader)
    shown = [cards[case.pk] for case in strip.cases]
    return Column(_head(phase, sums, reader), shown, strip.after, MORE if strip.after else 0)
