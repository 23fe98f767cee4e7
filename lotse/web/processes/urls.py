"""The addresses of the processes."""

from django.urls import path

from lotse.web.processes import follow_up, mail, phases, rehearsing, views

urlpatterns = [
    path("settings/processes/", views.processes, name="processes"),
    path("settings/processes/new/", views.new, name="process-new"),
    path("settings/processes/<int:pk>/", views.process, name="process"),
    path("settings/processes/<int:pk>/name/", views.name, name="process-name"),
    path("settings/processes/<int:pk>/effect/", views.effect, name="process-effect"),
    path("settings/processes/<int:pk>/follow-up/", follow_up.follow_up, name="process-follow-up"),
    path("settings/processes/<int:pk>/mail/<str:language>/", mail.mail, name="process-mail"),
    path(
        "settings/processes/<int:pk>/mail/<str:language>/preview/",
        mail.preview,
        name="process-mail-preview",
    ),
    path(
        "settings/processes/<int:pk>/mail/<str:language>/test/", mail.test, name="process-mail-test"
    ),
    path(
        "settings/processes/<int:pk>/mail/<str:language>/standard/",
        mail.standard,
        name="process-mail-standard",
    ),
    path("settings/processes/<int:pk>/rehearsal/", rehearsing.rehearsal, name="process-rehearsal"),
    path("settings/processes/<int:pk>/phases/new/", phases.new, name="process-phase-new"),
    path("settings/phases/<int:pk>/", phases.phase, name="phase"),
    path("settings/phases/<int:pk>/place/", phases.place, name="phase-place"),
    path("settings/phases/<int:pk>/removal/", phases.removal, name="phase-removal"),
]
