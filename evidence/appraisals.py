"""The tools that studies are appraised by: their domains, and the judgements they allow. Pure: plain Python.

Domains and judgements are named as the tools name them, in our own words where the tool's are sentences.
"""

from dataclasses import dataclass

OVERALL = "Overall"
# What a judgement comes to, whatever the tool calls it: the colour and symbol it is shown by.
LEVELS = ("low", "some", "high", "unknown")


@dataclass(frozen=True)
class Tool:
    """A tool: its name, its domains in their order, and {judgement: one of LEVELS}, the best first."""

    code: str
    name: str
    domains: tuple[str, ...]
    judgements: dict[str, str]
    source: str


TOOLS = {
    tool.code: tool
    for tool in (
        Tool(
            "rob2",
            "RoB 2 (randomised trials)",
            (
                "Randomisation",
                "Deviations from the intended intervention",
                "Missing outcome data",
                "Measurement of the outcome",
                "Selection of the reported result",
                OVERALL,
            ),
            {"Low": "low", "Some concerns": "some", "High": "high"},
            "Sterne et al. 2019, BMJ 366, l4898",
        ),
        Tool(
            "robins-i",
            "ROBINS-I (studies without randomisation)",
            (
                "Confounding",
                "Selection of participants",
                "Classification of interventions",
                "Deviations from the intended intervention",
                "Missing outcome data",
                "Measurement of the outcome",
                "Selection of the reported result",
                OVERALL,
            ),
            {
                "Low": "low",
                "Moderate": "some",
                "Serious": "high",
                "Critical": "high",
                "No information": "unknown",
            },
            "Sterne et al. 2016, BMJ 355, i4919",
        ),
        Tool(
            "other",
            "Another tool, named in the reason",
            (OVERALL,),
            {"Low": "low", "Medium": "some", "High": "high", "Unclear": "unknown"},
            "",
        ),
    )
}
