"""A pack of three interventions of the built-in network, a synthesis, a cost and a family, without a database."""

import datetime
from types import SimpleNamespace

import msgspec

from tests.unit.toolkits.downloads.real_rows import document
from toolkits import payloads
from toolkits.public.packs import contents

BASE = "https://portal.example/"
ADDRESS = f"{BASE}pack/?i=1013v3&i=1001v3&s=20001v2"
MOMENT = datetime.datetime(2026, 3, 3, 12, 30, 15, tzinfo=datetime.UTC)


def version(document, number=3):
    return SimpleNamespace(
        record=document.record,
        version=number,
        title=document.name,
        document=document,
        published_at=MOMENT,
        digest="9f86d081884c7d65",
        change_label="New study",
        note="A trial in Wales was added",
    )


def synthesis(record, interventions):
    """A published synthesis of two studies, one of which has a name that a spreadsheet would take for a formula."""
    interval = payloads.Interval
    rows = [
        payloads.StudyRow(
            study=payloads.StudyFacts(record=20_001, label="=cmd|' /C calc'!A0", year=2001, country="Norway"),
            finding=payloads.Finding(
                effect="0.31", variance="0.02", shown=interval("0.31", "0.033", "0.587"), weight="55.5", n_total=120
            ),
        ),
        payloads.StudyRow(
            study=payloads.StudyFacts(record=20_002, label="Second 2004", year=2004),
            finding=payloads.Finding(
                effect="0.11", variance="0.03", shown=interval("0.11", "-0.229", "0.449"), weight="44.5", n_total=98
            ),
        ),
        payloads.StudyRow(study=payloads.StudyFacts(record=20_003, label="Third 2005"), reason="No comparison group"),
    ]
    pooled = payloads.Pooled(
        **{"k": 2, "people": 218, "people_not_recorded": 0, "estimate": "0.221", "se": "0.1", "p": "0.03"},
        **{"shown": interval("0.221", "0.017", "0.425"), "prediction": interval("0.221", "-0.31", "0.752")},
        **{"fixed": interval("0.221", "0.017", "0.425"), "tau2": "0.01", "tau2_low": "0", "tau2_high": "0.2"},
        **{"i2": "10", "q": "1.1", "q_df": 1, "q_p": "0.29"},
    )
    return payloads.Synthesis(
        **{"record": record, "slug": "reading", "name": "Reading after tuition", "question": "Do pupils read better?"},
        **{"centre": None, "illustrative": True, "interventions": interventions, "outcome": None},
        **{
            "outcome_measured": "Reading after a year",
            "comparison": "",
            "metric": "SMD",
            "unit": "",
            "better": "higher",
        },
        **{"method": "REML", "test": "z", "prediction": "HTS", "rows": rows, "pooled": pooled},
    )


def documents():
    """Three interventions that rate in different ways; the text of one tries what text may not do."""
    tuition, arts = document("teaching-and-learning", "one-to-one-tuition"), document("crime-reduction", "alley-gating")
    hostile = msgspec.structs.replace(
        document("higher-education-access", "multi-intervention-outreach"),
        **{"record": 30, "name": "=1+1 outreach", "summary": "<b>@SUM(A1)</b> & \x0b #import"},
        **{
            "costs_html": "<p>About <strong>£3,000</strong> a place, <a href='https://x.example/?a=1&amp;b=2'>as said</a>.</p>"
        },
    )
    return [
        msgspec.structs.replace(tuition, record=10, cautions=["May be done badly."], cost_figures=[COST]),
        msgspec.structs.replace(arts, record=20),
        hostile,
    ]


COST = payloads.Cost(
    **{"label": "Delivery \x0b", "amount": "1200", "amount_to": "1500.50", "unit": "pupil", "timing": "yearly"},
    **{"price_year": "2019", "includes": "A tutor's time", "confidence": "low", "confidence_reason": "One small study"},
    source=payloads.Source(url="https://costs.example/", note="table 2"),
)


def family():
    """One to one tuition and what the youth centre says of mentoring, with why they differ."""
    why = payloads.Difference(10, 40, "outcome", "=One looks at reading.", datetime.date(2026, 1, 31))
    members = [payloads.FamilyMember(10, "same"), payloads.FamilyMember(40, "variant")]
    return payloads.Family(record=401, slug="tuition", name="Tuition", members=members, differences=[why])


def other():
    """The other member of the family."""
    return msgspec.structs.replace(document("youth-violence", "mentoring"), record=40, name="@Mentoring")


def pack(*, count=3, notice="", results=True):
    chosen = [(version(document), notice) for document in documents()[:count]]
    link = payloads.Link(record=10, slug="one-to-one-tuition", name="One to one tuition")
    found = [version(synthesis(8001, [link]), 2)] if results else []
    return contents.contents(
        chosen, found, address=ADDRESS, base=BASE, families=[version(family(), 1)], others={40: (version(other()), "")}
    )
