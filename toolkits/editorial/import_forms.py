"""The form that uploads a spreadsheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centres import permissions
from toolkits.spreadsheets import uploads

TABLES = [("interventions", _("Interventions")), ("ratings", _("Ratings")), ("reports", _("Reports"))]


class UploadForm(forms.Form):
    """What is in the file, whose it is, and the file itself."""

    table = forms.ChoiceField(
        label=_("What is in the file"),
        choices=TABLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is in it.")},
    )
    centre = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV (UTF-8) or XLSX, up to 10 MB and 5,000 rows. Of a workbook, the first sheet is read."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        max_length=200,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Take the template.")},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = permissions.centres_of(person)

    def clean_file(self):
        """The bytes of the file, with its name."""
        file = self.cleaned_data["file"]
        if file.size > uploads.FILE_LIMIT:
            raise forms.ValidationError(
                _("The file has %(size).1f MB; %(limit)s MB is the most. Split it into several files."),
                params={"size": file.size / 1_000_000, "limit": uploads.FILE_LIMIT // 1_000_000},
            )
        data = file.read()
        if refusal := uploads.refusal(data):
            raise forms.ValidationError(refusal)
        return file.name, data
