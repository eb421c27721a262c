"""Versions of rating scales: what is fixed once a scale was public, how its next version begins, which are superseded.

A rating means what its scale meant when it was given. So a scale that was public keeps its axis, its levels and
their order; whoever wants others makes a new version, and rates again.
"""

from django.utils.translation import gettext as _

from centres import permissions, records
from centres.audit import by_whom
from evidence.models import Intervention, RatingScheme
from toolkits import policies
from toolkits.models import PublishedPage, PublishedVersion

FIXED_OF_SCALE = ("axis", "measures", "numeric")
FIXED_OF_LEVEL = ("key", "order", "label", "off_scale")
LONGEST_SLUG = RatingScheme._meta.get_field("slug").max_length
LONGEST_VERSION = RatingScheme._meta.get_field("version").max_length


class Fixed(policies.Refusal):
    """A scale that was public would no longer be the same scale."""


def was_public(scheme):
    """Whether a version of the scale's page was ever published."""
    return PublishedVersion.objects.filter(record=scheme.pk).exists()


def check_can_have_new_version(scheme, *, by):
    """Raise unless `by` may begin the next version of a scale."""
    permissions.check_can_edit(by, scheme.centre)
    if not was_public(scheme):
        raise policies.WrongState(_("This scale was never public: change it as it is, nothing rests on it yet."))
    successor = RatingScheme.objects.filter(succeeds=scheme).first()
    if successor:
        raise policies.WrongState(
            _("There is a newer version already: %(name)s, record %(n)s.") % {"name": successor.name, "n": successor.pk}
        )


def can_have_new_version(scheme, *, by):
    """Whether `check_can_have_new_version` would let this pass."""
    try:
        check_can_have_new_version(scheme, by=by)
    except (policies.Refusal, permissions.PermissionDenied):
        return False
    return True


def check_is_named(scheme, version):
    """Raise Incomplete unless `version` is a name for the next version of a scale."""
    if not version:
        raise policies.Incomplete(_("Say what the new version is called, such as 2027."))
    if len(version) > LONGEST_VERSION:
        raise policies.Incomplete(
            _("The name of the version is too long: %(n)s characters at most.") % {"n": LONGEST_VERSION}
        )
    if version == scheme.version:
        raise policies.Incomplete(_("The scale is called %(version)s now: choose another name.") % {"version": version})


def _free_slug(scheme):
    """`eef-months-2` after `eef-months`, `eef-months-3` after that."""
    number, first = 2, scheme
    while first.succeeds:
        number, first = number + 1, first.succeeds
    while True:
        ending = f"-{number}"
        slug = first.slug[: LONGEST_SLUG - len(ending)] + ending
        if not RatingScheme.objects.filter(slug=slug).exists():
            return slug
        number += 1


def _copy(row, **fields):
    """Store a row again as another one with other `fields`, and return it."""
    for name, value in {"pk": None, **fields}.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)
    return row


@by_whom
def new_version(*, scheme, version, by):
    """Begin the next version of a scale that was public, as a draft with the same levels and rules, and return it.

    Raises policies.WrongState where the scale was never public or has a newer version, Incomplete where `version`
    is no name for it, PermissionDenied where `by` is no editor of its owner.
    """
    records.RecordNumber.objects.select_for_update().get(pk=scheme.pk)
    scheme = RatingScheme.objects.select_related("centre").get(pk=scheme.pk)
    version = version.strip()
    check_can_have_new_version(scheme, by=by)
    check_is_named(scheme, version)
    levels = list(scheme.levels.all())
    copied = {
        field.name: getattr(scheme, field.name)
        for field in RatingScheme._meta.fields
        if field.name not in {"record", "slug", "version", "succeeds"}
    }
    new = RatingScheme.objects.create(**copied, slug=_free_slug(scheme), version=version, succeeds=scheme)
    rules = list(scheme.rules.select_related("level"))
    copies = {level.key: _copy(level, scheme=new) for level in levels}
    for rule in rules:
        _copy(rule, scheme=new, level=copies[rule.level.key])
    records.mark_changed(new.pk, by=by)
    return new


def _scale_of(payload):
    """What makes a scale of a payload: {key of a level: what is fixed of it}."""
    return {level["key"]: {name: level[name] for name in FIXED_OF_LEVEL} for level in payload["levels"]}


def check_keeps_its_scale(kind, payload, page, *, by):
    """Raise Fixed where `payload`, of a rating scale that was public (`page`, or None), would change what ratings mean.

    Words may be corrected: names, meanings, notes, bands. Waived for the loader, whose folder says what it says.
    """
    if kind != RatingScheme.KIND or page is None or by.is_loader:
        return
    old, new = _scale_of(page.payload), _scale_of(payload)
    changed = {name for name in FIXED_OF_SCALE if page.payload[name] != payload[name]}
    changed |= {(old.get(key) or new[key])["label"] for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if changed:
        raise Fixed(
            _("Ratings rest on this scale as it was published, so this may not change: %(what)s. Make a new version.")
            % {"what": "; ".join(sorted(changed))}
        )


def check_rates_on_public_scales(*versions):
    """Raise WrongState where one of these PublishedVersions, just written, has a rating on a scale that is a draft.

    Asked once all that goes out together is written, so that a scale and what is rated on it can go out at once.
    """
    scales = {
        rating["scheme"]["record"]: rating["scheme"]["name"]
        for version in versions
        if version.kind == Intervention.KIND
        for rating in version.payload.get("ratings", [])
    }
    public = PublishedVersion.objects.filter(record__in=scales).values_list("record", flat=True)
    drafts = [name for record, name in scales.items() if record not in set(public)]
    if drafts:
        raise policies.WrongState(
            _("It is rated on a scale that is not public yet: %(names)s. Publish that first, or both together.")
            % {"names": "; ".join(drafts)}
        )


def superseded():
    """{key of a scale: the keys of the later versions that are live}, for every scale that has one."""
    following = {scheme.succeeds_id: scheme.pk for scheme in RatingScheme.objects.filter(succeeds__isnull=False)}
    live = set(
        PublishedPage.objects.filter(record__in=following.values(), state=PublishedPage.State.LIVE).values_list(
            "record", flat=True
        )
    )
    found = {}
    for scheme in following:
        later, after = [], following[scheme]
        while after is not None and after not in later:
            later.append(after)
            after = following.get(after)
        if live & set(later):
            found[scheme] = [key for key in later if key in live]
    return found
