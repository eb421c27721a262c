"""The command line: `python3 -m whatworks.embedded_postgres start|stop|status|psql|reset`."""

import argparse
import subprocess
import sys

from whatworks.embedded_postgres.place import PostgresError
from whatworks.embedded_postgres.server import Server, say, using_server


def main(arguments: list[str] | None = None) -> int:
    """The command line. Returns the exit status: 0, or 1 after one line saying what went wrong."""
    parser = argparse.ArgumentParser(
        prog="python3 -m whatworks.embedded_postgres", description="This checkout's own PostgreSQL."
    )
    parser.add_argument("command", choices=["start", "stop", "status", "psql", "reset"])
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="arguments for psql")
    given = parser.parse_args(arguments)
    try:
        server = Server()
        if given.command == "start":
            print(server.join(keep=True))
        elif given.command == "stop":
            say("Stopped." if server.stop() else "It was not running.")
        elif given.command == "status":
            running = server.running()
            say(f"{'Running' if running else 'Not running'}; data in {server.cluster}")
            return 0 if running else 3
        elif given.command == "reset":
            server.reset()
            say(f"Deleted {server.cluster}")
        else:
            with using_server(server) as url:
                return subprocess.run([server.programs.path("psql"), url, *given.rest]).returncode
    except PostgresError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
