"""The addresses of the whole portal."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from toolkits.editorial.home import home
from toolkits.languages import in_each_language
from whatworks import public_urls

# One way in and out for /admin/ and /editorial/ alike; before `admin.site.urls` is read, which binds the views.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    *public_urls.urlpatterns,
    in_each_language(path("accounts/", include("centres.accounts.urls"))),
    path("admin/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", home),
    path("admin/", admin.site.urls),
    path("editorial/", include("toolkits.editorial.urls")),
]

handler400 = public_urls.handler400
handler403 = public_urls.handler403
handler404 = public_urls.handler404
handler429 = "centres.accounts.adapter.locked_out"
handler500 = public_urls.handler500
