"""A test client that can skip the sign-in pages."""

from allauth.usersessions.models import UserSession
from django.test import Client

from centres import sessions


class EditorsClient(Client):
    """`force_login` stands for a person who passed the second factor. What tests that factor goes through the pages."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        sessions.pass_second_factor(session, user)
        session.save()
        UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="tests")
