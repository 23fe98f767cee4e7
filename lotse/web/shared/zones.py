"""Time zones as people type them."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _


def checked_zone(text: str) -> str:
    """
    Return the zone that was typed; none is as good.

    :raises ValidationError: if there is no such zone
    """
    zone = text.strip()
    if zone and zone not in available_timezones():
        raise forms.ValidationError(_("There is no such time zone. Write it as in Europe/Berlin."))
    return zone
