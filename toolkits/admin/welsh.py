"""The Welsh of a page in its form: saving it, or a tick, notes which English it says."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WelshForm(forms.ModelForm):
    """A form of a row that can say some texts in Welsh too (centres.records.Bilingual)."""

    welsh_still_right = forms.BooleanField(
        label=_("The Welsh says what the English says now"),
        required=False,
        help_text=_(
            "Tick this where the English changed and the Welsh need not. A change of the Welsh says it by itself."
        ),
    )

    def save(self, commit=True):
        if {*self.instance.IN_WELSH, "welsh_still_right"} & set(self.changed_data):
            self.instance.confirm_welsh()
        return super().save(commit)


def in_welsh(model):
    """The part of a form for the Welsh of a row of `model`."""
    return (
        _("In Welsh"),
        {
            "fields": [*model.IN_WELSH, "welsh_still_right"],
            "description": _(
                "What Welsh pages show in place of the English. What is empty stays English there, marked as such. "
                "It is reviewed and published with the page, and readers are told when the English has changed since."
            ),
            "classes": ["collapse"],
        },
    )
