"""The filters of every public list, declared: what a query may say, and what it means to the database.

Lists answer from the facet index; these validate the query, and are the second statement of the same
rules that the tests hold the index against.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django_filters import Filter, FilterSet, MultipleChoiceFilter

from toolkits.models.publishing import PublishedPage
from toolkits.payloads import MAIN_AXES
from toolkits.public.index import NONE

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class ChoicesField(forms.MultipleChoiceField):
    """Several choices; names every value that is none of them, and passes over empty ones."""

    def to_python(self, value):
        return list(dict.fromkeys(item for item in super().to_python(value) if item))

    def validate(self, value):
        wrong = [item for item in value if not self.valid_value(item)]
        if wrong:
            raise ValidationError(
                [ValidationError("wrong", code="invalid_choice", params={"value": item}) for item in wrong]
            )


class ColumnFilter(MultipleChoiceFilter):
    """Any of the chosen values in a plain column."""

    field_class = ChoicesField

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class ArrayFilter(ColumnFilter):
    """Any of the chosen values in an array column; `none` chooses rows with an empty one."""

    def filter(self, qs, value):
        if not value:
            return qs
        found = Q(**{f"{self.field_name}__overlap": value})
        return qs.filter(found | Q(**{f"{self.field_name}": []}) if NONE in value else found)


class AxisFilter(ColumnFilter):
    """Any of the chosen levels or bands of an axis, which the column holds as `axis:value`."""

    def __init__(self, axis, **kwargs):
        self.axis = axis
        super().__init__(**kwargs)

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__overlap": [f"{self.axis}:{item}" for item in value]}) if value else qs


class YearFilter(Filter):
    """A bound on the year in the document."""

    field_class = forms.IntegerField

    def filter(self, qs, value):
        if value is None:
            return qs
        return qs.alias(year=Cast(KT("payload__year"), IntegerField())).filter(**{f"year__{self.lookup_expr}": value})


class ListFilters(FilterSet):
    """Filters whose choices are given when they are made: {name: {value: label}}."""

    class Meta:
        model = PublishedPage
        fields = []

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.filters[name].extra["choices"] = list(options.items())

    def read(self):
        """({name: values that are valid}, {name: number or None}, {name: values that are wrong}) of the query.

        Valid values come in the order of the choices, so that one choice has one spelling.
        """
        errors = self.form.errors.as_data()
        wrong = {name: [self._value(name, error) for error in found] for name, found in errors.items()}
        chosen, numbers = {}, {}
        for name, field in self.form.fields.items():
            if isinstance(field, ChoicesField):
                given = set(self.data.getlist(name))
                chosen[name] = [value for value, _label in field.choices if value in given]
            else:
                numbers[name] = self.form.cleaned_data.get(name)
        return chosen, numbers, wrong

    def _value(self, name, error):
        return (error.params or {}).get("value") or self.data.get(name, "")


class _Subjects(ListFilters):
    outcome = ArrayFilter(field_name="outcomes")
    setting = ArrayFilter(field_name="settings")
    age = ArrayFilter(field_name="ages")


class ToolkitFilters(_Subjects):
    """Inside a toolkit: the levels of its own scales."""

    impact, strength, cost = (AxisFilter(axis, field_name="levels") for axis in MAIN_AXES)


class NetworkFilters(_Subjects):
    """Over all toolkits: the shared bands, which stand second on every page."""

    impact, strength, cost = (AxisFilter(axis, field_name="bands") for axis in MAIN_AXES)
    centre = ColumnFilter(field_name="centre")
    toolkit = ColumnFilter(field_name="toolkit")


class CorrectionFilters(ListFilters):
    """Corrections."""

    centre = ColumnFilter(field_name="centre")


class ReportFilters(ListFilters):
    """Synthesis reports."""

    kind = ColumnFilter(field_name="status")
    centre = ColumnFilter(field_name="centre")
    year_from = YearFilter(lookup_expr="gte", label="", min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    year_to = YearFilter(lookup_expr="lte", label="", min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
