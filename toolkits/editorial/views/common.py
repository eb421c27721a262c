"""What every editorial page does: stand in the admin's frame, and answer a form that did not pass."""

from django.contrib import admin
from django.shortcuts import render

from toolkits import policies


def page(request, name, context, *forms):
    """An editorial page inside the admin's frame; where one of `forms` did not pass, it answers 422."""
    status = 422 if any(form.is_bound and form.errors for form in forms) else 200
    return render(request, f"editorial/{name}.html", {**admin.site.each_context(request), **context}, status=status)


def carry_out(action, form, **arguments):
    """What `action` returns, called with what a valid form says; None, and the reason in the form, where it was refused."""
    if not form.is_valid():
        return None
    try:
        return action(**form.cleaned_data, **arguments)
    except policies.Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def given(form_class, request, name, **arguments):
    """The form of a page that has several: bound where this one was sent (`name` is its button's), else empty.

    Its fields have ids of their own, because a label leads to the first field of the page with its id.
    """
    sent = request.method == "POST" and request.resolver_match.url_name == name
    return form_class(request.POST if sent else None, auto_id=f"id_{name}_%s", **arguments)
