"""The addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lotse.web.first.urls")),
    path("", include("lotse.web.acceptance.urls")),
    path("", include("lotse.web.acts.urls")),
    path("", include("lotse.web.accounts.urls")),
    path("", include("lotse.web.contacts.urls")),
    path("", include("lotse.web.calendar.urls")),
    path("", include("lotse.web.lead.urls")),
    path("", include("lotse.web.my_work.urls")),
    path("", include("lotse.web.new_lead.urls")),
    path("", include("lotse.web.quick.urls")),
    path("", include("lotse.web.shell.urls")),
    path("", include("lotse.web.profile.urls")),
    path("", include("lotse.web.distribution.urls")),
    path("", include("lotse.web.imports.urls")),
    path("", include("lotse.web.cases.urls")),
    path("", include("lotse.web.people.urls")),
    path("", include("lotse.web.board.urls")),
    path("", include("lotse.web.finding.urls")),
    path("", include("lotse.web.processes.urls")),
    path("", include("lotse.web.outbox.urls")),
    path("", include("lotse.web.settings.urls")),
]
