from domain.projects.progress import Progress

STEPS = ("Move staging", "Move production", "Turn it off")


def test_some_steps_done__next_is_the_first_open_step() -> None:
    assert Progress.of(STEPS, []) == Progress(done=0, total=3, next_step="Move staging")
    assert Progress.of(STEPS, ["Move staging"]) == Progress(1, 3, "Move production")
    assert Progress.of(STEPS, ["Move production"]) == Progress(1, 3, "Move staging")


def test_all_steps_done__has_no_next_step() -> None:
    assert Progress.of(STEPS, STEPS) == Progress(3, 3, None)


def test_done_step_was_removed__does_not_count() -> None:
    assert Progress.of(STEPS, ["Order hardware"]) == Progress(0, 3, "Move staging")
