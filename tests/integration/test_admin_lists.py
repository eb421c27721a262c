"""The admin's lists cost the same whatever they hold: no question a row."""

import pytest
from django.contrib import admin
from django.urls import reverse

LISTS = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
    if model._meta.app_label in {"centres", "evidence", "toolkits"}
)


@pytest.mark.parametrize("name", LISTS)
def test_no_list_asks_once_a_row(client, network, network_admin, django_assert_max_num_queries, name):
    client.force_login(network_admin)
    with django_assert_max_num_queries(25):
        assert client.get(reverse(name)).status_code == 200
