"""The blocks and inlines that printed sheets are made of (see `html_tree`)."""


def sentence(words):
    """`words` as a sentence of their own: a capital and an end."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…", "”")) else ".")


def text(words):
    return {"kind": "text", "text": words}


def strong(words):
    return {"kind": "strong", "content": [text(words)]}


def block(content):
    return {"kind": "paragraph", "content": content}


def paragraph(words):
    return block([text(words)])


def bullets(items):
    """A list, from the inlines of each of its items."""
    return {"kind": "list", "ordered": False, "items": [[block(item)] for item in items]}
