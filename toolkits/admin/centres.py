"""Centres, and the network's own facts about them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from centres import permissions
from centres.models import Award, Centre, Membership, NetworkFact, Succession
from toolkits.admin.scoping import CentreScoped, NetworkScoped, Publishable, ScopedInline
from toolkits.admin.shared_lists import list_number
from toolkits.admin.welsh import WelshForm, in_welsh
from toolkits.admin.writing import Text
from toolkits.models import SharedList

DATE = _("A year, a month or a day: 2013, 2013-03 or 2013-03-05.")


class AwardInline(ScopedInline, admin.StackedInline):
    model = Award
    extra = 0
    fields = ["funder", "what", "amount_gbp", ("started", "ended"), "source"]
    verbose_name, verbose_name_plural = _("award"), _("known awards of money")
    description = _("Readers ask who pays. Give each award that is public, in words where no figure is.")
    labels = {"amount_gbp": _("Amount in pounds"), "what": _("For what"), "started": _("From"), "ended": _("To")}
    help_texts = {
        "funder": _("Who gave it."),
        "amount_gbp": _("In whole pounds, without a comma; empty where no figure is public."),
        "started": DATE,
        "ended": DATE,
        "source": _("Addresses where this was seen, separated by semicolons."),
    }
    texts = {"what": Text(rows=2), "source": Text(rows=2)}


@admin.register(Centre)
class CentreAdmin(Publishable, CentreScoped):
    form = WelshForm
    owner = "pk"
    list_display = ["short_name", "name", "draft", "policy_area", "founded", "closed"]
    list_select_related = ["record__keeper"]
    search_fields = ["name", "short_name"]
    inlines = [AwardInline]
    fieldsets = [
        (
            _("What the centre is"),
            {
                "fields": ["name", "short_name", "slug", "policy_area", ("founded", "closed"), "website"],
                "description": _("The top of the centre's page, and its line in the list of the network."),
            },
        ),
        (
            _("Who stands behind it"),
            {
                "fields": ["hosts", "constitution", "funding_note"],
                "description": _("Readers judge what a centre says by who runs it and who pays for it."),
            },
        ),
        (
            _("For whom it writes, and how it looks"),
            {"fields": ["audience", "accent"], "description": _("Shown on its page, and at the top of all its pages.")},
        ),
        (
            _("Sources"),
            {"fields": ["source_url"], "description": _("Where these facts can be checked.")},
        ),
        in_welsh(Centre),
    ]
    labels = {"slug": _("Name in the address"), "source_url": _("Sources"), "accent": _("Colour")}
    help_texts = {
        "name": _("In full."),
        "short_name": _("As it stands beside every rating, such as EEF."),
        "slug": _("The last part of the centre's address, and a part of all below it. The network sets it."),
        "policy_area": _("What its evidence is about, such as education."),
        "founded": DATE,
        "closed": _("Only for a centre that merged or ended: its pages stay, and nobody but the network changes them."),
        "website": _("Its own site."),
        "hosts": _("Bodies that host it, separated by semicolons."),
        "constitution": _("What it is where it has no host, such as an independent charity."),
        "funding_note": _(
            "What is to be said of its money beyond the awards below, a point each, separated by semicolons."
        ),
        "audience": _("For whom it writes, separated by semicolons, such as teachers; school leaders."),
        "accent": _("The colour of the band at the top of its pages: # and six digits, such as #1d4f91."),
        "source_url": _("Addresses where these facts were seen, separated by semicolons."),
        "name_cy": _("Heads the Welsh page, and stands in Welsh lists."),
        "policy_area_cy": _("In a few words, as in English."),
    }
    texts = {
        "hosts": Text(rows=2),
        "constitution": Text(about=200, rows=2),
        "funding_note": Text(about=300),
        "audience": Text(rows=2),
        "source_url": Text(rows=2),
    }

    def owner_of(self, obj):
        return obj

    def is_allowed(self, person, obj=None):
        if super().is_allowed(person, obj):
            return True
        # A manager keeps the centre's own page, and none of its other records.
        managed = permissions.managed_centres(person).filter(closed="")
        return managed.exists() if obj is None else managed.filter(pk=obj.pk).exists()

    def get_queryset(self, request):
        mine = permissions.centres_of(request.user) | permissions.managed_centres(request.user)
        return admin.ModelAdmin.get_queryset(self, request).filter(pk__in=mine.values("pk"))

    def keeper(self, request, obj):
        return request.user if permissions.can_edit(request.user, obj) else None

    def has_add_permission(self, request):
        return permissions.is_administrator(request.user)

    def get_readonly_fields(self, request, obj=None):
        # The address of a centre is in every address below it: the network moves it, not the centre.
        return [] if permissions.is_administrator(request.user) else ["slug", "closed"]


class NetworkFacts(NetworkScoped):
    """Rows of the list of the network and its members."""

    exclude = ["position"]

    def pages_of(self, obj):
        return list_number(SharedList.Name.NETWORK)


@admin.register(Membership)
class MembershipAdmin(NetworkFacts):
    list_display = ["centre", "tier", "started", "ended"]
    list_filter = ["tier"]
    list_select_related = ["centre"]
    help_texts = {
        "tier": _("A change of tier is a second row: end this one, and add another."),
        "started": DATE,
        "ended": _("Empty while the centre is still a member."),
        "basis": _("How this is known, with an address where there is one."),
    }
    texts = {"basis": Text(rows=2)}

    def pages_elsewhere(self, obj):
        return [obj.centre_id]


@admin.register(Succession)
class SuccessionAdmin(NetworkFacts):
    list_display = ["predecessor", "kind", "date", "successor"]
    list_select_related = ["predecessor", "successor"]
    help_texts = {
        "successor": _("Who carries its work on; empty where nobody does."),
        "kind": _("merged, closed, ended or renamed"),
        "date": DATE,
        "note": _("What readers of its pages have to know."),
    }
    texts = {"note": Text(rows=2)}

    def pages_elsewhere(self, obj):
        return [record for record in (obj.predecessor_id, obj.successor_id) if record]


@admin.register(NetworkFact)
class NetworkFactAdmin(NetworkFacts):
    list_display = ["key", "value", "source"]
    texts = {"value": Text(rows=2), "source": Text(rows=2)}
