"""Addresses of the editorial side."""

from django.urls import path

from toolkits.editorial import views

app_name = "editorial"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("revisions/<int:number>/", views.revision, name="revision"),
    path("revisions/<int:number>/decide/", views.decide, name="decide"),
    path("revisions/<int:number>/publish/", views.publish, name="publish"),
    path("revisions/<int:number>/preview/", views.preview_revision, name="preview_revision"),
    path("<slug:kind>/<int:record>/", views.draft, name="draft"),
    path("<slug:kind>/<int:record>/submit/", views.submit, name="submit"),
    path("<slug:kind>/<int:record>/preview/", views.preview_draft, name="preview_draft"),
]
