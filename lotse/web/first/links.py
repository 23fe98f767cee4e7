"""The one-time link of a new installation: whoever has it becomes the administrator."""

from django.core import signing
from django.urls import reverse

from lotse.records.people.models import User

SALT = "lotse.first"
DAY = 24 * 60 * 60


def make_path() -> str:
    """Return the path of a link that is good for a day, as long as nobody is there."""
    return reverse("first", args=[signing.dumps("administrator", salt=SALT)])


def is_good(token: str) -> bool:
    try:
        signing.loads(token, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return False
    return not User.objects.exists()
