"""The Slack bot."""

import os
from pathlib import Path

# slack_sdk/oauth/installation_store/file/__init__.py looks up the home folder when it is imported. It
# fails for a user without one, as in a container that runs with any user ID.
try:
    Path.home()
except RuntimeError:
    os.environ["HOME"] = os.sep
