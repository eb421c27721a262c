"""A mail server that fails as a test says."""

from django.core.mail.backends.locmem import EmailBackend


class Failing(EmailBackend):
    """Does to each mail what the test says next: None lets it through, an exception is raised."""

    script: list

    def send_messages(self, messages):
        trouble = self.script.pop(0) if self.script else None
        if trouble:
            raise trouble
        return super().send_messages(messages)
