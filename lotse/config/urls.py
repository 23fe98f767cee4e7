"""Where every address of Lotse begins."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lotse.web.urls")),
]

handler400 = "lotse.web.shell.views.bad_request"
handler403 = "lotse.web.shell.views.forbidden"
handler404 = "lotse.web.shell.views.not_found"
handler500 = "lotse.web.shell.views.failed"
