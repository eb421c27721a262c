"""The records that are measured never change, or figures of two days could not be compared."""

import hashlib
import json

from tests.bench import expected, workload


def test_records_are_the_same_for_the_same_seed():
    records = [workload.record(number) for number in range(1, 51)]
    digest = hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()
    assert digest == "b54c1cf350f5138673648e8c0a1684fa92433ca2277186223cab8a80c20d4db5"


def test_recount_agrees_with_the_workload_itself():
    rows = [expected.reduced(record) for record in workload.records(300)]
    found = expected.recount(rows)
    assert found["a"]["total"] == 300
    assert found["b"]["total"] == workload.requests(300)["b"]["total"] > 0
    # With the centre chosen, the counts of centres stay those of the others.
    assert sum(found["b"]["counts"]["centre"].values()) > found["b"]["total"]
