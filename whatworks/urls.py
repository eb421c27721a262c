"""The addresses of the whole portal."""

from django.contrib import admin
from django.urls import include, path

from whatworks import views

urlpatterns = [
    path("", include("toolkits.public.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("editorial/", include("toolkits.editorial.urls")),
]

handler400 = "whatworks.views.bad_request"
handler403 = "whatworks.views.permission_denied"
handler404 = "whatworks.views.page_not_found"
handler500 = "whatworks.views.server_error"
