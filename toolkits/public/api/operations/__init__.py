"""The calls of the API. Importing one registers it; `calls.api` has them all."""
