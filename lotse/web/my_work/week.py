"""A person's week in three figures, and their share of the leads."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, Sum

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.telling.when import Reader
from lotse.access.viewer import Viewer
from lotse.records.cases.models import Case
from lotse.records.people.models import Membership, User
from lotse.stages.acceptance.models import Offer

SHARE_OVER = timedelta(days=30)
USUAL_OVER = timedelta(days=28)


@dataclass(frozen=True)
class Week:
    """How quickly somebody answered, how much is open, what was won."""

    answer: timedelta | None
    usual_answer: timedelta | None
    open_leads: int
    capacity: int | None
    won: int
    won_value: Decimal | None

    @property
    def load(self) -> int:
        """How much of the capacity is used, in percent."""
        return min(100, 100 * self.open_leads // self.capacity) if self.capacity else 0

    @property
    def quicker(self) -> timedelta | None:
        if self.answer is None or self.usual_answer is None:
            return None
        return self.usual_answer - self.answer


@dataclass(frozen=True)
class Share:
    """How many leads somebody was given, beside the mean of the team."""

    mine: int
    mean: float
    team: str


def get_week(viewer: Viewer, user: User, reader: Reader) -> Week:
    monday = reader.today - timedelta(days=reader.today.weekday())
    began = datetime.combine(monday, time.min, tzinfo=reader.zone).astimezone(UTC)
    answer, usual = _answer_times(viewer, began)
    mine = gate.rows(viewer, May.SEE, Case.objects.filter(assignee=viewer.person_id)).aggregate(
        open=Count("pk", filter=Q(kind=Case.Kind.LEAD, closed_at=None)),
        won=Count("pk", filter=_won_since(began)),
        value=Sum("value", filter=_won_since(began)),
    )
    return Week(answer, usual, mine["open"], user.capacity, mine["won"], mine["value"])


def _answer_times(viewer: Viewer, began: datetime) -> tuple[timedelta | None, timedelta | None]:
    """Return how long the viewer's own answers took this week and before, also those to leads that went on."""
    took = ExpressionWrapper(F("answered_at") - F("offered_at"), output_field=DurationField())
    answered = Offer.objects.filter(
        answered_by=viewer.person_id,
        answer__in=[Offer.Answer.ACCEPTED, Offer.Answer.DECLINED],
        answered_at__gte=began - USUAL_OVER,
    ).aggregate(
        now=Avg(took, filter=Q(answered_at__gte=began)),
        usual=Avg(took, filter=Q(answered_at__lt=began)),
    )
    return answered["now"], answered["usual"]


def _won_since(began: datetime) -> Q:
    # A won lead opens an opportunity; only what was sold in the end is counted as won.
    return Q(kind=Case.Kind.OPPORTUNITY, outcome=Case.Outcome.WON, closed_at__gte=began)


def get_share(viewer: Viewer, reader: Reader) -> Share | None:
    """Return the share of the main team's leads of the last 30 days; None for who works alone."""
    main = (
        Membership.objects.filter(user=viewer.person_id)
        .select_related("team")
        .order_by("-is_main", "id")
        .first()
    )
    if main is None:
        return None
    mates = Q(cases__kind=Case.Kind.LEAD, cases__assigned_at__gte=reader.now - SHARE_OVER)
    team = User.objects.filter(memberships__team=main.team_id, is_active=True)
    counts = dict(
        gate.rows(viewer, May.SEE, team)
        .annotate(got=Count("cases", filter=mates, distinct=True))
        .values_list("pk", "got")
    )
    if len(counts) < 2:
        return None
    mine = counts.get(viewer.person_id or 0, 0)
    return Share(mine, sum(counts.values()) / len(counts), main.team.name)
