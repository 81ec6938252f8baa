from domain.projects.progress import Progress

STEPS = ("Move staging", "Move production", "Turn it off")


def test_the_next_step_is_the_first_that_is_not_done() -> None:
    assert Progress.of(STEPS, []) == Progress(done=0, total=3, next_step="Move staging")
    assert Progress.of(STEPS, ["Move staging"]) == Progress(1, 3, "Move production")
    assert Progress.of(STEPS, ["Move production"]) == Progress(1, 3, "Move staging")


def test_when_all_are_done_there_is_no_next() -> None:
    assert Progress.of(STEPS, STEPS) == Progress(3, 3, None)


def test_a_step_that_is_no_longer_named_does_not_count() -> None:
    assert Progress.of(STEPS, ["Order hardware"]) == Progress(0, 3, "Move staging")
