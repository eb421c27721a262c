"""The public site as static files: the last copy, which needs no database, no Python and no portal.

`crawl` asks the application itself for every public address and keeps the answers; `pages` then makes each of them
lead to the others by relative links, so that the copy works from any folder of any web server.
"""
