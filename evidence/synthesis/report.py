"""Everything about one set of studies, in the structure in which the reference states it.

The keys are those of one entry of `results` in tests/data/studies/reference.json, so that anyone can
hold the output against their own R. What is not defined for a set is null there and None here.
"""

from evidence.synthesis import errors
from evidence.synthesis.bias import EGGER_FORMS, egger, trim_and_fill
from evidence.synthesis.heterogeneity import cochran, i2_h2, q_profile
from evidence.synthesis.pooling import pool
from evidence.synthesis.prediction import prediction_interval
from evidence.synthesis.sensitivity import by_year, cumulative, leave_one_out

# Key: method, test.
MODELS = {
    "fixed_effect": ("FE", "z"),
    "reml": ("REML", "z"),
    "reml_knapp_hartung": ("REML", "knapp_hartung"),
    "dl": ("DL", "z"),
    "dl_knapp_hartung": ("DL", "knapp_hartung"),
    "pm": ("PM", "z"),
    "pm_knapp_hartung": ("PM", "knapp_hartung"),
    "reml_knapp_hartung_adhoc": ("REML", "knapp_hartung_adhoc"),
}
TRIM_AND_FILL = {
    "fixed_effect": ("FE", "L0"),
    "reml": ("REML", "L0"),
    "dl": ("DL", "L0"),
    "pm": ("PM", "L0"),
    "reml_R0": ("REML", "R0"),
}
LEAVE_ONE_OUT = {"fixed_effect": "FE", "reml": "REML", "dl": "DL", "pm": "PM"}
CUMULATIVE = {"fixed_effect": "FE", "reml": "REML", "dl": "DL"}
# These say that a quantity does not exist for a set, not that the set is wrong.
NOT_DEFINED = (errors.TooFewStudies, errors.EqualStandardErrors, errors.NoYears, errors.DidNotConverge)


def full_report(dataset, effect_metric, studies, years, effects, variances):
    """A dict of plain numbers, strings, lists and None, ready for JSON; see the module.

    `studies`: k labels; `years`: k ints or None; `effects`, `variances`: k numbers on the scale of
    `effect_metric`, on which all results are. Raises what `studies.checked` raises, and NotTheSameLength.
    """
    if not len(studies) == len(years) == len(effects):
        raise errors.NotTheSameLength("There is not one label and one year for every effect.")
    data = (effects, variances)
    test = cochran(*data)
    report = {
        "dataset": dataset,
        "effect_metric": effect_metric,
        "k": len(studies),
        "Q": test.q,
        "Q_df": test.df,
        "Q_p": test.p,
    }
    for key, (method, inference) in MODELS.items():
        report[key] = _model(*data, method, inference)
    report["reml_heterogeneity_ci"] = _or_none(_heterogeneity, *data)
    report["egger"] = {form: _or_none(_egger, *data, form) for form in EGGER_FORMS}
    report["trim_and_fill"] = {
        key: _or_none(_trim_and_fill, *data, method, estimator) for key, (method, estimator) in TRIM_AND_FILL.items()
    }
    report["leave_one_out"] = _or_none(_leave_one_out, *data, studies)
    report["cumulative_by_year"] = _or_none(_cumulative, *data, studies, years)
    return report


def _or_none(part, *arguments):
    try:
        return part(*arguments)
    except NOT_DEFINED:
        return None


def _model(effects, variances, method, test):
    pooled = pool(effects, variances, method, test)
    i2, h2 = i2_h2(effects, variances, None if method == "FE" else pooled.tau2)
    entry = {key: getattr(pooled, key) for key in ("estimate", "se", "statistic", "df", "p", "ci_lb", "ci_ub", "tau2")}
    entry |= {"I2": i2, "H2": h2}
    if method != "FE":
        entry["pi_lb"], entry["pi_ub"] = prediction_interval(pooled) or (None, None)
        entry["pi_riley_lb"], entry["pi_riley_ub"] = prediction_interval(pooled, "riley") or (None, None)
    return entry


def _heterogeneity(effects, variances):
    profile = q_profile(effects, variances)
    return {
        "method": "Q-profile",
        "tau2_lb": profile.tau2_lb,
        "tau2_ub": profile.tau2_ub,
        "I2_lb": profile.i2_lb,
        "I2_ub": profile.i2_ub,
        "H2_lb": profile.h2_lb,
        "H2_ub": profile.h2_ub,
    }


def _egger(effects, variances, form):
    return vars(egger(effects, variances, form))


def _trim_and_fill(effects, variances, method, estimator):
    filled = trim_and_fill(effects, variances, method, estimator)
    numbers = {key: getattr(filled.pooled, key) for key in ("estimate", "se", "p", "ci_lb", "ci_ub", "tau2")}
    return {"side": filled.side, "k0": filled.k0, "k_filled": filled.pooled.k, **numbers}


def _leave_one_out(effects, variances, studies):
    entry = {}
    for key, method in LEAVE_ONE_OUT.items():
        estimates = leave_one_out(effects, variances, method)
        least, most = min(estimates), max(estimates)
        entry[key] = {
            "min": least,
            "max": most,
            "min_without": studies[estimates.index(least)],
            "max_without": studies[estimates.index(most)],
            "estimates": estimates,
        }
    return entry


def _cumulative(effects, variances, studies, years):
    order = by_year(years)
    entry = {"order": [studies[study] for study in order], "years": [years[study] for study in order]}
    for key, method in CUMULATIVE.items():
        estimates = cumulative(effects, variances, order, method)
        entry[key] = {"last": estimates[-1], "estimates": estimates}
    return entry
