"""One portal, served by one process for everybody, or by one for visitors and one for editors."""

from django.http import Http404


def leave_out_public_pages(get_response):
    """For a process of the editorial side: public addresses can be linked to, and answer 404.

    Not a redirect: both sides have one host, so a proxy that sends a public address here would be sent in circles.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if "public" in request.resolver_match.app_names:
            raise Http404

    middleware.process_view = process_view
    return middleware
