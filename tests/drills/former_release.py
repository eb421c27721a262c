"""A process of the release before: it reads and publishes by the columns that its models had, and knows of no others.

`python -m tests.drills.former_release RECORD` goes on until its standard input ends, and prints what it did as JSON.
"""

import json
import sys
import threading

import django

# The last migrations of the release before this one.
BEFORE = [("toolkits", "0013_notice_of_difference"), ("evidence", "0005_rating_basis"), ("centres", "0003_sign_in")]


def main(record):
    django.setup()
    from django.db import Error, transaction
    from django.db.migrations.loader import MigrationLoader
    from django.db.models import F

    from centres.models import Centre, Person
    from toolkits import snapshots
    from toolkits.models import Change, Decision, PublishedPage, Revision
    from toolkits.publication_rows import page_row, publication_event, version_row

    apps = MigrationLoader(None).project_state(BEFORE).apps
    published = [model for model in apps.get_app_config("toolkits").get_models() if "published" in model._meta.db_table]
    done = threading.Event()
    problems, reads, publications = [], 0, 0

    def former(row):
        """`row` as the release before has it: its columns, and no others."""
        model = apps.get_model(row._meta.label)
        columns = [field.attname for field in model._meta.concrete_fields if not field.generated]
        return model(**{name: getattr(row, name) for name in columns if getattr(row, name, None) is not None})

    def wait_for_the_end():
        sys.stdin.read()
        done.set()

    def todays(model, row):
        """`row` of the release before as one of this release's, which is not asked of the database: it may lack columns."""
        return model(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})

    owner = Revision.objects.filter(record=record).values_list("centre", flat=True)[0]
    centre = todays(Centre, apps.get_model("centres.Centre").objects.get(pk=owner))
    people = apps.get_model("centres.Person").objects
    editor, reviewer = (
        todays(Person, people.create(username=name, email=f"{name}@example.org"))
        for name in ("former-editor", "former-reviewer")
    )
    threading.Thread(target=wait_for_the_end, daemon=True).start()

    def publish(number):
        last = apps.get_model("toolkits.Revision").objects.filter(record=record).order_by("-number").first()
        payload = {**last.payload, "summary": f"Words {number} of the release before."}
        said = {"schema": last.schema, "payload": payload}
        revision = Revision(
            record_id=record,
            kind=last.kind,
            number=last.number + 1,
            centre=centre,
            title=last.title,
            path=last.path,
            digest=snapshots.digest(kind=last.kind, record=record, **said),
            change=Change.WORDING,
            note="Clearer",
            submitted_by=editor,
            **said,
        )
        saved = former(revision)
        saved.save()
        decision = Decision(revision_id=saved.pk, verdict="approved", submitted_by=editor, decided_by=reviewer)
        former(decision).save()
        version = version_row(revision=revision, number=revision.number, change=Change.WORDING, note="Clearer")
        former(version).save(force_insert=True)
        before = apps.get_model("toolkits.PublishedPage").objects.get(record=record)
        page = page_row(version, before=before)
        page.cites = before.cites
        former(page).save()
        former(publication_event(revision, version, by=reviewer)).save()
        apps.get_model("toolkits.PublicationCounter").objects.filter(pk=1).update(number=F("number") + 1)
        return version.version

    while not done.is_set():
        try:
            for model in published:
                rows = list(model.objects.values_list(*[field.attname for field in model._meta.concrete_fields]))
                reads += 1
                if not rows and model._meta.model_name != "publishedcorrection":
                    problems.append(f"{model._meta.db_table} is empty")
            with transaction.atomic():
                number = publish(publications)
            publications += 1
            if PublishedPage.objects.values_list("version", flat=True).get(record=record) != number:
                problems.append(f"version {number} is not on the page")
            print(json.dumps({"published": number}), flush=True)
        except Error as error:
            problems.append(f"{type(error).__name__}: {error}")
            done.wait(0.1)
    print(json.dumps({"problems": problems[:5], "reads": reads, "publications": publications}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
