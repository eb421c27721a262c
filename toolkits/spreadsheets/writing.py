"""Many working rows in one statement. Constraints and triggers hold as for one at a time."""


def update(changed, table, *, also):
    """Give the targets of changed rows what their cells say, in the plain columns that any of them changes.

    `also` are further fields to write, which the caller has set.
    """
    fields = set(also)
    for planned in changed:
        for path, value in table.plain(planned.row).items():
            if getattr(planned.target, path) != value:
                setattr(planned.target, path, value)
                fields.add(path)
    replace([planned.target for planned in changed], fields)


def replace(rows, fields):
    """Write these `fields` of `rows`, all of one model and in the database already.

    INSERT … ON CONFLICT takes a tenth of the time of `bulk_update`, which asks for each field by each row's key.
    """
    if rows and fields:
        model = type(rows[0])
        key = model._meta.pk.name
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=fields)


def write_terms(column, changed):
    """Give the targets of rows the terms that their cells name; those that stay are not touched."""
    if not changed:
        return
    field = type(changed[0].target)._meta.get_field(column.path)
    through, of, to = field.remote_field.through, f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    wanted = {(planned.target.pk, slug) for planned in changed for slug in planned.row.values[column.name]}
    there = through.objects.filter(**{f"{of}__in": [planned.target.pk for planned in changed]})
    before = {(owner, slug): pk for pk, owner, slug in there.values_list("pk", of, to)}
    through.objects.filter(pk__in=[pk for key, pk in before.items() if key not in wanted]).delete()
    through.objects.bulk_create(through(**{of: owner, to: slug}) for owner, slug in sorted(wanted - before.keys()))
