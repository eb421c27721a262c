"""What is filled in about people. A form offers only what its user may give; `centres.people` checks it again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centres import people_rights, permissions
from centres.models import Person, RoleName


class RoleForm(forms.Form):
    """A role and its place."""

    name = forms.ChoiceField(label=_("Role"))
    centre = forms.ModelChoiceField(None, label=_("Centre"), empty_label=_("The network as a whole"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        names = people_rights.names_to_give(by)
        self.fields["name"].choices = [(name, RoleName(name).label) for name in names]
        centre = self.fields["centre"]
        centre.queryset = permissions.managed_centres(by).order_by("short_name")
        if not permissions.is_administrator(by):
            centre.empty_label = None
        centre.required = not permissions.is_administrator(by)

    def clean(self):
        given = super().clean()
        if "name" in given and "centre" in given:
            try:
                people_rights.check_fits(given["centre"], given["name"])
            except people_rights.Refusal as refusal:
                self.add_error("centre", str(refusal))
        return given


class GiveRole(RoleForm):
    """Another role for somebody who is here already."""

    ended = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The first day without it; leave it empty if it goes on."),
    )


class Invite(RoleForm):
    """Somebody to invite."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ["email", "name", "centre"]


class Correct(forms.ModelForm):
    """Somebody's name and address."""

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "email"]
        help_texts = {"email": _("A forgotten password is reset through it, and mail goes to it.")}
