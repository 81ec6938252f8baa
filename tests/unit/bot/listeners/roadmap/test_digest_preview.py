"""`/roadmap digest`."""

from tests.support.listener_harness import ListenerHarness


def test_preview__shows_digest_and_posts_nothing(team: ListenerHarness) -> None:
    team.channel.proposes("first")
    before = team.dump_facts()
    reply = team.types("UGUEST", "/roadmap digest")
    first, heading = reply.splitlines()[:2]
    assert first.startswith("Only you can see this preview. I'll post the digest on Monday ")
    assert heading.startswith("Digest for #")
    assert team.dump_facts() == before
