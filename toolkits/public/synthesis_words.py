"""What a synthesis says, in sentences, made of its published numbers and nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from toolkits.public.synthesis_models import model_words, scale_words
from toolkits.public.synthesis_numbers import amount, p_value, rounded, settled, side, span, unit_of
from toolkits.public.synthesis_plain import Plain, first_plain, plain_words
from toolkits.public.synthesis_studies import BiasTable, bias_tables, level_words, overall
from toolkits.public.synthesis_sure import how_sure

CHANCE = 0.05  # groups are said to differ where chance alone would make such a difference more rarely


@dataclass(frozen=True)
class Words:
    """A synthesis in words: its answer, what makes us sure or not, its table, its numbers in plain units.

    `written` is what sentences of ours may say of it that others wrote, in English.
    """

    answer: list[str]
    how_sure: list[tuple[str, str]]
    outcome: dict
    plain: list[Plain]
    rows: list[dict]
    bias_tables: list[BiasTable]
    subgroup_test: str
    unit: str
    model: str
    scale: str
    written: list[str]


def words_of(document):
    """The Words of a payloads.Synthesis."""
    return Words(
        answer=_answer(document),
        how_sure=how_sure(document),
        outcome=outcome_row(document),
        plain=[plain_words(number) for number in document.plain],
        rows=[_row(row) for row in document.included],
        bias_tables=bias_tables(document),
        subgroup_test=_subgroup_test(document.subgroups),
        unit=unit_of(document),
        model=model_words(document),
        scale=scale_words(document),
        written=[*_written(document), *(row.study.label for row in document.rows), *(n.unit for n in document.plain)],
    )


def _written(document):
    return [document.outcome_measured, document.unpooled]


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
        "written": _written(document),
    }


def _no_result(document):
    return _("There is no pooled result. %(reason)s") % {"reason": document.unpooled}


def words_of_side(document, sign):
    """Where a number of the sign that `synthesis_numbers.side` gives lies, in words."""
    if document.metric == "COR-z":
        return {
            1: _("the two rise together"),
            -1: _("as one rises, the other falls"),
            0: _("the two do not go together"),
        }[sign]
    if document.better == "neither":
        return {1: _("higher with it"), -1: _("lower with it"), 0: _("no different with it")}[sign]
    return {1: _("better with it"), -1: _("worse with it"), 0: _("no different with it")}[sign]


def _direction(document):
    shown = document.pooled.shown
    found = {
        "outcome": document.outcome_measured,
        "side": words_of_side(document, side(document, shown.value)),
    }
    settles = settled(document, shown)
    if settles:
        return _("%(outcome)s: on average %(side)s.") % found
    if settles is None:
        return _("%(outcome)s: %(side)s in this one result, which has no range.") % found
    return (
        _(
            "%(outcome)s: on average %(side)s, but the range crosses the line of no difference: these studies do not settle it."
        )
        % found
    )


def _answer(document):
    pooled = document.pooled
    if pooled is None:
        return [_no_result(document)]
    found = [_direction(document)]
    average = {"amount": amount(document, pooled.shown.value), "range": span(pooled.shown)}
    if average["range"]:
        found.append(_("The average is %(amount)s (95 %% range %(range)s).") % average)
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


def _subgroup_test(subgroups):
    if subgroups is None:
        return ""
    if not subgroups.p:
        return _("Whether the groups differ could not be tested.")
    said = {"p": p_value(subgroups.p)}
    if float(subgroups.p) < CHANCE:
        return (
            _(
                "The groups differ by more than chance would make (p = %(p)s). The studies may differ in other ways as "
                "well, so what sets the groups apart need not be the cause."
            )
            % said
        )
    return (
        _(
            "No clear sign that the groups differ by more than chance would make (p = %(p)s). With few studies in a group a "
            "true difference is easily missed."
        )
        % said
    )


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
