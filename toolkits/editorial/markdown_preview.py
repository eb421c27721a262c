"""Markdown as it will look on its page, for a text that is being written."""

from django.contrib import admin
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toolkits import richtext
from toolkits.editorial.gates import editors_only

LONGEST = 100_000


@require_POST
@editors_only
def markdown(request):
    """The text of the posted field that `_preview` names, as safe HTML: alone for the form's script, else in a page."""
    text = request.POST.get(request.POST.get("_preview", ""), "")
    if len(text) > LONGEST:
        return HttpResponseBadRequest(_("This text is too long to preview."))
    context = {"html": richtext.to_html(text)}
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return render(request, "editorial/markdown_text.html", context)
    return render(
        request, "editorial/markdown.html", {**admin.site.each_context(request), "title": _("Preview"), **context}
    )
