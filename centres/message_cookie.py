"""Django's messages in a cookie that is for this host alone, as the session's is; long ones go into the session."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's, under a name that browsers keep to TLS and to this host; the demonstration has no TLS."""

    cookie_name = "__Host-messages" if settings.SESSION_COOKIE_SECURE else CookieStorage.cookie_name


class Messages(FallbackStorage):
    """The cookie first."""

    storage_classes = (HostCookie, SessionStorage)
