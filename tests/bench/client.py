"""A small load generator: raw sockets, kept alive, one request at a time on each. Loopback only.

Run as a process of its own (`python -m tests.bench.client`), which does what each line of JSON on its
standard input says and answers with a line: how many requests, in how many seconds, how long they took.
A burst ends after its seconds or its most requests, whichever comes first.
"""

import json
import selectors
import socket
import statistics
import sys
import time

TIMEOUT = 60


class Connection:
    """A connection that has sent a request and reads its answer."""

    def __init__(self, port, request):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = request
        self.buffer = bytearray(1 << 20)
        self.begin()

    def begin(self):
        """Send the request again."""
        self.filled, self.needed = 0, 0
        self.sent = time.perf_counter()
        self.socket.sendall(self.request)

    def read(self):
        """Read what has come. (head, length of the body) once the answer is whole, else None."""
        count = self.socket.recv_into(memoryview(self.buffer)[self.filled :])
        if not count:
            raise ConnectionError("the server closed the connection")
        self.filled += count
        if not self.needed:
            end = self.buffer.find(b"\r\n\r\n", 0, self.filled)
            if end < 0:
                return None
            self.head = bytes(self.buffer[:end])
            self.needed = end + 4 + content_length(self.head)
            if self.needed > len(self.buffer):
                raise ValueError(f"an answer of {self.needed} bytes is longer than any page here")
        if self.filled < self.needed:
            return None
        return self.head, self.needed - len(self.head) - 4


def content_length(head):
    """The Content-Length in the head of an answer; 0 where there is none."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def burst(port, path, connections, seconds, most, status=200, length=None, headers=()):
    """Ask for `path` on so many connections at once. Raises ValueError for an answer that is not what it should be."""
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]
    request = "\r\n".join(lines).encode()
    expected = f"HTTP/1.1 {status} ".encode()
    times = []
    with selectors.DefaultSelector() as selector:
        started = time.perf_counter()
        open_connections = [Connection(port, request) for _ in range(connections)]
        for connection in open_connections:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        waiting = len(open_connections)
        while waiting:
            ready = selector.select(TIMEOUT)
            if not ready:
                raise TimeoutError(f"{path} was not answered in {TIMEOUT} s")
            for key, _ in ready:
                connection = key.data
                whole = connection.read()
                if whole is None:
                    continue
                now = time.perf_counter()
                times.append(now - connection.sent)
                head, size = whole
                if not head.startswith(expected) or (length is not None and size != length):
                    raise ValueError(f"{path}: {head[:80]!r}, {size} bytes where {length} were right")
                if now - started >= seconds or len(times) + waiting > most:
                    selector.unregister(connection.socket)
                    connection.socket.close()
                    waiting -= 1
                else:
                    connection.begin()
        took = time.perf_counter() - started
    times.sort()
    return {
        "count": len(times),
        "seconds": took,
        "median_ms": statistics.median(times) * 1000,
        "p95_ms": times[min(len(times) - 1, int(len(times) * 0.95))] * 1000,
        "bytes": size,
    }


def main():
    for line in sys.stdin:
        print(json.dumps(burst(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
