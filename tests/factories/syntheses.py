"""Makers of working syntheses with their studies; publishing them is `factories.publishing.republish`."""

from evidence.models import Estimate, Inclusion, Study, Synthesis

# Which of the built-in network's illustrative syntheses holds each set of tests/data/studies.
SETS = {
    "petrosino2013": "scared-straight-visits-and-offending",
    "landenberger2005": "cognitive-behavioural-therapy-and-reoffending",
    "dietrichson2021": "small-group-reading-tuition-and-attainment",
    "bangertdrowns2004": "writing-to-learn-and-attainment",
    "raudenbush1985": "teacher-expectations-and-iq",
    "bachmann2010": "rehabilitation-for-older-people-and-nursing-homes",
    "curry2018": "acts-of-kindness-and-wellbeing",
    "taylor2024_youth_employment": "youth-employment-programmes-and-work",
    "molloy2014": "conscientiousness-and-taking-medicines",
    "normand1999": "specialist-stroke-care-and-days-in-hospital",
}
EFFECTS = (0.1, 0.2, 0.3, 0.4, 0.6)


def study(label, *, centre=None, effect=None, variance=0.02, metric="SMD", people=100, **facts):
    """A study, with an estimate where `effect` is given: (Study, Estimate or None)."""
    made = Study.objects.create(label=label, centre=centre, **facts)
    if effect is None:
        return made, None
    estimate = Estimate.objects.create(
        study=made, centre=centre, metric=metric, effect=effect, variance=variance, n_total=people
    )
    return made, estimate


def synthesis(slug, *, interventions=(), centre=None, effects=EFFECTS, left_out=(), metric="SMD", **fields):
    """A synthesis of one new study for each of `effects`, and one left out for each reason of `left_out`."""
    told = {
        "title": slug.replace("-", " ").capitalize(),
        "question": "Do pupils learn more with it?",
        "outcome_measured": "Reading after a year",
        "metric": metric,
    }
    made = Synthesis.objects.create(slug=slug, centre=centre, **(told | fields))
    made.interventions.set(interventions)
    for place, effect in enumerate(effects):
        country = "United Kingdom" if place == 0 else "" if place == 1 else "Norway"
        found, estimate = study(
            f"Study {place + 1}",
            centre=centre,
            effect=effect,
            metric=metric,
            year=2000 + place,
            country=country,
            design="RCT" if place % 2 == 0 else "QED",
        )
        Inclusion.objects.create(synthesis=made, study=found, estimate=estimate, position=place)
    for place, reason in enumerate(left_out):
        found, _estimate = study(f"Left out {place + 1}", centre=centre, year=1990)
        Inclusion.objects.create(synthesis=made, study=found, included=False, reason=reason, position=100 + place)
    return made
