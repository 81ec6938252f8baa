"""Failures of the database, with the reason for whoever runs Needle."""


class UnusableDatabase(Exception):
    """A database that can't be opened. The text gives the reason to whoever started Needle."""


class DatabaseUnavailable(UnusableDatabase):
    """A database that can't be used now: it is locked or damaged, or its disk is full."""


class CommitOutcomeUnknown(DatabaseUnavailable):
    """A commit during which the connection broke: all of it was written, or nothing."""
