"""The queue: what waits for me, what I submitted, what may go out, what came back."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toolkits.editorial.gates import editors_only
from toolkits.editorial.queue import queue_for
from toolkits.editorial.views.common import page


@require_safe
@editors_only
def queue(request):
    """Every submission that is still on its way."""
    return page(request, "queue", {"title": _("Review and publish"), **queue_for(request.user)})
