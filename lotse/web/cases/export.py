"""The list as a file for spreadsheets, row by row while it is read."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.access.policy import Act, Level, May
from lotse.records.cases.models import Case
from lotse.web.cases import queries
from lotse.web.cases.listing import Listing
from lotse.web.cases.views import read
from lotse.web.desk import DeskRequest

CHUNK = 2000
# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NAMED = (
    "product",
    "source",
    "campaign",
    "process",
    "phase",
    "assignee",
    "team",
    "partner",
    "lost_reason",
)


@require_safe
def export(request: DeskRequest, listing: Listing) -> HttpResponseBase:
    """Send the cases of the list on which the person has the right to export."""
    if request.actor.level(listing.entity, Act.EXPORT) == Level.NONE:
        raise PermissionDenied
    wanted = read(request, listing)
    found = queries.narrowed(
        request.actor, listing, wanted.group, wanted.filters, now=request.now, may=May.EXPORT
    )
    # Who may take rows along may not by that see more of them.
    seen = queries.narrowed(request.actor, listing, wanted.group, wanted.filters, now=request.now)
    rows = found.filter(pk__in=seen.order_by().values("pk")).select_related(*NAMED).order_by("id")
    language = request.user.language
    lines = _lines(rows.iterator(chunk_size=CHUNK), request, language=language)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{listing.name}-{request.reader.today:%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """What the writer of lines writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _lines(cases: Iterable[Case], request: DeskRequest, *, language: str) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";" if language == "de" else ",")
    # The first sign tells spreadsheets that this is Unicode.
    yield "\ufeff"
    # The response is read after the request, when its language holds no more.
    with translation.override(language):
        yield writer.writerow([*_titles()])
    for case in cases:
        with translation.override(language):
            yield writer.writerow([_safe(value) for value in _values(case, request)])


def _titles() -> list[str]:
    return [
        _("number"), _("salutation"), _("title"), _("first name"), _("last name"), _("company"), _("e-mail"), _("phone"),
        _("street"), _("postcode"), _("city"), _("country"), _("subject"), _("product"), _("source"), _("campaign"),
        _("value"), _("score"), _("process"), _("phase"), _("assignee"), _("team"), _("sales partner"),
        _("received"), _("due"), _("outcome"), _("reason"), _("closed"), _("external number"),
    ]  # fmt: skip


def _values(case: Case, request: DeskRequest) -> list[Any]:
    def moment(at: Any) -> str:
        return f"{at.astimezone(request.zone):%Y-%m-%d %H:%M}" if at else ""

    # A partner's users do not learn how the house divides its work.
    is_inside = not request.actor.partner_id
    campaign, team = (case.campaign, case.team) if is_inside else ("", "")
    return [
        case.pk, case.salutation, case.title, case.first_name, case.last_name, case.company, case.email, case.phone,
        case.street, case.postcode, case.city, case.country, case.subject, case.product, case.source, campaign,
        case.value, case.score, case.process, case.phase, case.assignee, team, case.partner,
        moment(case.created_at), moment(case.due_at), case.get_outcome_display(), case.lost_reason, moment(case.closed_at),
        case.external_id,
    ]  # fmt: skip


def _safe(value: Any) -> Any:
    """Return a value as no spreadsheet takes it for a formula; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
