"""The set-up: from a bare checkout to a running portal. Standard library only, since it makes the environment.

`python3 -m whatworks.setup help` lists the commands; the Makefile only names them.
"""
