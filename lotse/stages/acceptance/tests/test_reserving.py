"""A lead is kept for whoever has the guide open."""

from datetime import timedelta

import pytest

from lotse.stages.acceptance import services as acceptance
from lotse.stages.acceptance.models import Reservation
from lotse.stages.acceptance.tests.cast import NOW, a_lead, somebody

pytestmark = pytest.mark.django_db


def test_a_colleague_is_told_who_has_it_and_until_when() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    lead = a_lead()
    acceptance.reserve(case=lead, person_id=ann.pk, now=NOW)

    with pytest.raises(acceptance.Reserved) as refused:
        acceptance.reserve(case=lead, person_id=ben.pk, now=NOW + timedelta(minutes=14))

    assert (refused.value.person, refused.value.until_at) == (ann, NOW + timedelta(minutes=15))


def test_ones_own_is_prolonged() -> None:
    ann = somebody("Ann")
    lead = a_lead()
    acceptance.reserve(case=lead, person_id=ann.pk, now=NOW)

    again = acceptance.reserve(case=lead, person_id=ann.pk, now=NOW + timedelta(minutes=5))

    assert again.until_at == NOW + timedelta(minutes=20)


def test_after_a_quarter_of_an_hour_it_is_free() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    lead = a_lead()
    acceptance.reserve(case=lead, person_id=ann.pk, now=NOW)

    taken = acceptance.reserve(case=lead, person_id=ben.pk, now=NOW + timedelta(minutes=15))

    assert taken.person == ben


def test_nobody_gives_up_what_is_not_theirs() -> None:
    ann, ben = somebody("Ann"), somebody("Ben")
    lead = a_lead()
    acceptance.reserve(case=lead, person_id=ann.pk, now=NOW)

    acceptance.release(case=lead, person_id=ben.pk)
    assert Reservation.objects.count() == 1

    acceptance.release(case=lead, person_id=ann.pk)
    assert Reservation.objects.count() == 0
