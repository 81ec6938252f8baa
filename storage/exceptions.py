"""Failures of the database, with the reason for whoever runs Needle."""


class UnusableDatabase(Exception):
    """A database that can't be opened. The message tells whoever started Needle why."""


class DatabaseUnavailable(UnusableDatabase):
    """A database that can't be used now: it is locked or damaged, or its disk is full."""


class CommitOutcomeUnknown(DatabaseUnavailable):
    """A commit during which the connection broke. Either all of it was written, or nothing."""
