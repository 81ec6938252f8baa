"""The type of the file system that holds a file."""

from pathlib import Path

import pytest

from storage.file_systems import network_type

MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
files:/export /srv nfs4 rw,vers=4.2 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
//files/share /mnt/the\040team cifs rw 0 0
ana@host: /home/ana/remote fuse.sshfs rw 0 0
/dev/sdc1 /data xfs rw 0 0
files:/data /data nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/var/lib/needle/needle.db", None),
        ("/srv/needle/needle.db", "nfs4"),
        ("/srv/local/needle.db", None),
        ("/srv-not/needle.db", None),
        ("/mnt/the team/needle.db", "cifs"),
        ("/home/ana/remote/needle.db", "fuse.sshfs"),
        ("/data/needle.db", "nfs"),
    ],
)
def test_path__has_the_type_of_its_deepest_mount(path: str, expected: str | None) -> None:
    assert network_type(Path(path), MOUNTS) == expected


def test_link_to_a_network_folder__counts_as_its_target(tmp_path: Path) -> None:
    link = tmp_path / "needle.db"
    link.symlink_to("/srv/needle.db")
    assert network_type(link, MOUNTS) == "nfs4"


def test_mounts_of_this_host__can_be_read(tmp_path: Path) -> None:
    assert network_type(tmp_path) is None
