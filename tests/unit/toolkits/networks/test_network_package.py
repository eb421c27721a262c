"""The Data Package of the built-in network says what the loader holds to, column by column."""

import csv
import json

import pytest
from django.conf import settings

from toolkits.networks import package
from toolkits.networks.tables import TABLES

WHAT_WORKS = settings.BASE_DIR / "whatworks" / "networks" / "what-works"


@pytest.fixture(scope="module")
def descriptor():
    return json.loads((WHAT_WORKS / "datapackage.json").read_text(encoding="utf-8"))


def test_it_is_what_the_declared_shape_gives(descriptor):
    tables = [table for table in TABLES if not table.optional or (WHAT_WORKS / table.file).exists()]
    assert descriptor["resources"] == package.resources(tables)


def test_it_describes_every_file_and_every_column_in_order(descriptor):
    described = {resource["path"]: resource["schema"]["fields"] for resource in descriptor["resources"]}
    assert sorted(described) == sorted(path.name for path in WHAT_WORKS.glob("*.csv"))
    for name, fields in described.items():
        with open(WHAT_WORKS / name, newline="", encoding="utf-8") as file:
            assert [field["name"] for field in fields] == next(csv.reader(file))
        assert all(field["description"] and field["type"] for field in fields)


def test_foreign_keys_lead_to_columns_that_are_there(descriptor):
    columns = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in descriptor["resources"]
    }
    keys = [
        (resource["name"], key) for resource in descriptor["resources"] for key in resource["schema"]["foreignKeys"]
    ]
    assert len(keys) == 26
    for name, key in keys:
        assert set(key["fields"]) <= columns[name]
        assert set(key["reference"]["fields"]) <= columns[key["reference"]["resource"]]


def test_it_says_that_it_is_not_official_and_where_it_comes_from(descriptor):
    assert "Not an official publication of any centre" in descriptor["description"]
    assert descriptor["licenses"][0]["title"].startswith("Facts compiled from public pages")
    assert len(descriptor["sources"]) > 10


def test_limits_are_those_of_the_models():
    limits = {(table.name, column.name): column.limit for table in TABLES for column in table.columns if column.limit}
    assert limits["centres", "name"] == 200
    assert limits["interventions", "summary"] == 400
    assert limits["interventions", "slug"] == 80
    assert limits["families", "family_name"] == 120
    assert limits["rating_levels", "level"] == 60
