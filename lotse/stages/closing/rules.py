"""Whether a case can be closed or opened again."""

from lotse.kernel.language import mark
from lotse.kernel.reasons import Reason, because, sentence

CLOSED = sentence("close.closed", mark("The case is closed already."))
JOINED = sentence("close.joined", mark("The case was joined to another one."))
NOT_LOST = sentence("close.not_lost", mark("Only what was unsuccessful can be opened again."))
REASON = sentence("close.reason", mark("Closing as unsuccessful needs a reason."))
NOBODY = sentence("close.nobody", mark("Nobody works on the case: it can't be successful."))
INACTIVE = sentence("close.inactive", mark("%(person)s is not active any more."))


def why_not_close(*, is_closed: bool, is_won: bool, assignee_id: int | None) -> Reason | None:
    """Say why a case can't be closed so; None if it can."""
    if is_closed:
        return because(CLOSED)
    # An opportunity needs somebody who keeps it; what nobody took can only be given up.
    if is_won and assignee_id is None:
        return because(NOBODY)
    return None
