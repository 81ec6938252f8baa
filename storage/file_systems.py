"""The type of a file system, to warn about a SQLite database on another host.

All processes that use a write-ahead log must be on one host: https://www.sqlite.org/wal.html.
"""

from pathlib import Path

MOUNTS = Path("/proc/self/mounts")  # Linux only
# Types as in the third field of https://man7.org/linux/man-pages/man5/fstab.5.html. If a program
# provides the file system, its name follows `fuse.`.
NETWORK_TYPES = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "fuse.blobfuse2",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    }
)


def network_type(path: Path, mounts: str | None = None) -> str | None:
    """Return the type of the network file system that holds the path, or None.

    `mounts` is the content of MOUNTS. Return None if the host has no such file.
    """
    if mounts is None:
        try:
            mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
    real = path.resolve()
    found, deepest = None, -1
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        mounted = Path(_unescape(folder))
        # Of two mounts on one folder, the later one is visible.
        if real.is_relative_to(mounted) and len(mounted.parts) >= deepest:
            found, deepest = kind, len(mounted.parts)
    return found if found in NETWORK_TYPES else None


def _unescape(folder: str) -> str:
    """Return the folder with its spaces. https://man7.org/linux/man-pages/man3/getmntent.3.html"""
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        folder = folder.replace(code, character)
    return folder
