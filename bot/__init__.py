"""The Slack bot."""

import os
from pathlib import Path

# When slack_sdk is imported, it looks up the home folder. That fails for a user without one, as in
# a container with an arbitrary user ID: slack_sdk/oauth/installation_store/file/__init__.py.
try:
    Path.home()
except RuntimeError:
    os.environ["HOME"] = os.sep
