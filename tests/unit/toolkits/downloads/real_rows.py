"""Interventions of the built-in network as payloads, straight from its files: no database."""

import csv
import functools
from pathlib import Path

from evidence import ratings as scale
from toolkits import payloads
from toolkits.snapshots.common import parts, source, sources

NETWORK = Path(__file__).parents[4] / "whatworks" / "networks" / "what-works"


@functools.cache
def rows(name):
    """All rows of a file of the network."""
    with (NETWORK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _one(name, **wanted):
    return next(row for row in rows(name) if all(row[key] == value for key, value in wanted.items()))


def _terms(name, slugs):
    return [payloads.Term(slug=slug, name=_one(name, slug=slug)["name"]) for slug in parts(slugs)]


def _rating(row):
    scheme = _one("rating_schemes", scheme=row["scheme"])
    levels = [level for level in rows("rating_levels") if level["scheme"] == row["scheme"]]
    level = next(level for level in levels if level["level"] == row["level"])
    on_scale = [
        scale.ScaleLevel(other["level"], int(other["order"]) if other["order"] else None, other["shared_band"])
        for other in levels
    ]
    rank, steps = scale.rank(on_scale, row["level"])
    position, harm_steps, benefit_steps = scale.ruler(on_scale, row["level"])
    return payloads.Rating(
        axis=scheme["axis"],
        scheme=payloads.Link(record=301, slug=scheme["scheme"], name=scheme["name"]),
        by_network=not scheme["centre_slug"],
        version=scheme["version"],
        unit=scheme["unit"],
        what_is_graded=scheme["what_is_graded"],
        measures=scheme["measures"],
        level=row["level"],
        label=row["label_as_published"] or level["label"],
        name=level["label"],
        meaning=level["meaning"],
        off_scale=level["off_scale"],
        band=level["shared_band"],
        band_reason=level["band_reason"],
        rank=rank,
        steps=steps,
        position=position,
        harm_steps=harm_steps,
        benefit_steps=benefit_steps,
        value=row["value"],
        outcome=_one("outcomes", slug=row["outcome"])["name"] if row["outcome"] else "",
        aspect=row["aspect"],
    )


def document(toolkit, slug):
    """The payloads.Intervention of an intervention of the built-in network."""
    row = _one("interventions", toolkit=toolkit, slug=slug)
    centre = _one("centres", slug=row["centre_slug"])
    ratings = [
        _rating(rating) for rating in rows("ratings") if (rating["toolkit"], rating["intervention"]) == (toolkit, slug)
    ]
    rated = {rating.axis for rating in ratings if not rating.by_network}
    return payloads.Intervention(
        record=int(row["id"]),
        slug=slug,
        name=row["name"],
        summary=row["summary"],
        status=row["status"],
        centre=payloads.CentreLink(
            record=101, slug=centre["slug"], name=centre["name"], short_name="", accent=centre["accent"]
        ),
        toolkit=payloads.Link(record=201, slug=toolkit, name=_one("toolkits", slug=toolkit)["name"]),
        source=source(row["source_url"], website=centre["website"]),
        ratings=ratings,
        absences=[
            payloads.Absence(axis=axis["axis"], meaning=axis["absent_means"])
            for axis in rows("toolkit_axes")
            if axis["toolkit"] == toolkit and axis["axis"] not in rated
        ],
        key_messages=parts(row["key_findings"]),
        outcomes=_terms("outcomes", row["outcomes"]),
        outcome_as_published=parts(row["outcome_as_published"]),
        settings=_terms("settings", row["settings"]),
        setting_as_published=parts(row["setting_as_published"]),
        ages=_terms("age_bands", row["age_bands"]),
        age_as_published=parts(row["age_as_published"]),
        studies_count=int(row["studies_count"]) if row["studies_count"] else None,
        headline_value=row["headline_value"],
        headline_unit=row["headline_unit"],
        headline_text=row["headline_text"],
        finding_as_published=row["finding_as_published"],
        cautions=parts(row["cautions"]),
        implementation=parts(row["implementation"]),
        other_sources=sources(row["other_sources"], website=centre["website"]),
        version_or_date=row["version_or_date"],
    )
