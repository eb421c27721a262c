"""What we say: toolkits (working rows) and what was submitted, decided and published."""

from toolkits.models.publishing import (
    Decision,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    Redirect,
    Revision,
)
from toolkits.models.working import SharedList, Toolkit, ToolkitAxis, ToolkitEntry

__all__ = [
    "Decision",
    "PublicationCounter",
    "PublicationEvent",
    "PublishedPage",
    "PublishedVersion",
    "PublishedVocabulary",
    "Redirect",
    "Revision",
    "SharedList",
    "Toolkit",
    "ToolkitAxis",
    "ToolkitEntry",
]
