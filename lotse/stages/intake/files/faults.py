"""What a file can do to a value that nothing else can: reasons for which a row is set aside."""

from lotse.kernel.language import mark
from lotse.kernel.reasons import sentence

DIGITS_LOST = sentence(
    "intake.digits_lost",
    mark("“%(value)s”: a spreadsheet has rounded this number, its last digits are lost."),
)
NOT_A_DATE = sentence("intake.not_a_date", mark("“%(value)s” is no date."))
NO_SUCH_DAY = sentence("intake.no_such_day", mark("“%(value)s”: there is no such day."))
REPEATED_HEADER = sentence(
    "intake.repeated_header", mark("These are the headers once more, not a lead.")
)
