"""Where every address of Lotse begins."""

from django.urls import URLPattern, URLResolver, include, path

from lotse.api.main import get_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lotse.web.urls")),
    path("api/", get_urls()),
]

handler400 = "lotse.web.shell.views.bad_request"
handler403 = "lotse.web.shell.views.forbidden"
handler404 = "lotse.web.shell.views.not_found"
handler500 = "lotse.web.shell.views.failed"
