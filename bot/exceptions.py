"""Saying no to a person: raised anywhere below a listener, answered in one place."""


class Refusal(Exception):
    """Something that a person may not or can't do; the text says what to do instead."""


class NotNow(Refusal):
    """Something that they may do once that has passed: a form keeps what they typed."""
