"""The addresses of the whole portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from toolkits.editorial.home import home
from whatworks import views

# One way in and out for /admin/ and /editorial/ alike; before `admin.site.urls` is read, which binds the views.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("toolkits.public.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("accounts/", include("centres.accounts.urls")),
    path("admin/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", home),
    path("admin/", admin.site.urls),
    path("editorial/", include("toolkits.editorial.urls")),
]

handler400 = "whatworks.views.bad_request"
handler403 = "whatworks.views.permission_denied"
handler404 = "whatworks.views.page_not_found"
handler429 = "centres.accounts.adapter.locked_out"
handler500 = "whatworks.views.server_error"
