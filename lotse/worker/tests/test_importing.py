"""Importing by the worker and by the command: once, whoever dies, whoever else is at it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lotse.kernel.actors import SYSTEM
from lotse.lifecycle import loop
from lotse.records.cases.models import Case, Inquiry
from lotse.records.journal.models import Act, Entry
from lotse.stages.intake.files import queries, services, storage
from lotse.stages.intake.files.queries import Counts
from lotse.stages.intake.files.running import LEASE, Run, TakenOver, claim
from lotse.stages.intake.models import Import
from lotse.worker import import_command
from lotse.worker.importing import Importer
from tests.killing import killed_at

NOW = datetime(2026, 6, 9, 8, 42, tzinfo=UTC)
BATCH = 5
# Fourteen people, of whom one asks twice, and one row that is nobody.
ROWS = [f"Lead {n};lead{n}@firma{n}.example" for n in range(14)] + [
    "Lead 3;lead3@firma3.example",
    ";",
    "Lead 15;kein-mail",
]
WHOLE = Counts(rows=16, cases=14, joined=1, set_aside=1, already_there=0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "messe.csv"
    path.write_text("Name;E-Mail\n" + "\n".join(ROWS) + "\n")
    return path


def by_command(file: Path, *, now: datetime = NOW) -> Import:
    one = import_command.begin(file, fields={}, source=None, by=SYSTEM, now=now)
    for _ in import_command.run(one, clock=lambda: now, batch_size=BATCH):
        pass
    return one


def by_worker(*, now: datetime = NOW) -> None:
    importer = Importer(batch=BATCH)
    while importer(now=now):
        pass
    while loop.advance_due(now=now):
        pass


def uploaded(file: Path) -> Import:
    one = services.take(chunks=storage.chunks_of(file), name=file.name, by=SYSTEM, now=NOW)
    services.start(one, by=SYSTEM, now=NOW)
    return one


def counts(one: Import) -> Counts:
    one.refresh_from_db()
    return queries.get_counts([one])[one.pk]


def add_up(found: Counts) -> bool:
    parts = found.cases + found.joined + found.set_aside + found.already_there
    return parts == found.rows


@pytest.mark.django_db
def test_every_row_has_an_end_and_the_parts_add_up(file: Path) -> None:
    assert counts(by_command(file)) == WHOLE
    assert add_up(WHOLE)


@pytest.mark.django_db
def test_the_same_file_again_makes_no_second_lead(file: Path) -> None:
    by_command(file)

    again = counts(by_command(file))

    assert again == Counts(rows=16, already_there=16)
    assert Inquiry.objects.count() == 16


@pytest.mark.django_db
def test_the_same_rows_in_another_file_join_what_is_there(file: Path, tmp_path: Path) -> None:
    by_command(file)
    other = tmp_path / "other.csv"
    other.write_text("E-Mail,Name\nlead1@firma1.example,Lead 1\nnew@firma.example,Somebody\n")

    assert counts(by_command(other)) == Counts(rows=2, cases=1, joined=1)


@pytest.mark.django_db
def test_the_worker_does_the_same_and_the_lead_says_where_it_came_from(file: Path) -> None:
    one = uploaded(file)

    by_worker()

    assert counts(one) == WHOLE
    assert (one.state, one.finished_at) == (Import.State.DONE, NOW)
    line = Entry.objects.filter(kind="intake.arrived").order_by("id")[4]
    assert (line.data["import_id"], line.data["line"], line.act) == (one.pk, 6, one.act)


@pytest.mark.django_db
def test_of_two_who_read_the_same_place_one_goes_on(file: Path) -> None:
    one = uploaded(file)
    claim(one, now=NOW)
    one.refresh_from_db()
    first, second = Run(one, batch=BATCH), Run(one, batch=BATCH)

    first.step(now=NOW)

    with pytest.raises(TakenOver):
        second.step(now=NOW)
    assert Inquiry.objects.count() == BATCH


@pytest.mark.django_db
def test_a_worker_lets_be_what_another_one_reads(file: Path) -> None:
    one = uploaded(file)
    reading = Importer(batch=BATCH)
    reading(now=NOW)

    assert Importer()(now=NOW) is None
    assert Importer()(now=NOW + LEASE + timedelta(seconds=1)) is not None
    assert counts(one).rows == len(ROWS) - 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_the_command_goes_on_where_it_was(file: Path) -> None:
    for _ in deaths(lambda: by_command(file)):
        finished = counts(by_command(file))
        # What the dead one had taken in hand is free again when its lease has run out.
        by_worker(now=NOW + timedelta(minutes=10))

        assert add_up(finished)
        assert (whole(), open_imports()) == (WHOLE, 0)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_the_worker_s_successor_goes_on_where_it_was(file: Path) -> None:
    def upload_and_work() -> None:
        uploaded(file)
        by_worker()

    for _ in deaths(upload_and_work):
        if not Import.objects.exclude(state=Import.State.DRAFT).exists():
            uploaded(file)
        by_worker(now=NOW + timedelta(minutes=10))

        assert (whole(), open_imports()) == (WHOLE, 0)


def deaths(work: Callable[[], object]) -> Iterator[int]:
    """Let a process die at one step after another, each time in an empty house."""
    step, died = 0, True
    while died:
        Case.objects.update(outcome="", closed_at=None, joined_to=None)
        for model in (Inquiry, Import, Entry, Case, Act):
            model.objects.all().delete()
        died = killed_at(step, lambda _note: note_and(work, _note)) is not None
        yield step
        step += 1
    assert step > 4, "it never died in the middle"


def note_and(work: Callable[[], object], note: Callable[[int], None]) -> None:
    note(1)
    work()


def whole() -> Counts:
    """Count over all imports what became of the rows of the file."""
    joined = Case.objects.filter(outcome=Case.Outcome.JOINED).count()
    return Counts(
        rows=Inquiry.objects.count(),
        cases=Case.objects.count() - joined,
        joined=joined,
        set_aside=Inquiry.objects.filter(case=None).count(),
    )


def open_imports() -> int:
    return Import.objects.filter(state__in=["waiting", "running"]).count()
