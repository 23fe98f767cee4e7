"""The addresses of a case; each act on it is a thing with an address."""

from django.urls import path

from lotse.web.lead.views import activities, acts, page

urlpatterns = [
    path("leads/<int:pk>/", page.page, name="lead"),
    path("opportunities/<int:pk>/", page.page, name="opportunity"),
    path("leads/<int:pk>/history/", page.history, name="lead-history"),
    path("leads/<int:pk>/notes/", activities.notes, name="lead-notes"),
    path("leads/<int:pk>/tasks/", activities.tasks, name="lead-tasks"),
    path("leads/<int:pk>/appointments/", activities.appointments, name="lead-appointments"),
    path("leads/<int:pk>/phase/", acts.phase, name="lead-phase"),
    path("leads/<int:pk>/closing/", acts.closure, name="lead-closing"),
    path("leads/<int:pk>/reopening/", acts.reopening, name="lead-reopening"),
    path("leads/<int:pk>/deferral/", acts.deferral, name="lead-deferral"),
    path("leads/<int:pk>/resumption/", acts.resumption, name="lead-resumption"),
    path("leads/<int:pk>/assignee/", acts.assignee, name="lead-assignee"),
    path("leads/<int:pk>/fields/", acts.fields, name="lead-fields"),
    path("tasks/<int:pk>/completion/", activities.completion, name="task-completion"),
    path("tasks/<int:pk>/reopening/", activities.reopening, name="task-reopening"),
    path("tasks/<int:pk>/due-day/", activities.due_day, name="task-due-day"),
    path(
        "appointments/<int:pk>/cancellation/",
        activities.cancellation,
        name="appointment-cancellation",
    ),
]
