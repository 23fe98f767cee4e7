"""Finding the people and lists that a body names by number, with an error that names the field."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.api.problems import field_problem
from lotse.records.people.models import User

M = TypeVar("M", bound=Model)


def pick(among: QuerySet[M], pk: int, *, field: str) -> M:
    """
    Return the record a field names.

    :raises Problem: naming the field, if there is none
    """
    found = among.filter(pk=pk).first()
    if found is None:
        raise field_problem(
            field, _("There is nothing with the number %(number)s.") % {"number": pk}
        )
    return found


def pick_person(viewer: Viewer, pk: int | None, *, field: str = "assignee") -> User:
    """
    Return the person a field names, or whoever acts where it names nobody.

    :raises Problem: if there is no such active person, or a machine acts and names nobody
    """
    wanted = pk if pk is not None else viewer.person_id
    if wanted is None:
        raise field_problem(field, _("A key that acts for nobody has to name a person."))
    people = gate.rows(viewer, May.SEE, User.objects.filter(is_active=True))
    return pick(people, wanted, field=field)
