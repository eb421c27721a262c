"""How long syntheses take: pooled estimate, heterogeneity and prediction interval, on one core."""

import random
import time

from evidence import synthesis

SYNTHESES, STUDIES = 1_000, 50
TARGET = 20  # seconds of processor time


def measure():
    """Seconds of processor time for SYNTHESES sets of STUDIES studies each, all different."""
    chance = random.Random(1999)
    sets = [
        (
            [chance.gauss(0.2, 0.3) for _ in range(STUDIES)],
            [chance.uniform(0.005, 0.2) for _ in range(STUDIES)],
        )
        for _ in range(SYNTHESES)
    ]
    began = time.process_time()
    for effects, variances in sets:
        pooled = synthesis.pool(effects, variances)
        synthesis.cochran(effects, variances)
        synthesis.i2_h2(effects, variances, pooled.tau2)
        synthesis.q_profile(effects, variances)
        synthesis.prediction_interval(pooled)
    return time.process_time() - began


def line(seconds):
    """What the report says of it."""
    verdict = "met" if seconds < TARGET else "MISSED"
    return f"* {verdict}: {SYNTHESES:,} syntheses of {STUDIES} studies in {seconds:.1f} s of processor time (under {TARGET} s)"
