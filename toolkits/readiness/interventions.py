"""What an intervention's page needs, in the order of its form."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkits.readiness import texts
from toolkits.readiness.rules import ADVICE, MUST, Lack, filled, rule

SUMMARY = 200
# What these say holds for the whole intervention, whatever it is meant to change.
NOT_OF_OUTCOMES = {"cost", "cost-effectiveness", "economics", "implementation"}
SECTIONS = (
    ("key_messages", "key_messages", gettext_lazy("key messages")),
    ("how_it_works_html", "how_it_works", gettext_lazy("how it works")),
    ("how_sure_html", "how_sure", gettext_lazy("how sure we are")),
    ("for_whom_html", "for_whom", gettext_lazy("for whom and where it was tested")),
    ("cautions", "cautions", gettext_lazy("harms and cautions")),
    ("implementation", "implementation", gettext_lazy("putting it in place")),
    ("costs_html", "costs", gettext_lazy("what it costs")),
    ("gaps_html", "gaps", gettext_lazy("gaps and trials under way")),
)


def _name(rating):
    of = f" ({', '.join(filter(None, (rating.outcome, rating.aspect)))})" if rating.outcome or rating.aspect else ""
    return f"{rating.scheme.name}: {rating.label}{of}"


def _stands(rating):
    """A rating as it stands: what is lacking of it was lacking before if this was the same."""
    where = (rating.scheme.slug, rating.outcome, rating.aspect)
    return where, (rating.level, rating.value, rating.range_low, rating.range_high)


@rule("sections", ADVICE, gettext_lazy("Every section says something."))
def sections(document, facts):
    empty = [(field, name) for part, field, name in SECTIONS if not getattr(document, part)]
    if empty:
        names = ", ".join(str(name) for _field, name in empty)
        yield Lack(_("Nothing is said under: %(names)s.") % {"names": names}, empty[0][0])


@rule("outcomes", ADVICE, gettext_lazy("It says what it is meant to change."))
def some_outcome(document, facts):
    if not document.outcomes:
        yield Lack(_("No outcome is ticked: nobody who looks for one will find this."), "outcomes")


@rule("every outcome", MUST, gettext_lazy("Every outcome is rated, or said not to be."))
def every_outcome(document, facts):
    own = [rating for rating in document.ratings if not rating.by_network and rating.axis not in NOT_OF_OUTCOMES]
    rated = {rating.outcome for rating in own}
    unrated = {term.slug for term in document.unrated_outcomes}
    if "" not in rated:
        for term in document.outcomes:
            if term.name not in rated and term.slug not in unrated:
                text = _("“%(outcome)s” has no rating. Rate it, or tick it under the outcomes that are not rated.")
                yield Lack(text % {"outcome": term.name}, "unrated_outcomes", term.slug)
    for term in document.unrated_outcomes:
        if term.name in rated:
            text = _("“%(outcome)s” is ticked as not rated, and has a rating below.")
            yield Lack(text % {"outcome": term.name}, "unrated_outcomes", (term.slug, "rated"))


@rule("reasons", MUST, gettext_lazy("Every rating says why."))
def reasons(document, facts):
    for place, rating in enumerate(document.ratings):
        if not rating.reason.strip():
            text = _("%(rating)s: say why this level.") % {"rating": _name(rating)}
            yield Lack(text, "reason", _stands(rating), place)


@rule("rating sources", MUST, gettext_lazy("Every rating has a source."))
def rating_sources(document, facts):
    for place, rating in enumerate(document.ratings):
        if not (rating.source and rating.source.url) and not document.source.url:
            text = _("%(rating)s: say where it is published, here or as the page's source.") % {"rating": _name(rating)}
            yield Lack(text, "source", _stands(rating), place)


def _numbers(value, low, high):
    """`3 (2 to 4)`, as a reader sees a rating's number; in words where there is none."""
    if not value:
        return _("no number")
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high} if low and high else value


def _against_the_ledger(rating):
    """What of a rating is not what its ledger says; empty where it is, or where the ledger says why not."""
    basis = rating.basis
    if basis.chosen and rating.level != basis.chosen:
        return _("%(rating)s: the level is not the one chosen when it was rated from “%(synthesis)s”. Rate it again.")
    if basis.override_reason or not basis.steps:
        return ""
    if not basis.proposed:
        return _("%(rating)s: the published rule gives no level for “%(synthesis)s”. Say why this one.")
    if rating.level != basis.proposed:
        return _("%(rating)s: the published rule gives “%(proposed)s”. Accept that, or say why not.")
    shown, given = _shown(rating), (basis.proposed_value, basis.proposed_low, basis.proposed_high)
    if shown != given:
        return _("%(rating)s: it shows %(shown)s, and the published rule gives %(given)s. Rate it again, or say why.")
    return ""


def _shown(rating):
    return rating.value, rating.range_low, rating.range_high


def _resting(rating):
    """A rating with what it rests on: no worse than another that rests on the very same."""
    basis = rating.basis
    decided = basis.proposed, basis.chosen, basis.override_reason
    return _stands(rating), basis.synthesis.record, tuple(sorted(basis.numbers.items())), decided


@rule("ledger", MUST, gettext_lazy("Every rating from a synthesis is what its rule gives, or says why not."))
def ledger(document, facts):
    for place, rating in enumerate(document.ratings):
        words = rating.basis and _against_the_ledger(rating)
        if words:
            basis = rating.basis
            text = words % {
                "rating": _name(rating),
                "synthesis": basis.synthesis.name,
                "proposed": basis.proposed_name,
                "shown": _numbers(*_shown(rating)),
                "given": _numbers(basis.proposed_value, basis.proposed_low, basis.proposed_high),
            }
            yield Lack(text, "basis", _resting(rating), place)


def _result(numbers):
    """`0.24 (0.10 to 0.37), studies: 10`: a result as a basis keeps it, in short."""
    rounded = {name: f"{float(numbers[name]):.2f}" for name in ("value", "low", "high") if name in numbers}
    shown = _numbers(rounded.get("value", ""), rounded.get("low", ""), rounded.get("high", ""))
    return _("%(result)s, studies: %(studies)s") % {"result": shown, "studies": numbers.get("studies", "0")}


@rule("moved", MUST, gettext_lazy("Every synthesis that a rating rests on comes to what it came to then."))
def moved(document, facts):
    for place, rating in enumerate(document.ratings):
        now = facts.results.get(rating.basis.synthesis.record) if rating.basis else None
        if now is not None and not rating.basis.holds(now):
            text = _(
                "%(rating)s: “%(synthesis)s” has moved since this was rated from it, from %(before)s to %(now)s. "
                "Rate it again."
            ) % {
                "rating": _name(rating),
                "synthesis": rating.basis.synthesis.name,
                "before": _result(rating.basis.numbers),
                "now": _result(now),
            }
            yield Lack(text, "basis", _resting(rating), place)


@rule("scale versions", MUST, gettext_lazy("Every scale has a version."))
def scale_versions(document, facts):
    said = set()
    for place, rating in enumerate(document.ratings):
        if not rating.version and rating.scheme.slug not in said:
            said.add(rating.scheme.slug)
            text = _("The scale “%(scale)s” has no version. Ask the network's editors to give it one.")
            yield Lack(text % {"scale": rating.scheme.name}, "level", rating.scheme.slug, place)


@rule("whole ranges", MUST, gettext_lazy("Every range has both its ends."))
def whole_ranges(document, facts):
    for place, rating in enumerate(document.ratings):
        if bool(rating.range_low) != bool(rating.range_high):
            text = _("%(rating)s: give both ends of the range, or neither.") % {"rating": _name(rating)}
            yield Lack(text, "range_high" if rating.range_low else "range_low", _stands(rating), place)


@rule("ranges", ADVICE, gettext_lazy("Every number has its range."))
def ranges(document, facts):
    for place, rating in enumerate(document.ratings):
        if rating.value and not rating.range_low and not rating.range_high:
            text = _("%(rating)s: the number has no range, and the page will say so.") % {"rating": _name(rating)}
            yield Lack(text, "range_low", None, place)


@rule("search date", MUST, gettext_lazy("It says when studies were last looked for."))
def search_date(document, facts):
    if document.last_searched is None:
        yield Lack(_("Say when studies were last looked for."), "last_searched")
    elif document.last_searched > facts.today:
        text = _("Studies were last looked for on a day that has not come yet.")
        yield Lack(text, "last_searched", document.last_searched)


@rule("price years", ADVICE, gettext_lazy("Every cost says in whose prices it is."))
def price_years(document, facts):
    for place, cost in enumerate(document.cost_figures):
        if not cost.price_year:
            text = _("“%(cost)s” has no price year: nobody can compare it with another figure.") % {"cost": cost.label}
            yield Lack(text, "price_year", None, place)


@rule("review date", ADVICE, gettext_lazy("The next review lies ahead."))
def review_date(document, facts):
    if document.next_review is None:
        yield Lack(_("Say when this is to be reviewed next, so that it is not forgotten."), "next_review")
    elif document.next_review < facts.today:
        yield Lack(_("The date of the next review has passed: set the one after it."), "next_review")


RULES = (
    texts.length("summary", about=SUMMARY),
    texts.plain_words("summary"),
    every_outcome,
    reasons,
    ledger,
    moved,
    rating_sources,
    scale_versions,
    whole_ranges,
    filled(
        "authors",
        MUST,
        "authors",
        met=gettext_lazy("It says who assessed the evidence."),
        lacks=gettext_lazy("Say who assessed the evidence."),
    ),
    filled(
        "interests",
        MUST,
        "interests",
        met=gettext_lazy("The authors' interests are declared."),
        lacks=gettext_lazy("Say what interests the authors declared; “None declared” where they had none."),
    ),
    search_date,
    *texts.RICH,
    some_outcome,
    ranges,
    price_years,
    sections,
    review_date,
)
