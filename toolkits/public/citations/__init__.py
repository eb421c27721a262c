"""How a version of a record is cited: as text, RIS, BibTeX and CSL-JSON, all from the same facts."""

from toolkits.public.citations.facts import Citation, citation_of
from toolkits.public.citations.forms import FORMS, as_text

__all__ = ["FORMS", "Citation", "as_text", "citation_of"]
