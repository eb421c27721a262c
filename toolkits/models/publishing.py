"""What was submitted, decided and published.

`Revision` and `Decision` are private. The rest is all that the public side may read; it holds its own
copies, so that the public never needs a table with an unapproved word in it. Triggers (in the
migration) refuse every UPDATE and DELETE on the append-only tables.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centres.models import Centre
from centres.records import RecordNumber


class Kind(models.TextChoices):
    """The kinds of document that are published."""

    INTERVENTION = "intervention", _("Intervention")
    TOOLKIT = "toolkit", _("Toolkit")
    CENTRE = "centre", _("Centre")
    REPORT = "report", _("Report")
    FAMILY = "family", _("Family")
    METHOD = "method", _("Rating scale")
    VOCABULARY = "vocabulary", _("Shared list")


class Change(models.TextChoices):
    """Why a public fact changed."""

    FIRST = "first", _("First published")
    STUDY = "study", _("New study")
    METHOD = "method", _("New method")
    CORRECTION = "correction", _("Correction")
    WORDING = "wording", _("Wording")


class Revision(models.Model):
    """A complete payload, frozen when its editor submitted it. Append-only."""

    record = models.ForeignKey(RecordNumber, on_delete=models.PROTECT, related_name="revisions")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField()
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, null=True, related_name="revisions")
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    change = models.CharField(max_length=20, choices=Change)
    note = models.TextField(help_text=_("What changed and why, in words for the public."))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="revision_number_once_a_record"),
            models.CheckConstraint(condition=~Q(note=""), name="revision_says_what_changed"),
        ]

    def __str__(self):
        return f"{self.title}, revision {self.number}"


class Decision(models.Model):
    """What another person decided on a revision. Append-only; four eyes are a constraint."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        EMERGENCY = "emergency", _("Emergency")
        IMPORTED = "imported", _("Imported")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=10, choices=Verdict)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "verdict"], name="decision_once_a_verdict"),
            models.CheckConstraint(
                condition=Q(verdict__in=["emergency", "imported"]) | ~Q(decided_by=F("submitted_by")),
                name="decision_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approved", "returned", "emergency", "imported"]), name="decision_verdict"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approved", "imported"]) | ~Q(note=""), name="decision_gives_its_reason"
            ),
        ]

    def __str__(self):
        return f"{self.revision}: {self.get_verdict_display()}"


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

    version = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    digest = models.CharField(max_length=64)
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    change = models.CharField(max_length=20, choices=Change)
    note = models.TextField()

    class Meta:
        ordering = ["record"]
        indexes = [
            models.Index(fields=["kind", "state", "toolkit"]),
            GinIndex(fields=["links"], name="published_page_links"),
            GinIndex(fields=["search_title"], opclasses=["gin_trgm_ops"], name="published_page_title_trigrams"),
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
    messages (B), the names it is filed under (C), the rest (D). A trigger keeps it; nothing else writes it.

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
