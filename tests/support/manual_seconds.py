"""A monotonic clock whose time a test sets."""


class ManualSeconds:
    """A monotonic clock that stands still until a test changes `now`."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
