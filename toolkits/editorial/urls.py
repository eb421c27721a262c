"""Addresses of the editorial side."""

from django.urls import path

from toolkits.editorial.views import change_sets, drafts, queue, revisions, standing

app_name = "editorial"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("revisions/<int:number>/", revisions.revision, name="revision"),
    path("revisions/<int:number>/comment/", revisions.comment, name="comment"),
    path("revisions/<int:number>/decide/", revisions.decide, name="decide"),
    path("revisions/<int:number>/appoint/", revisions.appoint, name="appoint"),
    path("revisions/<int:number>/emergency/", revisions.emergency, name="emergency"),
    path("revisions/<int:number>/publish/", revisions.publish, name="publish"),
    path("revisions/<int:number>/preview/", revisions.preview_revision, name="preview_revision"),
    path("appointments/<int:number>/cancel/", revisions.cancel_appointment, name="cancel_appointment"),
    path("flags/<int:number>/settle/", drafts.settle, name="settle"),
    path("change-sets/", change_sets.change_sets, name="change_sets"),
    path("change-sets/new/", change_sets.new_change_set, name="new_change_set"),
    path("change-sets/<int:number>/", change_sets.change_set, name="change_set"),
    path("change-sets/<int:number>/decide/", change_sets.decide_together, name="decide_together"),
    path("change-sets/<int:number>/appoint/", change_sets.appoint_together, name="appoint_together"),
    path("change-sets/<int:number>/publish/", change_sets.publish_together, name="publish_together"),
    path("<slug:kind>/<int:record>/", drafts.draft, name="draft"),
    path("<slug:kind>/<int:record>/submit/", drafts.submit, name="submit"),
    path("<slug:kind>/<int:record>/preview/", drafts.preview_draft, name="preview_draft"),
    path("<slug:kind>/<int:record>/public/", standing.standing, name="standing"),
    path("<slug:kind>/<int:record>/restore/", standing.restore, name="restore"),
    path("<slug:kind>/<int:record>/withdraw/", standing.withdraw, name="withdraw"),
    path("<slug:kind>/<int:record>/remove/", standing.remove, name="remove"),
    path("<slug:kind>/<int:record>/merge/", standing.merge, name="merge"),
]
