"""The public addresses. Human ones may move, with a redirect; those under /record/ never do."""

from django.urls import path

from toolkits.public import feeds, sitemaps
from toolkits.public.api.urls import urlpatterns as api_urlpatterns
from toolkits.public.views import (
    centres,
    compare,
    corrections,
    families,
    home,
    intervention,
    methods,
    records,
    reports,
    search,
    studies,
    syntheses,
    toolkits,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("privacy/", home.privacy, name="privacy"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("interventions/", toolkits.interventions, name="interventions"),
    path("toolkits/", toolkits.toolkits, name="toolkits"),
    path("toolkits/<slug:toolkit>/", toolkits.toolkit, name="toolkit"),
    path("toolkits/<slug:toolkit>/<slug:intervention>/", intervention.intervention, name="intervention"),
    path("toolkits/<slug:toolkit>/<slug:intervention>/studies/", intervention.studies, name="studies"),
    path("toolkits/<slug:toolkit>/<slug:intervention>/history/", intervention.history, name="history"),
    path("record/<int:record>/", records.record, name="record"),
    path("record/<int:record>/v<int:version>/", records.record_version, name="record_version"),
    path("record/<int:record>/history/", records.record_history, name="record_history"),
    path("record/<int:record>/compare/", compare.compare, name="compare"),
    path("families/", families.families, name="families"),
    path("families/<slug:family>/", families.family, name="family"),
    path("centres/", centres.centres, name="centres"),
    path("centres/<slug:centre>/", centres.centre, name="centre"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:report>/", reports.report, name="report"),
    path("syntheses/", syntheses.syntheses, name="syntheses"),
    path("syntheses/<slug:synthesis>/", syntheses.synthesis, name="synthesis"),
    path("studies/<int:study>/", studies.study, name="study"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<slug:method>/", methods.method, name="method"),
    path("feeds/changes.xml", feeds.feed, name="feed"),
    path("feeds/corrections.xml", feeds.corrections_feed, name="corrections_feed"),
    path("feeds/<slug:toolkit>.xml", feeds.toolkit_feed, name="toolkit_feed"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    *api_urlpatterns,
]
