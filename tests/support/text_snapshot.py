"""Text snapshots: one file for each, in `__snapshots__` beside the test.

`pytest --snapshot-update` writes them. Read the diff before you commit it.
"""

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class TextSnapshot(SingleFileSnapshotExtension):
    """Snapshot of a text, stored as it is."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT
