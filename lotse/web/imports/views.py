"""Importing leads: choose a file, say what its columns are, look what would happen, see what happened."""

import csv
import io

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lotse.access import gate
from lotse.access.policy import May, Right
from lotse.access.telling.when import Reader
from lotse.stages.intake.files import mending, queries, services, stored
from lotse.stages.intake.files.refusals import Refused
from lotse.stages.intake.files.telling import tell
from lotse.stages.intake.models import Import
from lotse.web.desk import DeskRequest
from lotse.web.imports.columns import read_as, readings_of, rows_of
from lotse.web.imports.forms import ColumnsForm, FileForm
from lotse.web.imports.queries import get_check, rows_to_mend
from lotse.web.show import go, show

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: DeskRequest) -> HttpResponse:
    gate.require(request.actor, Right.IMPORT)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = services.take(
                chunks=file.chunks(), name=file.name, by=request.actor, now=request.now
            )
        except Refused as refused:
            form.add_error("file", tell(refused.reason))
        else:
            return go(request, reverse("import-columns", args=[one.pk]))
    rows = list(_visible(request).select_related("by").order_by("-id")[:SHOWN])
    counts = queries.get_counts(rows)
    context = {"form": form, "imports": [(one, counts[one.pk]) for one in rows]}
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "imports/file.html", _with_reader(request, context), status=status)


@require_safe
def sample(request: DeskRequest) -> HttpResponse:
    """Hand out a table whose headers are all understood, with one row as an example."""
    gate.require(request.actor, Right.IMPORT)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("First name"), _("Last name"), _("Company"), _("E-mail"), _("Phone"), _("Postcode"),
                     _("City"), _("Country"), _("Product"), _("Value"), _("Note")])  # fmt: skip
    writer.writerow(["Erika", "Muster", "Muster GmbH", "erika@muster.example", "030 23125000", "10115",
                     "Berlin", "DE", "", "2500,00", ""])  # fmt: skip
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _attachment(_("leads-sample.csv"))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: DeskRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    if one.state != Import.State.DRAFT:
        return redirect("import-result", one.pk)
    form = ColumnsForm(request.POST or None, one=one)
    if request.method == "POST" and form.is_valid():
        try:
            services.prepare(
                one,
                fields=form.mapped,
                day_first=form.day_first,
                source=form.cleaned_data["source"],
                campaign=form.cleaned_data["campaign"],
            )
        except services.AlreadyStarted:
            return go(request, reverse("import-result", args=[one.pk]))
        return go(request, reverse("import-check", args=[one.pk]))
    context = {
        "one": one,
        "form": form,
        "columns": rows_of(form),
        "read_as": read_as(stored.shape_of(one)),
        "readings": readings_of(one.asks_date),
    }
    status = 422 if form.is_bound and form.errors else 200
    return show(request, "imports/columns.html", _with_reader(request, context), status=status)


@require_safe
def check(request: DeskRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    if one.state != Import.State.DRAFT:
        return redirect("import-result", one.pk)
    if not stored.path_of(one).exists():
        messages.info(request, _("The file is not kept any more. Please choose it again."))
        return redirect("import")
    mapped = sum(bool(column["field"]) for column in one.columns)
    context = {"one": one, "check": get_check(one), "mapped": mapped}
    return show(request, "imports/check.html", _with_reader(request, context))


@require_POST
def start(request: DeskRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    try:
        services.start(one, by=request.actor, now=request.now)
    except services.AlreadyStarted:
        messages.info(request, _("This import was started already."))
    return go(request, reverse("import-result", args=[one.pk]))


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    try:
        services.discard(one)
    except services.AlreadyStarted:
        messages.info(request, _("This import was started already."))
        return go(request, reverse("import-result", args=[one.pk]))
    messages.success(request, _("The file is forgotten. Nothing of it was imported."))
    return go(request, reverse("import"))


@require_safe
def result(request: DeskRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    if one.state == Import.State.DRAFT:
        return redirect("import-columns", one.pk)
    counts = queries.get_counts([one])[one.pk]
    rows = gate.rows(request.actor, May.SEE, queries.get_set_aside(one))
    context = {
        "one": one,
        "counts": counts,
        "set_aside": rows_to_mend(rows[:SHOWN]),
        "is_done": one.state == Import.State.DONE,
        "is_kept": stored.path_of(one).exists(),
        "seconds": _seconds(one),
        "mapped": sum(bool(column["field"]) for column in one.columns),
    }
    return show(request, "imports/result.html", _with_reader(request, context), part="progress")


@require_safe
def set_aside(request: DeskRequest, pk: int) -> StreamingHttpResponse | FileResponse:
    one = _find(request, pk)
    if not stored.path_of(one).exists():
        raise Http404
    response = StreamingHttpResponse(
        mending.file_to_mend(one), content_type="text/csv; charset=utf-8"
    )
    stem = one.name.rpartition(".")[0] or one.name
    response.headers["Content-Disposition"] = _attachment(f"{stem}-{_('to mend')}.csv")
    return response


def _visible(request: DeskRequest) -> QuerySet[Import]:
    return gate.rows(request.actor, May.SEE, Import.objects.all())


def _find(request: DeskRequest, pk: int) -> Import:
    among = Import.objects.select_related("by", "source", "campaign")
    return gate.find(request.actor, May.EDIT, among, pk=pk)


def _seconds(one: Import) -> float | None:
    if one.started_at is None or one.finished_at is None:
        return None
    return round((one.finished_at - one.started_at).total_seconds(), 1)


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _with_reader(request: DeskRequest, context: dict[str, object]) -> dict[str, object]:
    reader = Reader(request.user.language, request.zone, request.now)
    return {**context, "reader": reader, "crumb": _("Import")}
