"""Real questions in readers' words, and what they must find: recall in the first five and mean reciprocal rank.

`tests/data/search_questions.csv` holds the questions and their answers, chosen from the data before the
ranking was made; `search_floors.json` beside it what may not be undercut. A question's `group` is the kind
of page that is asked for, and its `note` why it is hard.
"""

import csv
import json
from pathlib import Path

from toolkits import published
from toolkits.models import PublishedPage
from toolkits.public import index
from toolkits.public.search import finding

DATA = Path(__file__).parent.parent / "data"
FIRST = 5


def questions():
    with open(DATA / "search_questions.csv", newline="", encoding="utf-8") as file:
        return [row | {"answers": row["answers"].split(";")} for row in csv.DictReader(file)]


def results(question, sizes, names):
    """What a list shows for a question, in its order: paths without the part that all of the kind share."""
    snapshot = index.snapshot_at(published.publication_number())
    kind = question["group"]
    found = finding.find(question["question"], kind=kind, size=sizes[kind], lexicon=snapshot.lexicon)
    return [names[record] for record in finding.ranked(found, sorted(found.records, key=names.get))]


def score(answers, shown):
    """(recall in the first five, reciprocal rank of the first answer)."""
    recall = len(set(answers) & set(shown[:FIRST])) / min(FIRST, len(answers))
    places = [place for place, name in enumerate(shown, start=1) if name in answers]
    return recall, 1 / places[0] if places else 0


def test_questions_find_their_answers(network, capsys):
    asked, sizes = questions(), published.numbers()
    paths = PublishedPage.objects.filter(state="live").values_list("record", "path")
    names = {record: path.strip("/").split("/", 1)[1] for record, path in paths if "/" in path.strip("/")}
    known = set(names.values())
    assert len(asked) >= 60
    assert [name for row in asked for name in row["answers"] if name not in known] == []
    scores = [score(row["answers"], results(row, sizes, names)) for row in asked]
    recall, rank = (sum(values) / len(asked) for values in zip(*scores, strict=True))
    worst = [row["question"] for row, (part, _rank) in zip(asked, scores, strict=True) if part < 0.5]
    with capsys.disabled():
        print(f"\n{len(asked)} questions: recall@{FIRST} {recall:.3f}, MRR {rank:.3f}; poor: {worst}")
    floors = json.loads((DATA / "search_floors.json").read_text())
    assert recall >= floors["recall_in_first_five"]
    assert rank >= floors["mean_reciprocal_rank"]


def test_the_score_itself():
    assert score(["a", "b"], ["x", "a", "y", "b"]) == (1, 0.5)
    assert score(["a", "b", "c", "d", "e", "f"], ["a", "b", "c", "d", "e"]) == (1, 1)
    assert score(["a"], ["1", "2", "3", "4", "5", "a"]) == (0, 1 / 6)
    assert score(["a"], []) == (0, 0)
