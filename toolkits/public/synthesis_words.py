"""What a synthesis says, in sentences, made of its published numbers and nothing else."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.synthesis_models import model_words, scale_words
from toolkits.public.synthesis_numbers import amount, nothing_of, p_value, people, rounded, span, unit_of
from toolkits.public.synthesis_plain import Plain, first_plain, plain_words

OVERALL = "Overall"
# Where the share of the differences that is more than chance is called large, and very large. The bands of the
# Cochrane Handbook (10.10.2) overlap; these are their middles.
SPREAD = (35, 60, 80)
EGGER_SAYS = 0.1
FEW_STUDIES = 10  # with fewer, a test for missing small studies says little
UK = ("United Kingdom", "UK", "Great Britain")
UK_NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
LEVELS = ("low", "some", "high", "unknown")


@dataclass(frozen=True)
class Words:
    """A synthesis in words: its answer, what makes us sure or not, its table, its numbers in plain units."""

    answer: list[str]
    how_sure: list[tuple[str, str]]
    outcome: dict
    plain: list[Plain]
    rows: list[dict]
    groups: list[dict]
    without: list[dict]
    cumulative: list[dict]
    subgroup_test: str
    unit: str
    model: str
    scale: str


def words_of(document):
    """The Words of a payloads.Synthesis."""
    return Words(
        answer=_answer(document),
        how_sure=_how_sure(document),
        outcome=outcome_row(document),
        plain=[plain_words(number) for number in document.plain],
        rows=[_row(row) for row in document.included],
        groups=[
            {"name": group.name, "k": group.k, "value": rounded(group.shown.value), "range": span(group.shown)}
            for group in (document.subgroups.groups if document.subgroups else [])
        ],
        without=[_step(step) for step in document.leave_one_out],
        cumulative=[_step(step) for step in document.cumulative],
        subgroup_test=_subgroup_test(document.subgroups),
        unit=unit_of(document),
        model=model_words(document),
        scale=scale_words(document),
    )


def outcome_row(document):
    """A synthesis as one row of an outcomes table, `answer` in plain words."""
    pooled = document.pooled
    return {
        "outcome": document.outcome_measured,
        "unit": unit_of(document),
        "value": rounded(pooled.shown.value) if pooled else "",
        "range": span(pooled.shown) if pooled else "",
        "prediction": span(pooled.prediction) if pooled else "",
        "k": pooled.k if pooled else len(document.included),
        "people": f"{pooled.people:,}" if pooled and pooled.people is not None else "",
        "people_not_recorded": pooled.people_not_recorded if pooled else 0,
        "plain": first_plain(document),
        "answer": _direction(document) if pooled else _no_result(document),
    }


def uk_count(studies):
    """How many of some StudyFacts are from the UK, by what is recorded; nothing is inferred."""
    total = len(studies)
    if not total:
        return ""
    # A study of several countries names them with a slash; a nation alone is enough.
    british = [study for study in studies if is_british(study)]
    sentences = [
        ngettext(
            "%(british)s of %(total)s study is recorded as being from the UK.",
            "%(british)s of %(total)s studies are recorded as being from the UK.",
            total,
        )
        % {"british": len(british), "total": total}
    ]
    nations = Counter(study.uk_nation for study in british if study.uk_nation)
    if nations:
        found = ", ".join(f"{nation_words(nation)} {number}" for nation, number in nations.most_common())
        sentences.append(_("By nation: %(found)s.") % {"found": found})
    unknown_nation = sum(not study.uk_nation for study in british)
    if unknown_nation:
        sentences.append(
            ngettext(
                "For %(number)s of these the nation is not recorded.",
                "For %(number)s of these the nation is not recorded.",
                unknown_nation,
            )
            % {"number": unknown_nation}
        )
    unknown = sum(not study.country and not study.uk_nation for study in studies)
    if unknown:
        sentences.append(
            ngettext(
                "For %(number)s study the country is not recorded.",
                "For %(number)s studies the country is not recorded.",
                unknown,
            )
            % {"number": unknown}
        )
    return " ".join(sentences)


def nation_words(nation):
    """A nation of the UK as it is shown; empty where it is not recorded."""
    return _("more than one nation") if nation == "several" else nation


def is_british(study):
    """Whether a study is recorded as being from the UK, alone or among other countries."""
    countries = {country.strip() for country in study.country.replace(";", "/").split("/")}
    return bool(study.uk_nation) or bool(countries & {*UK, *UK_NATIONS})


def overall(finding):
    """The level of a finding's overall appraisal; `unknown` where nobody judged it."""
    levels = [appraisal.level for appraisal in finding.appraisals if appraisal.domain == OVERALL]
    return levels[0] if levels else "unknown"


def level_words():
    """{level of risk of bias: its name}."""
    return {"low": _("Low risk"), "some": _("Some concerns"), "high": _("High risk"), "unknown": _("Not judged")}


def _no_result(document):
    return _("There is no pooled result. %(reason)s") % {"reason": document.unpooled}


def _side(document, text):
    """1 where a number, as shown, is on the better side, -1 on the worse, 0 at no difference. With `neither`
    better: 1 for higher."""
    over = float(text) - nothing_of(document)
    sign = (over > 0) - (over < 0)
    return -sign if document.better == "lower" else sign


def _words_of_side(document, side):
    if document.metric == "COR-z":
        return {
            1: _("the two rise together"),
            -1: _("as one rises, the other falls"),
            0: _("the two do not go together"),
        }[side]
    if document.better == "neither":
        return {1: _("higher with it"), -1: _("lower with it"), 0: _("no different with it")}[side]
    return {1: _("better with it"), -1: _("worse with it"), 0: _("no different with it")}[side]


def _settled(document):
    """Whether the range keeps to one side of no difference; None where there is no range."""
    shown = document.pooled.shown
    if not shown.low or not shown.high:
        return None
    return float(shown.low) > nothing_of(document) or float(shown.high) < nothing_of(document)


def _direction(document):
    side, settled = _side(document, document.pooled.shown.value), _settled(document)
    found = {"outcome": document.outcome_measured, "side": _words_of_side(document, side)}
    if settled:
        return _("%(outcome)s: on average %(side)s.") % found
    if settled is None:
        return _("%(outcome)s: %(side)s in this one result, which has no range.") % found
    return (
        _("%(outcome)s: on average %(side)s, but the range takes in no difference: these studies do not settle it.")
        % found
    )


def _answer(document):
    pooled = document.pooled
    if pooled is None:
        return [_no_result(document)]
    found = [_direction(document)]
    average = {"amount": amount(document, pooled.shown.value), "range": span(pooled.shown)}
    if average["range"]:
        found.append(_("The average is %(amount)s; the 95 %% range says from %(range)s.") % average)
    else:
        found.append(_("The result is %(amount)s; too few studies give it a range.") % average)
    plain = first_plain(document)
    if plain:
        found.append(plain)
    if pooled.prediction is not None:
        found.append(
            _("In a new place the effect could be anywhere from %(range)s.") % {"range": span(pooled.prediction)}
        )
    return found


def _how_sure(document):
    """(what is looked at, what it says) pairs, those that make a reader more or less sure."""
    pooled = document.pooled
    found = [(_("How many"), _how_many(document))]
    if pooled is not None:
        found += [(_("How far the studies differ"), _spread(document)), (_("A new place"), _new_place(document))]
        found.append((_("Missing small studies"), _small_studies(document)))
    if document.included:
        found.append((_("Risk of bias"), _risk_of_bias(document)))
        found.append((_("From the UK"), uk_count([row.study for row in document.included])))
    return found


def _how_many(document):
    included, left_out, pooled = len(document.included), len(document.left_out), document.pooled
    parts = [
        ngettext("%(number)s study is included.", "%(number)s studies are included.", included) % {"number": included}
    ]
    if pooled is not None and pooled.people is not None:
        parts.append(_("They had %(people)s.") % {"people": people(pooled.people)})
    if pooled is not None and pooled.people_not_recorded:
        unknown = pooled.people_not_recorded
        parts.append(
            ngettext(
                "For %(number)s study how many people took part is not recorded.",
                "For %(number)s studies how many people took part is not recorded.",
                unknown,
            )
            % {"number": unknown}
        )
    if left_out:
        parts.append(
            ngettext("%(number)s was found and left out.", "%(number)s were found and left out.", left_out)
            % {"number": left_out}
        )
    return " ".join(parts)


def _spread(document):
    pooled = document.pooled
    if pooled.k < 2:
        return _("One study cannot differ from itself: nothing is known of how results would vary.")
    share = float(pooled.i2 or 0)
    names = (_("little"), _("somewhat"), _("much"), _("very much"))
    much = names[sum(share >= edge for edge in SPREAD)]
    words = _(
        "They differ %(much)s: about %(share)s %% of the differences between them is more than chance would make (I²)."
    ) % {"much": much, "share": rounded(pooled.i2, 0) or "0"}
    if document.method == "FE":
        return words
    tau = _("The variance between studies (τ²) is %(tau2)s") % {"tau2": rounded(pooled.tau2, 3)}
    if pooled.tau2_low and pooled.tau2_high:
        tau += _(", its 95 %% range %(low)s to %(high)s") % {
            "low": rounded(pooled.tau2_low, 3),
            "high": rounded(pooled.tau2_high, 3),
        }
    return f"{words} {tau}."


def _new_place(document):
    prediction = document.pooled.prediction
    if prediction is None:
        return _("Too few studies to say what another study would find.")
    low, high = _side(document, prediction.low), _side(document, prediction.high)
    said = {"range": span(prediction)}
    if low != high:
        return (
            _(
                "The result of a new study is expected from %(range)s, which takes in both sides: it could go either way."
            )
            % said
        )
    return _("The result of a new study is expected from %(range)s, all on the same side.") % said


def _small_studies(document):
    bias = document.bias
    if bias is None:
        return _("Too few studies to look for signs of it.")
    said = {"p": p_value(bias.egger_p)}
    if float(bias.egger_p) < EGGER_SAYS:
        parts = [
            _("Small studies give other results than large ones (Egger's test, p = %(p)s): some may be missing.") % said
        ]
    else:
        parts = [_("No sign that small studies give other results than large ones (Egger's test, p = %(p)s).") % said]
    if bias.filled:
        parts.append(
            ngettext(
                "Trim and fill puts in %(number)s study; the average would then be %(value)s (%(range)s).",
                "Trim and fill puts in %(number)s studies; the average would then be %(value)s (%(range)s).",
                bias.filled,
            )
            % {"number": bias.filled, "value": rounded(bias.filled_shown.value), "range": span(bias.filled_shown)}
        )
    if document.pooled.k < FEW_STUDIES:
        parts.append(_("With fewer than ten studies such tests say little."))
    return " ".join(parts)


def _risk_of_bias(document):
    counts = Counter(overall(row.finding) for row in document.included)
    if counts["unknown"] == len(document.included):
        return _("No study's risk of bias is recorded here.")
    names = level_words()
    return "; ".join(f"{names[level]}: {counts[level]}" for level in LEVELS if counts[level]) + "."


def _subgroup_test(subgroups):
    if subgroups is None:
        return ""
    if not subgroups.p:
        return _("Whether the groups differ could not be tested.")
    said = {"p": p_value(subgroups.p)}
    if float(subgroups.p) < 0.05:
        return _("The groups differ by more than chance would make (p = %(p)s).") % said
    return _("The groups do not differ by more than chance would make (p = %(p)s).") % said


def _row(row):
    finding = row.finding
    return {
        "study": row.study,
        "subgroup": row.subgroup,
        "value": rounded(finding.shown.value),
        "range": span(finding.shown),
        "weight": rounded(finding.weight, 1),
        "people": f"{finding.people:,}" if finding.people is not None else "",
        "bias": level_words()[overall(finding)],
    }


def _step(step):
    return {"study": step.study, "label": step.label, "year": step.year, "value": rounded(step.shown)}
