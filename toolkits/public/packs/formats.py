"""The formats of a pack as files. What writes one is loaded when one is made, so that no other process pays for it."""

from dataclasses import dataclass
from importlib import import_module

from django.utils import translation
from django.utils.translation import gettext_lazy as _

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """A kind of file: what a reader calls it, its media type, and the module that writes it."""

    name: str
    content_type: str
    module: str

    def write(self, pack):
        """The bytes of a Pack in this format, the words around it in its own language; the same for the same pack."""
        with translation.override(pack.language):
            return import_module(f"toolkits.public.packs.{self.module}").write(pack)


FORMATS = {
    "pdf": Format(_("PDF"), "application/pdf", "pdf"),
    "docx": Format(_("Word"), f"{OFFICE}.wordprocessingml.document", "word"),
    "xlsx": Format(_("Spreadsheet"), f"{OFFICE}.spreadsheetml.sheet", "workbook"),
    "pptx": Format(_("Slides"), f"{OFFICE}.presentationml.presentation", "slides"),
}
