"""The shapes that all views are made of."""

from bot.views.blocks import block_kit, modal


def test_a_note_is_not_cut_inside_a_mention() -> None:
    assert block_kit.mrkdwn("x" * 2_990 + " <@U12345678>")["text"] == "x" * 2_990 + "…"
    assert block_kit.mrkdwn("<@U1> " + "x" * 3_000)["text"] == "<@U1> " + "x" * 2_993 + "…"
    assert block_kit.mrkdwn("x" * 3_001)["text"] == "x" * 2_999 + "…"
    assert block_kit.mrkdwn("x" * 3_000)["text"] == "x" * 3_000


def test_a_link_to_nowhere_is_just_its_text() -> None:
    assert block_kit.link(None, "#1") == block_kit.text("#1")


def test_a_choice_that_is_not_offered_is_not_the_first() -> None:
    offered = [block_kit.option("One", "1")]
    assert modal.select("a", offered, initial="1")["initial_option"] == offered[0]
    assert "initial_option" not in modal.select("a", offered, initial="2")
