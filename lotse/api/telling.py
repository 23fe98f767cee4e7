"""Sentences for machines: the same as on the pages, in the language they ask for, as plain text."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from lotse.access.telling.names import get_names, refs_of
from lotse.access.telling.sentences import Teller, refs_in
from lotse.access.telling.when import Reader
from lotse.api.auth import ApiRequest
from lotse.kernel.reasons import Reason
from lotse.records.journal.models import Entry


def get_reader(request: ApiRequest) -> Reader:
    """Return whose eyes a text is for: the language of `Accept-Language`, the zone of the house."""
    language = get_language() or settings.LANGUAGE_CODE
    return Reader(language, ZoneInfo(settings.HOME_ZONE), request.now)


def get_teller(request: ApiRequest, entries: Sequence[Entry]) -> Teller:
    """Return who tells these lines of the journal; a constant number of queries."""
    return Teller(get_names(request.actor, refs_in(entries)), get_reader(request))


def tell_reason(request: ApiRequest, reason: Reason) -> str:
    """Tell why something was refused."""
    names = get_names(request.actor, refs_of(reason.values))
    return Teller(names, get_reader(request)).reason(reason)
