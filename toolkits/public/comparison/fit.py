"""Fit to my place: what a reader says of theirs, read from the address, and what is recorded that speaks for or against.

Nothing is filtered out and nothing is counted up: what does not fit is a caution beside the intervention, and what is
not recorded is neither.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toolkits.public.query import wrong_value
from toolkits.public.synthesis_studies import is_british, nation_words

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
SPENDING = ("lower", "middle", "higher")
MET, UNMET, UNKNOWN = "met", "unmet", "unknown"


@dataclass(frozen=True)
class Place:
    """What a reader said of their place; what is empty was not said. `have` are records that run there already."""

    ages: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    nation: str = ""
    spend: str = ""
    have: tuple[int, ...] = ()

    def pairs(self):
        """What was said as (name, value), for an address."""
        said = [("age", age) for age in self.ages] + [("setting", setting) for setting in self.settings]
        said += [("nation", self.nation)] * bool(self.nation) + [("spend", self.spend)] * bool(self.spend)
        return said + [("have", str(record)) for record in self.have]


@dataclass(frozen=True)
class Note:
    """What is recorded of one question: `state` is MET, UNMET or UNKNOWN."""

    state: str
    words: str


def titles():
    """The questions, by their names in the address."""
    return {
        "age": _("Ages"),
        "setting": _("Setting"),
        "nation": _("Nation"),
        "spend": _("What we can spend"),
        "have": _("What is there already"),
    }


def spending():
    """{value: label} of what a place can spend, in shared bands of cost."""
    return {
        "lower": _("Only what lies in the lower cost band"),
        "middle": _("Up to the middle cost band"),
        "higher": _("Any cost band"),
    }


def read(data, names, records):
    """(Place, problems) of a QueryDict; `names` are {age and setting: {slug: name}}, `records` what is looked at."""
    possible = {
        **{name: names[name] for name in ("age", "setting")},
        "nation": dict.fromkeys(NATIONS),
        "spend": dict.fromkeys(SPENDING),
        "have": {str(record): None for record in records},
    }
    said, problems = {}, []
    for name, title in titles().items():
        given = list(dict.fromkeys(value for value in data.getlist(name) if value))
        said[name] = [value for value in possible[name] if value in given]
        # What was there already stays in the address when its intervention is taken off the list.
        if name != "have":
            problems += [wrong_value(name, value, title) for value in given if value not in possible[name]][:1]
    return Place(
        ages=tuple(said["age"]),
        settings=tuple(said["setting"]),
        nation=said["nation"][0] if said["nation"] else "",
        spend=said["spend"][0] if said["spend"] else "",
        have=tuple(int(record) for record in said["have"]),
    ), problems


def words_of(place, names):
    """What was said of a Place, in words; `names` as for `read`."""
    labels = titles()
    said = [f"{labels[kind]}: {names[kind][slug]}" for kind, slug in place.pairs() if kind in names]
    if place.nation:
        said.append(f"{labels['nation']}: {place.nation}")
    if place.spend:
        said.append(f"{labels['spend']}: {spending()[place.spend]}")
    return said + [f"{labels['have']}: {record}" for record in place.have]


def notes_on(place, page, studies, names):
    """The Notes on an intervention's page for a Place; `studies` are those (payloads.StudyFacts) its syntheses rest on."""
    found = []
    if place.ages:
        found.append(_among(_("ages"), place.ages, page.document.ages, names["age"]))
    if place.settings:
        found.append(_among(_("settings"), place.settings, page.document.settings, names["setting"]))
    if place.nation:
        found.append(_from_nation(place.nation, studies))
    if place.spend:
        found.append(_affordable(place.spend, page.document))
    if page.record in place.have:
        found.append(
            Note(
                UNMET,
                _("It is there already. The evidence compares having it with not having it, not with more of it."),
            )
        )
    return found


def _among(what, wanted, terms, names):
    recorded = {term.slug: term.name for term in terms}
    asked = ", ".join(names[slug] for slug in wanted)
    if not recorded:
        return Note(UNKNOWN, _("Its %(what)s are not recorded here.") % {"what": what})
    shared = [recorded[slug] for slug in wanted if slug in recorded]
    if shared:
        return Note(MET, _("Recorded for your %(what)s: %(shared)s.") % {"what": what, "shared": ", ".join(shared)})
    return Note(
        UNMET,
        _("Not recorded for your %(what)s (%(asked)s), but for: %(recorded)s.")
        % {"what": what, "asked": asked, "recorded": ", ".join(recorded.values())},
    )


def _from_nation(nation, studies):
    if not studies:
        return Note(UNKNOWN, _("Which nations its studies come from is not recorded here."))
    there = sum(study.uk_nation == nation for study in studies)
    if there:
        words = ngettext(
            "%(count)s study recorded here comes from %(nation)s.",
            "%(count)s studies recorded here come from %(nation)s.",
            there,
        )
        return Note(MET, words % {"count": there, "nation": nation})
    perhaps = sum(
        study.uk_nation == "several" or (not study.uk_nation and (not study.country or is_british(study)))
        for study in studies
    )
    if perhaps:
        words = ngettext(
            "No study is recorded as from %(nation)s; of %(count)s the nation or country is not recorded.",
            "No study is recorded as from %(nation)s; of %(count)s the nation or country is not recorded.",
            perhaps,
        )
        return Note(UNKNOWN, words % {"count": perhaps, "nation": nation})
    words = ngettext(
        "The %(count)s study recorded here is not from %(nation)s.",
        "None of the %(count)s studies recorded here is from %(nation)s.",
        len(studies),
    )
    return Note(UNMET, words % {"count": len(studies), "nation": nation})


def _affordable(spend, document):
    bands = [rating.band for rating in document.newest_ratings if rating.axis == "cost" and rating.band in SPENDING]
    if not bands:
        return Note(UNKNOWN, _("No cost band is recorded here."))
    words = {"bands": ", ".join(dict.fromkeys(bands))}
    if all(SPENDING.index(band) <= SPENDING.index(spend) for band in bands):
        return Note(MET, _("Its shared cost band is within what you can spend: %(bands)s.") % words)
    return Note(UNMET, _("Its shared cost band is above what you can spend: %(bands)s.") % words)


def uk_words(studies):
    """What the studies recorded here say of UK evidence, in sentences."""
    if not studies:
        return [_("Not recorded here: no synthesis of its studies is published.")]
    british = [study for study in studies if is_british(study)]
    nations = {}
    for study in british:
        name = nation_words(study.uk_nation) or _("nation not recorded")
        nations[name] = nations.get(name, 0) + 1
    found = [
        ngettext(
            "%(uk)s of the %(all)s study recorded here is from the UK.",
            "%(uk)s of the %(all)s studies recorded here are from the UK.",
            len(studies),
        )
        % {"uk": len(british), "all": len(studies)}
    ]
    found += [f"{name}: {count}" for name, count in nations.items()]
    silent = sum(not study.country and not study.uk_nation for study in studies)
    if silent:
        found.append(_("Country not recorded: %(count)s") % {"count": silent})
    return found
