"""Who holds a right: the people to tell of what only they can mend."""

from lotse.access.policy import Right
from lotse.records.people.models import Role, User


def get_holders(right: Right) -> list[int]:
    """Return the numbers of the active people inside the company who have a right by one of their roles."""
    # Roles are few, and not every database can look into a list.
    rights = Role._default_manager.values_list("pk", "rights")
    roles = [pk for pk, held in rights if right.value in held]
    people = User.objects.filter(roles__in=roles, is_active=True, partner=None)
    return sorted(set(people.values_list("pk", flat=True)))
