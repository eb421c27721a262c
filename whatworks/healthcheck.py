"""Whether the web process of this container is alive: `python -m whatworks.healthcheck` ends with 0 or 1."""

import http.client
import os
import sys


def main() -> int:
    """Ask `/healthz` on the loopback, as the host name and over the scheme that the portal expects."""
    port = (os.environ.get("WHATWORKS_BIND") or "127.0.0.1:8000").rpartition(":")[2]
    host = (os.environ.get("WHATWORKS_ALLOWED_HOSTS") or "localhost").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        print(f"no answer: {error}", file=sys.stderr)
        return 1
    finally:
        connection.close()
    if status != 200:
        print(f"/healthz answered {status}", file=sys.stderr)
    return int(status != 200)


if __name__ == "__main__":
    sys.exit(main())
