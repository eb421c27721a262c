"""The rows of an intervention's form: its place in a toolkit, and its ratings."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from toolkits.admin.scoping import AtTheEnd


class RatingForm(forms.ModelForm):
    """A rating; whether there is another of its kind, the formset says."""

    @property
    def heading(self):
        """The stored rating in a line, to head its fields; empty for a new one."""
        if self.instance.pk is None:
            return ""
        rating = self.instance
        of = ", ".join(filter(None, (rating.outcome and rating.outcome.name, rating.aspect)))
        level = f"{rating.level.scheme.name}: {rating.label_as_published or rating.level.label}"
        return f"{level} ({of})" if of else level

    @property
    def ways(self):
        """(address, words) of where else a stored rating is worked on."""
        if self.instance.pk is None:
            return []
        address = reverse("editorial:rate", args=[self.instance.intervention_id, self.instance.pk])
        basis = getattr(self.instance, "basis", None)
        words = _("Rests on “%(name)s”: see how, or rate again") % {"name": basis.synthesis} if basis else ""
        return [(address, words or _("Rate from a synthesis"))]

    def clean(self):
        data = super().clean()
        # Said in the words of the fields, because the constraint can only name itself.
        if "range_low" in data and "range_high" in data and bool(data["range_low"]) != bool(data["range_high"]):
            missing = "range_high" if data["range_low"] else "range_low"
            self.add_error(missing, _("Give both ends of the range, or leave both empty."))
        return data


def _place(level, outcome, aspect):
    return level, outcome, aspect


class RatingFormSet(AtTheEnd):
    """Ratings of one intervention: on scales of its own centre or the network's, and none of them twice."""

    def clean(self):
        super().clean()
        deleted = [form for form in self.forms if self._should_delete_form(form)]
        gone = {form.instance.pk for form in deleted}
        # Read anew: the rows of this formset say already what they are to become.
        rows = self.model.objects.filter(intervention=self.instance.pk).exclude(pk__in=gone)
        stored = {_place(*where): pk for pk, *where in rows.values_list("pk", "level", "outcome", "aspect")}
        taken = set()
        for form in self.forms:
            data = form.cleaned_data
            if form in deleted or "level" not in data:
                continue
            level = data["level"]
            place = _place(level.pk, data.get("outcome") and data["outcome"].pk, data.get("aspect", ""))
            if place in taken or stored.get(place, form.instance.pk) != form.instance.pk:
                form.add_error("level", _("This rating is there already: change that one, or name another outcome."))
            taken.add(place)
            owner = level.scheme.centre_id
            if owner is not None and self.instance.centre_id and owner != self.instance.centre_id:
                form.add_error("level", _("This scale is another centre's. Choose one of its own."))

    def validate_unique(self):
        # `clean` does, with words of its own and for ratings without an outcome too.
        return


class EntryFormSet(AtTheEnd):
    """An intervention's place: in a toolkit of its own centre."""

    def clean(self):
        super().clean()
        for form in self.forms:
            toolkit = form.cleaned_data.get("toolkit")
            if toolkit and self.instance.centre_id and toolkit.centre_id != self.instance.centre_id:
                raise ValidationError(_("This toolkit is another centre's. Choose one of the intervention's own."))
