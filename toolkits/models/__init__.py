"""What we say: toolkits (working rows) and what was submitted, decided and published."""

from toolkits.models.publishing import (
    Decision,
    PublicationCounter,
    PublicationEvent,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    PublishedWord,
    Redirect,
    Revision,
    SearchedPage,
)
from toolkits.models.working import Assessed, SharedList, SynonymGroup, Toolkit, ToolkitAxis, ToolkitEntry

__all__ = [
    "Assessed",
    "Decision",
    "PublicationCounter",
    "PublicationEvent",
    "PublishedPage",
    "PublishedVersion",
    "PublishedVocabulary",
    "PublishedWord",
    "Redirect",
    "Revision",
    "SearchedPage",
    "SharedList",
    "SynonymGroup",
    "Toolkit",
    "ToolkitAxis",
    "ToolkitEntry",
]
