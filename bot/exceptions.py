"""Refusals: raised below a listener, and shown to the person by the app's error handler."""


class Refusal(Exception):
    """A user action that isn't allowed or possible. The text says what to do instead."""


class NotNow(Refusal):
    """A refusal for a temporary reason. A form keeps what was typed, to be submitted again."""


class NoBoard(Refusal):
    """A refusal of a command, because the channel has no board."""
