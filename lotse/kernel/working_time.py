"""Opening hours: when a calendar counts, and which moment lies so many open hours ahead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[time, time]

# A calendar that opens so rarely that a deadline would lie further ahead than this is an error
# of whoever set it up; without a limit the search would never end.
HORIZON = timedelta(days=3 * 366)


class NeverOpen(ValueError):
    """No open hour lies within the horizon."""


@dataclass(frozen=True)
class WorkingTime:
    """
    The open spans of each weekday (0 = Monday) on the wall of a zone, and closed days with names.

    No weekday at all means always open, closed days included in the count.
    """

    zone: ZoneInfo
    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    closed: Mapping[date, str] = field(default_factory=dict)

    @property
    def is_always_open(self) -> bool:
        return not any(self.week.values())

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        return self.is_always_open or any(
            start <= moment < end for start, end in self.spans_of(local.date())
        )

    def spans_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the open spans of a day as moments in UTC; none on a closed day."""
        if day in self.closed:
            return []
        return [self._moments(day, span) for span in self.week.get(day.weekday(), ())]

    def after(self, moment: datetime, open_time: timedelta) -> datetime:
        """
        Return the moment (UTC) at which `open_time` of open hours has passed since `moment`.

        :raises NeverOpen: if that does not happen within three years
        """
        moment = moment.astimezone(UTC)
        if self.is_always_open:
            return moment + open_time

        left = open_time
        for start, end in self._spans_from(moment):
            begin = max(start, moment)
            if begin >= end:
                continue
            if begin + left <= end:
                return begin + left
            left -= end - begin
        raise NeverOpen(self.zone.key)

    def closed_between(self, start: datetime, end: datetime) -> list[tuple[date, str]]:
        """Return the closed days, with their names, that lie between two moments."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        return sorted((day, name) for day, name in self.closed.items() if first <= day <= last)

    def _spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.astimezone(self.zone).date()
        last = day + HORIZON
        while day <= last:
            yield from self.spans_of(day)
            day += timedelta(days=1)

    def _moments(self, day: date, span: Span) -> tuple[datetime, datetime]:
        opens, closes = span
        # An end at 00:00 is the midnight after the day, not before it.
        last = day if closes > opens else day + timedelta(days=1)
        return self._at(day, opens), self._at(last, closes)

    def _at(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, tzinfo=self.zone).astimezone(UTC)
