"""What stands before and behind the kept answers in their tests: a request, and a Django that counts."""

import io

from django.core.wsgi import get_wsgi_application


class Asked:
    """Django, counting what it was asked."""

    def __init__(self):
        self.django = get_wsgi_application()
        self.asked = []

    def __call__(self, environ, start_response):
        self.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return self.django(environ, start_response)


class Answered:
    """The answer that a WSGI application gives to a request: `status`, `headers`, `body`."""

    def __init__(self, front, path, method="GET", **environ):
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        } | environ
        response = front(environ, self.start)
        self.body = b"".join(response)
        if hasattr(response, "close"):
            response.close()

    def start(self, status, headers, exc_info=None):
        self.status, self.headers = int(status.split()[0]), dict(headers)
