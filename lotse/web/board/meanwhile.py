"""Tells what somebody else did to a card while it lay on the page."""

from django.utils.translation import gettext as _

from lotse.access.telling.names import get_names
from lotse.access.telling.sentences import Teller, refs_in
from lotse.records.cases.models import Case
from lotse.records.journal.models import Entry
from lotse.web.desk import DeskRequest


def tell_meanwhile(request: DeskRequest, case: Case) -> str:
    """Say that a card was not moved, and what happened to it last."""
    # What can be taken back is what somebody did, and not what followed by itself.
    done = Entry.objects.about(case).filter(before__isnull=False)
    last = done.order_by("-id").first()
    if last is None:
        told = {"name": case.name}
        return _("%(name)s was changed meanwhile. Here is how it stands now.") % told
    what = Teller(get_names(request.actor, refs_in([last])), request.reader).entry(last)
    told = {"name": case.name, "what": what, "when": request.reader.moment(last.at)}
    return _("%(name)s was not moved. Meanwhile: %(what)s (%(when)s).") % told
