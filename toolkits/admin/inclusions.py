"""The studies of a synthesis in its form: each is typed, by number or label, and its result chosen among its own.

A list of all studies in every row made the form of 71 studies three megabytes. A row names one study and offers only
that study's results, read once for all rows.
"""

import re
from collections import defaultdict
from functools import cached_property

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models import Estimate, Inclusion, Study
from toolkits.admin.choices import EMPTY
from toolkits.admin.once import read_once
from toolkits.admin.scoping import AtTheEnd, ScopedInline
from toolkits.admin.writing import Text
from toolkits.editorial.queue import owned_by
from toolkits.editorial.suggestions import study_name
from toolkits.models import Flag
from toolkits.study_files.known import estimates_for, visible_to

AT_MOST = 5  # studies of one label that are named where a number has to say which is meant


class Shelf:
    """What the rows of one form may name: what stands in them is read at once, anything else when it is typed.

    `synthesis` is None for a new one, of which `person` makes the rows.
    """

    def __init__(self, synthesis, person):
        self.synthesis, self.person = synthesis, person

    @cached_property
    def studies(self):
        """{number: Study} of the studies in the synthesis: they may stay, whoever may see them."""
        return Study.objects.filter(inclusions__synthesis=self.synthesis).in_bulk() if self.synthesis else {}

    @cached_property
    def _usable(self):
        if self.synthesis:
            return visible_to(self.synthesis.centre)
        return Study.objects.filter(owned_by(self.person), merged_into__isnull=True)

    @cached_property
    def _pooled(self):
        """{study: its estimates} for every study that was named so far."""
        found = defaultdict(list)
        for estimate in self._estimates(self.studies):
            found[estimate.study_id].append(estimate)
        return found

    def _estimates(self, studies):
        centre = self.synthesis.centre if self.synthesis else None
        usable = Q(pk__in=estimates_for(centre).values("pk")) if self.synthesis else owned_by(self.person)
        kept = Q(inclusions__synthesis=self.synthesis) if self.synthesis else Q()
        found = Estimate.objects.filter(study__in=studies).filter(usable | kept)
        return found.select_related("outcome").order_by("study", "pk").distinct()

    def study(self, typed):
        """The Study that somebody typed, by number or label; ValidationError where it is none, or not one."""
        number = re.match(r"\s*(\d+)\b", typed)
        known = self.studies.get(int(number[1])) if number else None
        if known:
            return known
        # A label may begin with digits, and no record has more than nine of them.
        wanted = Q(label__iexact=typed.strip())
        wanted |= Q(pk=int(number[1])) if number and len(number[1]) < 10 else Q()
        found = list(self._usable.filter(wanted)[:AT_MOST])
        exact = [study for study in found if number and study.pk == int(number[1])] or found
        if not exact:
            raise ValidationError(
                _("No study that you may use has this number or label: enter it under Studies, or import it.")
            )
        if len(exact) > 1:
            raise ValidationError(
                _("Write the number, for several have this label: %(those)s.")
                % {"those": "; ".join(map(study_name, exact))}
            )
        return exact[0]

    def estimates(self, study):
        """The results of a study that may be pooled."""
        if study.pk not in self._pooled and study.pk not in self.studies:
            self._pooled[study.pk] = list(self._estimates([study.pk]))
        return self._pooled[study.pk]


class TypedStudy(forms.ModelChoiceField):
    """A study by its number or label."""

    widget = forms.TextInput

    def __init__(self, *args, shelf, **kwargs):
        super().__init__(*args, **kwargs)
        self.shelf = shelf

    def prepare_value(self, value):
        study = self.shelf.studies.get(getattr(value, "pk", value))
        return study_name(study) if study else value

    def to_python(self, value):
        return None if value in self.empty_values else self.shelf.study(str(value))


class ResultOfStudy(forms.ModelChoiceField):
    """One of the results of the study in the same row."""

    def of(self, estimates):
        """Offer these results, and no others."""
        self.estimates = {str(estimate.pk): estimate for estimate in estimates}
        self.choices = [EMPTY, *((estimate.pk, _in_words(estimate)) for estimate in estimates)]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value) not in self.estimates:
            raise ValidationError(_("This is of another study: choose one of this study's."))
        return self.estimates[str(value)]


def _in_words(estimate):
    what = estimate.outcome_reported or estimate.outcome or _("outcome not recorded")
    measured = f"{what}, {estimate.follow_up}" if estimate.follow_up else what
    return f"{measured}: {estimate.metric} {estimate.effect:.3g}"


class InclusionForm(forms.ModelForm):
    """A study that was found: included with one of its own estimates, or left out for a reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["estimate"].of(self._results())

    @property
    def heading(self):
        """The stored study by its label, to head its fields; empty for a new one."""
        study = self.fields["study"].shelf.studies.get(self.instance.study_id)
        return str(study) if study else ""

    def _results(self):
        """What the study in this row, stored or typed, found."""
        try:
            study = self.fields["study"].to_python(self.fields["study"].prepare_value(self["study"].value()))
        except ValidationError:
            return []
        return self.fields["study"].shelf.estimates(study) if study else []

    def clean(self):
        data = super().clean()
        results = list(self.fields["estimate"].estimates.values())
        if data.get("included") and data.get("estimate") is None and "estimate" not in self.errors:
            if len(results) == 1 and self.instance.pk is None:
                data["estimate"] = results[0]
            elif data.get("study"):
                self.add_error("estimate", _no_result_chosen(results))
        if not data.get("included") and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why it was left out: readers see it."))
        return data

    def _post_clean(self):
        # A row that stays as it is stored passed the model's checks then, and each of them costs queries.
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()


def _no_result_chosen(results):
    if results:
        return _("Choose which of its results is pooled, or leave the study out.")
    return _("No result of it is entered yet: enter one in the study's form, or leave the study out for now.")


class InclusionFormSet(AtTheEnd):
    """The rows of a synthesis, all on its scale."""

    def clean(self):
        super().clean()
        for form in self.forms:
            estimate = getattr(form, "cleaned_data", {}).get("estimate")
            if estimate and form.cleaned_data.get("included") and estimate.metric != self.instance.metric:
                words = {"its": estimate.get_metric_display(), "pooled": self.instance.get_metric_display()}
                form.add_error(
                    "estimate", _("It is on another scale (%(its)s) than is pooled here: %(pooled)s.") % words
                )


class InclusionInline(ScopedInline, admin.StackedInline):
    model = Inclusion
    form = InclusionForm
    formset = InclusionFormSet
    extra = 0
    verbose_name, verbose_name_plural = gettext_lazy("study"), gettext_lazy("studies")
    description = gettext_lazy("Every study that was found, those that were left out with the reason.")
    fields = [("study", "estimate"), ("included", "subgroup"), "reason"]
    texts = {"reason": Text(rows=1)}
    labels = {"estimate": gettext_lazy("Result")}
    help_texts = {
        "study": gettext_lazy("Its number or its label, such as 20001 or Finkenauer 1982."),
        "estimate": gettext_lazy("Which of its results is pooled; of a new study the only one, if you choose none."),
        "subgroup": gettext_lazy("Studies with the same word here are also pooled by themselves."),
    }

    def get_formset(self, request, obj=None, **kwargs):
        read_once(request, "shelf", lambda: Shelf(obj, request.user))
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "study":
            kwargs["form_class"] = TypedStudy
            kwargs["shelf"] = read_once(request, "shelf", lambda: Shelf(None, request.user))
            attrs = {"data-suggest": reverse_lazy("editorial:suggest_studies"), "autocomplete": "off"}
            kwargs["widget"] = forms.TextInput(attrs=attrs)
        else:
            kwargs["form_class"] = ResultOfStudy
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def changed_studies(formsets):
    """{study: (label, what changed)} of the rows that a form added, changed or took away."""
    found = {}
    for formset in formsets:
        if formset.model is Inclusion:
            rows = [*formset.new_objects, *(row for row, _fields in formset.changed_objects), *formset.deleted_objects]
            found |= {row.study_id: (row.study.label, Flag.StudyChange.PLACE) for row in rows}
    return found
