"""A duration as people set it: a whole number and a unit; how it lies on the calendar."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Duration:
    """
    So many hours, days, weeks or months.

    :raises ValueError: if the number is not at least 1
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("a duration is at least one")

    def after(self, moment: datetime, *, zone: ZoneInfo) -> datetime:
        """
        Return the moment (UTC) this long after `moment` (aware).

        Hours are hours. Days, weeks and months are reckoned on the wall of `zone`: the same time of
        day, so a day over the change to summer time has 23 hours; a month is clamped to its end.
        """
        if self.unit == Unit.HOUR:
            return moment.astimezone(UTC) + timedelta(hours=self.number)

        local = moment.astimezone(zone)
        day = self.after_day(local.date())
        return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)

    def after_day(self, day: date, *, times: int = 1) -> date:
        """
        Return the day `times` × this long after `day`; always from the anchor, so that the 31st stays
        the 31st wherever the month has one.

        :raises ValueError: for hours, which have no day
        """
        if self.unit == Unit.HOUR:
            raise ValueError("hours are not reckoned in days")
        if self.unit == Unit.MONTH:
            return add_months(day, self.number * times)
        days = {Unit.DAY: 1, Unit.WEEK: 7}[self.unit]
        return day + timedelta(days=self.number * days * times)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, clamped to the month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
