"""Joins the bot and the sandbox: a believable quarter, acted through Slack's own protocol."""


def demonstrate(*, once: bool, port: int) -> None:
    print(once, port)
