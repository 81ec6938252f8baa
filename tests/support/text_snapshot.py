"""Text snapshots: one file for each, in `__snapshots__` beside the test.

`pytest --snapshot-update` writes them. Read the diff before you commit it.
"""

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class TextSnapshot(SingleFileSnapshotExtension):
    """A snapshot file that contains the text unchanged."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT
