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
    "history": "/toolkits/teaching-and-learning/one-to-one-tuition/history/",
    "version": "/record/1013/v1/",
    "families": "/families/",
    "report": "/reports/a-systematic-review-of-tagging-as-a-method-to-reduce-theft-in-retail-e/",
    "former centre": "/centres/eif/",
    "members on a day": "/centres/?on=2020-01-01",
    "methods": "/methods/",
    "corrections": "/corrections/",
    "versions compared": "/record/1013/compare/?a=1&b=1",
    "about": "/about/",
    "api": "/api/",
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
    "page beyond the last": ("/interventions/?page=999999", 404),
    "no such version": ("/record/1013/compare/?a=1&b=99", 404),
}

ALL = {name: (path, 200) for name, path in (MAIN | OTHERS).items()} | MISTAKES
