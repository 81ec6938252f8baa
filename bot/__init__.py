"""The Slack bot."""

import os
from pathlib import Path

# slack_sdk looks up the home folder when it is imported, and fails for a user without one, as in a
# container that runs with any user ID: slack_sdk/oauth/installation_store/file/__init__.py.
try:
    Path.home()
except RuntimeError:
    os.environ["HOME"] = os.sep
