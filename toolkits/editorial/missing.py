"""What is missing before a record can be submitted: of what is stored, or of a form as it is being filled in."""

from dataclasses import dataclass, field, replace

from django.contrib import admin
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from toolkits import own_links, payloads, policies, readiness, snapshots
from toolkits.editorial import trial
from toolkits.editorial.gates import editors_only
from toolkits.editorial.results import result_of


@dataclass(frozen=True)
class Found:
    """Something that is missing, or as it should be, and where in the form it is entered."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Missing:
    """What holds a submission up, what the public version lacks too, what would be better, and what is as it should be.

    `result` is what the studies of a synthesis come to, as `results.result_of` tells it.
    """

    musts: list[Found] = field(default_factory=list)
    standing: list[Found] = field(default_factory=list)
    advice: list[Found] = field(default_factory=list)
    met: list[Found] = field(default_factory=list)
    result: dict | None = None


def _row_of(document, requirement, formset):
    """The row of a formset that a requirement is about; None where it shows no such row."""
    if isinstance(requirement.item, int):
        # As the snapshot counted them: ratings that this person is not shown have their place too.
        wanted = document.ratings.all()[requirement.item].pk
        return next((row for row in formset.forms if row.instance.pk == wanted), None)
    return next((row for row in formset.forms if getattr(row.instance, "key", None) == requirement.item), None)


def _address(document, requirement, form, formsets):
    """The place in the form, as a fragment, or the page where it is settled; empty where this person's form has none."""
    if requirement.field == "basis":
        return reverse("editorial:rate", args=[document.pk, document.ratings.all()[requirement.item].pk])
    if requirement.item is None:
        if requirement.field in form.fields:
            return f"#id_{requirement.field}"
        shown = [formset for formset in formsets if formset.prefix == requirement.field]
        return f"#{requirement.field}-group" if shown else ""
    for formset in formsets:
        row = _row_of(document, requirement, formset) if requirement.field in formset.empty_form.fields else None
        if row is not None:
            return f"#id_{row.prefix}-{requirement.field}"
    return ""


def _asked(document, form, formsets):
    """Missing of a working row; `form` and `formsets` say where what is missing is entered."""
    if document.KIND == "intervention" and not hasattr(document, "entry"):
        return Missing(musts=[Found(_("Give it its place in a toolkit."), "#entry-group")])
    document = snapshots.reload(document)
    payload, page = snapshots.build(document), policies.live(document.pk, document.KIND)
    live = payloads.load(document.KIND, page.schema, page.payload) if page else None
    missing = Missing(result=result_of(payload))
    for requirement in readiness.requirements(payload, live, own_links.facts(payload, live)):
        if requirement.met:
            missing.met.append(Found(requirement.text))
        else:
            holds_up = requirement.level == readiness.MUST
            those = missing.musts if holds_up else missing.standing if requirement.stands else missing.advice
            those.append(Found(requirement.text, _address(document, requirement, form, formsets)))
    return missing


def of_stored(document, form, formsets):
    """Missing of a record as it is stored."""
    return _asked(document, form, formsets)


def _errors(form, formsets):
    """What keeps a form from being saved at all, with the place of each error."""
    for row in [form, *(row for formset in formsets for row in trial.filled(formset))]:
        for name, errors in row.errors.items():
            label = capfirst(str(row.fields[name].label)) if name in row.fields else ""
            for error in errors:
                yield Found(f"{label}: {error}" if label else error, f"#id_{row.add_prefix(name)}" if label else "")
    for formset in formsets:
        for error in formset.non_form_errors():
            yield Found(error, f"#{formset.prefix}-group")


def of_form(options, request, obj):
    """Missing of what a form of the ModelAdmin `options` holds, saved or not; `obj` None: of a new record."""
    with transaction.atomic():
        form, formsets = options.forms(request, obj, request.POST)
        document = trial.save(form, formsets)
        errors = list(_errors(form, formsets))
        if not document and not errors:
            errors = [Found(_("It cannot be saved: somebody may have saved the same meanwhile. Open the page again."))]
        missing = _asked(document, form, formsets) if document else Missing()
        transaction.set_rollback(True)
    return replace(missing, musts=errors + missing.musts)


def _admin_of(kind):
    model = snapshots.MODELS.get(kind)
    if model is None:
        raise Http404
    return admin.site.get_model_admin(model)


def _answer(request, title, missing):
    """The list alone for the form's own script, else a page."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return render(request, "editorial/missing_list.html", {"requirements": missing})
    context = {**admin.site.each_context(request), "title": title, "requirements": missing}
    return render(request, "editorial/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def missing(request, kind, record):
    """What is missing of a record: as its form is filled in (POST), or as it is stored."""
    options = _admin_of(kind)
    obj = options.get_object(request, str(record))
    if not options.has_change_permission(request, obj):
        raise Http404
    if request.method == "POST":
        return _answer(request, obj, of_form(options, request, obj))
    return _answer(request, obj, of_stored(obj, *options.forms(request, obj)))


@require_POST
@editors_only
def missing_new(request, kind):
    """What is missing of a record that was never saved, as its form is filled in."""
    options = _admin_of(kind)
    if not options.has_add_permission(request):
        raise Http404
    title = _("New: %(kind)s") % {"kind": options.opts.verbose_name}
    return _answer(request, title, of_form(options, request, None))
