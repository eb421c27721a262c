"""The pages between a draft and the public, one module a page; each view has one gate, one action, one answer."""
