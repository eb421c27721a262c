"""What people say on the way to the public: what changed, what was decided, when it goes out, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.models import FamilyDifference, Intervention
from toolkits.models import Change, Conclusion, Decision


def _words(label, help_text="", *, rows=3, required=True, max_length=1000):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write it in a sentence or two.")},
    )


class ChangeForm(forms.Form):
    """What changed, in words for the public."""

    # Nothing is chosen for the editor: the kind of change is told to the public.
    CHANGES = [("", _("Choose one")), *((change.value, change.label) for change in Change if change != Change.FIRST)]
    change = forms.ChoiceField(
        label=_("Kind of change"),
        choices=CHANGES,
        error_messages={"required": _("Choose what kind of change it is.")},
    )
    minor = forms.BooleanField(
        label=_("Minor: spelling, a link, a turn of phrase"),
        help_text=_("Readers are told no new date, and no note is needed. Ratings and figures are never minor."),
        required=False,
    )
    note = _words(
        _("What changed, and why"),
        _("One or two sentences for the public. They stay in the page's history."),
        required=False,
    )
    wrong = _words(
        _("For a correction: what was wrong"),
        _("In words for the public. It appears on the page and on the list of corrections, for good."),
        required=False,
    )
    conclusion = forms.ChoiceField(
        label=_("For a correction: does the conclusion change?"),
        choices=Conclusion,
        widget=forms.RadioSelect,
        required=False,
    )


class SubmitForm(ChangeForm):
    """The same for one page; of what was never public (`first`), only the note is asked for."""

    def __init__(self, *args, first=False, **kwargs):
        super().__init__(*args, **kwargs)
        if first:
            for name in ("change", "minor", "wrong", "conclusion"):
                del self.fields[name]
            self.fields["note"].label = _("What is this page, in a sentence?")

    def clean(self):
        cleaned = super().clean()
        return cleaned if "change" in self.fields else cleaned | {"change": Change.FIRST}


class TogetherForm(ChangeForm):
    """Several pages, with one note for all."""

    field_order = ["title", "documents"]

    title = forms.CharField(
        label=_("What these pages have in common"),
        max_length=200,
        help_text=_("For the people who work on them."),
        error_messages={"required": _("Say in a few words what they have in common.")},
    )

    def __init__(self, *args, choices, ticked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = {f"{document.KIND}:{document.pk}": document for document in choices}
        self.fields["documents"] = forms.MultipleChoiceField(
            label=_("Pages"),
            choices=[(key, str(document)) for key, document in self.documents.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one page.")},
        )
        self.initial["documents"] = [key for key, document in self.documents.items() if str(document.pk) in ticked]
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"documents": [self.documents[key] for key in cleaned.get("documents", [])]}


class DecideForm(forms.Form):
    """A reviewer's verdict on exactly this revision."""

    VERDICTS = [
        (Decision.Verdict.APPROVED, _("Approve: exactly this may go out")),
        (Decision.Verdict.RETURNED, _("Return to the editor")),
    ]
    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it may go out or goes back to the editor.")},
    )
    note = _words(_("Reason"), _("Needed when you return it."), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Decision.Verdict.RETURNED and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say what the editor should change."))
        return cleaned


class CommentForm(forms.Form):
    """Something to say about a submission, among those who work on it."""

    text = _words(_("Your comment"), _("Only people of this centre read it. It cannot be changed afterwards."))


class AppointForm(forms.Form):
    """A day and an hour, in London."""

    at = forms.SplitDateTimeField(
        label=_("Goes out on"),
        help_text=_("London time. It goes out within half a minute, or as soon as the portal runs again."),
        error_messages={"required": _("Give a day and a time.")},
        widget=forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": _("Day")},
            time_attrs={"type": "time", "aria-label": _("Time")},
        ),
    )


class EmergencyForm(forms.Form):
    """Why something cannot wait for another person."""

    reason = _words(
        _("Why this cannot wait for another person"),
        _("For the people who work on it. The page stays flagged until another person has approved it."),
    )


class SettleForm(forms.Form):
    """What was found after something a page rests on had changed."""

    settlement = _words(_("What you found"), _("Such as: read again, nothing here changes."), rows=2)


class ReasonForm(forms.Form):
    """Why a page is taken down."""

    reason = _words(_("Reason, in words for the public"))


class MergeForm(ReasonForm):
    """Where a page's address is to lead, and why."""

    field_order = ["into"]
    into = forms.IntegerField(
        label=_("Number of the record that takes its place"),
        help_text=_("The number in its permanent address, /record/1234/."),
        min_value=1,
        error_messages={"required": _("Give the number of the record that takes its place.")},
    )


class RestoreForm(ReasonForm):
    """Which version is to be public again, and why."""

    field_order = ["version"]

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.TypedChoiceField(
            label=_("Version"), choices=[(row.version, str(row.version)) for row in versions], coerce=int
        )
        self.order_fields(self.field_order)


class VersionForm(forms.Form):
    """What the next version of a rating scale is called."""

    version = forms.CharField(
        label=_("Name of the new version"),
        help_text=_("As readers shall see it beside the scale's name, such as 2027."),
        max_length=40,
        error_messages={"required": _("Give the new version a name.")},
    )


class WordsForm(forms.Form):
    """Why two centres rate the same idea differently: the kind of cause, and the words for the public."""

    cause = forms.ChoiceField(
        label=_("What differs"),
        choices=FamilyDifference.Cause,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what differs. Where nobody knows why, choose that.")},
    )
    text = _words(
        _("In words for the public"),
        _(
            "Two or three short sentences that a reader of 14 can follow: what the one centre does, what the other "
            "does, and what that changes. Where nobody knows why, say that."
        ),
        rows=5,
    )


class DifferenceForm(WordsForm):
    """Of which two members of a family, and why. `named` are its live members, `own` those that one may speak of."""

    field_order = ["first", "second"]

    def __init__(self, *args, named, own, **kwargs):
        super().__init__(*args, **kwargs)
        choose = {"coerce": int, "error_messages": {"required": _("Choose an intervention.")}}
        nothing = ("", _("Choose one"))
        self.fields["first"] = forms.TypedChoiceField(
            label=_("This intervention"),
            choices=[nothing, *((record, name) for record, name in named.items() if record in own)],
            **choose,
        )
        self.fields["second"] = forms.TypedChoiceField(
            label=_("and this one"), choices=[nothing, *named.items()], **choose
        )
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first") and cleaned.get("first") == cleaned.get("second"):
            self.add_error("second", _("Choose two different interventions."))
        found = Intervention.objects.select_related("centre").in_bulk([cleaned.get("first"), cleaned.get("second")])
        return cleaned | {name: found.get(cleaned.get(name)) for name in ("first", "second")}


class SeenForm(forms.Form):
    """What somebody does about a difference, with the wording that stood before them."""

    seen = forms.CharField(widget=forms.HiddenInput)


class AgreeForm(SeenForm):
    """For which of the two centres somebody agrees; a button each."""

    side = forms.ChoiceField(choices=[(side, side) for side in FamilyDifference.SIDES])


class RewordForm(SeenForm, WordsForm):
    """Other words for a difference."""


class WithdrawDifferenceForm(SeenForm):
    """Why a difference is taken back."""

    reason = _words(_("Why"), _("The editors of both centres are told. It is not public."), rows=2)
