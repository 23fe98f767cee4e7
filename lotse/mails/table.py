"""The table of mails: for each kind how it is written, what stops it, and who is told what became of it."""

from lotse.mails import follow_up, offer, password
from lotse.records.outbox.kinds import Kind
from lotse.stages.process.services import reminding

KINDS = {
    "offer": Kind(write=offer.write, check=offer.check),
    "password": Kind(write=password.write, check=password.check),
    reminding.KIND: Kind(
        write=follow_up.write, check=reminding.check, settled=reminding.note_settled
    ),
}
