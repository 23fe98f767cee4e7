"""Moments and days in templates, told to the reader: {{ task.due_on|day:reader }}."""

from datetime import date, datetime, timedelta

from django import template

from lotse.access.telling.when import Reader

register = template.Library()


@register.filter
def moment(at: datetime, reader: Reader) -> str:
    return reader.moment(at)


@register.filter
def clock(at: datetime, reader: Reader) -> str:
    return reader.clock(at)


@register.filter
def day(on: date, reader: Reader) -> str:
    return reader.day(on)


@register.filter
def date_of(on: date, reader: Reader) -> str:
    return reader.date(on)


@register.filter
def day_of(at: datetime, reader: Reader) -> str:
    return reader.day(reader.day_of(at))


@register.filter
def days_ahead(reader: Reader) -> list[date]:
    """Return the days that something is usually put off to."""
    return [reader.today + timedelta(days=number) for number in (1, 3, 7)]
