"""What an editor decides on when rating from a synthesis: the level that the rule gives, or another, with reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkits.admin.choices import EMPTY
from toolkits.snapshots.schemes import level_name

ACCEPT, OVERRIDE = "accept", "override"


class RateForm(forms.Form):
    """Accept the proposed level or choose another; where the scale's rule gives none, only choose.

    `proposal` is what the rules of the rating's scale make of the synthesis. A valid form says `level` (RatingLevel).
    """

    decision = forms.ChoiceField(
        label=_("The level that the rule gives"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Accept it, or choose another.")},
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    override_reason = forms.CharField(
        label=_("Why not what the rule gives"),
        help_text=_("For the public. It stands beside the rule's own level, for as long as the rating does."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Why this rating"),
        help_text=_(
            "Read beside the rating: which studies weighed most, and what held it back. Two or three sentences."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why this level, in words for the public.")},
    )

    def __init__(self, *args, rating, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        levels = list(rating.level.scheme.levels.all())
        self.proposal, self.levels = proposal, {level.key: level for level in levels}
        names = {level.key: level_name(level, levels) for level in levels}
        self.fields["level"].choices = [EMPTY, *names.items()]
        self.initial |= {"reason": rating.reason, "level": rating.level.key}
        if proposal.level:
            accept = _("Accept what the rule gives: %(level)s") % {"level": names[proposal.level]}
            self.fields["decision"].choices = [(ACCEPT, accept), (OVERRIDE, _("Choose another level, and say why"))]
            self.fields["level"].label = _("Another level")
            self.initial["level"] = "" if rating.level.key == proposal.level else rating.level.key
        else:
            del self.fields["decision"]
        if not proposal.steps:
            del self.fields["override_reason"]

    def clean(self):
        data = super().clean()
        accepts = data.get("decision") == ACCEPT
        chosen = self.proposal.level if accepts else data.get("level")
        if self.errors:
            return data
        if accepts:
            # What was begun and not chosen is left.
            data["override_reason"] = ""
        elif not chosen:
            self.add_error("level", _("Choose a level."))
        elif chosen == self.proposal.level:
            self.add_error("level", _("This is the level that the rule gives: accept it, or choose another."))
        elif "override_reason" in self.fields and not data["override_reason"].strip():
            self.add_error("override_reason", _("Say why the level is not what the published rule gives."))
        data.pop("decision", None)
        return data | {"level": self.levels.get(chosen)}
