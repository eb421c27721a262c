from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = _("Centres and people")

    def ready(self):
        if not apps.is_installed("allauth"):
            return  # a process that only answers visitors

        from centres import demonstration  # noqa: F401  its check registers on import, once models exist
        from centres.accounts import record  # noqa: F401  so do the signals it listens to
