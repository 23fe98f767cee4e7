"""Names of people for a sentence, as far as the viewer may know them."""

from collections.abc import Sequence

from lotse.access import gate
from lotse.access.policy import May
from lotse.access.viewer import Viewer
from lotse.records.people.models import User


def names_of(viewer: Viewer, ids: Sequence[int]) -> list[str]:
    rows = gate.rows(viewer, May.SEE, User.objects.filter(pk__in=ids))
    return list(rows.order_by("name", "pk").values_list("name", flat=True))
