"""What we say: toolkits (working rows), what was submitted and decided, what was published, and what runs."""

from toolkits.models.inbox import Follow, Follower, Inbox
from toolkits.models.publishing import (
    Change,
    Conclusion,
    Kind,
    PublicationCounter,
    PublicationEvent,
    PublicationStep,
    PublishedCorrection,
    PublishedPage,
    PublishedVersion,
    PublishedVocabulary,
    PublishedWord,
    Redirect,
    SearchedPage,
)
from toolkits.models.review import Appointment, ChangeSet, Comment, Decision, Flag, Revision
from toolkits.models.running import ColumnMapping, Job, Notice
from toolkits.models.working import Assessed, SharedList, SynonymGroup, Toolkit, ToolkitAxis, ToolkitEntry

__all__ = [
    "Appointment",
    "Assessed",
    "Change",
    "ChangeSet",
    "ColumnMapping",
    "Comment",
    "Conclusion",
    "Decision",
    "Flag",
    "Follow",
    "Follower",
    "Inbox",
    "Job",
    "Kind",
    "Notice",
    "PublicationCounter",
    "PublicationEvent",
    "PublicationStep",
    "PublishedCorrection",
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
