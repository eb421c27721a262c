"""Workload W: made-up records, the same for the same seed, and the five requests that are measured.

A record has

    id        1..n
    slug      unique, from the title, ends in -<id>
    title     6 to 10 words (mean about 8)
    summary   50 to 70 words (mean about 60)
    body      540 to 660 words (mean about 600), paragraphs separated by a blank line
    cost, evidence, impact     ordinal ratings 1..5
    owner     one of 14 centre codes (skewed: largest 16.1 %, smallest 2.6 %)
    outcomes  1 to 3 of 6 outcome codes
    ages      1 to 3 of 5 age-band codes
    year      2005..2025, newer more likely
    published ISO date inside that year

Same (seed, i) gives the same record whatever n is: the first 100 of n=10000 are n=100. Only
random.Random(str).random() is used, which Python guarantees to be reproducible. A portal's own vocabulary
plays no part here; `mapping` turns these into documents.

Text: function words and content words in English proportion (about 45 % function words), content words by a
Zipf law over about 550 real words and 4000 made-up ones (programme names, places), so a full-text index has
about 4500 lexemes. Four *planted* words never come by chance and carry the search requests; a record that has
one has it in the body, sometimes in the summary and title too:

    tutoring    8 % of records        phonics        1 %
    attendance 30 % of records        bibliotherapy  0.1 %
"""

from bisect import bisect
from random import Random

OWNERS = [  # (code, name, weight)
    ("education", "Centre for Education Evidence", 155),
    ("early-years", "Centre for Early Years", 100),
    ("youth-violence", "Centre for Youth Violence Prevention", 95),
    ("youth-jobs", "Centre for Youth Employment", 85),
    ("homelessness", "Centre for Homelessness Impact", 80),
    ("policing", "Centre for Policing Practice", 75),
    ("ageing", "Centre for Ageing Better", 70),
    ("wellbeing", "Centre for Wellbeing", 65),
    ("local-growth", "Centre for Local Growth", 60),
    ("health-care", "Centre for Health and Care Guidance", 50),
    ("social-care", "Centre for Children's Social Care", 40),
    ("higher-education", "Centre for Access to Higher Education", 35),
    ("public-policy", "Centre for Public Policy", 28),
    ("money", "Centre for Money and Debt", 25),
]
OUTCOMES = [  # (code, name, chance)
    ("attainment", "Attainment", 0.45),
    ("behaviour", "Behaviour and conduct", 0.35),
    ("mental-health", "Mental health", 0.30),
    ("employment", "Employment and earnings", 0.25),
    ("crime", "Crime and reoffending", 0.20),
    ("housing", "Housing stability", 0.12),
]
AGES = [
    ("0-4", "Ages 0 to 4", 0.25),
    ("5-11", "Ages 5 to 11", 0.40),
    ("12-17", "Ages 12 to 17", 0.45),
    ("18-24", "Ages 18 to 24", 0.25),
    ("25-plus", "Ages 25 and over", 0.20),
]
RATINGS = {  # weights of 1..5
    "cost": (30, 26, 20, 14, 10),
    "evidence": (18, 26, 26, 18, 12),
    "impact": (16, 28, 28, 18, 10),
}
PLANTED = (("tutoring", 0.08), ("attendance", 0.30), ("phonics", 0.01), ("bibliotherapy", 0.001))

FUNCTION = (
    "the 700 of 360 and 300 to 280 in 210 a 220 that 100 is 100 for 90 it 60 as 70 was 60 with 70 be 60 "
    "on 65 by 60 at 40 are 55 this 50 from 45 or 40 have 40 an 38 which 36 not 35 were 35 but 28 they 30 "
    "their 30 has 28 more 26 can 25 when 20 than 20 who 20 may 18 other 18 these 18 some 17 been 16 will 16 "
    "between 14 also 13 such 13 over 12 each 11 most 10 both 10 only 10 how 9 there 12 into 10 if 9 where 9 "
    "what 8 while 7 our 6 through 8 after 9 during 6 before 6 across 6 within 6 because 5"
)
CONTENT = """
children schools school pupils learning evidence support studies programme impact teachers young people training
services work effect cost average staff group groups months time families parents outcomes reading skills health
community approach practice research results data delivery local sessions small large quality use change level
progress high low risk care home social language development interventions intervention education mental police
crime youth employment jobs job income housing money debt advice college university training classroom lesson
lessons feedback homework mathematics writing literacy numeracy science sport arts music play nursery infant baby
birth mother father carer carers foster adoption kinship worker workers practitioner practitioners nurse nurses
doctor clinic hospital patient patients therapy cognitive behavioural counselling mentoring mentor mentors coach
coaching peer peers friend friends gang violence knife weapon victim victims offender offenders prison probation
court sentence custody officer officers patrol patrols street streets hotspot area areas city town village region
county council government department policy policies minister budget spend spending fund funding grant grants value
price wage wages salary earnings tax benefit benefits welfare unemployment apprenticeship apprenticeships employer
employers business businesses firm firms investment growth innovation transport road roads rail broadband estate
enterprise tenant tenants landlord rent hostel shelter homeless homelessness rough sleeping eviction tenancy
ageing older adult adults retirement pension pensions lonely loneliness isolation volunteer volunteers volunteering
exercise walking diet food meals breakfast obesity weight sleep stress anxiety depression trauma resilience
wellbeing happiness belonging trust confidence motivation engagement attention memory knowledge understanding
curriculum assessment test tests exam exams score scores grade grades attainment achievement gap gaps
disadvantage disadvantaged deprived poverty minority ethnic gender girls boys disability disabled special needs
inclusion exclusion behaviour conduct discipline bullying absence truancy transition primary secondary early years
later stage age ages adolescent adolescents teenager teenagers student students graduate graduates learner
learners trial trials randomised random control comparison sample samples measure measures measured measurement
estimate estimates interval uncertainty significant statistical analysis review reviews systematic synthesis
method methods design designs evaluation evaluations evaluator process model models theory mechanism mechanisms
finding findings report reports publication published journal database search criteria include included excluded
quality strength strong weak moderate limited promising mixed negative positive neutral harmful harm effective
effectiveness efficient implementation implement implemented fidelity dosage duration frequency weekly daily
monthly annual hours minutes weeks days term terms face online digital technology computer tablet phone video
software platform internet remote blended tool tools toolkit resource resources material materials guide guidance
manual handbook leaflet campaign message messages text letter letters reminder reminders nudge incentive incentives
reward rewards sanction sanctions payment payments voucher vouchers transfer transfers loan loans savings bank
planning plan plans goal goals target targets strategy strategies leader leaders leadership manager managers
management team teams partnership partnerships agency agencies charity charities organisation organisations
provider providers commissioner commissioners network networks regional national international country countries
England Scotland Wales Ireland Europe America Australia rural urban coastal neighbourhood neighbourhoods
professional professionals qualified experienced specialist specialists expert experts assistant assistants
parent engagement visit visits visiting referral referrals assessment screening diagnosis prevention preventive
treatment recovery addiction alcohol drug drugs smoking tobacco cannabis harmful safe safety safeguarding
protection abuse neglect conflict separation relationship relationships attachment sensitivity responsive warmth
communication speech vocabulary grammar spelling comprehension fluency oral discussion dialogue questioning
reasoning problem solving metacognition independent collaborative group individual intensive universal targeted
selective whole structured flexible intensive brief extended additional extra summer holiday weekend after
""".split()  # noqa: SIM905
_CONS = "b br c ch d dr f fl g gr h j k l m n p pr r s sh st t th tr v w".split()  # noqa: SIM905
_VOW = "a e i o u ai ea ee oo".split()  # noqa: SIM905
_END = "n r l s m t d ck nd rt ld ston ley ford ham wick by".split()  # noqa: SIM905


def _made_up(count):
    rng, seen, out = Random("workload-words-1"), set(CONTENT), []

    def pick(xs):
        return xs[int(rng.random() * len(xs))]

    while len(out) < count:
        w = pick(_CONS) + pick(_VOW) + pick(_CONS) + pick(_VOW) + pick(_END)
        if w not in seen and len(w) > 4 and "tutor" not in w and "phonic" not in w:
            seen.add(w)
            out.append(w)
    return out


def _cumulate(weights):
    out, total = [], 0.0
    for w in weights:
        total += w
        out.append(total)
    return out


_fw = FUNCTION.split()
FWORDS, FCUM = _fw[::2], _cumulate(float(x) for x in _fw[1::2])
NREAL = len(dict.fromkeys(CONTENT))
CWORDS = list(dict.fromkeys(CONTENT)) + _made_up(4000)
CCUM = _cumulate((1.0 if r < NREAL else 0.3) / (r + 6.0) for r in range(len(CWORDS)))
RCUM = CCUM[:NREAL]
OCUM = _cumulate(float(o[2]) for o in OWNERS)
YEARS = list(range(2005, 2026))
YCUM = _cumulate(float(3 + (y - 2005)) for y in YEARS)
GCUM = {k: _cumulate(map(float, v)) for k, v in RATINGS.items()}


def _draw(rnd, cum):
    return bisect(cum, rnd() * cum[-1], 0, len(cum) - 1)


def _words(rnd, count, share=0.45):
    """count words; no two function words of the same kind in a row."""
    out, last = [], ""
    for _ in range(count):
        w = FWORDS[_draw(rnd, FCUM)] if rnd() < share else CWORDS[_draw(rnd, CCUM)]
        if w == last:
            w = CWORDS[_draw(rnd, RCUM)]
        out.append(w)
        last = w
    return out


def _plant(rnd, words, term):
    words[int(rnd() * len(words))] = term


def _sentences(rnd, words):
    out, i = [], 0
    while i < len(words):
        k = 8 + int(rnd() * 15)
        if len(words) - i - k < 6:
            k = len(words) - i
        s = words[i : i + k]
        if k > 14:
            s[k // 2] += ","
        out.append((s[0][:1].upper() + s[0][1:]) + " " + " ".join(s[1:]) + ".")
        i += k
    return out


def _subset(rnd, table, most):
    out = [t[0] for t in table if rnd() < t[2]]
    if not out:
        out = [table[_draw(rnd, _cumulate(t[2] for t in table))][0]]
    while len(out) > most:
        out.pop(int(rnd() * len(out)))
    return out


def record(i, seed=1):
    rnd = Random(f"W:{seed}:{i}").random
    owner = OWNERS[_draw(rnd, OCUM)][0]
    outcomes = _subset(rnd, OUTCOMES, 3)
    ages = _subset(rnd, AGES, 3)
    year = YEARS[_draw(rnd, YCUM)]
    published = f"{year}-{1 + int(rnd() * 12):02d}-{1 + int(rnd() * 28):02d}"
    ratings = {k: 1 + _draw(rnd, c) for k, c in GCUM.items()}
    title = _words(rnd, 6 + int(rnd() * 5), share=0.25)
    summary = _words(rnd, 50 + int(rnd() * 21))
    body = _words(rnd, 540 + int(rnd() * 121))
    for term, rate in PLANTED:
        if rnd() < rate:
            for _ in range(1 + int(rnd() * 4)):
                _plant(rnd, body, term)
            if rnd() < 0.4:
                _plant(rnd, summary, term)
            if rnd() < 0.15:
                _plant(rnd, title, term)
    title = " ".join(title)
    title = title[:1].upper() + title[1:]
    sents = _sentences(rnd, body)
    paras = [" ".join(sents[j : j + 6]) for j in range(0, len(sents), 6)]
    slug = "".join(ch if ch.isalnum() else "-" for ch in title.lower())[:80].strip("-")
    return {
        "id": i,
        "slug": f"{slug}-{i}",
        "title": title,
        "summary": " ".join(_sentences(rnd, summary)),
        "body": "\n\n".join(paras),
        **ratings,
        "owner": owner,
        "outcomes": outcomes,
        "ages": ages,
        "year": year,
        "published": published,
    }


def records(n, seed=1):
    for i in range(1, n + 1):
        yield record(i, seed)


# The requests of W. "where" is data, not a URL: every system spells its own.
FILTER_OWNER, FILTER_OUTCOME, TERM = "youth-violence", "behaviour", "tutoring"


def has_term(r, term, fields=("title", "summary", "body")):
    """English stemming maps tutoring/tutor to one lexeme; planted words occur in one form only."""
    for f in fields:
        text = r[f].lower()
        if term in text:
            return True
    return False


def requests(n, seed=1, per_page=24, rows_of_w=None):
    """The five requests, with the totals and facet counts (inside the whole filter) a right answer has.

    `rows_of_w` are the records where they have been made already.
    """

    def facets(rs):
        count = {}
        for r in rs:
            for key in ("owner", "year", "cost", "evidence", "impact"):
                count.setdefault(key, {}).setdefault(str(r[key]), 0)
                count[key][str(r[key])] += 1
            for key in ("outcomes", "ages"):
                for v in r[key]:
                    count.setdefault(key, {}).setdefault(v, 0)
                    count[key][v] += 1
        return count

    rows, sets = 0, {k: [] for k in "abc"}
    term_narrow = 0
    for r in rows_of_w or records(n, seed):
        rows += 1
        slim = {k: r[k] for k in ("id", "owner", "year", "cost", "evidence", "impact", "outcomes", "ages")}
        sets["a"].append(slim)
        if r["owner"] == FILTER_OWNER and FILTER_OUTCOME in r["outcomes"]:
            sets["b"].append(slim)
        if r["owner"] == FILTER_OWNER and has_term(r, TERM):
            sets["c"].append(slim)
            term_narrow += has_term(r, TERM, ("title", "summary"))
    last = max(1, -(-rows // per_page))
    detail = record(max(1, rows // 2), seed)
    f = {k: facets(v) for k, v in sets.items()}
    return {
        "n": n,
        "seed": seed,
        "per_page": per_page,
        "a": {"name": "listing, page 1, no filter", "where": {}, "page": 1, "total": rows, "facets": f["a"]},
        "b": {
            "name": "listing, two filters",
            "where": {"owner": FILTER_OWNER, "outcomes": FILTER_OUTCOME},
            "page": 1,
            "total": len(sets["b"]),
            "facets": f["b"],
        },
        "c": {
            "name": "search and one filter",
            "where": {"owner": FILTER_OWNER},
            "q": TERM,
            "page": 1,
            "total": len(sets["c"]),
            "total_title_summary_only": term_narrow,
            "facets": f["c"],
        },
        "d": {"name": "detail page", "id": detail["id"], "slug": detail["slug"], "title": detail["title"]},
        "e": {"name": "listing, deep page", "where": {}, "page": min(200, last), "total": rows},
    }
