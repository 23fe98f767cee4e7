"""What may be filled into the text of a reminder; texts are kept with these names, whatever their language."""

from lotse.kernel.language import mark
from lotse.kernel.merge_fields import MergeText, read

# By name: what it is. What people type is the name in their language, see `lotse.mails.reminder_text`.
FIELDS = {
    "receiver": mark("who gets the mail"),
    "lead": mark("the name of the lead"),
    "phase": mark("the phase it is in"),
    "duration": mark("how long the phase may last"),
    "began": mark("the day on which the phase began"),
    "waiting": mark("how long it has been in the phase"),
    "since": mark("since when it is overdue"),
    "interest": mark("what it is about"),
    "place": mark("postcode and city"),
    "phone": mark("the phone number"),
    "number": mark("which reminder it is"),
    "next": mark("when the next reminder would come"),
}


def read_canonical(text: str) -> MergeText:
    """
    Read a text as it is kept.

    :raises UnknownFields: with the names that are no fields
    :raises LooseBrace: if a brace has no other half
    """
    return read(text, {name: name for name in FIELDS})
