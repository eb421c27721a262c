"""`python3 -m whatworks.setup COMMAND`. This file must parse and run under any Python 3, to be able to say it is too old."""

import os
import shutil
import subprocess
import sys

if sys.version_info < (3, 11):
    for minor in (14, 13, 12, 11):
        newer = shutil.which("python3.%d" % minor)
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, "-m", "whatworks.setup"] + sys.argv[1:])
    sys.exit(
        "Python 3.11 or newer is needed, this is %d.%d. Install one, or name it: make run PYTHON=python3.12"
        % sys.version_info[:2]
    )

from whatworks.setup.commands import main

sys.exit(main())
