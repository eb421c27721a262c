"""Syntheses with their pooled results, and their studies with each number. Numbers are as they were published."""

from django.utils.translation import gettext_lazy as _

from toolkits.public.open_data.columns import Table, day, key, number, several, text, whole, yes
from toolkits.public.open_data.tables.common import published, record, source


def _pooled(name):
    return lambda at: getattr(at.document.pooled, name, "")


def _end(of, end):
    return lambda at: getattr(getattr(at.document.pooled, of, None), end, "")


SYNTHESES = Table(
    "syntheses",
    _("Syntheses of studies"),
    _("One row for each synthesis with its pooled result and its range."),
    ("record",),
    (
        record(_("The permanent record number of the synthesis.")),
        text("name", _("Its name."), "document.name"),
        text("question", _("What it asks."), "document.question"),
        whole(
            "centre",
            _("The centre whose work it is; empty: the network's own."),
            lambda at: at.link("centre", at.document.centre),
            to="centres",
        ),
        yes(
            "illustrative",
            _("true: made from published reviews to show the numbers; no centre's work."),
            "document.illustrative",
        ),
        text(
            "outcome", _("The outcome's key in the shared list."), lambda at: getattr(at.document.outcome, "slug", "")
        ),
        text("outcome_measured", _("What was measured."), "document.outcome_measured"),
        text("comparison", _("What it was compared with."), "document.comparison"),
        text("metric", _("The scale of effects that studies are pooled on."), "document.metric"),
        text("unit", _("The unit of the effects as shown."), "document.unit"),
        text("better", _("Which direction is better."), "document.better"),
        text("method", _("How the studies are pooled."), "document.method"),
        text("test", _("How the range is made."), "document.test"),
        whole("studies", _("How many studies are pooled."), lambda at: len(at.document.included)),
        whole("studies_left_out", _("How many are not."), lambda at: len(at.document.left_out)),
        whole("people", _("How many people they are about, as far as recorded."), _pooled("people")),
        number("effect", _("The pooled effect as readers see it; a ratio as a ratio."), _end("shown", "value")),
        number("effect_low", _("The lower end of its 95 % range."), _end("shown", "low")),
        number("effect_high", _("The upper end of its 95 % range."), _end("shown", "high")),
        number("prediction_low", _("The lower end of where a new study may lie."), _end("prediction", "low")),
        number("prediction_high", _("The upper end of it."), _end("prediction", "high")),
        number("estimate", _("The pooled effect on the scale that is pooled on."), _pooled("estimate")),
        number("standard_error", _("Its standard error."), _pooled("se")),
        number("p", _("The p-value, where it is defined."), _pooled("p")),
        number("tau2", _("The variance between studies."), _pooled("tau2")),
        number("tau2_low", _("The lower end of its range."), _pooled("tau2_low")),
        number("tau2_high", _("The upper end of its range."), _pooled("tau2_high")),
        number("i2", _("The share of variation that is between studies, in per cent."), _pooled("i2")),
        number("q", _("Cochran's Q."), _pooled("q")),
        whole("q_df", _("Its degrees of freedom."), _pooled("q_df")),
        number("q_p", _("Its p-value."), _pooled("q_p")),
        text("why_not_pooled", _("Why there is no pooled result, where there is none."), "document.unpooled"),
        day("last_searched", _("When studies were last searched for."), "document.last_searched"),
        text("citation", _("What it was taken from."), "document.citation"),
        *source(lambda at: at.document.source),
        *published(),
    ),
)


def _synthesis():
    return key("synthesis", _("The synthesis."), "page.record", to="syntheses")


SYNTHESIS_INTERVENTIONS = Table(
    "synthesis_interventions",
    _("What syntheses are about"),
    _("One row for each published intervention that a synthesis is shown on."),
    ("synthesis", "intervention"),
    (_synthesis(), key("intervention", _("The intervention."), "part.record", to="interventions")),
)

STUDIES = Table(
    "studies",
    _("Studies"),
    _("One row for each study, with what the newest synthesis that has it says of it. What is empty is not recorded."),
    ("record",),
    (
        key("record", _("The permanent record number of the study."), "part.record"),
        text("label", _("Its short name."), "part.label"),
        text("title", _("Its title."), "part.title"),
        text("citation", _("How it is cited."), "part.citation"),
        whole("year", _("When it came out."), "part.year"),
        text("country", _("Where it was done."), "part.country"),
        text("uk_nation", _("In which nation of the United Kingdom."), "part.uk_nation"),
        text("design", _("Its design."), "part.design"),
        text("setting", _("Its setting."), "part.setting"),
        text("ages", _("The ages of its people."), "part.ages"),
        text("participants", _("Who its people were."), "part.participants"),
        text("missing_people", _("Who dropped out."), "part.missing_people"),
        text("registration", _("Where it was registered."), "part.registration"),
        text("doi", _("Its DOI."), "part.doi"),
        text("funder", _("Who paid."), "part.funder"),
        text("interests", _("Interests of its authors."), "part.interests"),
        text("protocol", _("Its protocol."), "part.protocol"),
        text("copies", _("Record numbers of second copies of it."), lambda at: several(map(str, at.part.copies))),
        key("synthesis", _("The synthesis that says so."), "page.record", to="syntheses"),
        key("synthesis_version", _("Its version."), "page.version"),
    ),
)


def _found(name):
    return lambda at: getattr(at.part.finding, name, "")


def _shown(end):
    return lambda at: getattr(at.part.finding.shown, end) if at.part.finding else ""


STUDY_RESULTS = Table(
    "study_results",
    _("Results of studies"),
    _("One row for each study's part in a synthesis: its result, or why it was left out."),
    ("synthesis", "place"),
    (
        _synthesis(),
        key("place", _("Its place in the synthesis, from 1."), "place"),
        key("synthesis_version", _("The version of the synthesis."), "page.version"),
        key("study", _("The study."), "part.study.record", to="studies"),
        yes("included", _("Whether it is pooled."), "part.included"),
        text("reason_left_out", _("Why it is not, where it is not."), "part.reason"),
        text("subgroup", _("The subgroup it is in."), "part.subgroup"),
        text("metric", _("The scale of the effect."), lambda at: at.document.metric if at.part.included else ""),
        number("effect", _("The effect on the scale that is pooled on."), _found("effect")),
        number("variance", _("Its variance."), _found("variance")),
        number("shown", _("The effect as readers see it."), _shown("value")),
        number("shown_low", _("The lower end of its 95 % range."), _shown("low")),
        number("shown_high", _("The upper end of its 95 % range."), _shown("high")),
        number("weight_per_cent", _("Its weight in the pooled effect."), _found("weight")),
        text("outcome_reported", _("The outcome as the study reports it."), _found("outcome_reported")),
        text("follow_up", _("When it was measured."), _found("follow_up")),
        whole("people_1", _("People in the group with the intervention."), _found("n_1")),
        whole("people_2", _("People in the other group."), _found("n_2")),
        whole("people", _("All people it is about."), _found("people")),
        text("formula", _("How the effect was computed."), _found("formula")),
    ),
)

APPRAISALS = Table(
    "appraisals",
    _("Risk of bias"),
    _("One row for each judgement on a domain of a study's result."),
    ("synthesis", "result", "place"),
    (
        _synthesis(),
        key("result", _("The place of the result in the synthesis."), lambda at: at.inside[0]),
        key("place", _("Which of its judgements it is."), "place"),
        key("study", _("The study."), lambda at: at.inside[1].study.record, to="studies"),
        text("tool", _("The tool it was judged with."), "part.tool"),
        text("domain", _("The domain."), "part.domain"),
        text("judgement", _("The judgement in the tool's words."), "part.judgement"),
        text("level", _("low, some, high or unknown."), "part.level"),
        text("reason", _("Why."), "part.reason"),
        whole("readers", _("How many people judged it."), "part.readers"),
    ),
)
