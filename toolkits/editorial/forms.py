"""The three things a person says on the way to the public: what changed, what was decided, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkits.models import Change, Decision


class SubmitForm(forms.Form):
    """What changed, in words for the public."""

    # Nothing is chosen for the editor: the kind of change is told to the public.
    CHANGES = [("", _("Choose one")), *((change.value, change.label) for change in Change if change != Change.FIRST)]
    change = forms.ChoiceField(label=_("Kind of change"), choices=CHANGES)
    note = forms.CharField(
        label=_("What changed, and why"),
        help_text=_("One or two sentences for the public. They stay in the page's history."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class DecideForm(forms.Form):
    """A reviewer's verdict on exactly this revision."""

    VERDICTS = [
        (Decision.Verdict.APPROVED, _("Approve: exactly this may go out")),
        (Decision.Verdict.RETURNED, _("Return to the editor")),
    ]
    verdict = forms.ChoiceField(label=_("Your decision"), choices=VERDICTS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed when you return it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Decision.Verdict.RETURNED and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say what the editor should change."))
        return cleaned
