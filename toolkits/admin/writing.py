"""How fields are shown to those who write: help in their words, how long a text is about, Markdown, plain widgets."""

from typing import NamedTuple

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.editorial.markdown_preview import LONGEST


class Text(NamedTuple):
    """How a text field is written: about how many characters, in how many rows, and whether in Markdown."""

    about: int | None = None
    rows: int = 3
    markdown: bool = False


MARKDOWN = gettext_lazy(
    "Markdown: **bold**, *italic*, - for a list, # for a heading, [words](address) for a link. No pictures."
)


class WrittenForEditors:
    """An admin or inline whose fields say what they are for, with widgets that need no script.

    `help_texts`, `labels` and `texts` (how a text is written) go by the name of the field.
    """

    help_texts: dict = {}
    labels: dict = {}
    texts: dict = {}
    # The browser's own: Django's calendar cannot be used by keyboard, and its two-box picker hardly.
    formfield_overrides = {models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        # Without the pencils and crosses that open another window beside a list of choices.
        field.widget = getattr(field.widget, "widget", field.widget)
        field.label = self.labels.get(db_field.name, field.label)
        field.help_text = self.help_texts.get(db_field.name, field.help_text)
        if isinstance(db_field, models.TextField):
            # Not as `maxlength`, by which a browser cuts what is pasted and says nothing.
            field.validators.append(MaxLengthValidator(LONGEST))
        text = self.texts.get(db_field.name)
        if text:
            self._is_written(field, text)
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # The vocabularies are short: each term is one tick away, by mouse, key or finger.
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _is_written(self, field, text):
        field.about, field.markdown = text.about, text.markdown
        field.widget.attrs["rows"] = text.rows
        said = [field.help_text]
        if text.about:
            field.widget.attrs["data-about"] = text.about
            said.append(_("About %(n)s characters.") % {"n": text.about})
        if text.markdown:
            said.append(MARKDOWN)
        field.help_text = " ".join(str(words) for words in said if words)
