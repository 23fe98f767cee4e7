"""The addresses of the settings: lists, roles, keys of interfaces."""

from django.urls import path

from lotse.web.settings import keys, lists, roles, views

urlpatterns = [
    path("settings/", views.index, name="settings"),
    path("settings/roles/", roles.roles, name="roles"),
    path("settings/roles/new/", roles.new, name="role-new"),
    path("settings/roles/<int:pk>/", roles.role, name="role"),
    path("settings/keys/", keys.keys, name="keys"),
    path("settings/keys/<int:pk>/revocation/", keys.revocation, name="key-revocation"),
    path("settings/lists/<slug:kind>/", lists.entries, name="list"),
    path("settings/lists/<slug:kind>/new/", lists.new, name="list-new"),
    path("settings/lists/<slug:kind>/<int:pk>/", lists.entry, name="list-entry"),
    path("settings/lists/<slug:kind>/<int:pk>/switch/", lists.switch, name="list-switch"),
    path("settings/lists/<slug:kind>/<int:pk>/place/", lists.place, name="list-place"),
]
