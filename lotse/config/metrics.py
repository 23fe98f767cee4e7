"""What Prometheus may ask: requests, jobs, and how much is waiting."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from lotse.records.cases.models import Case
from lotse.records.outbox.models import Message

REQUESTS = Counter("lotse_requests_total", "Answered requests", ["method", "route", "status"])
SECONDS = Histogram("lotse_request_seconds", "How long an answer took", ["method", "route"])
QUERIES = Counter("lotse_request_queries_total", "Queries made for answers", ["method", "route"])

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def note_request(method: str, route: str, status: int, seconds: float, queries: int) -> None:
    # A label anybody can invent would fill the memory: an unknown method counts as OTHER.
    method = method if method in METHODS else "OTHER"
    REQUESTS.labels(method, route, status).inc()
    SECONDS.labels(method, route).observe(seconds)
    QUERIES.labels(method, route).inc(queries)


def page(now: datetime) -> bytes:
    """Return everything in Prometheus' own words."""
    waiting = CollectorRegistry()
    waiting.register(Waiting(now))
    return generate_latest(_counted()) + generate_latest(waiting)


def _counted() -> Any:
    # Under `lotse serve` every process writes its numbers into one folder, and any may be asked.
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared


class Waiting(Collector):
    """Counts what is due, at the moment it is asked."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        due = Case.objects.due(self.now)
        messages = Message.objects.filter(state=Message.State.READY, not_before__lte=self.now)
        yield _gauge("lotse_cases_due", "Cases that want a look by their stage", due.count())
        yield _gauge("lotse_cases_due_seconds", "How late the latest is", self._age(due, "wake_at"))
        yield _gauge("lotse_messages_due", "Messages that could leave", messages.count())
        yield _gauge(
            "lotse_messages_due_seconds",
            "How late the latest is",
            self._age(messages, "not_before"),
        )

    def _age(self, rows: Any, column: str) -> float:
        oldest = rows.aggregate(oldest=Min(column))["oldest"]
        return (self.now - oldest).total_seconds() if oldest else 0.0


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
