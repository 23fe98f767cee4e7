"""What taking back an acceptance needs beyond putting the case's former values back."""

from datetime import datetime

from lotse.records.accounts.keys import rewrite_keys
from lotse.records.accounts.models import MatchKey
from lotse.records.activities.models import Note
from lotse.records.cases.models import Case, Inquiry
from lotse.records.cases.services import restore
from lotse.records.journal.models import Entry
from lotse.stages.acceptance.models import Offer, Start


def undo_accept(entry: Entry, now: datetime) -> None:
    """Let go of account and contact before they are deleted; the offer stands again, with its old deadline."""
    case = Case.objects.select_related("phase").get(pk=entry.about_id)
    restore(case, entry.before or {})
    Start.objects.filter(case=case).delete()
    Note.objects.filter(pk=entry.data.get("note_id")).delete()
    Offer.objects.filter(pk=entry.data.get("offer_id")).update(
        answer="", answered_at=None, answered_by=None, settled_at=None
    )


def undo_opened(entry: Entry, now: datetime) -> None:
    """Delete the opportunity; nothing was done on it, or the act could not be undone."""
    rewrite_keys(MatchKey.Of.CASE, entry.about_id, set())
    Case.objects.filter(pk=entry.about_id).delete()


def undo_attached(entry: Entry, now: datetime) -> None:
    """Give the inquiries back to the lead they came with."""
    Inquiry.objects.filter(pk__in=entry.data["inquiry_ids"]).update(case=entry.data["case_id"])
