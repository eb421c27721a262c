"""Forms for the public, without a cookie: never cached, a signed token that ends, and a look at where a post comes from.

Django's own protection needs a cookie. What it protects here is nobody's session, but that no other site has its
visitors send our forms.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from toolkits.public.answers import without_body

TRY_AGAIN = 3600  # seconds until somebody who was held back may try again
OPEN_FOR = 4 * 3600  # seconds that a form may stay open before it is sent


def form_page(view):
    """A view of a form's own address: GET, HEAD and POST, kept by nobody, listed nowhere, and without a cookie."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        if response.status_code in {429, 503}:
            response.headers["Retry-After"] = str(TRY_AGAIN)
        return without_body(response) if request.method == "HEAD" else response

    return answered


def token_for(form):
    """The signed, timed token that the form called `form` carries."""
    return TimestampSigner(salt="toolkits.public.forms").sign(form)


def problem_with(request, form):
    """Why a post of the form called `form` cannot be taken, in a sentence; empty where it can."""
    if not _comes_from_here(request):
        return _("This form was sent from another site. Please fill it in here.")
    try:
        signed = TimestampSigner(salt="toolkits.public.forms").unsign(request.POST.get("token", ""), max_age=OPEN_FOR)
    except BadSignature:
        signed = ""
    if signed != form:
        return _("This form was open for too long. What you wrote is still here: please send it again.")
    return ""


def _comes_from_here(request):
    """Whether a post was sent by a page of ours, as far as its browser says."""
    origin = request.headers.get("Origin")
    if origin is None:
        # Every browser of today says it; a program that does not is nobody's browser led here by another site.
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    ours = urlsplit(settings.ADDRESS)
    return origin in {f"{request.scheme}://{request.get_host()}", f"{ours.scheme}://{ours.netloc}"}


def network_address(request):
    """Where a request comes from: as the one trusted proxy says, where there is one."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")
