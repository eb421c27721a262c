"""The accessibility statement has the parts that the regulations of 2018 ask for, and names whom the settings name."""

import pytest
from django.urls import reverse

PARTS = (
    *("Accessibility statement", "Feedback and contact", "Enforcement procedure", "Compliance status"),
    *("Non-accessible content", "Disproportionate burden", "not within the scope", "How this statement was made"),
    *("Equality and Human Rights Commission", "Equality Commission for Northern Ireland", "partially compliant"),
)


@pytest.fixture
def read(client, network, settings):
    """The statement's HTML under some settings."""

    def under(**chosen):
        for name, value in chosen.items():
            setattr(settings, name, value)
        return client.get(reverse("public:accessibility")).content.decode()

    return under


def test_it_has_every_part_and_says_which_portal_it_is_about(read, settings):
    html = read()
    assert [part for part in PARTS if part not in html] == []
    assert settings.ADDRESS in html


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("mailto:evidence@example.org", '<a href="mailto:evidence@example.org">evidence@example.org</a>'),
        ("https://example.org/write?a=1&b=2", 'href="https://example.org/write?a=1&amp;b=2"'),
        ("", "has no mailbox of its own yet"),
    ],
)
def test_it_names_whom_to_write_to(read, contact, shown):
    assert shown in read(CONTACT=contact)


def test_it_names_who_runs_the_portal(read):
    assert "The &lt;Evidence&gt; Network runs this portal" in read(OPERATOR="The <Evidence> Network")
