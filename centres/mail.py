"""Mail as files, for the demonstration and for whoever tries the portal without a mail server."""

import os

from django.core.mail.backends.filebased import EmailBackend


class Files(EmailBackend):
    """One file a mail, readable by its owner only: an invitation in it lets whoever reads it in."""

    def __init__(self, *args, file_path=None, **kwargs):
        super().__init__(*args, file_path=file_path, **kwargs)
        os.chmod(self.file_path, 0o700)
