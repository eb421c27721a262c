"""What holds for all pages of a process: whom it serves, and who else may load them."""

from django.http import Http404


def keep_to_own_pages(get_response):
    """Other sites' pages may not load ours as an image, script or frame; a program or a CORS request of the API may."""

    def middleware(request):
        response = get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


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
