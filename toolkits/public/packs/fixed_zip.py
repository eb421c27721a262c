"""Office files are zips, and zips tell the time: the same members written again give the same bytes. Pure."""

import io
import zipfile

# The earliest that a zip can say.
EPOCH = (1980, 1, 1, 0, 0, 0)


def fixed(file):
    """The zip `file` (bytes) with every member in its order, but dated alike and without what its machine adds."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(target, "w") as written:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            # A picture is compressed already.
            member.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            member.external_attr, member.create_system = 0o600 << 16, 3
            written.writestr(member, source.read(name))
    return target.getvalue()


def describe(properties, pack, *, author, subject):
    """Core properties of an office file of a Pack (python-docx and python-pptx have the same), dated by its versions."""
    moment = pack.dated.replace(tzinfo=None, microsecond=0)
    properties.title, properties.subject, properties.author = pack.title[:255], subject[:255], author
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = author, 1
    properties.language, properties.comments, properties.keywords = f"{pack.language}-GB", "", ""
    properties.identifier = pack.address[:255]
