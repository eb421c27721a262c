"""How the numbers of a synthesis were made, in words."""

from django.utils.translation import gettext as _


def model_words(document):
    """The model, the test of its range and of its prediction, each named as the field names it."""
    methods = {
        "REML": _("Random effects by restricted maximum likelihood (REML)"),
        "DL": _("Random effects by DerSimonian and Laird"),
        "PM": _("Random effects by Paule and Mandel"),
        "FE": _("Fixed effect"),
    }
    tests = {
        "knapp_hartung": _("range by Knapp and Hartung"),
        "knapp_hartung_adhoc": _("range by Knapp and Hartung, never narrower than the normal one"),
        "z": _("range by the normal distribution"),
    }
    predictions = {
        "default": _("a new study's range with k − 1 degrees of freedom"),
        "riley": _("a new study's range with k − 2 degrees of freedom"),
    }
    parts = [methods[document.method], tests[document.test]]
    if document.method != "FE":
        parts.append(predictions[document.prediction])
    return "; ".join(parts) + _(". Each study is weighted by the inverse of its variance (with τ² added).")


def scale_words(document):
    """The scale that studies are pooled on, and how it is shown."""
    names = {
        "SMD": _("Standardised mean differences (0 is no difference)"),
        "logOR": _("Logarithms of odds ratios, shown as odds ratios (1 is no difference)"),
        "logRR": _("Logarithms of risk ratios, shown as risk ratios (1 is no difference)"),
        "COR-z": _("Fisher's z of correlations, shown as correlations (0 is no relation)"),
        "MD": _("Mean differences in the outcome's own unit (0 is no difference)"),
    }
    return names[document.metric]
