"""The portal, saying in a header of each answer which templates it was made of: `gunicorn tests.drills.telling:application`.

A kept answer is given without rendering anything, so what an address rendered last is remembered.
"""

import threading

from django.dispatch import receiver
from django.template import Template
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

from tests.drills.told import HEADER
from whatworks.wsgi import application as portal

Template._render = instrumented_test_render
_here = threading.local()
_last = {}


@receiver(template_rendered)
def _note(sender, template, **_signal):
    if template.name:
        _here.names.append(template.name)


def application(environ, start_response):
    """`portal`, with `X-Templates: public/home.html,base.html` on what was rendered."""
    _here.names = []
    asked = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))

    def begin(status, headers, *more):
        names = _here.names or _last.get(asked, [])
        _last[asked] = names
        return start_response(status, [*headers, (HEADER, ",".join(dict.fromkeys(names)))], *more)

    return portal(environ, begin)
