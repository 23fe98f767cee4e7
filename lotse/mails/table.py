"""The table of mails: for each kind how it is written, what stops it, and who is told what became of it."""

from collections.abc import Sequence
from datetime import datetime

from lotse.mails import follow_up, offer, password
from lotse.records.outbox.kinds import Kind, Stopped
from lotse.records.outbox.models import Message
from lotse.stages.process.services import reminding


def _nothing_stops(_messages: Sequence[Message], _now: datetime) -> Stopped:
    return {}


KINDS = {
    "offer": Kind(write=offer.write, check=offer.check),
    reminding.TEST: Kind(write=follow_up.write_test, check=_nothing_stops),
    "password": Kind(write=password.write, check=password.check),
    reminding.KIND: Kind(
        write=follow_up.write,
        check=reminding.check,
        settled=reminding.note_settled,
        read_ahead=follow_up.read_ahead,
    ),
}
