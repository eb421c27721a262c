"""What the API's answers are made of: facts whose absence is told apart, figures, links.

A shape reads a payload as it is (its fields have the payload's names) and adds what only the API needs. Where it was
published is the `context` of validation: a site.Place.
"""

from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from toolkits.public.downloads.rating_words import quantity
from toolkits.public.synthesis_numbers import rounded, span, unit_of

AbsenceCode = Literal[
    "not_published",
    "not_recorded",
    "no_studies",
    "too_little_evidence",
    "mixed",
    "found_not_effective",
    "under_review",
    "not_rated",
    "withheld",
    "does_not_apply",
    "explained",
]


ABSENCE_WORDS = {
    "not_published": gettext_lazy("the centre publishes no such rating"),
    "not_recorded": gettext_lazy("not recorded here"),
    "no_studies": gettext_lazy("no studies"),
    "too_little_evidence": gettext_lazy("too little evidence"),
    "mixed": gettext_lazy("mixed findings"),
    "found_not_effective": gettext_lazy("found not effective"),
    "under_review": gettext_lazy("under review"),
    "not_rated": gettext_lazy("not rated"),
    "withheld": gettext_lazy("left out for a reason that is given"),
    "does_not_apply": gettext_lazy("does not apply here"),
    "explained": gettext_lazy("the words say why"),
}


# What is empty text in a payload is null in an answer, so that there is one way of saying nothing.
Text = Annotated[str | None, BeforeValidator(lambda value: value or None)]


def told(about: str, **more) -> Any:
    """A field that is always there, and what it is."""
    return Field(description=about, **more)


def fact(about: str, *, absent: AbsenceCode = "not_recorded", many: bool = False) -> Any:
    """A field that may be null (or, where it is `many`, empty): `absences` then says why, with the code `absent`
    where nothing better is known."""
    more = {"default_factory": list} if many else {"default": None}
    return Field(description=about, json_schema_extra={"x-absent": absent}, **more)


class Shape(BaseModel):
    """A part of an answer."""

    # Every field is written, whether it has a value or not, so every one is required of an answer.
    model_config = ConfigDict(from_attributes=True, json_schema_serialization_defaults_required=True)


class Absence(Shape):
    """Why a fact is not there. Silence is told apart: none of these is a zero."""

    code: AbsenceCode = told(
        "not_published: the centre publishes no such rating; not_recorded: not recorded here, though it may exist; "
        "no_studies: no studies were found; too_little_evidence, mixed, found_not_effective, under_review: states that "
        "are no point on a scale; not_rated: nobody rated it; withheld: left out, the words say why; does_not_apply: "
        "there is nothing to record; explained: the words say why."
    )
    words: str = told("The same in words, the centre's own where there are any.")


def absence(code: AbsenceCode, words: str = "") -> Absence:
    """The Absence with a code, in the usual words where there are none of its own."""
    return Absence(code=code, words=words or str(ABSENCE_WORDS[code]))


class Facts(Shape):
    """A part of an answer whose missing facts are told apart."""

    absences: dict[str, Absence] = Field(
        default_factory=dict,
        description="By the name of a field beside it that is null or empty: why there is nothing.",
    )

    @model_validator(mode="after")
    def _tell_absences(self):
        for name, field in type(self).model_fields.items():
            code = (field.json_schema_extra or {}).get("x-absent")
            if code and getattr(self, name) in (None, []):
                self.absences.setdefault(name, absence(code))
            else:
                self.absences.pop(name, None)
        return self


def payload_fields(value):
    """The fields of a payload by name; anything else as it is."""
    return msgspec.structs.asdict(value) if isinstance(value, msgspec.Struct) else value


class LinkTo(Shape):
    """Another record, as it was named when this was published."""

    record: int = told("Its permanent record number.")
    name: str = told("Its name.")
    address: str = told("Its permanent address, which leads to its page, or says that it has none now.")

    @model_validator(mode="before")
    @classmethod
    def _addressed(cls, value, info: ValidationInfo):
        value = payload_fields(value)
        return value if "address" in value else {**value, "address": info.context.site.record(value["record"])}


class Term(Shape):
    """A word of a shared list."""

    slug: str = told("Its stable short name, by which lists are filtered.")
    name: str = told("Its name.")


class Source(Facts):
    """Where facts were seen."""

    url: Text = fact("The address.")
    note: Text = told("What else is said of it; null where nothing is.")
    copy_on: Text = told("The site it was seen on, where that is not the centre's own; else null.")


class Figure(Facts):
    """A number as it was published, never without its certainty, and with the version that says so."""

    text: str = told("The number as published. It is text: `1.10` says that two decimals were given.")
    unit: str = told("Its unit. Empty: a number without a unit.")
    low: Text = fact("The lower end of its range.")
    high: Text = fact("The upper end of its range.")
    certainty: Text = told("How sure the centre is of it, in words; null for what is no effect.")
    shown: str = told("The number as pages show it: rounded, with its unit and range.")
    version: int = told("The version of the record that says so.")
    permanent_address: str = told("The address of exactly that version, to be cited.")


def figure(place, text, unit, low="", high="", *, shown="", certainty=None, ranged=True):
    """The Figure of a number; None where there is none. What has no range by its nature is not `ranged`."""
    if not text:
        return None
    silent = {} if ranged else {name: absence("does_not_apply") for name in ("low", "high")}
    return Figure(
        text=text,
        unit=unit,
        low=low,
        high=high,
        certainty=certainty,
        shown=shown or quantity(text, unit),
        version=place.version,
        permanent_address=place.address,
        absences=silent,
    )


def effect(place, interval, certainty=None):
    """The Figure of a payloads.Interval of a synthesis; None where there is none."""
    if interval is None:
        return None
    ends = span(interval)
    shown = f"{rounded(interval.value)} ({ends})" if ends else rounded(interval.value)
    unit = unit_of(place.document)
    return figure(place, interval.value, unit, interval.low, interval.high, shown=shown, certainty=certainty)
