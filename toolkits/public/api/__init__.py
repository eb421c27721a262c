"""The API: the published documents as JSON, with its own description."""
