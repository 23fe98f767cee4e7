"""Measuring pages: lists, board and a lead, asked as a person asks, without the network between."""

import random
from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lotse.records.cases.models import Case
from lotse.worker.bench.company import Company
from lotse.worker.bench.measure import Row, count_queries, repeat

TIMES = 40


class NotServed(Exception):
    """A page answered with something else than 200."""


def measure_lists(company: Company, *, now: datetime) -> list[Row]:
    """Measure the first page of leads, one person's cases in one phase, and a search."""
    rng = random.Random(2)
    names = list(Case.objects.open().order_by("id").values_list("last_name", flat=True)[:200])
    address = reverse("leads")
    client = _client(company)
    one, phase = company.people[0].pk, company.phases[2].pk
    return [
        _page("list: first page", client, lambda: f"{address}?group=active"),
        _page("list: owner + phase", client, lambda: f"{address}?group=active&assignee={one}&phase={phase}"),
        _page("list: search", client, lambda: f"{address}?group=active&q={rng.choice(names)}"),
    ]  # fmt: skip


def measure_board(company: Company, *, now: datetime) -> list[Row]:
    """Measure the board of a process with all its people."""
    address = reverse("board")
    return [_page("board", _client(company), lambda: f"{address}?process={company.process.pk}")]


def measure_lead(company: Company, *, now: datetime) -> list[Row]:
    """Measure the page of a lead, another one each time."""
    rng = random.Random(3)
    ids = list(Case.objects.open().order_by("id").values_list("pk", flat=True)[:1000])
    return [_page("lead page", _client(company), lambda: reverse("lead", args=[rng.choice(ids)]))]


def _client(company: Company) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(company.manager, "django.contrib.auth.backends.ModelBackend")
    return client


def _page(name: str, client: Client, address: Callable[[], str]) -> Row:
    def ask() -> None:
        answer: HttpResponse = client.get(address())  # type: ignore[assignment]
        if answer.status_code != 200:
            raise NotServed(f"{name}: {answer.status_code}")

    p50, p95 = repeat(ask, times=TIMES)
    return Row(
        name, {"p50 ms": f"{p50:.1f}", "p95 ms": f"{p95:.1f}", "queries": str(count_queries(ask))}
    )
