"""The addresses of people, teams and partners."""

from django.urls import path

from lotse.web.people import areas, hours, houses, leaving, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", views.new, name="person-new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/link/", views.link, name="person-link"),
    path("people/<int:pk>/absences/", views.absences, name="person-absences"),
    path("absences/<int:pk>/removal/", views.absence_removal, name="person-absence"),
    path("people/<int:pk>/deactivation/", leaving.deactivation, name="person-deactivation"),
    path("people/<int:pk>/activation/", leaving.activation, name="person-activation"),
    path("teams/new/", houses.new_team, name="team-new"),
    path("teams/<int:pk>/", houses.team, name="team"),
    path("teams/<int:pk>/removal/", houses.team_removal, name="team-removal"),
    path("teams/<int:pk>/members/", houses.team_members, name="team-members"),
    path(
        "teams/<int:pk>/members/<int:person>/removal/",
        houses.team_member_removal,
        name="team-member-removal",
    ),
    path("partners/", houses.partners, name="partners"),
    path("partners/new/", houses.new_partner, name="partner-new"),
    path("partners/<int:pk>/", houses.partner, name="partner"),
    path("partners/<int:pk>/removal/", houses.partner_removal, name="partner-removal"),
    path("teams/<int:pk>/areas/", areas.team_areas, name="team-areas"),
    path("partners/<int:pk>/areas/", areas.partner_areas, name="partner-areas"),
    path("areas/<int:pk>/removal/", areas.removal, name="area-removal"),
    path("settings/hours/", hours.calendars, name="hours"),
    path("settings/hours/new/", hours.new, name="hours-new"),
    path("settings/hours/<int:pk>/", hours.week, name="hours-week"),
    path("settings/hours/<int:pk>/removal/", hours.removal, name="hours-removal"),
    path("settings/hours/<int:pk>/closed-days/", hours.closed_days, name="hours-closed-days"),
    path(
        "settings/closed-days/<int:pk>/removal/",
        hours.closed_day_removal,
        name="closed-day-removal",
    ),
]
