"""What was published: all that the public side may read.

It holds its own copies, so that the public never needs a table with an unapproved word in it. Triggers
(in the migrations) refuse every UPDATE and DELETE on the append-only tables.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of document that are published."""

    INTERVENTION = "intervention", _("Intervention")
    TOOLKIT = "toolkit", _("Toolkit")
    CENTRE = "centre", _("Centre")
    REPORT = "report", _("Report")
    FAMILY = "family", _("Family")
    SYNTHESIS = "synthesis", _("Synthesis of studies")
    METHOD = "method", _("Rating scale")
    VOCABULARY = "vocabulary", _("Shared list")


class Change(models.TextChoices):
    """Why a public fact changed."""

    FIRST = "first", _("First published")
    STUDY = "study", _("New study")
    METHOD = "method", _("New method")
    CORRECTION = "correction", _("Correction")
    WORDING = "wording", _("Wording")


class Conclusion(models.TextChoices):
    """What a correction does to the conclusion of its page."""

    SAME = "same", _("The conclusion is the same")
    DIFFERENT = "different", _("The conclusion changes")


class PublishedPage(models.Model):
    """One row a page: what its address answers now. Replaced whole by every publication."""

    class State(models.TextChoices):
        LIVE = "live", _("Live")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed")
        MERGED = "merged", _("Merged")

    record = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=300, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    state_reason = models.TextField(blank=True)
    state_since = models.DateTimeField(null=True)
    merged_into = models.PositiveIntegerField(null=True)

    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="en")
    centre = models.CharField(max_length=80, blank=True, help_text="Slug of the owning centre; empty: the network.")
    toolkit = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=40, blank=True)
    links = ArrayField(models.PositiveIntegerField(), default=list, help_text="Records that this page leads to.")
    cites = ArrayField(
        models.PositiveIntegerField(), default=list, help_text="Records that what this page says rests on."
    )
    last_searched = models.DateField(null=True)
    next_review = models.DateField(null=True)

    outcomes = ArrayField(models.CharField(max_length=40), default=list)
    settings = ArrayField(models.CharField(max_length=40), default=list)
    ages = ArrayField(models.CharField(max_length=40), default=list)
    levels = ArrayField(
        models.CharField(max_length=120), default=list, help_text="axis:level of the centre's own scale."
    )
    bands = ArrayField(models.CharField(max_length=40), default=list, help_text="axis:shared band.")
    sort_name = models.CharField(max_length=300)
    sort_impact = models.SmallIntegerField(
        null=True, help_text="Best rank on the own scale; empty: off scale or unrated."
    )
    sort_strength = models.SmallIntegerField(null=True)
    sort_cost = models.SmallIntegerField(null=True)

    # Plain words (toolkits.words.plain), of which a trigger makes the row of SearchedPage, however a page is written.
    search_title = models.TextField(default="")
    search_key = models.TextField(default="")
    search_names = models.TextField(default="")
    search_body = models.TextField(default="")
    # The same in Welsh; also the database knows what is in them when a release before them writes a page.
    search_title_cy = models.TextField(default="", db_default="")
    search_texts_cy = models.TextField(default="", db_default="")

    version = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField(help_text="The date readers are told: a minor change leaves it.")
    change = models.CharField(max_length=20, choices=Change)
    note = models.TextField()
    corrections = models.JSONField(
        default=list, help_text="Every correction so far, newest first: version, at, wrong, note, conclusion."
    )

    class Meta:
        ordering = ["record"]
        indexes = [
            models.Index(fields=["kind", "state", "toolkit"]),
            GinIndex(fields=["links"], name="published_page_links"),
            GinIndex(fields=["cites"], name="published_page_cites"),
            GinIndex(fields=["search_title"], opclasses=["gin_trgm_ops"], name="published_page_title_trigrams"),
            GinIndex(fields=["search_title_cy"], opclasses=["gin_trgm_ops"], name="published_page_title_cy_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="live") | (~Q(state_reason="") & Q(state_since__isnull=False)),
                name="page_not_live_says_why_and_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="merged_page_says_into_what",
            ),
        ]

    def __str__(self):
        return f"{self.path} v{self.version}"


class SearchedPage(models.Model):
    """What search looks in of a page that is live or withdrawn, by weight: title (A), summary and key
    messages (B), the names it is filed under (C), the rest (D). What is in Welsh is in it without stems: its title (A),
    its other texts (B). A trigger keeps it; nothing else writes it.

    Apart from the page, because finding 8,000 of 100,000 pages then reads 8 MB instead of 180.
    """

    record = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=PublishedPage.State)
    search = SearchVectorField()

    class Meta:
        ordering = ["record"]
        indexes = [
            GinIndex(fields=["search"], condition=Q(state="live"), name="searched_live_pages"),
            models.Index(fields=["record"], condition=Q(state="withdrawn"), name="searched_withdrawn_pages"),
        ]

    def __str__(self):
        return str(self.record)


class PublishedWord(models.Model):
    """A word of a published title or summary, for "did you mean". A trigger keeps it; nothing else writes it."""

    word = models.TextField(primary_key=True)

    class Meta:
        ordering = ["word"]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="published_word_trigrams")]

    def __str__(self):
        return self.word


class PublishedVersion(models.Model):
    """Every version ever published, whole. Append-only: `/record/<id>/v<n>/` answers from here for ever."""

    record = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    path = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    revision_number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    change = models.CharField(max_length=20, choices=Change)
    note = models.TextField()
    minor = models.BooleanField(default=False, help_text="Too small to tell readers a new date.")
    restored_from = models.PositiveIntegerField(null=True, help_text="The earlier version whose content this repeats.")

    class Meta:
        ordering = ["record", "-version"]
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="version_once_a_record")]

    def __str__(self):
        return f"{self.record} v{self.version}"


class PublishedVocabulary(models.Model):
    """One row a shared list: facet names, members by date, facts about the network."""

    record = models.PositiveIntegerField(primary_key=True)
    name = models.SlugField(unique=True)
    version = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["record"]
        verbose_name_plural = _("published vocabularies")

    def __str__(self):
        return f"{self.name} v{self.version}"


class PublicationEvent(models.Model):
    """What happened to a record, when and why. Append-only, and without keys to anything that may change."""

    class Verb(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        RESTORED = "restored", _("Restored")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed")
        MERGED = "merged", _("Merged")

    PUBLIC_VERBS = (Verb.PUBLISHED, Verb.RESTORED, Verb.WITHDRAWN, Verb.REMOVED, Verb.MERGED)

    record = models.PositiveIntegerField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind)
    verb = models.CharField(max_length=10, choices=Verb)
    public = models.BooleanField()
    version = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    centre = models.CharField(max_length=80, blank=True)
    change = models.CharField(max_length=20, choices=Change, blank=True)
    reason = models.TextField(blank=True)
    imported_from = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Private: the public role has no right to this column.",
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.record} {self.verb}"


class PublicationStep(models.Model):
    """Which publication number a public event came with. Append-only.

    Beside the event, which is written before the number is known: the number is raised by the last write of a
    transaction, so that numbers come in the order in which readers see them, as neither event numbers nor times do.
    """

    event = models.OneToOneField(PublicationEvent, on_delete=models.PROTECT, primary_key=True, related_name="step")
    number = models.BigIntegerField(db_index=True)

    class Meta:
        ordering = ["number", "event"]

    def __str__(self):
        return f"{self.number}: {self.event_id}"


class PublishedCorrection(models.Model):
    """An error that was public, and its correction. Append-only: `/corrections/` lists them for ever."""

    record = models.PositiveIntegerField(db_index=True)
    version = models.PositiveIntegerField(help_text="The version that put it right.")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    centre = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(db_index=True)
    wrong = models.TextField(help_text="What was wrong, in words for the public.")
    note = models.TextField(help_text="What changed, and why.")
    conclusion = models.CharField(max_length=10, choices=Conclusion)
    differences = models.JSONField(help_text="[field, before, after] of everything that changed.")
    notified = models.PositiveIntegerField(help_text="How many people were told.")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "version"], name="correction_once_a_version"),
            models.CheckConstraint(condition=~Q(wrong="") & ~Q(note=""), name="correction_says_what_was_wrong"),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"


class Redirect(models.Model):
    """An address a record once had. It leads to wherever the record is now."""

    path = models.CharField(max_length=300, primary_key=True)
    record = models.PositiveIntegerField()

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return f"{self.path} → {self.record}"


class PublicationCounter(models.Model):
    """The publication number: raised in the transaction of whatever changes what the public sees."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    day = models.DateField(null=True, help_text="The last day for which the runner raised it at midnight.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_publication_counter")]

    def __str__(self):
        return str(self.number)
