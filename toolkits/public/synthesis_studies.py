"""What is recorded of the studies of a synthesis, in words: where they are from, and their risk of bias."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits import payloads

OVERALL = "Overall"
UK = ("United Kingdom", "UK", "Great Britain")
UK_NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
LEVELS = ("low", "some", "high", "unknown")


def uk_count(studies):
    """How many of some StudyFacts are from the UK, by what is recorded; nothing is inferred."""
    total = len(studies)
    if not total:
        return ""
    unknown = sum(not study.country and not study.uk_nation for study in studies)
    if unknown == total:
        return ngettext(
            "The country of the one study is not recorded.",
            "The country is not recorded for any of the %(total)s studies.",
            total,
        ) % {"total": total}
    british = [study for study in studies if is_british(study)]
    if british:
        found = ngettext(
            "%(british)s of %(total)s studies is recorded as being from the UK.",
            "%(british)s of %(total)s studies are recorded as being from the UK.",
            len(british),
        )
    else:
        found = _("None of %(total)s studies is recorded as being from the UK.")
    sentences = [found % {"british": len(british), "total": total}]
    if british:
        sentences.append(_by_nation(british))
    if unknown:
        sentences.append(
            ngettext(
                "The country is not recorded for %(number)s study.",
                "The country is not recorded for %(number)s studies.",
                unknown,
            )
            % {"number": unknown}
        )
    return " ".join(sentences)


def _by_nation(british):
    nations = Counter(study.uk_nation for study in british if study.uk_nation)
    unknown = len(british) - nations.total()
    if not nations:
        return ngettext("Nation not recorded.", "Nation not recorded for any of them.", unknown)
    found = [f"{nation_words(nation)} {number}" for nation, number in nations.most_common()]
    if unknown:
        found.append(_("nation not recorded %(number)s") % {"number": unknown})
    return _("By nation: %(found)s.") % {"found": ", ".join(found)}


def nation_words(nation):
    """A nation of the UK as it is shown; empty where it is not recorded."""
    return _("more than one nation") if nation == "several" else nation


def is_british(study):
    """Whether a study is recorded as being from the UK, alone or among other countries."""
    # A study of several countries names them with a slash or a semicolon; a nation alone is enough.
    countries = {country.strip() for country in study.country.replace(";", "/").split("/")}
    return bool(study.uk_nation) or bool(countries & {*UK, *UK_NATIONS})


def overall(finding):
    """The level of a finding's overall appraisal; `unknown` where nobody judged it."""
    levels = [appraisal.level for appraisal in finding.appraisals if appraisal.domain == OVERALL]
    return levels[0] if levels else "unknown"


def level_words():
    """{level of risk of bias: its name}."""
    return {"low": _("Low risk"), "some": _("Some concerns"), "high": _("High risk"), "unknown": _("Not judged")}


def risk_of_bias(document):
    """How many included studies are at which risk of bias, in a sentence."""
    counts = Counter(overall(row.finding) for row in document.included)
    if counts["unknown"] == len(document.included):
        return _("The risk of bias of the studies is not recorded.")
    names = level_words()
    return "; ".join(f"{names[level]}: {counts[level]}" for level in LEVELS if counts[level]) + "."


@dataclass(frozen=True)
class BiasTable:
    """The judgements made with one tool: its domains, and (study, one Appraisal or None a domain) of each study."""

    tool: str
    domains: list[str]
    rows: list[tuple[payloads.StudyFacts, list[payloads.Appraisal | None]]]


def bias_tables(document):
    """A BiasTable for each tool that studies of a synthesis were appraised with; domains in the tool's order."""
    tools = dict.fromkeys(appraisal.tool for row in document.included for appraisal in row.finding.appraisals)
    return [_bias_table(tool, document.included) for tool in tools]


def _bias_table(tool, rows):
    judged = []
    for row in rows:
        found = {appraisal.domain: appraisal for appraisal in row.finding.appraisals if appraisal.tool == tool}
        if found:
            judged.append((row.study, found))
    # Each study's domains are in the tool's order, and hardly any study lacks one that another has.
    domains = list(dict.fromkeys(domain for _study, found in judged for domain in found if domain != OVERALL))
    if any(OVERALL in found for _study, found in judged):
        domains.append(OVERALL)
    return BiasTable(tool, domains, [(study, [found.get(domain) for domain in domains]) for study, found in judged])
