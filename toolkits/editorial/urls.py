"""Addresses of the editorial side."""

from django.urls import path

from toolkits.editorial import home, markdown_preview, missing, suggestions
from toolkits.editorial.views import (
    appraisals,
    change_sets,
    drafts,
    family_differences,
    imports,
    queue,
    rate,
    revisions,
    scales,
    standing,
    study_copies,
    study_imports,
)

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
    path("families/<int:record>/", family_differences.family_differences, name="family_differences"),
    path("differences/<int:number>/", family_differences.family_difference, name="family_difference"),
    path("differences/<int:number>/agree/", family_differences.agree_to_difference, name="agree_to_difference"),
    path("differences/<int:number>/other-words/", family_differences.reword_difference, name="reword_difference"),
    path("differences/<int:number>/withdraw/", family_differences.withdraw_difference, name="withdraw_difference"),
    path("re-rating/", scales.rerating, name="rerating"),
    path("intervention/<int:record>/ratings/<int:number>/", rate.rate, name="rate"),
    path("intervention/<int:record>/ratings/<int:number>/without/", rate.rate_without, name="rate_without"),
    path("method/<int:record>/new-version/", scales.new_version, name="new_version"),
    path("change-sets/", change_sets.change_sets, name="change_sets"),
    path("change-sets/new/", change_sets.new_change_set, name="new_change_set"),
    path("change-sets/<int:number>/", change_sets.change_set, name="change_set"),
    path("change-sets/<int:number>/decide/", change_sets.decide_together, name="decide_together"),
    path("change-sets/<int:number>/appoint/", change_sets.appoint_together, name="appoint_together"),
    path("change-sets/<int:number>/publish/", change_sets.publish_together, name="publish_together"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<int:number>/", imports.import_job, name="import_job"),
    path("imports/<int:number>/import/", imports.import_rows, name="import_rows"),
    path("imports/<int:number>/file/", imports.import_file, name="import_file"),
    path("imports/templates/<slug:centre>/<slug:table>.<slug:form>", imports.import_template, name="import_template"),
    path("exports/<slug:centre>/<slug:table>.<slug:form>", imports.export, name="export"),
    path("synthesis/<int:record>/import/", study_imports.study_import, name="study_import"),
    path(
        "synthesis/<int:record>/import/template.<slug:form>",
        study_imports.study_import_template,
        name="study_import_template",
    ),
    path("synthesis/<int:record>/import/<int:number>/", study_imports.study_import_job, name="study_import_job"),
    path(
        "synthesis/<int:record>/import/<int:number>/again/", study_imports.study_import_again, name="study_import_again"
    ),
    path(
        "synthesis/<int:record>/import/<int:number>/import/", study_imports.study_import_rows, name="study_import_rows"
    ),
    path("estimates/<int:number>/appraisal/", appraisals.appraisal, name="appraisal"),
    path("study-copies/", study_copies.study_copies, name="study_copies"),
    path("studies/<int:record>/merge/<int:other>/", study_copies.merge_studies, name="merge_studies"),
    path("lists/<slug:name>/", home.work_list, name="work_list"),
    path("markdown/", markdown_preview.markdown, name="markdown"),
    path("suggest/interventions/", suggestions.suggest_interventions, name="suggest_interventions"),
    path("suggest/studies/", suggestions.suggest_studies, name="suggest_studies"),
    path("<slug:kind>/new/missing/", missing.missing_new, name="missing_new"),
    path("<slug:kind>/<int:record>/missing/", missing.missing, name="missing"),
    path("<slug:kind>/<int:record>/take/", home.take, name="take"),
    path("<slug:kind>/<int:record>/", drafts.draft, name="draft"),
    path("<slug:kind>/<int:record>/submit/", drafts.submit, name="submit"),
    path("<slug:kind>/<int:record>/preview/", drafts.preview_draft, name="preview_draft"),
    path("<slug:kind>/<int:record>/public/", standing.standing, name="standing"),
    path("<slug:kind>/<int:record>/restore/", standing.restore, name="restore"),
    path("<slug:kind>/<int:record>/withdraw/", standing.withdraw, name="withdraw"),
    path("<slug:kind>/<int:record>/remove/", standing.remove, name="remove"),
    path("<slug:kind>/<int:record>/merge/", standing.merge, name="merge"),
]
