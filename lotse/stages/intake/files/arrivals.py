"""Makes an arrival of a row: its key, everything that stood in it, and what was understood."""

from lotse.records.cases.models import Inquiry
from lotse.stages.intake import services as intake
from lotse.stages.intake.files import reading, stored
from lotse.stages.intake.files.faults import REPEATED_HEADER
from lotse.stages.intake.files.headings import is_repeated
from lotse.stages.intake.files.tables import Record
from lotse.stages.intake.files.understanding import Understood, understand
from lotse.stages.intake.models import Import
from lotse.stages.intake.rules import Fault


class Arrivals:
    """Knows how one file is read, and makes arrivals of its rows."""

    def __init__(self, one: Import) -> None:
        self._import = one
        self._shape, self._mapping = stored.shape_of(one), stored.mapping_of(one)
        self._notation = stored.notation_of(one)
        self._for_all = {
            name: str(record)
            for name, record in (("source", one.source), ("campaign", one.campaign))
            if record
        }

    def of(self, record: Record) -> intake.Arrival:
        """Return the arrival of a row; the same row of the same bytes has the same key for ever."""
        understood = self._understand(record)
        return intake.Arrival(
            key=key_of(self._import.file_hash, record.row),
            channel=Inquiry.Channel.FILE,
            payload=reading.named_cells(record, self._shape.header),
            fields={**self._for_all, **understood.fields},
            faults=[fault.to_data() for fault in understood.faults],
            import_id=self._import.pk,
            row=record.row,
            line=record.line,
        )

    def _understand(self, record: Record) -> Understood:
        if is_repeated(record, self._shape.header):
            return Understood({}, faults=(Fault("", REPEATED_HEADER),))
        return understand(reading.cells_by_field(record, self._mapping), self._notation)


def key_of(file_hash: str, row: int) -> str:
    return f"file:{file_hash}:{row}"
