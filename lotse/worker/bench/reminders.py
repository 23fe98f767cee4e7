"""Measuring the follow-ups: planning the daily run, and sending it beside a loop that does the same naively."""

import math
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from socket import socket

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction

from lotse.mails.table import KINDS
from lotse.records.cases.models import Case
from lotse.records.outbox.mail.letters import Sender
from lotse.records.outbox.mail.smtp import Server, SmtpTransport
from lotse.records.outbox.models import Message
from lotse.records.outbox.sending import send_due
from lotse.stages.process.models import FollowUpRun, Series
from lotse.stages.process.queries import get_run
from lotse.stages.process.services import run_due
from lotse.stages.process.services.reminding import KIND
from lotse.worker.bench.company import Company
from lotse.worker.bench.measure import Figures, Row, measured

# So many are due; more than there are active cases are not measured.
DUE = (1_000, 10_000, 100_000)
SENT = 3_000
BATCH = 5_000
# Debian has it in the package postfix.
SINK = "smtp-sink"
PLACES = "/usr/sbin:/usr/lib/postfix/sbin"
PATIENCE = 20.0


def measure_follow_ups(company: Company, *, now: datetime) -> list[Row]:
    """Plan runs with more and more that is due, then send one."""
    run = get_run()
    at = run.moment_of(run.day_of(now))
    company.process.follow_up_since = at - timedelta(days=90)
    company.process.save()
    active = Case.objects.filter(stage=Case.Stage.PROCESS).count()
    found = [(due, _plan(due, at)) for due in DUE if due <= active]
    rows = [_planned(due, figures, company.size) for due, figures in found]
    rows += [
        Row(
            f"follow-up: exponent from {few} to {many} due",
            {"exponent": f"{math.log(b.wall / a.wall) / math.log(many / few):.2f}"},
        )
        for (few, a), (many, b) in pairwise(found)
    ]
    return rows + (_measure_sending(at, min(SENT, active)) if active else [])


def _planned(due: int, figures: Figures, size: int) -> Row:
    return Row(
        f"follow-up: {due} due among {size}",
        {
            "planned/s": f"{due / figures.wall:.0f}",
            "s": f"{figures.wall:.2f}",
            "CPU ms/lead": f"{figures.cpu / due * 1000:.3f}",
            "database CPU ms/lead": f"{figures.database_cpu / due * 1000:.3f}",
            "queries": str(figures.queries),
        },
    )


def _plan(due: int, at: datetime) -> Figures:
    _make_due(due, at)
    with measured(count_queries=True) as figures:
        planned = run_due(now=at)
    if planned != due:
        raise RuntimeError(f"{planned} mails were planned, not {due}")
    return figures


def _make_due(count: int, at: datetime) -> None:
    """Let so many active cases be overdue since yesterday, and no others, as if nobody was reminded yet."""
    FollowUpRun.objects.all().delete()
    Series.objects.all().delete()
    Message.objects.filter(kind=KIND).delete()
    since = at - timedelta(hours=20)
    active = Case.objects.filter(stage=Case.Stage.PROCESS).order_by("pk")
    ids = list(active.values_list("pk", flat=True)[:count])
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            some = Case.objects.filter(pk__in=ids[start : start + BATCH])
            some.update(overdue_at=since, due_at=since)
            Series.objects.bulk_create(
                Series(case=c, started_at=since, phase_entered_at=c.phase_entered_at, assignee_id=c.assignee_id)
                for c in some
                if c.phase_entered_at and c.assignee_id
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure_sending(at: datetime, count: int) -> list[Row]:
    program = shutil.which(SINK) or shutil.which(SINK, path=PLACES)
    if program is None:
        return [Row(f"sending: not measured, there is no {SINK} (Debian: postfix)")]
    _make_due(count, at)
    run_due(now=at)
    with _sink(program) as port:
        ours = _send(port, at, count)
        naive = _send_naively(port, at, count)
    return [_sent("sending with the ledger", ours, count), _sent("a naive loop", naive, count)]


def _sent(name: str, figures: Figures, count: int) -> Row:
    return Row(
        f"{name}: {count} mails",
        {
            "mails/s": f"{count / figures.wall:.0f}",
            "mails/s a core": f"{count / (figures.cpu + figures.database_cpu):.0f}",
            "CPU ms/mail": f"{figures.cpu / count * 1000:.2f}",
            "database CPU ms/mail": f"{figures.database_cpu / count * 1000:.2f}",
        },
    )


def _send(port: int, at: datetime, count: int) -> Figures:
    name = Sender.read(settings.MAIL_FROM).domain
    transport = SmtpTransport(Server("127.0.0.1", port), name=name)
    with measured() as figures:
        while send_due(now=at, kinds=KINDS, transport=transport):
            pass
    transport.close()
    sent = Message.objects.filter(kind=KIND, state=Message.State.SENT).count()
    if sent != count:
        raise RuntimeError(f"{sent} mails were sent, not {count}")
    return figures


def _send_naively(port: int, at: datetime, count: int) -> Figures:
    """Write and send the same mails as one would without thinking of a crash: no row of it is kept."""
    door = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port
    )
    with measured() as figures:
        door.open()
        for message in Message.objects.filter(kind=KIND).select_related("to_user")[:count]:
            mail = KINDS[KIND].write(message, at)
            letter = EmailMultiAlternatives(
                mail.subject, mail.text, settings.MAIL_FROM, [message.to_address], connection=door
            )
            letter.attach_alternative(mail.html, "text/html")
            letter.send()
        door.close()
    return figures


@contextmanager
def _sink(program: str) -> Iterator[int]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    # It does not want to be root.
    other = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([program, *other, f"127.0.0.1:{port}", "100"])  # noqa: S603
    try:
        _until_open(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _until_open(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("smtp-sink did not start")
