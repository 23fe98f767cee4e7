"""What a list is narrowed by, read from the address: choices, amounts, words; and written back to it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.cases.queries import search
from lotse.records.catalog.models import Campaign, LeadSource, Phase, Process, Product
from lotse.records.people.models import Partner, Team, User
from lotse.web.cases.listing import Listing
from lotse.web.templatetags.lotse import money

# How a choice says "those that have none", and "not these".
NONE, NOT, ME = "none", "not", "me"
LARGEST = Decimal(10) ** 10
SCORES = range(-32768, 32768)


@dataclass(frozen=True)
class Choice:
    """A filter for one column that points to another table; `rows` are those the viewer may know."""

    key: str
    label: str | Promise
    rows: Callable[[Viewer, Listing], QuerySet[Any]]
    # A partner's users do not learn how the house divides its work.
    is_inside: bool = False


def _people(viewer: Viewer, _listing: Listing) -> QuerySet[User]:
    return gate.rows(viewer, May.SEE, User.objects.all()).order_by("name", "pk")


def _teams(viewer: Viewer, _listing: Listing) -> QuerySet[Team]:
    return gate.rows(viewer, May.SEE, Team.objects.all()).order_by("name", "pk")


def _partners(viewer: Viewer, _listing: Listing) -> QuerySet[Partner]:
    return gate.rows(viewer, May.SEE, Partner.objects.all()).order_by("name", "pk")


def _processes(_viewer: Viewer, listing: Listing) -> QuerySet[Process]:
    return Process.objects.filter(kind=listing.kind).order_by("position", "pk")


def _phases(_viewer: Viewer, listing: Listing) -> QuerySet[Phase]:
    phases = Phase.objects.filter(process__kind=listing.kind).select_related("process")
    return phases.order_by("process__position", "process_id", "position", "pk")


CHOICES = (
    Choice("assignee", _("Assignee"), _people),
    Choice("phase", _("Phase"), _phases),
    Choice("process", _("Process"), _processes),
    Choice("product", _("Product"), lambda _v, _l: Product.objects.order_by("name", "pk")),
    Choice("source", _("Source"), lambda _v, _l: LeadSource.objects.order_by("name", "pk")),
    Choice(
        "campaign",
        _("Campaign"),
        lambda _v, _l: Campaign.objects.order_by("name", "pk"),
        is_inside=True,
    ),
    Choice("team", _("Team"), _teams, is_inside=True),
    Choice("partner", _("Sales partner"), _partners),
)


def choices_for(viewer: Viewer) -> list[Choice]:
    return [c for c in CHOICES if not (c.is_inside and viewer.partner_id)]


@dataclass(frozen=True)
class Picked:
    """What is chosen of a choice: some rows, those that have none, or everything but these."""

    ids: frozenset[int] = frozenset()
    has_none: bool = False
    is_not: bool = False

    def __bool__(self) -> bool:
        return bool(self.ids) or self.has_none

    def condition(self, column: str) -> Q:
        chosen = Q(**{f"{column}__in": self.ids}) if self.ids else Q()
        empty = Q(**{f"{column}__isnull": True})
        if self.is_not:
            # Who has none is not one of these either, unless that is what is left out.
            return ~chosen & ~empty if self.has_none else ~chosen | empty
        return chosen | empty if self.has_none else chosen


@dataclass(frozen=True)
class Filters:
    """Everything a list is narrowed by."""

    words: str = ""
    choices: Mapping[str, Picked] = field(default_factory=dict)
    is_overdue: bool = False
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    score_over: int | None = None

    @classmethod
    def read(cls, query: QueryDict, viewer: Viewer) -> Self:
        """Read an address; what makes no sense is passed over."""
        picked = {c.key: _picked(query, c.key, viewer) for c in choices_for(viewer)}
        return cls(
            words=query.get("q", "").replace("\x00", "").strip()[:200],
            choices={key: one for key, one in picked.items() if one},
            is_overdue=query.get("overdue") == "1",
            value_from=_amount(query.get("value_from", "")),
            value_to=_amount(query.get("value_to", "")),
            score_over=_score(query.get("score_over", "")),
        )

    def __bool__(self) -> bool:
        return bool(self.pairs())

    def narrow(self, cases: QuerySet[Case], *, now: datetime) -> QuerySet[Case]:
        for key, picked in self.choices.items():
            cases = cases.filter(picked.condition(key))
        if self.is_overdue:
            cases = cases.filter(overdue_at__lte=now, closed_at=None)
        if self.value_from is not None:
            cases = cases.filter(value__gte=self.value_from)
        if self.value_to is not None:
            cases = cases.filter(value__lte=self.value_to)
        if self.score_over is not None:
            cases = cases.filter(score__gt=self.score_over)
        return search(cases, self.words) if self.words else cases

    def pairs(self, *, without: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return the filters as they stand in an address, always in the same order."""
        found = [("q", self.words)]
        for key, picked in sorted(self.choices.items()):
            found += [(key, str(pk)) for pk in sorted(picked.ids)]
            found += [(key, NONE)] if picked.has_none else []
            found += [(f"{key}_is", NOT)] if picked.is_not else []
        found.append(("overdue", "1" if self.is_overdue else ""))
        for key in ("value_from", "value_to", "score_over"):
            value = getattr(self, key)
            found.append((key, "" if value is None else str(value)))
        return [(k, v) for k, v in found if v and k.removesuffix("_is") not in without]


def _picked(query: QueryDict, key: str, viewer: Viewer) -> Picked:
    values = query.getlist(key)
    ids = {int(v) for v in values if v.isascii() and v.isdecimal() and len(v) < 18}
    if ME in values and key == "assignee" and viewer.person_id:
        ids.add(viewer.person_id)
    return Picked(frozenset(ids), NONE in values, query.get(f"{key}_is") == NOT)


def _amount(text: str) -> Decimal | None:
    try:
        # As people write it: 20.000 is twenty thousand, 20,5 has a fraction.
        value = Decimal(_plain_number(text))
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value <= LARGEST:
        return None
    return Decimal(int(value)) if value == int(value) else round(value, 2)


def _plain_number(text: str) -> str:
    text = text.strip().replace(" ", "")
    if "," in text:
        return text.replace(".", "").replace(",", ".")
    head, dot, tail = text.rpartition(".")
    return head.replace(".", "") + tail if dot and len(tail) == 3 else text


def _score(text: str) -> int | None:
    text = text.strip()
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 6:
        return None
    return int(text) if int(text) in SCORES else None


@dataclass(frozen=True)
class Chip:
    """One filter that is set, in words; `keys` is what to leave out of the address to be rid of it."""

    label: str | Promise
    text: str
    keys: tuple[str, ...]


def get_chips(filters: Filters, viewer: Viewer, listing: Listing) -> Iterable[Chip]:
    """Say each filter in words; one query for each choice that is made."""
    if filters.words:
        yield Chip(_("Search"), gettext("“%(words)s”") % {"words": filters.words}, ("q",))
    for choice in CHOICES:
        picked = filters.choices.get(choice.key)
        if picked:
            yield Chip(choice.label, _say(choice, picked, viewer, listing), (choice.key,))
    if filters.is_overdue:
        yield Chip(_("Due"), gettext("overdue"), ("overdue",))
    if filters.value_from is not None:
        yield Chip(
            _("Value"),
            gettext("from %(value)s") % {"value": money(filters.value_from)},
            ("value_from",),
        )
    if filters.value_to is not None:
        yield Chip(
            _("Value"),
            gettext("up to %(value)s") % {"value": money(filters.value_to)},
            ("value_to",),
        )
    if filters.score_over is not None:
        told = gettext("over %(score)s") % {"score": filters.score_over}
        yield Chip(_("Score"), told, ("score_over",))


def _say(choice: Choice, picked: Picked, viewer: Viewer, listing: Listing) -> str:
    known = choice.rows(viewer, listing).filter(pk__in=picked.ids) if picked.ids else ()
    names = [row.name for row in known]
    # What is not known by name narrows all the same; it is not told.
    names += [gettext("unknown")] if len(names) < len(picked.ids) else []
    names += [gettext("none")] if picked.has_none else []
    told = ", ".join(names)
    return gettext("not %(names)s") % {"names": told} if picked.is_not else told
