"""Where a text's links to the portal's own addresses lead: to which records, and which of them to nothing public."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from toolkits import family_ratings, ledger, readiness
from toolkits.languages import ENGLISH, stored
from toolkits.models import PublishedPage, PublishedVersion, Redirect

# Sections of a page with an address of their own, one step below the page's.
BELOW_A_PAGE = {"studies", "history"}
# What answers with a page, or leads on to one.
STANDING = (PublishedPage.State.LIVE, PublishedPage.State.MERGED)


def _own_path(address):
    """The path of an address of this portal; None for another site's, and for a place in the page itself.

    Raises ValueError where it is no address at all.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and parts.hostname not in settings.ALLOWED_HOSTS):
        return None
    # Without its last slash an address of a page is redirected to the one with it.
    has_ending = not parts.path or parts.path.endswith("/") or "." in parts.path.rpartition("/")[2]
    return parts.path if has_ending else f"{parts.path}/"


def _wanted(path):
    """What has to be public for `path` to answer: ("path", address), ("record", number), ("version", …) or None."""
    path = stored(path)
    with override(ENGLISH):
        return _wanted_of(path, resolve(path))


def _wanted_of(path, match):
    if match.namespace != "public":
        raise Resolver404
    if not match.kwargs:
        return None
    if "version" in match.kwargs:
        return "version", (match.kwargs["record"], match.kwargs["version"])
    if "record" in match.kwargs:
        return "record", match.kwargs["record"]
    if match.url_name == "toolkit_feed":
        return "path", reverse("public:toolkit", args=[match.kwargs["toolkit"]])
    if match.url_name in BELOW_A_PAGE:
        return "path", path.rstrip("/").rpartition("/")[0] + "/"
    return "path", path


def _standing(kind, keys):
    """Those of `keys` that lead somewhere."""
    pages = PublishedPage.objects.filter(state__in=STANDING)
    if kind == "record":
        return set(pages.filter(record__in=keys).values_list("record", flat=True))
    if kind == "version":
        versions = PublishedVersion.objects.filter(record__in=[record for record, _version in keys])
        return set(versions.values_list("record", "version"))
    moved = Redirect.objects.filter(path__in=keys, record__in=pages.values("record"))
    return set(pages.filter(path__in=keys).values_list("path", flat=True)) | set(moved.values_list("path", flat=True))


def _read(addresses):
    """({kind: {what has to be public: the addresses that want it}}, the addresses that are none of the portal's)."""
    wanted, wrong = {}, set()
    for address in addresses:
        try:
            path = _own_path(address)
            need = path and _wanted(path)
        except (ValueError, Resolver404):
            wrong.add(address)
            continue
        if need:
            wanted.setdefault(need[0], {}).setdefault(need[1], set()).add(address)
    return wanted, wrong


def broken(addresses):
    """Those of `addresses` that are this portal's own and lead to nothing public."""
    wanted, found = _read(addresses)
    for kind, keys in wanted.items():
        standing = _standing(kind, list(keys))
        found |= {address for key, those in keys.items() if key not in standing for address in those}
    return found


def records(document):
    """The numbers of the records that the texts of a document link to."""
    return records_of([document])[0]


def records_of(documents):
    """What `records` gives of each of `documents`, in two queries for all of them."""
    wanted = [_read(readiness.addresses(document))[0] for document in documents]
    paths = {path for needs in wanted for path in needs.get("path", ())}
    at = {path: set() for path in paths}
    for model in (PublishedPage, Redirect) if paths else ():
        for path, record in model.objects.filter(path__in=paths).values_list("path", "record"):
            at[path].add(record)
    return [
        set(needs.get("record", ())).union(
            (record for record, _version in needs.get("version", ())), *(at[path] for path in needs.get("path", ()))
        )
        for needs in wanted
    ]


def facts(*documents):
    """The readiness.Facts of documents: the public one too, so that a link which was broken already is known to be.

    Of a family (the first of them), also which members' public ratings clearly differ.
    """
    addresses = set().union(*(readiness.addresses(document) for document in documents if document))
    return readiness.Facts(
        today=timezone.localdate(),
        broken=frozenset(broken(addresses)),
        results=ledger.results_now(*documents),
        unlike=family_ratings.unlike(documents[0]),
    )
