"""The manager is told once where nobody began in time."""

from datetime import timedelta

import pytest

from lotse.kernel.actors import person
from lotse.records.activities.services import write_note
from lotse.records.outbox.models import Notice
from lotse.records.people.models import Team
from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Start
from lotse.stages.acceptance.tests.cast import NOW, a_lead, somebody
from lotse.stages.acceptance.work import work

pytestmark = pytest.mark.django_db


def test_the_manager_of_the_team_is_told_once() -> None:
    boss = somebody("Boss")
    team = Team.objects.create(name="North", manager=boss)
    lead = a_lead(asked_person=somebody("Ann", team=team), asked_by_offer=False)
    work([lead], now=NOW)

    early = acceptance.tell_of_late_starts(now=NOW + timedelta(hours=23))
    late = acceptance.tell_of_late_starts(now=NOW + timedelta(hours=24))
    again = acceptance.tell_of_late_starts(now=NOW + timedelta(hours=25))

    assert (early, late, again) == (0, 1, 0)
    [notice] = Notice.objects.filter(kind="acceptance.not_started")
    assert (notice.user, notice.case_id) == (boss, lead.pk)


def test_nobody_is_told_where_somebody_began() -> None:
    boss = somebody("Boss")
    team = Team.objects.create(name="North", manager=boss)
    ann = somebody("Ann", team=team)
    lead = a_lead(asked_person=ann, asked_by_offer=False)
    work([lead], now=NOW)
    write_note(case=lead, text="Angerufen", by=person(ann.pk), now=NOW)

    acceptance.tell_of_late_starts(now=NOW + timedelta(days=2))

    assert Notice.objects.count() == 0
    assert Start.objects.get().settled_at is not None
