"""The views of the public site, a module a group of addresses."""
