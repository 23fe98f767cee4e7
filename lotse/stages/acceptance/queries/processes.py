"""Which processes a lead type leads into."""

from lotse.records.catalog.models import LeadType, Phase, Process


def get_processes(lead_type: LeadType) -> list[Process]:
    """Return the processes to choose from; none linked means all of the kind that acceptance opens."""
    fitting = Process.objects.filter(kind=lead_type.opens, is_active=True)
    if lead_type.pk:
        linked = fitting.filter(lead_types=lead_type)
        fitting = linked if linked.exists() else fitting
    return list(fitting.order_by("position", "id"))


def get_first_phase(process: Process) -> Phase | None:
    return process.phases.filter(kind=Phase.Kind.OPEN).order_by("position", "id").first()
