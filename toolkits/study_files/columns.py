"""What a file of studies can say, and which of its columns says it: guessed from the heading, or remembered.

Pure: the models are asked for a remembered mapping in `toolkits.study_files.asking`.
"""

import hashlib
import json
import re
from dataclasses import dataclass

from evidence.appraisals import TOOLS

TEXT, WHOLE, NUMBER, YES_NO = "text", "whole", "number", "yes or no"


@dataclass(frozen=True)
class Field:
    """Something a row can say: its name in templates, what it means, and the headings that files have for it."""

    name: str
    about: str
    kind: str = TEXT
    limit: int = 0
    aliases: tuple = ()
    example: str = ""


def plain(heading):
    """A heading without capitals, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


DOMAINS = tuple(dict.fromkeys(domain for tool in TOOLS.values() for domain in tool.domains))
# Field of a judgement -> the domain it is about.
JUDGEMENTS = {f"rob_{plain(domain)}": domain for domain in DOMAINS}

STUDY = (
    Field(
        "study",
        "How tables and charts name it. Every row needs it.",
        limit=160,
        aliases=("label", "author_year", "study_label", "study_name", "slab"),
        example="Smith 2019",
    ),
    Field("title", "The title of its report.", limit=400, aliases=("report_title",), example="A trial of tutoring"),
    Field("citation", "The whole citation of the study itself.", aliases=("reference",)),
    Field("year", "Of publication, such as 2019.", WHOLE, aliases=("publication_year", "pub_year"), example="2019"),
    Field("country", "Several with / between them.", limit=120, aliases=("countries",), example="United Kingdom"),
    Field(
        "uk_nation",
        "England, Scotland, Wales, Northern Ireland or several; empty where it is not recorded.",
        aliases=("nation",),
    ),
    Field("design", "As the source names it.", limit=120, aliases=("study_design",), example="RCT"),
    Field("setting", "Where it took place.", limit=200),
    Field("ages", "Ages of those who took part.", limit=120, aliases=("age", "age_range"), example="7 to 9"),
    Field("participants", "Who was studied.", aliases=("population",)),
    Field("missing_people", "Who was left out or lost.", aliases=("attrition", "missing")),
    Field("registration", "Such as ISRCTN12345678.", limit=80, aliases=("trial_registration", "registration_number")),
    Field("doi", "Of the report.", limit=200, example="10.1000/example"),
    Field("funder", "Who paid.", aliases=("funding", "funders")),
    Field("interests", "Declared interests.", aliases=("conflicts_of_interest", "declared_interests")),
    Field("protocol", "The address of the protocol.", limit=400, aliases=("protocol_url",)),
)
RESULT = (
    Field(
        "outcome_reported",
        "The outcome as the study measured it.",
        limit=200,
        aliases=("outcome", "measure"),
        example="Reading test",
    ),
    Field(
        "follow_up", "When it was measured.", limit=120, aliases=("followup", "time_point"), example="12 months after"
    ),
    Field(
        "metric",
        "SMD, logOR, logRR, COR-z or MD; empty: the synthesis's.",
        aliases=("effect_metric", "measure_of_effect", "effect_measure"),
        example="SMD",
    ),
    Field(
        "higher_is_better",
        "yes or no, for this row: whether a higher figure is the better one.",
        YES_NO,
        aliases=("higher_better",),
    ),
)
NUMBERS = (
    Field(
        "effect",
        "The effect on the metric's scale; with a confidence interval of a ratio, the ratio itself.",
        NUMBER,
        aliases=("yi", "es", "effect_size", "estimate", "g"),
    ),
    Field("variance", "Of the effect.", NUMBER, aliases=("vi", "var", "sampling_variance")),
    Field("standard_error", "Of the effect.", NUMBER, aliases=("se", "sei", "std_error")),
    Field(
        "lower", "Lower end of the confidence interval.", NUMBER, aliases=("ci_lower", "ci_low", "lower_ci", "ci_lb")
    ),
    Field(
        "upper", "Upper end of the confidence interval.", NUMBER, aliases=("ci_upper", "ci_high", "upper_ci", "ci_ub")
    ),
    Field("level", "Of the interval, as a share; empty: 0.95.", NUMBER, aliases=("confidence_level", "ci_level")),
    Field(
        "corrected",
        "yes or no: whether an SMD with an interval has Hedges' correction; empty: yes.",
        YES_NO,
        aliases=("hedges_corrected",),
    ),
    Field(
        "events_1",
        "People with the event, intervention.",
        NUMBER,
        aliases=("events_treatment", "events_intervention"),
    ),
    Field("events_2", "People with the event, comparison.", NUMBER, aliases=("events_control", "events_comparison")),
    Field(
        "n_1",
        "People with the intervention.",
        NUMBER,
        aliases=("n_treatment", "n1", "n1i", "n_intervention", "n_treat"),
        example="50",
    ),
    Field(
        "n_2",
        "People in the comparison.",
        NUMBER,
        aliases=("n_control", "n2", "n2i", "n_comparison", "n_ctrl"),
        example="48",
    ),
    Field("n_total", "People in all.", NUMBER, aliases=("n", "ni", "total_n", "sample_size")),
    Field(
        "mean_1",
        "Mean, intervention.",
        NUMBER,
        aliases=("m1i", "mean_treatment", "mean_intervention"),
        example="10.5",
    ),
    Field("mean_2", "Mean, comparison.", NUMBER, aliases=("m2i", "mean_control", "mean_comparison"), example="9.8"),
    Field(
        "sd_1",
        "Standard deviation, intervention.",
        NUMBER,
        aliases=("sd1i", "sd_treatment", "sd_intervention"),
        example="2.1",
    ),
    Field(
        "sd_2",
        "Standard deviation, comparison.",
        NUMBER,
        aliases=("sd2i", "sd_control", "sd_comparison"),
        example="2.3",
    ),
    Field("t", "t of a test of two independent groups, signed.", NUMBER, aliases=("t_value", "ti", "t_statistic")),
    Field("f", "F of one comparison of two groups.", NUMBER, aliases=("f_value", "f_statistic")),
    Field("p", "Exact two-sided p of such a test.", NUMBER, aliases=("p_value", "pval")),
    Field(
        "intervention_higher",
        "yes or no, needed with F and p: whether the intervention's figure was the higher.",
        YES_NO,
        aliases=("arm_1_higher", "treatment_higher"),
    ),
    Field("r", "Pearson's correlation.", NUMBER, aliases=("ri", "correlation")),
)
PLACE = (
    Field("included", "yes or no; empty: yes.", YES_NO, aliases=("include", "in_synthesis")),
    Field("reason", "Why it was left out.", aliases=("exclusion_reason", "reason_excluded")),
    Field("subgroup", "The block of the chart it stands in.", limit=80, aliases=("moderator", "subgroup_name")),
)
RISK = (
    Field("rob_tool", "rob2, robins-i or other; empty: rob2.", aliases=("risk_of_bias_tool",)),
    *(
        Field(name, f"Judgement on “{domain}”, in the tool's words.", aliases=(plain(domain),))
        for name, domain in JUDGEMENTS.items()
    ),
    Field("rob_reason", "What in the report led to the judgements.", aliases=("risk_of_bias_reason",)),
)
FIELDS = (*STUDY, *RESULT, *NUMBERS, *PLACE, *RISK)
BY_NAME = {field.name: field for field in FIELDS}
_HEADINGS = {heading: field.name for field in FIELDS for heading in (field.name, *field.aliases)}


def guess(header):
    """{field: heading} of the headings that are known; the first of two that mean the same."""
    found = {}
    for heading in header:
        field = _HEADINGS.get(plain(heading))
        if field:
            found.setdefault(field, heading)
    return found


def digest(header):
    """What a mapping is remembered by: the SHA-256 (hex) of the column names."""
    return hashlib.sha256(json.dumps(list(header)).encode("utf-8", "surrogatepass")).hexdigest()


def valid(columns, header):
    """Whether `columns` maps known fields to headings of this file, none twice."""
    headings = list(columns.values())
    return set(columns) <= set(BY_NAME) and set(headings) <= set(header) and len(set(headings)) == len(headings)
