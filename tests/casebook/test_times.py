"""Moments are told on the reader's own wall, and named so that nobody can mistake them."""

from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse

from lotse.records.people.models import User
from lotse.stages.acceptance.models import Offer
from tests.world import World, at

pytestmark = pytest.mark.django_db

# 2026-07-14T08:00Z, as each of the two reads it.
READERS = [
    ("anna", "de", "Europe/Berlin", "14. Juli 2026, 10:00 Uhr (MESZ)", "10:00"),
    ("ben", "en", "Europe/London", "14 July 2026, 09:00 (BST)", "09:00"),
]


@pytest.mark.parametrize(("who", "language", "zone", "in_mail", "on_page"), READERS)
def test_mail_and_page_tell_the_readers_time_and_name_the_zone(
    who: str, language: str, zone: str, in_mail: str, on_page: str
) -> None:
    """TZ-09, with the deadline of an offer: a day on, with no opening hours set."""
    world = World("2026-07-13 08:00")
    reader: User = getattr(world, who)
    reader.language, reader.zone = language, zone
    reader.save()
    User.objects.filter(teams=world.south).exclude(pk=reader.pk).update(is_active=False)
    world.team_is_asked(world.south)

    lead = world.lead_arrives()
    world.work()

    assert Offer.objects.get(case=lead).deadline_at == at("2026-07-14 08:00")
    (mail,) = world.mails(reader)
    for text in _bodies(mail):
        assert in_mail in text
        assert "08:00" not in text
    page = _page_of(reader, lead.pk)
    assert on_page in page
    assert "08:00" not in page


def _bodies(mail: EmailMessage) -> list[str]:
    bodies = [mail.get_body([kind]) for kind in ("plain", "html")]
    return [" ".join(body.get_content().split()) for body in bodies if body]


def _page_of(reader: User, lead_id: int) -> str:
    client = Client()
    client.force_login(reader)
    offer = Offer.objects.get(case=lead_id)
    return client.get(reverse("offer", args=[offer.pk])).content.decode()
