"""The admin's forms: in the order of the page, with help, and offering only what is the editor's own."""

import html
import re

import pytest
from django.contrib import admin
from django.urls import reverse

from centres.models import Centre, Membership, Role
from centres.records import RecordNumber
from evidence.models import Family, FamilyMember, Intervention, Outcome, Rating, RatingLevel, RatingScheme
from tests.admin_forms import form_of
from tests.factories import person
from toolkits.models import SharedList, SynonymGroup, Toolkit

ADDRESS = "/admin/evidence/intervention/1011/change/"
ADD = "/admin/evidence/intervention/add/"


def text(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def own(client, editor, mentoring):
    """An editor's browser."""
    client.force_login(editor)
    return client


@pytest.fixture
def network_editor(network):
    return person("network-editor", None, Role.Name.NETWORK_EDITOR)


def sections(page):
    return re.findall(r'class="(?:fieldset|inline)-heading">\s*([^<]+?)\s*</h2>', page)


class TestTheForm:
    def test_runs_in_the_order_of_the_page(self, own):
        assert sections(text(own.get(ADDRESS))) == [
            "What it is",
            "Place in a toolkit",
            "Ratings",
            "What it costs, in figures",
            "The centre's headline",
            "Key messages, and how it works",
            "What it does to each outcome",
            "How sure we are, and why",
            "For whom, and where it was tested",
            "Using it",
            "Who assessed it",
            "Sources and dates",
            "In Welsh",
            "For editors only",
        ]

    @pytest.mark.parametrize("kind", ["intervention", "report", "toolkit", "centre"])
    def test_says_of_every_field_and_section_what_it_is_for(self, client, network_admin, network, kind):
        client.force_login(network_admin)
        record = RecordNumber.objects.filter(kind=kind).first()
        model = {"intervention": "evidence_intervention", "report": "evidence_report"}.get(
            kind, f"{'toolkits' if kind == 'toolkit' else 'centres'}_{kind}"
        )
        response = client.get(reverse(f"admin:{model}_change", args=[record.pk]))
        context = response.context_data
        fields = list(context["adminform"].form)
        for inline in context["inline_admin_formsets"]:
            fields += [field for field in inline.formset.empty_form if not field.is_hidden and field.name != "DELETE"]
            assert inline.opts.description
        # What a choice between centres, toolkits, kinds or scales means, its name says.
        plain = {"centre", "toolkit", "relation", "type", "axis", "what"}
        assert [field.name for field in fields if not field.help_text and field.name not in plain] == []
        folded = {"For editors only", "Source, date and the centre's own word"}
        sets = [*context["first_fieldsets"], *context["last_fieldsets"]]
        assert [one.name for one in sets if not one.description and one.name not in folded] == []

    def test_says_about_how_long_a_text_is(self, own):
        page = text(own.get(ADDRESS))
        assert "shown in lists, search and shared links. About 200 characters." in page
        assert re.search(r'<textarea name="summary"[^>]*data-about="200"', page)

    def test_has_its_short_lists_as_ticks(self, own):
        page = text(own.get(ADDRESS))
        for name in ("outcomes", "unrated_outcomes", "settings", "age_bands"):
            assert f'<input type="checkbox" name="{name}"' in page
        assert "selectfilter" not in page

    def test_opens_with_a_constant_number_of_queries(self, own, mentoring, django_assert_max_num_queries, eef):
        with django_assert_max_num_queries(110):
            own.get(ADDRESS)
        levels = RatingLevel.objects.filter(scheme__centre=eef)
        for n in range(12):
            Rating.objects.create(intervention=mentoring, level=levels[n % len(levels)], aspect=f"Aspect {n}")
        with django_assert_max_num_queries(110):
            own.get(ADDRESS)

    def test_has_an_empty_row_without_a_script_too(self, own):
        assert "?row=1#ratings-group" in text(own.get(ADDRESS))
        more = form_of(own.get(f"{ADDRESS}?row=1"))
        assert int(more["ratings-TOTAL_FORMS"]) == int(more["ratings-INITIAL_FORMS"]) + 1

    def test_saves_first_when_enter_is_pressed(self, own):
        """The first button of a form is the one that Enter presses."""
        page = text(own.get(ADDRESS))
        form = page[page.index('id="intervention_form"') :]
        assert re.search(r"<(?:button|input)[^>]*type=\"submit\"[^>]*>", form)[0].startswith(
            '<button type="submit" name="_save"'
        )


def pages_of_the_admin(client):
    """Every list, form, empty form and history of ours that opens, as (address, page)."""
    request = client.get(reverse("admin:index")).wsgi_request
    for model, options in admin.site._registry.items():
        if model._meta.app_label not in {"centres", "evidence", "toolkits"}:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        first = options.get_queryset(request).first()
        addresses = [reverse(f"{name}_changelist")]
        addresses += [reverse(f"{name}_add")] if options.has_add_permission(request) else []
        if first is not None:
            addresses += [reverse(f"{name}_{view}", args=[first.pk]) for view in ("change", "history")]
        yield from ((address, client.get(address)) for address in addresses)


def test_no_page_of_the_admin_breaks_the_policy(client, network_admin, network):
    """No inline script, style or handler, in Django's own templates either."""
    client.force_login(network_admin)
    broken = []
    for address, response in pages_of_the_admin(client):
        page = response.content.decode() if response.status_code == 200 else ""
        if re.search(r"<style|<script(?![^>]*\bsrc=)|<[^>]+\s(?:style|on\w+)=", page):
            broken.append(address)
    assert broken == []


class TestOnlyWhatIsOnesOwn:
    """Another centre's rows are offered nowhere, and taken from nobody."""

    def new(self, own):
        return form_of(own.get(ADD)) | {
            "name": "New",
            "status": "current",
            "language": "en",
            "summary": "New.",
            "source_url": "https://example.org/",
            "entry-0-toolkit": Toolkit.objects.get(slug="teaching-and-learning").pk,
            "entry-0-slug": "new",
        }

    def test_a_new_record(self, own, eef, editor):
        response = own.post(ADD, self.new(own))
        assert response.status_code == 302
        made = Intervention.objects.get(name="New")
        assert (made.centre, made.record.keeper) == (eef, editor)
        assert made.record.draft_changed_at is not None

    @pytest.mark.parametrize("address", [ADD, ADDRESS])
    def test_is_offered(self, own, yef, address):
        page = text(own.get(address))
        assert f'<option value="{Toolkit.objects.get(slug="teaching-and-learning").pk}"' in page
        for toolkit in Toolkit.objects.filter(centre=yef):
            assert toolkit.name not in page
        for level in RatingLevel.objects.filter(scheme__centre=yef):
            assert f'<option value="{level.pk}"' not in page

    @pytest.mark.parametrize("address", ["/admin/evidence/intervention/", "/admin/evidence/report/"])
    def test_is_listed_and_filtered_by(self, own, yef, address):
        page = text(own.get(address))
        for toolkit in Toolkit.objects.filter(centre=yef):
            assert toolkit.name not in page

    def test_another_centres_rows_are_taken_from_no_form(self, own, yef):
        foreign = {
            "centre": yef.pk,
            "entry-0-toolkit": Toolkit.objects.filter(centre=yef).first().pk,
            "ratings-0-level": RatingLevel.objects.filter(scheme__centre=yef).first().pk,
        }
        for name, value in foreign.items():
            answer = own.post(ADD, self.new(own) | {name: value})
            assert answer.status_code == 200
            assert "That choice is not one of the available choices." in text(answer)
        assert not Intervention.objects.filter(name="New").exists()

    def test_a_record_stays_with_its_centre(self, own, eef, yef):
        form = form_of(own.get(ADDRESS))
        assert "centre" not in form
        own.post(ADDRESS, form | {"centre": yef.pk})
        assert Intervention.objects.get(pk=1011).centre == eef

    @pytest.mark.parametrize(
        ("app", "model", "field", "has_own"),
        [
            ("evidence", "rating", "intervention", True),
            ("evidence", "familymember", "intervention", True),
            ("evidence", "report", "centre", True),
            ("evidence", "ratinglevel", "scheme", True),
            ("toolkits", "toolkitentry", "toolkit", True),
        ],
    )
    def test_the_admins_own_suggestions(self, own, eef, app, model, field, has_own):
        """Django answers for every foreign key whose list can be searched, whether a form asks or not."""
        asked = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        answer = own.get(reverse("admin:autocomplete"), asked)
        found = {int(row["id"]) for row in answer.json()["results"]}
        theirs = {
            "intervention": Intervention.objects.filter(centre=eef),
            "centre": Centre.objects.filter(pk=eef.pk),
            "scheme": RatingScheme.objects.filter(centre=eef),
            "toolkit": Toolkit.objects.filter(centre=eef),
        }[field]
        assert bool(found) == has_own
        assert found <= set(theirs.values_list("pk", flat=True))

    @pytest.mark.parametrize(
        "query", ["?centre__slug=yef", "?centre__slug__startswith=y", "?entry__toolkit__centre=103"]
    )
    def test_a_list_asked_by_another_centres_rows(self, own, yef, query):
        answer = own.get(f"/admin/evidence/intervention/{query}", follow=True)
        names = Intervention.objects.filter(centre=yef).values_list("pk", flat=True)
        assert not any(f"/intervention/{pk}/change/" in text(answer) for pk in names)

    def test_an_administrator_cannot_mix_centres_either(self, client, network_admin, mentoring, yef):
        client.force_login(network_admin)
        form = form_of(client.get(ADDRESS))
        moved = client.post(ADDRESS, form | {"centre": yef.pk})
        assert "This toolkit is another centre's." in text(moved)
        assert "This scale is another centre's." in text(moved)

    def test_a_closed_centres_records_are_the_administrators(self, own, client, network_admin, eef):
        Centre.objects.filter(pk=eef.pk).update(closed="2025")
        assert own.get(ADDRESS).status_code == 404
        assert own.get("/admin/evidence/intervention/").status_code == 403
        client.force_login(network_admin)
        assert client.get(ADDRESS).status_code == 200


class TestRatings:
    def rating(self, form, **fields):
        n = int(form["ratings-TOTAL_FORMS"])
        return form | {f"ratings-{n}-{name}": value for name, value in fields.items()} | {"ratings-TOTAL_FORMS": n + 1}

    def test_a_new_one_comes_last(self, own):
        form = form_of(own.get(ADDRESS))
        assert own.post(ADDRESS, self.rating(form, level=form["ratings-0-level"], aspect="Girls")).status_code == 302
        assert Rating.objects.filter(intervention=1011).last().aspect == "Girls"

    def test_none_stands_twice(self, own):
        """Also without an outcome, which a database and a form count differently."""
        form = form_of(own.get(ADDRESS))
        answer = own.post(ADDRESS, self.rating(form, level=form["ratings-0-level"]))
        assert answer.status_code == 200
        assert "This rating is there already" in text(answer)

    def test_one_may_take_the_place_of_one_that_is_deleted(self, own):
        form = form_of(own.get(ADDRESS))
        again = self.rating(form, level=form["ratings-0-level"], reason="Anew") | {"ratings-0-DELETE": "on"}
        assert own.post(ADDRESS, again).status_code == 302
        assert Rating.objects.get(intervention=1011, level=form["ratings-0-level"]).reason == "Anew"

    def test_two_that_change_places_are_refused_in_words(self, own):
        form = form_of(own.get(ADDRESS))
        swapped = {"ratings-0-level": form["ratings-1-level"], "ratings-1-level": form["ratings-0-level"]}
        answer = own.post(ADDRESS, form | swapped)
        assert answer.status_code == 200
        assert "This rating is there already" in text(answer)

    @pytest.mark.parametrize(
        ("low", "high", "says"),
        [
            ("1", "", "Give both ends"),
            ("3", "1", "ends before it starts"),
            ("few", "1", "Write a number"),
        ],
    )
    def test_a_range(self, own, low, high, says):
        form = form_of(own.get(ADDRESS))
        answer = own.post(ADDRESS, form | {"ratings-0-range_low": low, "ratings-0-range_high": high})
        assert answer.status_code == 200
        assert says in text(answer)


class TestWhoWorksOnIt:
    def test_a_save_says_who_and_when(self, own, editor):
        own.post(ADDRESS, form_of(own.get(ADDRESS)) | {"ratings-0-reason": "Because"})
        number = RecordNumber.objects.get(pk=1011)
        assert number.keeper == editor
        assert number.draft_changed_at is not None

    def test_a_save_of_nothing_says_nothing(self, own):
        own.post(ADDRESS, form_of(own.get(ADDRESS)))
        assert RecordNumber.objects.get(pk=1011).draft_changed_at is None

    def test_a_row_of_a_shared_list_changes_the_list(self, client, network_editor):
        client.force_login(network_editor)
        outcome, listed = Outcome.objects.first(), SharedList.objects.get(slug="outcomes")
        address = reverse("admin:evidence_outcome_change", args=[outcome.pk])
        client.post(address, form_of(client.get(address), "outcome_form") | {"name": "Another name"})
        listed.record.refresh_from_db()
        assert listed.record.keeper == network_editor

    def test_and_so_does_deleting_one(self, client, network_editor):
        client.force_login(network_editor)
        listed, _made = SharedList.objects.get_or_create(slug="synonyms")
        group = SynonymGroup.objects.create(term="cats", equivalents="kittens")
        client.post(reverse("admin:toolkits_synonymgroup_delete", args=[group.pk]), {"post": "yes"})
        listed.record.refresh_from_db()
        assert listed.record.draft_changed_at is not None

    def test_a_membership_changes_the_centres_page_which_stays_its_keepers(self, client, network_editor, eef):
        client.force_login(network_editor)
        spell = Membership.objects.filter(centre=eef).first()
        address = reverse("admin:centres_membership_change", args=[spell.pk])
        client.post(address, form_of(client.get(address), "membership_form") | {"basis": "As announced"})
        centre = RecordNumber.objects.get(pk=eef.pk)
        assert centre.draft_changed_at is not None
        assert centre.keeper is None
        assert SharedList.objects.get(slug="network").record.keeper == network_editor

    def test_a_manager_keeps_the_centres_own_page_and_nothing_else(self, client, eef, yef, mentoring):
        client.force_login(person("manager", eef, Role.Name.MANAGER))
        address = reverse("admin:centres_centre_change", args=[eef.pk])
        form = form_of(client.get(address), "centre_form")
        assert "slug" not in form
        assert client.post(address, form | {"audience": "teachers"}).status_code == 302
        number = RecordNumber.objects.get(pk=eef.pk)
        assert (number.draft_changed_at is not None, number.keeper) == (True, None)
        assert client.get(reverse("admin:centres_centre_change", args=[yef.pk])).status_code == 404
        assert client.get(ADDRESS).status_code == 404


class TestFamilies:
    @pytest.fixture
    def address(self, client, network_editor):
        client.force_login(network_editor)
        family = Family.objects.create(slug="tutoring-by-anybody", name="Tutoring")
        return reverse("admin:evidence_family_change", args=[family.pk])

    def add(self, client, address, said):
        form = form_of(client.get(address), "family_form")
        return client.post(address, form | {"members-0-intervention": said, "members-0-relation": "same"})

    @pytest.mark.parametrize("said", ["1011", "1011 Mentoring (eef)", " 1011 "])
    def test_a_member_by_its_number(self, client, address, said):
        FamilyMember.objects.filter(intervention=1011).delete()
        assert self.add(client, address, said).status_code == 302
        assert FamilyMember.objects.get(intervention=1011).family.name == "Tutoring"
        assert 'value="1011 Mentoring (eef)"' in text(client.get(address))

    def test_a_member_by_its_public_name(self, client, address):
        FamilyMember.objects.filter(intervention=1012).delete()
        Intervention.objects.filter(pk=1012).update(name="A draft's name")
        name = "One to one tuition"
        record = Intervention.objects.get(name=name).pk
        FamilyMember.objects.filter(intervention=record).delete()
        assert self.add(client, address, name.upper()).status_code == 302
        assert "No intervention that is public" in text(self.add(client, address, "A draft's name"))

    def test_a_name_that_several_have(self, client, address):
        answer = self.add(client, address, "Mentoring")
        assert "Write the number, for several have this name: 1011 Mentoring (eef); " in text(answer)

    def test_a_draft_of_a_centre_is_nobody_elses(self, client, network_editor):
        """The network's editors see its members by what is public, whatever the centre's draft is called now."""
        client.force_login(network_editor)
        family = FamilyMember.objects.get(intervention=1011).family
        Intervention.objects.filter(pk=1011).update(name="Secret mentoring")
        page = text(client.get(reverse("admin:evidence_family_change", args=[family.pk])))
        assert "1011 Mentoring (eef)" in page
        assert "Secret" not in page

    @pytest.mark.parametrize("said", ["999999", "101", "No such thing", "99999999999999999999"])
    def test_what_is_no_public_intervention(self, client, address, said):
        answer = self.add(client, address, said)
        assert answer.status_code == 200
        assert "No intervention that is public has this name or number" in text(answer)
        assert form_of(answer, "family_form")["members-0-intervention"] == said

    def test_suggestions_name_what_is_public_to_the_networks_editors(self, client, address, editor):
        Intervention.objects.filter(pk=1011).update(name="Secret mentoring")
        suggest = reverse("editorial:suggest_interventions")
        found = client.get(suggest, {"q": "mentor"}).json()["found"]
        assert "1011 Mentoring (eef)" in found
        assert not any("Secret" in name for name in found)
        assert client.get(suggest).json() == {"found": []}
        client.force_login(editor)
        assert client.get(suggest, {"q": "mentor"}).status_code == 404
