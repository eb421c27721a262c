"""A checked folder into working rows: rows are changed in place, so that what a folder does not say stays."""

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from centres.models import Award, Centre, Membership, NetworkFact, Succession
from centres.records import RecordNumber, claim
from evidence.models import (
    AgeBand,
    Estimate,
    Family,
    FamilyMember,
    Intervention,
    Outcome,
    Rating,
    RatingLevel,
    RatingRule,
    RatingScheme,
    Report,
    Setting,
    Study,
    Synthesis,
)
from toolkits.models import Assessed, SharedList, SynonymGroup, Toolkit, ToolkitAxis, ToolkitEntry
from toolkits.networks.intervention_loading import write_costs, write_terms
from toolkits.networks.problems import Problem, listed
from toolkits.networks.study_loading import write_studies
from toolkits.networks.tables import TABLE, TABLES

VOCABULARIES = {"outcomes": Outcome, "settings": Setting, "age_bands": AgeBand}


class StillUsed(Exception):
    """Rows that vanished from the folder are needed by records that are not in it; `problems` name both."""

    def __init__(self, problems):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def lock():
    """Hold back everybody else who would write working rows, until the transaction ends."""
    models = [RecordNumber, SharedList, Family, ToolkitEntry, Study, Estimate, *(table.model for table in TABLES)]
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _plain(table, row):
    """{field: value} of the columns that are kept as they are."""
    return TABLE[table].plain(row)


def _recorded(model, pairs):
    """The working rows of [(entry, fields)], made or changed in place; entries without a number get theirs."""
    pairs = list(pairs)
    new = [(entry, fields) for entry, fields in pairs if entry.ours is None]
    RecordNumber.objects.bulk_create(
        RecordNumber(number=entry.number, kind=model.KIND) for entry, _ in new if entry.number
    )
    for entry, _ in new:
        entry.theirs.number = entry.number or claim(model.KIND, first=model.FIRST_NUMBER).pk
    model.objects.bulk_create(model(record_id=entry.number, **fields) for entry, fields in new)
    rows = model.objects.in_bulk([entry.number for entry, _ in pairs])
    for entry, fields in pairs:
        if entry.ours is not None:
            for name, value in fields.items():
                setattr(rows[entry.number], name, value)
            rows[entry.number].save()
    return [rows[entry.number] for entry, _ in pairs]


class Writer:
    """Writes the entries of a plan that are new or changed, table by table, so that names are known when used.

    `tables` are the names of those in the folder: of an optional one that is not, everything stays.
    """

    def __init__(self, plan, tables):
        self.tables = tables
        self.entries = [entry for entry in plan.entries if entry.writes]
        self.gone = []

    def of(self, kind):
        """The entries of a kind that are written."""
        return [entry for entry in self.entries if entry.theirs.kind == kind]

    def write(self):
        """Write all of them; StillUsed where a term or level that vanished is needed elsewhere."""
        self._shared_lists()
        self._centres()
        self._schemes()
        self._toolkits()
        self._interventions()
        self._syntheses()
        self._families()
        self._reports()
        self._words()
        self._drop_what_is_gone()

    def _shared_lists(self):
        for entry in self.of("vocabulary"):
            if entry.ours is None:
                number = claim(SharedList.KIND, first=SharedList.FIRST_NUMBER)
                entry.theirs.number = SharedList.objects.create(record=number, slug=entry.theirs.key).pk
            table = entry.theirs.key.replace("-", "_")
            rows = entry.theirs.rows.get(table, [])
            if table == "network":
                NetworkFact.objects.exclude(key__in=[row.cells["key"] for row in rows]).delete()
                for row in rows:
                    NetworkFact.objects.update_or_create(key=row.cells["key"], defaults=_plain("network", row))
                continue
            if table not in VOCABULARIES:
                continue
            model = VOCABULARIES[table]
            # Names are unique and may change places: out of the way with the old ones first.
            model.objects.update(name=Concat(Value("~"), F("slug")))
            for row in rows:
                model.objects.update_or_create(slug=row.cells["slug"], defaults=_plain(table, row))
            gone = model.objects.exclude(slug__in=[row.cells["slug"] for row in rows])
            self.gone += [(table, term.slug, term) for term in gone]

    def _centres(self):
        entries = self.of("centre")
        _recorded(Centre, ((entry, _plain("centres", entry.theirs.row("centres"))) for entry in entries))
        known = {centre.slug: centre for centre in Centre.objects.all()}
        numbers = [entry.number for entry in entries]
        Membership.objects.filter(centre__in=numbers).delete()
        Succession.objects.filter(predecessor__in=numbers).delete()
        Award.objects.filter(centre__in=numbers).delete()
        for model, table in ((Membership, "memberships"), (Award, "funding")):
            model.objects.bulk_create(
                model(centre_id=entry.number, position=row.number, **_plain(table, row))
                for entry in entries
                for row in entry.theirs.rows.get(table, [])
            )
        Succession.objects.bulk_create(
            Succession(
                predecessor_id=entry.number,
                successor=known.get(row.cells["successor"]),
                position=row.number,
                **_plain("successions", row),
            )
            for entry in entries
            for row in entry.theirs.rows.get("successions", [])
        )

    def _owned(self, model, table, entries):
        """The working rows of records that a row of `table` describes and a centre, or the network, owns."""
        centres = {centre.slug: centre for centre in Centre.objects.all()}
        rows = [entry.theirs.row(table) for entry in entries]
        owned = [_plain(table, row) | {"centre": centres.get(row.cells["centre_slug"])} for row in rows]
        return _recorded(model, zip(entries, owned, strict=True))

    def _schemes(self):
        entries = self.of("method")
        schemes = self._owned(RatingScheme, "rating_schemes", entries)
        for entry, scheme in zip(entries, schemes, strict=True):
            before = {level.key: level for level in scheme.levels.all()}
            for row in entry.theirs.rows["rating_levels"]:
                level = before.pop(row.cells["level"], None) or RatingLevel(scheme=scheme)
                for name, value in _plain("rating_levels", row).items():
                    setattr(level, name, value)
                level.position = row.number
                level.save()
            self.gone += [("rating_levels", f"{scheme.slug} / {level.key}", level) for level in before.values()]
        if "rating_rules" in self.tables:
            self._rules(entries, schemes)
        self._successors(entries)

    def _rules(self, entries, schemes):
        RatingRule.objects.filter(scheme__in=schemes).delete()
        levels = {(level.scheme_id, level.key): level for level in RatingLevel.objects.filter(scheme__in=schemes)}
        RatingRule.objects.bulk_create(
            RatingRule(
                scheme=scheme,
                level=levels[scheme.pk, row.cells["level"]],
                position=row.number,
                **_plain("rating_rules", row),
            )
            for entry, scheme in zip(entries, schemes, strict=True)
            for row in entry.theirs.rows.get("rating_rules", [])
        )

    def _successors(self, entries):
        """Say which version of a scale takes the place of which, once all of them are there."""
        rows = [entry.theirs.row("rating_schemes") for entry in entries]
        rows = [row for row in rows if "succeeds" in row.values]
        written, known = [row.cells["scheme"] for row in rows], {row.slug: row for row in RatingScheme.objects.all()}
        RatingScheme.objects.filter(slug__in=written).update(succeeds=None)
        taken = {row.succeeds_id: row.slug for row in known.values() if row.slug not in written}
        wanted = [(row, known[row.cells["succeeds"]]) for row in rows if row.cells["succeeds"]]
        problems = [
            Problem(
                file=TABLE["rating_schemes"].file,
                row=row.number,
                column="succeeds",
                value=earlier.slug,
                message=f"{taken[earlier.pk]}, which the folder does not change, takes its place already",
                hint="A scale has one successor: leave the cell empty, or name that one.",
            )
            for row, earlier in wanted
            if earlier.pk in taken
        ]
        if problems:
            raise StillUsed(problems)
        for row, earlier in wanted:
            RatingScheme.objects.filter(slug=row.cells["scheme"]).update(succeeds=earlier)

    def _toolkits(self):
        entries = self.of("toolkit")
        toolkits = self._owned(Toolkit, "toolkits", entries)
        ToolkitAxis.objects.filter(toolkit__in=toolkits).delete()
        ToolkitAxis.objects.bulk_create(
            ToolkitAxis(toolkit=toolkit, position=row.number, **_plain("toolkit_axes", row))
            for entry, toolkit in zip(entries, toolkits, strict=True)
            for row in entry.theirs.rows.get("toolkit_axes", [])
        )

    def _interventions(self):
        entries = self.of("intervention")
        for entry in entries:
            if not entry.differences.public and entry.ours is not None:
                # Editors' own columns only: the time of the last save is left to say what people wrote.
                fields = _plain("interventions", entry.theirs.row("interventions"))
                Intervention.objects.filter(pk=entry.number).update(**fields)
        entries = [entry for entry in entries if entry.ours is None or entry.differences.public]
        self._owned(Intervention, "interventions", entries)
        self._places(entries)
        for name in ("outcomes", "settings", "age_bands", "unrated_outcomes"):
            write_terms([entry for entry in entries if name in entry.theirs.row("interventions").values], name)
        self._ratings(entries)
        if "costs" in self.tables:
            write_costs(entries)

    def _places(self, entries):
        """Put interventions into their toolkits."""
        toolkits = {toolkit.slug: toolkit for toolkit in Toolkit.objects.all()}
        before = ToolkitEntry.objects.in_bulk([entry.number for entry in entries], field_name="intervention_id")
        new = []
        for entry in entries:
            row = entry.theirs.row("interventions")
            place = before.get(entry.number) or ToolkitEntry(intervention_id=entry.number)
            place.toolkit, place.slug, place.position = toolkits[row.cells["toolkit"]], row.cells["slug"], row.number
            if place.pk:
                place.save()
            else:
                new.append(place)
        ToolkitEntry.objects.bulk_create(new)

    def _ratings(self, entries):
        """Write ratings; one of the same level, outcome and aspect is the same, and keeps its reason."""
        levels = {(level.scheme.slug, level.key): level for level in RatingLevel.objects.select_related("scheme")}
        before = {
            (rating.intervention_id, rating.level_id, rating.outcome_id, rating.aspect): rating
            for rating in Rating.objects.filter(intervention__in=[entry.number for entry in entries])
        }
        new = []
        for entry in entries:
            for row in entry.theirs.rows.get("ratings", []):
                fields = _plain("ratings", row) | {
                    "level": levels[row.cells["scheme"], row.cells["level"]],
                    "outcome_id": row.cells["outcome"] or None,
                    "position": row.number,
                }
                key = entry.number, fields["level"].pk, fields["outcome_id"], fields["aspect"]
                rating = before.pop(key, None)
                if rating is None:
                    new.append(Rating(intervention_id=entry.number, **fields))
                    continue
                for name, value in fields.items():
                    setattr(rating, name, value)
                rating.save()
        Rating.objects.filter(pk__in=[rating.pk for rating in before.values()]).delete()
        Rating.objects.bulk_create(new)

    def _syntheses(self):
        entries = self.of("synthesis")
        rows = self._owned(Synthesis, "syntheses", entries)
        places = {
            f"{toolkit}/{slug}": number
            for toolkit, slug, number in ToolkitEntry.objects.values_list("toolkit__slug", "slug", "intervention")
        }
        for entry, synthesis in zip(entries, rows, strict=True):
            row = entry.theirs.row("syntheses")
            Synthesis.objects.filter(pk=entry.number).update(outcome=row.cells["outcome"] or None)
            synthesis.interventions.set(places[name] for name in row.values["interventions"])
        if "study_results" in self.tables:
            centres = {centre.slug: centre for centre in Centre.objects.all()}
            write_studies(entries, centres, places, appraised="appraisals" in self.tables)

    def _families(self):
        entries = self.of("family")
        families = _recorded(
            Family,
            (
                (entry, {"slug": entry.theirs.key, "name": entry.theirs.row("families").values["family_name"]})
                for entry in entries
            ),
        )
        FamilyMember.objects.filter(family__in=families).delete()
        interventions = {
            (toolkit, slug): number
            for toolkit, slug, number in ToolkitEntry.objects.values_list("toolkit__slug", "slug", "intervention")
        }
        FamilyMember.objects.bulk_create(
            FamilyMember(
                family=family,
                intervention_id=interventions[row.cells["toolkit"], row.cells["intervention"]],
                position=row.number,
                **_plain("families", row),
            )
            for entry, family in zip(entries, families, strict=True)
            for row in entry.theirs.rows["families"]
        )

    def _reports(self):
        self._owned(Report, "reports", self.of("report"))

    def _words(self):
        """Write the lists that search needs, whole: nothing refers to their rows, and all their columns are here."""
        centres = {centre.slug: centre for centre in Centre.objects.all()}
        for entry in self.of("vocabulary"):
            rows = entry.theirs.rows.get(entry.theirs.key, [])
            if entry.theirs.key == "synonyms":
                SynonymGroup.objects.all().delete()
                SynonymGroup.objects.bulk_create(
                    SynonymGroup(position=row.number, **_plain("synonyms", row)) for row in rows
                )
            elif entry.theirs.key == "assessed":
                Assessed.objects.all().delete()
                Assessed.objects.bulk_create(
                    Assessed(
                        centre=centres.get(row.cells["centre_slug"]), position=row.number, **_plain("assessed", row)
                    )
                    for row in rows
                )

    def _drop_what_is_gone(self):
        problems = []
        for table, name, row in self.gone:
            users = [str(user) for user in _users(row)[:3]]
            if users:
                problems.append(
                    Problem(
                        file=TABLE[table].file,
                        value=name,
                        message=f"the row is gone from the folder, and {listed(users)} outside the folder still uses it",
                        hint="Put the row back.",
                    )
                )
        if problems:
            raise StillUsed(problems)
        for _table, _name, row in self.gone:
            row.delete()


def _users(row):
    """The interventions that a vanished term or level would vanish from."""
    if isinstance(row, RatingLevel):
        return Intervention.objects.filter(ratings__level=row).distinct()
    used = Q(pk__in=row.interventions.values("pk"))
    if isinstance(row, Outcome):
        used |= Q(ratings__outcome=row) | Q(unrated_outcomes=row)
    return Intervention.objects.filter(used).distinct()


def set_positions(folder, rows):
    """Give every working row the place that it has in its file; `rows` are those of `stored.read_tables`.

    Returns whether any had another place.
    """
    any_moved = False
    for table in TABLES:
        model, key = (ToolkitEntry, "intervention") if table.name == "interventions" else (table.model, "pk")
        if not hasattr(model, "position"):
            continue
        places = {_key(table, row): row.number for row in folder.rows(table.name)}
        wanted = {row.number: places.get(_key(table, row)) for row in rows[table.name]}
        moved = [
            model(pk=pk, position=wanted[row])
            for row, pk, position in model.objects.values_list(key, "pk", "position")
            if wanted.get(row) not in (None, position)
        ]
        model.objects.bulk_update(moved, ["position"], batch_size=500)
        any_moved = any_moved or bool(moved)
    return any_moved


def _key(table, row):
    return tuple(table.column(name).alike(row.cells[name]) for name in table.key)
