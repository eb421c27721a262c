"""English and Welsh as equals: a public page has an address in each, and nothing but the address decides.

English addresses have no prefix, Welsh ones begin with `/cy/`. What is stored never has the prefix. Files and feeds for
machines and the API have one address and are in English. The editorial side has one address too, and is in the language
of whoever is signed in (`centres.middleware`); the accounts, where one signs in, have both.
"""

import re
from functools import cached_property

from django.urls import URLResolver, reverse
from django.utils.translation import get_language, override

ENGLISH, WELSH = "en-gb", "cy"
NAMES = {ENGLISH: "English", WELSH: "Cymraeg"}
PREFIXES = {ENGLISH: "", WELSH: "cy/"}
IN_MARKUP = {ENGLISH: "en", WELSH: "cy"}
LONGEST_QUERY = 8_000  # characters; every box of the list of interventions ticked makes 1,400
_WELSH_PATH = re.compile(r"/cy(?=/|\Z|\?)")


def spoken():
    """The active language as markup and files name it: `en` or `cy`."""
    return (get_language() or ENGLISH).partition("-")[0]


def known(language):
    """`language` where it is one of ours, else English."""
    return language if language in NAMES else ENGLISH


def language_of(path):
    """The language in which a path of this site is answered."""
    return WELSH if _WELSH_PATH.match(path) else ENGLISH


def stored(path):
    """A path of this site as it is stored: the English one."""
    if not path or not _WELSH_PATH.match(path):
        return path
    return f"/{path[len('/cy') :].lstrip('/')}"


def in_language(path, language=None):
    """A path of this site in a language (the active one): of a page, or of nothing where `path` is empty."""
    if not path:
        return path
    return f"/{PREFIXES.get(language or get_language(), '')}{stored(path)[1:]}"


class StoredPath:
    """A field of a dataclass that is given a path as it is stored, and gives it in the active language."""

    def __set_name__(self, owner, name):
        self._key = f"stored {name}"

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError("only an instance has a path")  # so a dataclass sees that there is no default
        return in_language(instance.__dict__[self._key])

    def __set__(self, instance, path):
        instance.__dict__[self._key] = stored(path)


class _Prefix:
    """The beginning of a path that the active language asks for, as URLResolver wants a pattern.

    Django's own (`i18n_patterns`) must be at the root, where it would tear the public addresses in two.
    """

    converters = {}

    def __str__(self):
        return PREFIXES.get(get_language(), "")

    @property
    def regex(self):
        """What a reversed address begins with."""
        return re.compile(re.escape(str(self)))

    def match(self, path):
        """(rest of the path, arguments, named arguments), or None."""
        prefix = str(self)
        return (path.removeprefix(prefix), (), {}) if path.startswith(prefix) else None

    def check(self):
        """Nothing can be wrong with it."""
        return []

    def describe(self):
        """How a list of what was tried names it."""
        return f"'{self}'"


def in_each_language(*patterns):
    """Addresses that every language has, to go into a list of addresses."""
    return URLResolver(_Prefix(), list(patterns))


def reversed_in_each(name):
    """The address called `name` in each language."""
    found = []
    for language in NAMES:
        with override(language):
            found.append(reverse(name))
    return list(dict.fromkeys(found))


class PageInLanguages:
    """Where the page that a request asks for is in each language."""

    def __init__(self, request):
        self._request = request

    @cached_property
    def addresses(self):
        """{language: path}; empty where there is one address for all of them, or no page."""
        match, found = self._request.resolver_match, {}
        if match is None or match.url_name is None:
            return {}
        for language in NAMES:
            with override(language):
                found[language] = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        return found if len(set(found.values())) > 1 else {}

    @property
    def others(self):
        """The same page in the languages it is not in now: {code, name, address with what was asked}.

        A query that is longer than any of ours is somebody's attempt, and not repeated.
        """
        query = self._request.META.get("QUERY_STRING", "")
        query = query if len(query) <= LONGEST_QUERY else ""
        return [
            {"code": IN_MARKUP[language], "name": NAMES[language], "address": f"{path}?{query}" if query else path}
            for language, path in self.addresses.items()
            if language != get_language()
        ]

    @property
    def alternates(self):
        """The page in every language, for machines: {code, whole address}, the English one again as the default."""
        whole = {IN_MARKUP[name]: self._request.build_absolute_uri(path) for name, path in self.addresses.items()}
        whole |= {"x-default": whole["en"]} if whole else {}
        return [{"code": code, "address": address} for code, address in whole.items()]


def speak_by_address(get_response):
    """Middleware: the language of the address is that of the answer, whatever the browser or an earlier visit says."""

    def middleware(request):
        language = language_of(request.path_info)
        request.in_languages = PageInLanguages(request)
        with override(language):
            response = get_response(request)
            language = get_language()  # of the person who is signed in, where that decides
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response

    return middleware
