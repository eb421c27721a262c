"""The addresses of a process that only answers visitors (`WHATWORKS_SITE=public`)."""

from django.urls import include, path

from whatworks import views

urlpatterns = [
    path("", include("toolkits.public.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]

handler400 = "whatworks.views.bad_request"
handler403 = "whatworks.views.permission_denied"
handler404 = "whatworks.views.page_not_found"
handler500 = "whatworks.views.server_error"
