"""Every variable of the environment that the portal reads: what it means, and its default; printed into docs/settings.md.

A test reads the code for variables that are missing here, and for numbers that differ.
"""

VARIABLES = {
    "DATABASE_URL": (
        "a libpq address, such as `postgresql://user:password@host:5432/name`, or `postgresql://user@/name?host=/socket/dir`",
        "required; `make run` starts a server of its own when it is unset",
    ),
    "WHATWORKS_REPLICA_URL": (
        "a libpq address of a streaming replica, which a process with `WHATWORKS_SITE=public` reads from while it follows; others take no notice ([operating.md](operating.md#a-streaming-replica))",
        "none: visitors read from the primary",
    ),
    "WHATWORKS_SECRET_KEY": (
        "signs sessions and tokens; keep it secret, and the same on every process",
        "required; made by `make run`",
    ),
    "WHATWORKS_OLD_SECRET_KEYS": (
        "former secret keys, separated by commas: what they signed, such as links in mails, goes on being taken; never a stolen one",
        "none",
    ),
    "WHATWORKS_ALLOWED_HOSTS": (
        "host names the portal answers to, separated by commas",
        "the loopback in the demonstration, else none",
    ),
    "WHATWORKS_BIND": ("`host:port` that gunicorn serves", "`127.0.0.1:8000`"),
    "WHATWORKS_ADDRESS": (
        "the address people reach the portal at, such as `https://evidence.example.org`: links in mail begin with it, and feeds are named after its host, so keep the host",
        "required; in the demonstration `http://localhost` with the port of `WHATWORKS_BIND`",
    ),
    "WHATWORKS_MAIL_URL": (
        "the mail server: `smtp+starttls://user:password@host:587`, or `smtps://` (TLS from the start, port 465), or `smtp://` (no TLS, port 25, on the same machine); percent-encode what is special in user and password",
        "required; the demonstration writes mail as files into `mail/` in its data folder",
    ),
    "WHATWORKS_MAIL_FROM": (
        "who mail is from, such as `What Works <noreply@example.org>`",
        "required; the demonstration has one",
    ),
    "WHATWORKS_IDLE_MINUTES": (
        "after how many minutes without a request a session ends; it ends eight hours after signing in at the latest",
        "120",
    ),
    "WHATWORKS_DATA_DIR": ("a folder the portal may write to", "`.data` in the checkout"),
    "WHATWORKS_POOL": (
        "database connections a process may hold, besides one that only reads the publication number by a prepared statement (a pooler between needs session mode for it)",
        "4",
    ),
    "WHATWORKS_ANSWER_CACHE_BYTES": (
        "bytes of whole public answers each web process keeps; `0` renders every one",
        "33554432",
    ),
    "WHATWORKS_SURROGATE_KEYS": (
        "`1`: public answers name the keys by which a CDN may be told to forget them, in `Surrogate-Key` ([operating.md](operating.md#beyond-one-machine)); without a CDN they would only be bytes for every reader",
        "`0`",
    ),
    "WHATWORKS_PACKS_BYTES": (
        "bytes of the files of packs that are kept in `packs/` in the data folder, half of them by the runner for what is live; with `0` each is made when it is asked for",
        "536870912",
    ),
    "WHATWORKS_API_CALLS_A_MINUTE": (
        "how often an address may ask the API in a minute, counted by each web process for itself and kept nowhere; `0`: as often as it likes",
        "300",
    ),
    "WHATWORKS_STALE_MONTHS": (
        "months after which a page's search for studies counts as old, and its readers are told",
        "24",
    ),
    "WHATWORKS_WORKERS": ("web worker processes", "2"),
    "WHATWORKS_DEMO": ("`1`: demonstration accounts and plain HTTP; refused on anything but a loopback address", "`0`"),
    "WHATWORKS_SSL_REDIRECT": ("`1`: answer plain HTTP with a redirect to HTTPS", "`0`"),
    "WHATWORKS_BEHIND_PROXY": (
        "`1`: trust one proxy's `X-Forwarded-Proto`, and the last address of its `X-Forwarded-For` as the visitor's: failed sign-ins and calls of the API are counted by it",
        "`0`",
    ),
    "WHATWORKS_HSTS_SECONDS": ("how long browsers shall insist on HTTPS", "one year"),
    "WHATWORKS_LOG": (
        "form of log lines: `json`, one object a line, or `text`",
        "`text` in the demonstration, else `json`",
    ),
    "WHATWORKS_TRUST_REQUEST_ID": (
        "`1`: take a request's id from `X-Request-ID`, which the proxy in front has to overwrite; else one is made",
        "`0`",
    ),
    "WHATWORKS_SITE": (
        "what the process serves: `public` (visitors only: no accounts, no admin, no session), `editorial` (the other "
        "side; public pages answer 404) or `both` ([operating.md](operating.md#two-processes))",
        "`both`",
    ),
    "WHATWORKS_METRICS_PORT": (
        "port on which Prometheus is answered, at the host of `WHATWORKS_BIND`; let only your monitoring reach it",
        "`0`: none",
    ),
    "WHATWORKS_ERROR_MAIL": (
        "addresses, separated by commas, that errors are mailed to, through the same mail server: nothing of the reader, and at most one mail in ten minutes from each process",
        "nobody",
    ),
    "WHATWORKS_SECURITY_CONTACT": (
        "whom to tell of a hole, such as `mailto:security@example.org` or an `https:` address; shown in `/.well-known/security.txt`",
        "none, and no such file",
    ),
    "WHATWORKS_CONTACT": (
        "where readers write to, such as `mailto:evidence@example.org` or the `https:` address of a form; shown wherever a page says whom to tell, and in the accessibility statement, which the law wants to name it",
        "none, and the pages say so",
    ),
    "WHATWORKS_OPERATOR": (
        "the organisation that runs the portal, as the accessibility statement names it",
        "none",
    ),
    "WHATWORKS_BACKUP_DIR": (
        "where copies of the database are put: `manage.py doctor` looks at the age of the newest",
        "not looked at",
    ),
    "WHATWORKS_BACKUP_HOURS": ("how many hours old the newest copy may be", "26"),
}

HEAD = """# Settings

All settings come from the environment; [whatworks/settings.py](../whatworks/settings.py) reads them and says what is
wrong with one. `make run` sets those that are needed for the demonstration. This page is printed by
`python manage.py settings_table` from [whatworks/variables.py](../whatworks/variables.py); a test holds both to the code.

| variable | meaning | default |
|---|---|---|
"""


def as_markdown():
    """docs/settings.md."""
    return HEAD + "".join(f"| `{name}` | {what} | {default} |\n" for name, (what, default) in VARIABLES.items())
