"""That every operation of the interface lets in exactly those whom its row names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from lotse.api.main import api
from lotse.api.tests.conftest import Machine, machine_of
from tests.company import Company
from tests.rights import CAST

pytestmark = pytest.mark.django_db

ALL = frozenset(CAST) - {"visitor"}
# Anna's lead: seen by her team and by whoever sees all, worked by her and those above.
SEE = frozenset({"administrator", "manager", "holder", "colleague", "marketing", "auditor"})
WORK = frozenset({"administrator", "manager", "holder"})
# The lead that is offered to a partner: the partner answers, and those who may assign anyway.
ANSWER = frozenset({"administrator", "manager", "partner manager", "partner asked"})
CREATE = frozenset({"administrator", "manager", "holder", "colleague", "other team", "marketing"})

Body = Callable[[Company], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    who: frozenset[str]
    path: Callable[[Company], str]
    # A body that passes, so that only the right decides.
    body: Body = lambda company: {}


def _lead(rest: str = "") -> Callable[[Company], str]:
    return lambda company: f"/leads/{company.lead.pk}{rest}"


def _offered(rest: str) -> Callable[[Company], str]:
    return lambda company: f"/leads/{company.offered.pk}{rest}"


def _later(company: Company, hours: int = 48) -> str:
    return (company.now + timedelta(hours=hours)).isoformat()


ROWS = {
    "POST /leads": Row(CREATE, lambda company: "/leads", lambda company: {"name": "Uwe Lenz"}),
    "GET /leads": Row(ALL, lambda company: "/leads"),
    "GET /offers": Row(ALL, lambda company: "/offers"),
    "GET /leads/{lead_id}": Row(SEE, _lead()),
    "PATCH /leads/{lead_id}": Row(
        WORK, _lead(), lambda company: {"version": company.lead.version, "city": "Emden"}
    ),
    "POST /leads/{lead_id}/acceptance": Row(ANSWER, _offered("/acceptance")),
    "POST /leads/{lead_id}/refusal": Row(
        ANSWER, _offered("/refusal"), lambda company: {"reason": company.too_far.pk}
    ),
    "POST /leads/{lead_id}/phase": Row(
        WORK, _lead("/phase"), lambda company: {"phase": company.qualifying.pk}
    ),
    "POST /leads/{lead_id}/closing": Row(
        WORK,
        _lead("/closing"),
        lambda company: {"outcome": "lost", "reason": company.not_interested.pk},
    ),
    "POST /leads/{lead_id}/reopening": Row(
        frozenset({"administrator", "manager"}), _lead("/reopening")
    ),
    "PUT /leads/{lead_id}/deferral": Row(
        WORK, _lead("/deferral"), lambda company: {"until": _later(company)}
    ),
    "DELETE /leads/{lead_id}/deferral": Row(WORK, _lead("/deferral")),
    "PUT /leads/{lead_id}/assignee": Row(
        WORK, _lead("/assignee"), lambda company: {"assignee": company.ben.pk}
    ),
    "POST /leads/{lead_id}/tasks": Row(
        WORK, _lead("/tasks"), lambda company: {"title": "Anrufen", "due_on": "2030-01-07"}
    ),
    "POST /leads/{lead_id}/appointments": Row(
        WORK,
        _lead("/appointments"),
        lambda company: {
            "title": "Besuch",
            "starts_at": _later(company),
            "ends_at": _later(company, 49),
        },
    ),
    "POST /leads/{lead_id}/notes": Row(WORK, _lead("/notes"), lambda company: {"text": "Ruft an"}),
    "PUT /tasks/{task_id}/done": Row(WORK, lambda company: f"/tasks/{company.open_task.pk}/done"),
    "DELETE /appointments/{appointment_id}": Row(
        WORK, lambda company: f"/appointments/{company.visit.pk}"
    ),
}


class _TakenBack(Exception):
    """Ends a savepoint, so that one request is not felt by the next."""


def status(machine: Machine, name: str, company: Company) -> int:
    row = ROWS[name]
    try:
        with transaction.atomic():
            method = name.split(maxsplit=1)[0]
            body = None if method in {"GET", "DELETE"} else row.body(company)
            answer, _ = machine.ask(method, row.path(company), body)
            raise _TakenBack
    except _TakenBack:
        return int(answer.status_code)


def operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"]
    return {
        f"{method.upper()} {path.removeprefix('/api')}"
        for path, methods in paths.items()
        for method in methods
    }


def test_every_operation_has_its_row() -> None:
    assert operations() == set(ROWS)


@pytest.mark.parametrize("who", sorted(ALL))
def test_each_operation_lets_in_whom_its_row_names(who: str) -> None:
    company = Company()
    machine = machine_of(getattr(company, CAST[who]))

    answers = {name: status(machine, name, company) for name in ROWS}

    let_in = {name for name, code in answers.items() if code not in {403, 404}}
    wanted = {name for name, row in ROWS.items() if who in row.who}
    assert (let_in - wanted, wanted - let_in) == (set(), set()), "(too many, too few)"
    # No body was refused: it is the right that decided.
    assert {name: code for name, code in answers.items() if code in {401, 422} or code >= 500} == {}


def test_nobody_comes_in_without_a_key() -> None:
    company = Company()
    stranger = Machine("lotse_nobody")

    assert {status(stranger, name, company) for name in ROWS} == {401}
