"""A local cost sheet: what a reader put in an address, checked, and what `evidence.costing` makes of it.

Nothing is assumed: an input that is left empty is not counted, and the page says so. Everything is in the address, so
that a sheet can be kept, sent and changed. Bounds keep a mistyped number from looking like a result.
"""

import math
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence import costing
from evidence.costing import Plan, Spread, Staff
from toolkits.public.echoes import echo

GRADES = ("1", "2", "3")
LONGEST_GRADE = 60
MOST_DIGITS = 12
# What an effect on one person may be counted in, so that it can be set against the cost of one person.
UNITS_OF_A_PERSON = re.compile(r"\bmonths?\b")
WHO = {
    "person": gettext_lazy("person"),
    "pupil": gettext_lazy("pupil"),
    "family": gettext_lazy("family"),
    "place": gettext_lazy("place"),
}
PEOPLE = {"person", "pupil"}


@dataclass(frozen=True)
class Count:
    """A whole number that is asked for, from `least` to `most`."""

    name: str
    title: str
    hint: str
    least: int
    most: int


@dataclass(frozen=True)
class Guess:
    """A number that may be uncertain: asked for as lowest, likeliest and highest, each at most `most`."""

    name: str
    title: str
    unit: str
    most: float


COUNTS = (
    Count("people", gettext_lazy("How many are offered it in a year"), "", 1, 1_000_000),
    Count(
        "groups",
        gettext_lazy("Groups, classes or cohorts in a year"),
        gettext_lazy("1 where it is not run in groups."),
        1,
        100_000,
    ),
    Count("years", gettext_lazy("For how many years"), "", 1, 20),
)
UPTAKE = Guess("uptake", gettext_lazy("Share that takes it up"), gettext_lazy("per cent"), 100)
MATERIALS = Guess("materials", gettext_lazy("Materials for each who takes part"), gettext_lazy("£"), 1_000_000)
SETUP = Guess("setup", gettext_lazy("Setting up, once"), gettext_lazy("£"), 1_000_000_000)
HOURS = Guess("hours", gettext_lazy("Hours for each group in a year"), gettext_lazy("hours"), 100_000)
PAY = Guess("pay", gettext_lazy("Cost of an hour, with pension and National Insurance"), gettext_lazy("£"), 10_000)
ENDS = (("low", gettext_lazy("lowest")), ("likely", gettext_lazy("likeliest")), ("high", gettext_lazy("highest")))


@dataclass(frozen=True)
class Box:
    """A field of the form as it stands: its name, label and what was typed."""

    name: str
    title: str
    value: str = ""
    hint: str = ""
    error: str = ""


@dataclass(frozen=True)
class Row:
    """A group of three boxes, for one guess."""

    title: str
    unit: str
    boxes: list


@dataclass
class Sheet:
    """What was asked (`given`), what is wrong with it (`errors`: pairs of field and words), and what comes of it."""

    given: dict
    errors: list = field(default_factory=list)
    plan: Plan | None = None
    result: costing.Result | None = None
    seed: int = costing.SEED

    @property
    def who(self):
        """What each of those counted is, as a word."""
        return WHO.get(self.given.get("who"), WHO["person"])

    def _box(self, name, title, hint=""):
        return Box(name, title, self.given.get(name, ""), hint, dict(reversed(self.errors)).get(name, ""))

    def _row(self, guess, number=""):
        name = f"{guess.name}{number}"
        return Row(guess.title, guess.unit, [self._box(f"{name}_{end}", word) for end, word in ENDS])

    @property
    def counts(self):
        return [self._box(count.name, count.title, count.hint) for count in COUNTS]

    @property
    def choices_of_who(self):
        return [(key, word, self.given.get("who") == key) for key, word in WHO.items()]

    @property
    def guesses(self):
        return [self._row(guess) for guess in (UPTAKE, MATERIALS, SETUP)]

    @property
    def grades(self):
        """For each grade: its number, the box of its name, and its rows."""
        return [
            (
                number,
                self._box(f"grade{number}", _("Grade or role")),
                [self._row(HOURS, number), self._row(PAY, number)],
            )
            for number in GRADES
        ]

    @property
    def assumptions(self):
        """(what, lowest, likeliest, highest, unit) of all that was put in, as numbers; none before there is a plan."""
        if not (plan := self.plan):
            return []
        found = [(count.title, *[getattr(plan, count.name)] * 3, "") for count in COUNTS]
        spreads = [(UPTAKE.title, plan.uptake, UPTAKE.unit)]
        for one in plan.staff:
            spreads.append((f"{one.grade}: {HOURS.title}", one.hours, HOURS.unit))
            spreads.append((f"{one.grade}: {PAY.title}", one.hourly, PAY.unit))
        spreads += [(MATERIALS.title, plan.materials, MATERIALS.unit), (SETUP.title, plan.setup, SETUP.unit)]
        return found + [(title, spread.low, spread.likely, spread.high, unit) for title, spread, unit in spreads]

    @property
    def not_counted(self):
        """What was left empty, and so costs nothing here."""
        if not (plan := self.plan):
            return []
        parts = ((_("staff"), plan.staff), (_("materials"), plan.materials.high), (_("setting up"), plan.setup.high))
        return [name for name, counted in parts if not counted]


def names():
    """Every parameter of a sheet."""
    guesses = [UPTAKE.name, MATERIALS.name, SETUP.name, *(f"{g.name}{n}" for n in GRADES for g in (HOURS, PAY))]
    return [
        *(count.name for count in COUNTS),
        "who",
        *(f"grade{number}" for number in GRADES),
        *(f"{name}_{end}" for name in guesses for end, _word in ENDS),
        "seed",
    ]


class _Reading:
    """Reads one address; gathers what is wrong."""

    def __init__(self, given):
        self.given, self.errors = given, []

    def wrong(self, name, words):
        self.errors.append((name, words))

    def number(self, name, title, most):
        """The number typed in a box; None where it is empty or wrong."""
        text = self.given.get(name, "").replace(",", "").removeprefix("£").removesuffix("%")
        if not text:
            return None
        value = float(text) if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) and len(text) <= MOST_DIGITS else math.nan
        if not value <= most:
            self.wrong(
                name,
                _("%(title)s: “%(value)s” is not a number from 0 to %(most)s. Write digits, such as 12 or 7.50.")
                % {"title": title, "value": echo(self.given[name]), "most": f"{most:,}"},
            )
            return None
        return value

    def count(self, count):
        """A whole number within its bounds; 0 where it is wrong."""
        text = self.given.get(count.name, "").replace(",", "")
        if not text:
            self.wrong(count.name, _("%(title)s: write a number.") % {"title": count.title})
            return 0
        right = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        if not right or not count.least <= int(text) <= count.most:
            self.wrong(
                count.name,
                _("%(title)s: “%(value)s” is not a whole number from %(least)s to %(most)s.")
                % {"title": count.title, "value": echo(text), "least": count.least, "most": f"{count.most:,}"},
            )
            return 0
        return int(text)

    def spread(self, guess, number=""):
        """The Spread of a guess; None where it is empty or wrong. One number alone is taken as known."""
        name, before = f"{guess.name}{number}", len(self.errors)
        title = f"{guess.title} ({number})" if number else str(guess.title)
        low, likely, high = (self.number(f"{name}_{end}", f"{title}, {word}", guess.most) for end, word in ENDS)
        if len(self.errors) > before or (low, likely, high) == (None, None, None):
            return None
        if likely is None:
            self.wrong(f"{name}_likely", _("%(title)s: write the likeliest number too.") % {"title": title})
        elif (low is None) != (high is None):
            end = "low" if low is None else "high"
            self.wrong(
                f"{name}_{end}",
                _("%(title)s: write both the lowest and the highest, or neither where you are sure.")
                % {"title": title},
            )
        elif low is not None and not low <= likely <= high:
            self.wrong(
                f"{name}_likely",
                _("%(title)s: the likeliest number has to lie between the lowest and the highest.") % {"title": title},
            )
        else:
            return Spread(likely if low is None else low, likely, likely if high is None else high)
        return None

    def staff(self, number):
        """The Staff of a grade, or None where nothing is said of it."""
        hours, hourly = self.spread(HOURS, number), self.spread(PAY, number)
        typed = [self.given.get(f"{guess.name}{number}_likely") for guess in (HOURS, PAY)]
        if hours and hourly:
            grade = self.given.get(f"grade{number}", "") or _("Staff %(number)s") % {"number": number}
            return Staff(echo(grade)[:LONGEST_GRADE], hours, hourly)
        for guess, value in zip((HOURS, PAY), typed, strict=True):
            if any(typed) and not value:
                self.wrong(
                    f"{guess.name}{number}_likely",
                    _("%(title)s (%(number)s): hours and the cost of an hour are needed together.")
                    % {"title": guess.title, "number": number},
                )
        return None


def _plan(reading):
    counts = {count.name: reading.count(count) for count in COUNTS}
    uptake = reading.spread(UPTAKE)
    if uptake is None and not any(name.startswith("uptake") for name, _words in reading.errors):
        reading.wrong("uptake_likely", _("Share that takes it up: write a number; 100 where everybody does."))
    elif uptake is not None and uptake.low <= 0:
        name = "uptake_low" if reading.given.get("uptake_low") else "uptake_likely"
        reading.wrong(
            name, _("Share that takes it up: it has to be more than 0. With nobody there is no cost for each.")
        )
    if reading.given.get("who") not in WHO:
        reading.wrong("who", _("Each of them is: choose whom you count."))
    staff = tuple(filter(None, (reading.staff(number) for number in GRADES)))
    materials, setup = reading.spread(MATERIALS), reading.spread(SETUP)
    if not reading.errors and not (staff or materials or setup):
        reading.wrong("hours1_likely", _("Write at least one cost: staff time, materials or setting up."))
    if reading.errors:
        return None
    return Plan(
        uptake=uptake, staff=staff, materials=materials or costing.NOTHING, setup=setup or costing.NOTHING, **counts
    )


def read(query):
    """The Sheet of a query (QueryDict); without errors or result where nothing was put in yet."""
    given = {name: query[name].strip()[:200] for name in names() if query.get(name, "").strip()}
    sheet = Sheet(given)
    if not given:
        return sheet
    reading = _Reading(given)
    seed = given.get("seed", "")
    if seed and not (seed.isascii() and seed.isdigit() and len(seed) <= 9):
        reading.wrong(
            "seed", _("Seed: “%(value)s” is not a whole number of at most nine digits.") % {"value": echo(seed)}
        )
    elif seed:
        sheet.seed = int(seed)
    sheet.plan, sheet.errors = _plan(reading), reading.errors
    if sheet.plan:
        sheet.result = costing.simulate(sheet.plan, seed=sheet.seed)
    return sheet


@dataclass(frozen=True)
class Value:
    """Pounds for one unit of effect, or why that is not given."""

    why_not: str = ""
    unit: str = ""
    effect: str = ""
    cost: costing.Range | None = None


def value_of(sheet, document):
    """The Value of a sheet with a result for an intervention: only where effect and cost are of the same people."""
    sized = [rating for rating in document.newest_ratings if rating.axis == "impact" and rating.value]
    if not sized:
        return Value(_("The page gives no effect as a number."))
    if len(sized) > 1:
        return Value(_("The page gives several effects, and choosing one would be a judgement that is not ours."))
    rating = sized[0]
    if not (rating.range_low and rating.range_high):
        return Value(_("The effect on the page has no range, so nobody could say how sure such a figure is."))
    if not UNITS_OF_A_PERSON.search(rating.unit):
        return Value(_("The effect on the page is not counted for one person, and the cost here is."))
    if sheet.given["who"] not in PEOPLE:
        return Value(_("The effect on the page is for one person; you count families or places."))
    effect = (
        Spread(*map(float, (rating.range_low, rating.value, rating.range_high)))
        if float(rating.range_low) > 0
        else None
    )
    if effect is None:
        return Value(_("The effect on the page may be nothing: its range reaches zero."))
    cost = costing.per_unit_of_effect(sheet.result, effect, seed=sheet.seed)
    return Value(unit=rating.unit, effect=f"{rating.value} ({rating.range_low} – {rating.range_high})", cost=cost)


@dataclass(frozen=True)
class Bar:
    """A range on a line from nothing to its highest end, as x coordinates (SVG numbers) in a drawing 600 wide."""

    start: str
    length: str
    likely: str


def bar(found):
    """The Bar of a Range."""
    scale = 600 / (max(found.high, found.likely) * 1.05 or 1)
    return Bar(*(f"{pounds * scale:.1f}" for pounds in (found.low, found.high - found.low, found.likely)))
