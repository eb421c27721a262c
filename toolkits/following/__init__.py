"""Following pages by mail: asked for by form, confirmed by mail, told of in digests, stopped by one click."""
