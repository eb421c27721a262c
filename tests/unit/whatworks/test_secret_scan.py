"""What the scan for secrets finds, and what it leaves alone. The secrets are put together here: it reads this file too."""

import pytest

from whatworks.setup.secret_scan import found_in

RANDOM = "q7Zr2LxV9pTn4KdW8sYb3HfG"


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "aws_key = AKIA" + "IOSFODNN7QWERTYU",
        "ghp_" + RANDOM + RANDOM,
        f'SECRET_KEY = "{RANDOM}"',
        f"  api_key: '{RANDOM}'",
        "DATABASE_URL=postgresql://portal:" + RANDOM + "@db.internal/portal",
        # One that is none does not hide the next.
        f'password = "an-example-of-a-long-one"; token = "{RANDOM}"',
    ],
)
def test_a_secret_is_found(line):
    assert found_in(line)


@pytest.mark.parametrize(
    "line",
    [
        'WHATWORKS_SECRET_KEY="what token_urlsafe prints"',
        "smtp+starttls://user:password@mail.example.org:587",
        '"reset_password": "centres.accounts.forms.ForgottenPassword",',
        "secret = secrets.token_urlsafe(50)",
        'token = "aaaaaaaaaaaaaaaaaaaaaaaa"',
    ],
)
def test_what_is_none_is_left_alone(line):
    assert found_in(line) == ""
