"""The OpenAPI description: it says everything, its words are there to be read, and the answers are what it says."""

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from tests.integration.api.calls import get, path_of
from toolkits.models import PublishedPage
from toolkits.public.api import samples
from toolkits.public.api.calls import PREFIX

PROMISED = settings.BASE_DIR / "tests" / "data" / "api_fields.txt"


@pytest.fixture
def description(network, client):
    return get(client, "/api/openapi.json")


def calls(description):
    return {path: item["get"] for path, item in description["paths"].items()}


def validator(description, schema):
    return Draft202012Validator({**schema, "components": description["components"]})


def answer_schema(call):
    return call["responses"]["200"]["content"]["application/json"]["schema"]


def check(description, path, answer):
    mistakes = list(validator(description, answer_schema(calls(description)[path])).iter_errors(answer))
    assert not mistakes, (path, mistakes[0].json_path, mistakes[0].message[:300])


def test_every_call_is_described_with_an_example_that_was_answered(description, network, client):
    found = calls(description)
    assert len(found) == 16
    for path, call in found.items():
        assert call["summary"], path
        assert call["description"], path
        assert {"200", "304", "429", "500"} <= set(call["responses"]), path
        assert call["responses"]["200"]["content"]["application/json"]["example"], path
        for parameter in call["parameters"]:
            assert parameter["description"], (path, parameter["name"])


def test_every_field_is_described(description):
    for name, shape in description["components"]["schemas"].items():
        assert shape["description"], name
        for field, schema in shape["properties"].items():
            assert schema.get("description"), (name, field)
        assert set(shape["required"]) == set(shape["properties"]), name


def test_the_description_is_a_schema_itself(description):
    for call in calls(description).values():
        Draft202012Validator.check_schema(validator(description, answer_schema(call)).schema)


def test_answers_are_as_described(description, client):
    pages = PublishedPage.objects.filter(state="live")
    records = [page.record for page in pages.order_by("kind", "record")[::9]]
    intervention = PublishedPage.objects.get(path="/toolkits/youth-violence/prison-awareness-programmes/").record
    asked = {
        "": [path_of("service")],
        "interventions/": [path_of("interventions") + query for query in ("?limit=100", "?q=mentoring&impact=benefit")],
        "reports/": [path_of("reports") + "?limit=50"],
        **{
            f"{name}/": [path_of(name) + "?limit=100"]
            for name in ("toolkits", "centres", "schemes", "families", "syntheses", "vocabularies")
        },
        "toolkits/{record}/interventions/": [
            path_of("toolkit_interventions", record)
            for record in pages.filter(kind="toolkit").values_list("record", flat=True)[:3]
        ],
        "records/{record}/": [path_of("record", record) for record in [*records, 1]],
        "records/{record}/versions/": [path_of("versions", record) for record in records[:3]],
        "records/{record}/versions/{version}/": [path_of("version", record, 1) for record in [*records[::5], 1]],
        "interventions/{record}/studies/": [path_of("intervention_studies", record) for record in (1013, intervention)],
        "studies/{study}/": [path_of("study", 20001)],
        "changes/": [path_of("changes") + "?limit=100"],
    }
    assert {f"/{PREFIX}{path}" for path in asked} == set(calls(description))
    for path, addresses in asked.items():
        for address in addresses:
            check(description, f"/{PREFIX}{path}", get(client, address))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/interventions/?impact=no", 400),
        ("/api/v1/records/999999/", 404),
        ("/api/v1/nothing/", 404),
    ],
)
def test_problems_are_as_described(description, client, path, status):
    problem = get(client, path, status)
    validator(description, {"$ref": "#/components/schemas/Problem"}).validate(problem)
    page = client.get("/api/").content.decode()
    assert f'id="{problem["type"].partition("#")[2]}"' in page


def test_a_wrong_answer_would_be_noticed(description, client):
    answer = get(client, path_of("record", 1013))
    del answer["data"]["document"]["ratings"][0]["label"]
    with pytest.raises(AssertionError):
        check(description, f"/{PREFIX}records/{{record}}/", answer)


def promise(description):
    """The names of calls, parameters and fields, with their types, one a line."""
    for path, call in calls(description).items():
        yield f"GET {path} -> {answer_schema(call)['$ref'].rpartition('/')[2]}"
        yield from (f"GET {path} ? {parameter['name']}" for parameter in call["parameters"])
    for name, shape in description["components"]["schemas"].items():
        yield from (f"{name}.{field}" for field in shape["properties"])


def test_nothing_that_was_promised_is_taken_away(description):
    promised, given = PROMISED.read_text().split("\n")[:-1], sorted(promise(description))
    assert sorted(set(promised) - set(given)) == [], "within version 1 nothing is taken away"
    assert sorted(set(given) - set(promised)) == [], f"new: add these lines to {PROMISED.name}, from now on a promise"


def test_the_page_shows_every_call_parameter_and_field(description, client):
    page = client.get("/api/").content.decode()
    assert "<script src" in page
    assert "http://testserver/api/v1/" in page
    for path, call in calls(description).items():
        assert f"GET {path}" in page
        for parameter in call["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    for name, shape in description["components"]["schemas"].items():
        assert f'id="shape-{name}"' in page
        for field in shape["properties"]:
            assert f"<code>{field}</code>" in page


def test_an_example_is_cut_to_what_shows_the_shape():
    answer = {"data": [{"text": "x" * 500}, {}], "absences": {"a": 1, "b": 2, "c": 3}, "next": "https://" + "x" * 500}
    assert samples.abridged(answer) == {
        "data": [{"text": "x" * samples.LONGEST_TEXT + "…"}],
        "absences": {"a": 1, "b": 2},
        "next": "https://" + "x" * 500,
    }
