"""A synthesis as the data of its printed sheet: every word that will stand there, in order."""

import re

from django.utils.translation import gettext as _

from toolkits import languages
from toolkits.public.downloads import parts
from toolkits.public.downloads.html_tree import html_tree
from toolkits.public.downloads.synthesis_parts import forest_block, outcomes_table
from toolkits.public.synthesis_charts.forest_plot import forest_plot
from toolkits.public.synthesis_words import words_of


def sheet(page, *, address):
    """The JSON-ready data of the sheet of a synthesis's `page`, in the language that is active."""
    document, words = page.document, words_of(page.document)
    owner = document.centre.name if document.centre else _("The network, not a centre")
    accent = document.centre.accent if document.centre else ""
    sections = [parts.section(title, blocks) for title, blocks in _sections(page, words, address) if blocks]
    return {
        "language": languages.spoken(),
        "written": page.language.partition("-")[0],
        "region": "gb",
        "title": document.name,
        "description": document.question,
        "accent": accent if re.fullmatch("#[0-9a-fA-F]{6}", accent) else "",
        "owner": _("{owner} · Synthesis of studies").format(owner=owner),
        "name": document.name,
        "summary": document.question,
        "notices": _notices(page),
        "sections": parts.sections_with_english(sections, parts.english_in(document)),
        "footer": parts.footer(page, address),
    }


def _notices(page):
    illustrative = _(
        "An illustrative synthesis, from a published review, to show the numbers. It is not the work of a centre, and no "
        "centre’s rating rests on it."
    )
    notices = [parts.state_notice(page), illustrative if page.document.illustrative else ""]
    return [str(notice) for notice in notices if notice]


def _sections(page, words, address):
    document = page.document
    return [
        (_("In short"), [parts.paragraph(" ".join(words.answer))]),
        (_("The result"), _result(page, words)),
        (_("How sure are we?"), [_facts(words.how_sure), *_risk_of_bias(words)]),
        (_("In units that people use"), _plain(words, document)),
        (_("Studies included"), _included(words)),
        (_("Studies left out, and why"), _left_out(document)),
        (_("How this was made"), _made(document, words, address)),
        (_("About this version"), [parts.facts([*parts.version_rows(page), *parts.address_rows(page, address)])]),
    ]


def _facts(pairs):
    return parts.facts([(name, [parts.text(parts.sentence(said))]) for name, said in pairs])


def _result(page, words):
    document, plot = page.document, forest_plot(page.document)
    blocks = [outcomes_table([page])]
    if plot:
        blocks.append(forest_block(document, plot))
    if words.subgroup_test:
        blocks.append(parts.paragraph(words.subgroup_test))
    return blocks


def _risk_of_bias(words):
    blocks = []
    for table in words.bias_tables:
        title = _("Risk of bias by domain: {tool}").format(tool=table.tool)
        blocks.append({"kind": "heading", "level": 1, "content": [parts.text(title)]})
        rows = [
            [study.label, *(judged.judgement if judged else _("not judged") for judged in judgements)]
            for study, judgements in table.rows
        ]
        blocks.append(parts.table([_("Study"), *table.domains], rows, [4] + [3] * len(table.domains)))
    return blocks


def _plain(words, document):
    rows = []
    for number in words.plain:
        # A rule may begin with a formula, which takes no capital.
        made = " ".join([number.rule, *number.assumptions])
        content = [parts.text(number.sentence or number.withheld), parts.muted(f" {made}")]
        if source := parts.source(number.source):
            content += [parts.text(" "), *source]
        rows.append((number.title, content))
    if not rows:
        return []
    if document.base_rate:
        said = _("{rate} in a hundred have the outcome (from: {source}).")
        found = said.format(rate=document.base_rate, source=document.base_rate_source)
        rows.append((_("Without the intervention"), [parts.text(found)]))
    return [parts.facts(rows)]


def _included(words):
    if not words.rows:
        return []
    head = [_("Study"), _("Effect"), _("95 % range"), _("Weight, %"), _("People"), _("Risk of bias")]
    rows = [
        [
            f"{row['study'].label} ({row['subgroup']})" if row["subgroup"] else row["study"].label,
            row["value"],
            row["range"],
            row["weight"] or _("none"),
            row["people"] or _("not recorded"),
            row["bias"],
        ]
        for row in words.rows
    ]
    return [parts.table(head, rows, [6, 2, 4, 3, 3, 3])]


def _left_out(document):
    if not document.left_out:
        return [parts.paragraph(_("No study that was left out is recorded here."))]
    return [_facts([(row.study.label, row.reason) for row in document.left_out])]


def _made(document, words, address):
    silent = _("Not recorded here.")
    rows = [
        (_("What was measured"), [parts.text(parts.sentence(document.outcome_measured))]),
        (_("Compared with"), [parts.text(parts.sentence(document.comparison) if document.comparison else silent)]),
        (_("Model"), [parts.text(words.model)]),
        (_("Scale"), [parts.text(parts.sentence(words.scale))]),
        (_("Studies last searched for"), [parts.text(parts.sentence(parts.date(document.last_searched)))]),
        (_("Taken from"), [parts.text(parts.sentence(document.citation) if document.citation else silent)]),
    ]
    if document.source and (found := parts.source(document.source)):
        rows.append((_("Source"), found))
    return [parts.facts(rows), *parts.points(document.criteria), *html_tree(document.note_html, base=address)]
