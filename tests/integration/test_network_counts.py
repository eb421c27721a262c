"""Every row of the built-in network is public, and every figure and label published is its CSV cell.

Reads the files by itself, with nothing of the loader, so that a mistake there is not made here again.
"""

import csv
import json

import pytest
from django.conf import settings

from tests.documents import spelled_out
from toolkits.models import PublishedPage, PublishedVocabulary

FOLDER = settings.BASE_DIR / "whatworks" / "networks" / "what-works"
pytestmark = pytest.mark.usefixtures("network")


def rows(table):
    with open(FOLDER / f"{table}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by(table, *columns):
    """{key: row} of a table."""
    return {tuple(row[name] for name in columns) if len(columns) > 1 else row[columns[0]]: row for row in rows(table)}


def payloads(kind):
    """{slug: payload} of the live pages of a kind."""
    pages = PublishedPage.objects.filter(kind=kind, state=PublishedPage.State.LIVE)
    return {page.payload["slug"]: spelled_out(page, kind) for page in pages}


def interventions():
    """{(toolkit, slug): payload}."""
    pages = PublishedPage.objects.filter(kind="intervention", state=PublishedPage.State.LIVE)
    found = [spelled_out(page, "intervention") for page in pages]
    return {(payload["toolkit"]["slug"], payload["slug"]): payload for payload in found}


def parts(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def terms(table, cell):
    names = by(table, "slug")
    return [{"slug": slug, "name": names[slug]["name"]} for slug in cell.split(";")] if cell else []


def spelt(source):
    """The address and words of a published source, without the brackets round the words."""
    return f"{source['url']} {source['note']}".strip()


def bare(cell):
    return cell.replace("(", "").replace(")", "").strip()


def test_all_of_it_is_public():
    counts = {
        kind: PublishedPage.objects.filter(kind=kind, state=PublishedPage.State.LIVE).count()
        for kind in ("toolkit", "intervention", "report", "centre", "family", "method", "synthesis")
    }
    assert counts == {
        "toolkit": 14,
        "intervention": 232,
        "report": 82,
        "centre": 15,
        "family": 20,
        "method": 23,
        "synthesis": 10,
    }
    assert sum(len(payload["ratings"]) for payload in interventions().values()) == 521
    assert sum(len(payload["levels"]) for payload in payloads("method").values()) == 113
    assert sum(len(payload["members"]) for payload in payloads("family").values()) == 59
    assert PublishedVocabulary.objects.count() == 5


def test_every_intervention_is_its_row():
    found = interventions()
    centres, toolkits = by("centres", "slug"), by("toolkits", "slug")
    assert list(found) == [(row["toolkit"], row["slug"]) for row in rows("interventions")]
    for row in rows("interventions"):
        payload = found[row["toolkit"], row["slug"]]
        published = {
            "id": str(payload["record"]),
            "status": payload["status"],
            "name": payload["name"],
            "summary": payload["summary"],
            "outcomes": payload["outcomes"],
            "outcome_as_published": payload["outcome_as_published"],
            "settings": payload["settings"],
            "setting_as_published": payload["setting_as_published"],
            "age_bands": payload["ages"],
            "age_as_published": payload["age_as_published"],
            "studies_count": "" if payload["studies_count"] is None else str(payload["studies_count"]),
            "headline_value": payload["headline_value"],
            "headline_unit": payload["headline_unit"],
            "headline_text": payload["headline_text"],
            "finding_as_published": payload["finding_as_published"],
            "key_findings": payload["key_messages"],
            "implementation": payload["implementation"],
            "cautions": payload["cautions"],
            "version_or_date": payload["version_or_date"],
            "source_url": spelt(payload["source"]),
            "other_sources": [spelt(source) for source in payload["other_sources"]],
        }
        lists = ("outcome_as_published", "setting_as_published", "age_as_published")
        points = ("key_findings", "implementation", "cautions")
        cells = {
            name: parts(cell) if name in lists + points else cell for name, cell in row.items() if name in published
        }
        for name in ("outcomes", "settings", "age_bands"):
            cells[name] = terms(name, row[name])
        cells["source_url"] = bare(row["source_url"])
        cells["other_sources"] = [bare(part) for part in parts(row["other_sources"])]
        assert published == cells
        centre, toolkit = centres[row["centre_slug"]], toolkits[row["toolkit"]]
        assert payload["centre"] == {
            "record": int(centre["id"]),
            **{name: centre[name] for name in ("slug", "name", "short_name", "accent")},
        }
        assert payload["toolkit"] == {"record": int(toolkit["id"]), "slug": toolkit["slug"], "name": toolkit["name"]}


def test_every_rating_is_its_row_in_its_order():
    found, outcomes = interventions(), by("outcomes", "slug")
    levels, schemes = by("rating_levels", "scheme", "level"), by("rating_schemes", "scheme")
    orders = {
        scheme: sorted(
            {int(order) for name, order in by("rating_levels", "scheme", "order") if name == scheme and order}
        )
        for scheme in schemes
    }
    expected = {}
    for row in rows("ratings"):
        level, scheme = levels[row["scheme"], row["level"]], schemes[row["scheme"]]
        expected.setdefault((row["toolkit"], row["intervention"]), []).append(
            {
                "axis": row["axis"],
                "scheme": row["scheme"],
                "scheme name": scheme["name"],
                "by_network": not scheme["centre_slug"],
                **{name: scheme[name] for name in ("version", "unit", "what_is_graded", "measures")},
                "level": row["level"],
                "label": row["label_as_published"] or level["label"],
                "meaning": level["meaning"],
                "off_scale": level["off_scale"],
                "band": level["shared_band"],
                "band_reason": level["band_reason"],
                "steps": len(orders[row["scheme"]]),
                "rank": orders[row["scheme"]].index(int(level["order"])) + 1 if level["order"] else None,
                "value": row["value"],
                "outcome": outcomes[row["outcome"]]["name"] if row["outcome"] else "",
                "aspect": row["aspect"],
            }
        )
    published = {
        key: [
            {name: rating[name] for name in next(iter(expected.values()))[0] if name in rating}
            | {
                "scheme": rating["scheme"]["slug"],
                "scheme name": rating["scheme"]["name"],
            }
            for rating in payload["ratings"]
        ]
        for key, payload in found.items()
    }
    assert published == {key: expected.get(key, []) for key in found}


def test_every_absence_says_what_the_toolkit_says_it_means():
    owners = {row["scheme"]: row["centre_slug"] for row in rows("rating_schemes")}
    rated = {(row["toolkit"], row["intervention"], row["axis"]) for row in rows("ratings") if owners[row["scheme"]]}
    axes = [(row["toolkit"], {"axis": row["axis"], "meaning": row["absent_means"]}) for row in rows("toolkit_axes")]
    for (toolkit, slug), payload in interventions().items():
        assert payload["absences"] == [
            absence for name, absence in axes if name == toolkit and (toolkit, slug, absence["axis"]) not in rated
        ]


def test_every_level_is_its_row():
    published = {
        (scheme, level["key"]): (
            "" if level["order"] is None else str(level["order"]),
            *(level[name] for name in ("label", "meaning", "off_scale", "band", "band_reason")),
        )
        for scheme, payload in payloads("method").items()
        for level in payload["levels"]
    }
    assert published == {
        (row["scheme"], row["level"]): tuple(
            row[name] for name in ("order", "label", "meaning", "off_scale", "shared_band", "band_reason")
        )
        for row in rows("rating_levels")
    }


def test_every_scheme_is_its_row():
    published = {
        slug: {
            "scheme": slug,
            "centre_slug": payload["centre"]["slug"] if payload["centre"] else "",
            **{
                name: payload[name]
                for name in ("axis", "name", "version", "unit", "what_is_graded", "measures", "note")
            },
            "numeric": "yes" if payload["numeric"] else "no",
            "source_url": spelt(payload["source"]) if payload["source"] else "",
        }
        for slug, payload in payloads("method").items()
    }
    assert published == {row["scheme"]: row | {"source_url": bare(row["source_url"])} for row in rows("rating_schemes")}


def test_every_centre_is_its_row_with_its_memberships_endings_and_awards():
    found = payloads("centre")
    assert list(found) == [row["slug"] for row in rows("centres")]
    for row in rows("centres"):
        payload, slug = found[row["slug"]], row["slug"]
        for name in ("name", "short_name", "policy_area", "founded", "closed", "constitution", "website", "accent"):
            assert payload[name] == row[name]
        for name in ("hosts", "funding_note", "audience"):
            assert payload[name] == parts(row[name])
        assert str(payload["record"]) == row["id"]
        assert [spelt(source) for source in payload["sources"]] == [bare(part) for part in parts(row["source_url"])]
        assert [
            tuple(spell[name] for name in ("tier", "started", "ended", "basis")) for spell in payload["memberships"]
        ] == [
            tuple(spell[name] for name in ("tier", "from", "to", "basis"))
            for spell in rows("memberships")
            if spell["centre_slug"] == slug
        ]
        assert ending(payload["ending"]) == next((end for end in endings() if end[0] == slug), None)
        assert [ending(origin) for origin in payload["origins"]] == [end for end in endings() if end[1] == slug]
        assert [award_cells(award) for award in payload["awards"]] == [
            (*(award[name] for name in ("funder", "what", "amount_gbp", "from", "to")), len(parts(award["source"])))
            for award in rows("funding")
            if award["centre_slug"] == slug
        ]


def endings():
    return [
        tuple(row[name] for name in ("predecessor", "successor", "kind", "date", "note")) for row in rows("successions")
    ]


def ending(payload):
    if payload is None:
        return None
    successor = payload["successor"]["slug"] if payload["successor"] else ""
    return payload["predecessor"]["slug"], successor, payload["kind"], payload["date"], payload["note"]


def award_cells(award):
    amount = "" if award["amount_gbp"] is None else str(award["amount_gbp"])
    return award["funder"], award["what"], amount, award["started"], award["ended"], len(award["sources"])


def test_every_report_is_its_row():
    found = payloads("report")
    for row in rows("reports"):
        payload = found.pop(row["slug"])
        published = {
            "id": str(payload["record"]),
            "slug": payload["slug"],
            "centre_slug": payload["centre"]["slug"],
            "title": payload["title"],
            "title_is_descriptive": "yes" if payload["title_is_descriptive"] else "",
            "year": "" if payload["year"] is None else str(payload["year"]),
            "kind": payload["type"],
            "topic": payload["topic"],
            "authors": payload["authors"],
            "url": payload["source"]["url"] if payload["source"] else "",
            "citation": payload["citation"],
            "finding": payload["finding"],
        }
        assert published == row | {"authors": parts(row["authors"])}
    assert found == {}


def test_every_family_has_its_members_in_their_order():
    ids = {key: int(row["id"]) for key, row in by("interventions", "toolkit", "slug").items()}
    expected = {}
    for row in rows("families"):
        members = expected.setdefault((row["family"], row["family_name"]), [])
        members.append({"record": ids[row["toolkit"], row["intervention"]], "relation": row["relation"]})
    assert {(slug, payload["name"]): payload["members"] for slug, payload in payloads("family").items()} == expected


def test_every_toolkit_is_its_row_with_its_axes():
    found = payloads("toolkit")
    assert list(found) == [row["slug"] for row in rows("toolkits")]
    for row in rows("toolkits"):
        payload = found[row["slug"]]
        assert (str(payload["record"]), payload["centre"]["slug"], payload["name"]) == (
            row["id"],
            row["centre_slug"],
            row["name"],
        )
        assert [(axis["axis"], axis["absent_means"]) for axis in payload["axes"]] == [
            (axis["axis"], axis["absent_means"]) for axis in rows("toolkit_axes") if axis["toolkit"] == row["slug"]
        ]


@pytest.mark.parametrize("table", ["outcomes", "settings", "age_bands"])
def test_every_term_is_its_row_in_its_order(table):
    payload = PublishedVocabulary.objects.get(name=table.replace("_", "-")).payload
    ages = ("from_age", "to_age") if table == "age_bands" else ()
    assert [{name: str(term[name]) for name in ("slug", "name", *ages)} for term in payload["terms"]] == rows(table)


def test_every_fact_and_spell_of_the_network_is_its_row():
    payload = PublishedVocabulary.objects.get(name="network").payload
    assert payload["facts"] == rows("network")
    assert [
        (spell["centre"]["slug"], *(spell[name] for name in ("tier", "started", "ended", "basis")))
        for spell in payload["memberships"]
    ] == [tuple(row.values()) for row in rows("memberships")]
    assert [ending(end) for end in payload["endings"]] == endings()


def test_no_note_for_editors_is_in_any_page():
    notes = {row["compiler_note"] for row in rows("interventions") if row["compiler_note"]}
    assert len(notes) == 168
    pages = json.dumps(list(PublishedPage.objects.values_list("payload", flat=True)), ensure_ascii=False)
    assert [note for note in notes if json.dumps(note, ensure_ascii=False)[1:-1] in pages] == []
