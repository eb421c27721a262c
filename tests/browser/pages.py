"""The public pages every check looks at: one of each template, and the kinds of content that differ."""

MAIN = {
    "home": "/",
    "interventions": "/interventions/",
    "toolkits": "/toolkits/",
    "toolkit": "/toolkits/crime-reduction/",
    "intervention": "/toolkits/teaching-and-learning/one-to-one-tuition/",
    "family": "/families/mentoring/",
    "centres": "/centres/",
    "centre": "/centres/eef/",
    "reports": "/reports/",
    "method": "/methods/eef-months/",
}

COST = "/toolkits/teaching-and-learning/one-to-one-tuition/cost/?people=100&groups=10&years=2&who=pupil"

OTHERS = {
    "chart": "/toolkits/teaching-and-learning/?view=chart",
    "by outcome": "/interventions/?view=by-outcome",
    "by idea": "/interventions/?view=by-family",
    "search": "/search/",
    "search results": "/search/?q=stop+kids+reoffending",
    "search corrected": "/search/?q=apprentiships",
    "search without results": "/search/?q=qwertyuiop",
    "list with words": "/interventions/?q=rough+sleepers",
    "list without results": "/interventions/?q=phonics&centre=yef",
    "reports with words": "/reports/?q=wales",
    "toolkit as a table": "/toolkits/teaching-and-learning/?view=table",
    "filtered list": "/interventions/?outcome=reoffending&impact=benefit&impact=harm",
    "empty list": "/toolkits/crime-reduction/?outcome=attainment&outcome=housing&impact=overall-increase",
    "harmful intervention": "/toolkits/teaching-and-learning/repeating-a-year/",
    "direction only": "/toolkits/crime-reduction/alley-gating/",
    "two aspects": "/toolkits/higher-education-access/multi-intervention-outreach/",
    "network's reading": "/toolkits/local-growth/",
    "retired strand": "/toolkits/early-years/early-years-digital-technology/",
    "former centre's toolkit": "/toolkits/early-intervention-guidebook/",
    "studies": "/toolkits/teaching-and-learning/one-to-one-tuition/studies/",
    "syntheses": "/syntheses/",
    "synthesis": "/syntheses/scared-straight-visits-and-offending/",
    "long synthesis": "/syntheses/cognitive-behavioural-therapy-and-reoffending/",
    "studies of a synthesis": "/toolkits/youth-violence/prison-awareness-programmes/studies/?uk=no&q=1979",
    "intervention with a synthesis": "/toolkits/youth-violence/prison-awareness-programmes/",
    "study": "/studies/20001/",
    "cost": "/toolkits/teaching-and-learning/one-to-one-tuition/cost/",
    "cost worked out": COST + "&uptake_likely=60&uptake_low=50&uptake_high=80&hours1_likely=20&pay1_likely=18",
    "pack": "/pack/?i=1070v1&s=8001v1&f=409v1&o=1111v1",
    "pack of several": "/pack/?i=1013v1&i=1011v1&i=1070v1&s=8001v1",
    "no pack yet": "/pack/",
    "history": "/toolkits/teaching-and-learning/one-to-one-tuition/history/",
    "version": "/record/1013/v1/",
    "families": "/families/",
    "report": "/reports/a-systematic-review-of-tagging-as-a-method-to-reduce-theft-in-retail-e/",
    "former centre": "/centres/eif/",
    "members on a day": "/centres/?on=2020-01-01",
    "methods": "/methods/",
    "corrections": "/corrections/",
    "shortlist": "/shortlist/?i=1011&i=1013&age=5-10&nation=Wales&spend=lower",
    "empty shortlist": "/shortlist/",
    "comparison": "/compare/?i=1011&i=1013&i=1101&age=5-10&nation=Wales&spend=lower",
    "list with a shortlist": "/interventions/?q=mentoring&i=1011",
    "versions compared": "/record/1013/compare/?a=1&b=1",
    "about": "/about/",
    "api": "/api/",
    "open data": "/data/",
    "codebook": "/data/codebook/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "follow": "/follow/?record=1011",
    "follow a list": "/follow/?search=/interventions/%3Foutcome%3Dcrime%26impact%3Dbenefit%26q%3Dmentoring",
    "follow sent": "/follow/sent/",
}

MISTAKES = {
    "cost without a share": (COST, 400),
    "no such page": ("/toolkits/no-such-toolkit/", 404),
    "no such value": ("/toolkits/crime-reduction/?impact=banana", 400),
    "nothing to follow": ("/follow/?record=1", 404),
    "no such pack": ("/pack/?i=1013v99", 404),
    "too many to compare": ("/compare/?i=1011&i=1012&i=1013&i=1014&i=1015&i=1016", 400),
    "page beyond the last": ("/interventions/?page=999999", 404),
    "no such version": ("/record/1013/compare/?a=1&b=99", 404),
}

ALL = {name: (path, 200) for name, path in (MAIN | OTHERS).items()} | MISTAKES

# Templates that another name shows already: `make test` checks their HTML and leaves axe to the drill.
SHOWN_BY_ANOTHER = {
    *("chart", "by outcome", "by idea", "search corrected", "list with words", "reports with words"),
    *("filtered list", "list with a shortlist", "network's reading", "retired strand", "former centre's toolkit"),
    *("harmful intervention", "direction only", "two aspects", "long synthesis", "cost worked out", "former centre"),
    *("members on a day", "follow a list", "no such value", "nothing to follow", "no such pack", "no such version"),
}
