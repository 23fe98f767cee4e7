"""Pages of the assignment rules: read as sentences, put in order, switched, edited, tried."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lotse.access.policy import Right
from lotse.access.telling.when import Reader
from lotse.records.cases.models import Case
from lotse.stages.assignment import services as assignment
from lotse.stages.assignment.models import AssignmentRule
from lotse.stages.assignment.queries.managers import get_watching
from lotse.web.desk import DeskRequest
from lotse.web.distribution import queries
from lotse.web.distribution.forms import RuleForm, TryForm
from lotse.web.distribution.phrases import get_list_names, sentence
from lotse.web.shared.doors import may_any
from lotse.web.shared.people import names_of
from lotse.web.show import go, show


@require_http_methods(["GET", "HEAD"])
def rules(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.RULES, Right.SEE_UNASSIGNED)
    part = "tried" if "try" in request.GET else ""
    return _page(request, part=part)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    may_any(request.actor, Right.RULES)
    return _form(request, AssignmentRule())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def rule(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.RULES)
    return _form(request, _find(pk))


@require_POST
def switch(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.RULES)
    rule = _find(pk)
    is_on = request.POST.get("is_on") == "on"
    assignment.switch_rule(rule=rule, is_on=is_on, by=request.actor, now=request.now)
    told = _("%(rule)s is on.") if is_on else _("%(rule)s is off.")
    return _done(request, told % {"rule": rule})


@require_POST
def place(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.RULES)
    rule, wanted = _find(pk), request.POST.get("to", "")
    if wanted in {"up", "down"}:
        assignment.move_rule(rule=rule, up=wanted == "up", by=request.actor, now=request.now)
    elif wanted.isdecimal():
        position = int(wanted)
        assignment.place_rule(rule=rule, position=position, by=request.actor, now=request.now)
    rule.refresh_from_db()
    return _done(
        request, _("%(rule)s is in place %(place)s.") % {"rule": rule, "place": rule.position}
    )


@require_POST
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    may_any(request.actor, Right.RULES)
    rule = _find(pk)
    assignment.delete_rule(rule=rule, by=request.actor, now=request.now)
    messages.success(request, _("%(rule)s is deleted.") % {"rule": rule})
    return go(request, reverse("rules"))


def _find(pk: int) -> AssignmentRule:
    rows = AssignmentRule.objects.select_related("target_user", "target_team", "target_partner")
    return get_object_or_404(rows, pk=pk)


def _done(request: DeskRequest, told: str) -> HttpResponse:
    if request.htmx:
        return _page(request, part="rules", told=told)
    messages.success(request, told)
    return go(request, reverse("rules"))


def _form(request: DeskRequest, rule: AssignmentRule) -> HttpResponse:
    form = RuleForm(request.POST or None, rule=rule, viewer=request.actor)
    stale = form.is_bound and form.is_stale
    if form.is_bound and not stale and form.is_valid():
        assignment.save_rule(rule=form.fill(), by=request.actor, now=request.now)
        messages.success(request, _("%(rule)s is saved.") % {"rule": rule})
        return go(request, reverse("rules"))

    context: dict[str, Any] = {"form": form, "rule": rule, "stale": stale, "crumb": _("Rule")}
    if rule.pk:
        conditions = queries.conditions_of(rule)
        context["pieces"] = sentence(rule, conditions, get_list_names(conditions))
    if stale:
        # What was typed stays; saving once more is then done knowingly.
        form.take_note()
    status = 409 if stale else 422 if form.is_bound else 200
    return show(request, "distribution/form.html", context, status=status)


def _page(request: DeskRequest, *, part: str, told: str = "") -> HttpResponse:
    reader = Reader(request.user.language, request.zone, request.now)
    all_rules = queries.get_rules()
    context: dict[str, Any] = {
        "lines": queries.get_lines(all_rules, now=request.now),
        "version": queries.get_version(),
        "watching": names_of(request.actor, get_watching()),
        "may_edit": request.actor.has(Right.RULES),
        "reader": reader,
        "told": told,
        "crumb": _("Lead distribution"),
    }
    if part != "rules":
        context |= _trying(request, all_rules, reader)
    return show(request, "distribution/page.html", context, part=part)


def _trying(request: DeskRequest, rules: list[AssignmentRule], reader: Reader) -> dict[str, Any]:
    form = TryForm(request.GET if "try" in request.GET else None, viewer=request.actor)
    tried = None
    if form.is_bound and form.is_valid():
        typed = dict(form.cleaned_data)
        owner = typed.pop("owner")
        case = Case(**{**typed, "company": "x" if typed["company"] else ""})
        tried = queries.try_lead(
            case, rules, request.actor, reader, owner_id=owner.pk if owner else None
        )
    return {
        "try_form": form,
        "tried": tried,
        "taker": next((t for t in tried or () if t.takes), None),
        "members": queries.get_members(rules, request.actor, reader),
    }
