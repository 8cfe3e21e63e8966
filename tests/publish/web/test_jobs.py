"""Long work: beside the page, once for one key, with an end that somebody can bring about."""

import time
from collections.abc import Iterator

import pytest

from faultline.publish.web.jobs import Job, Jobs
from faultline.record.errors import UsageError
from tests.publish.web.work import failing_work, slow_work


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    for job in list(made._jobs.values()):
        made.stop(job.id)


def ended(job: Job, patience: float = 60.0) -> Job:
    until = time.monotonic() + patience
    while job.state == "running" and time.monotonic() < until:
        time.sleep(0.05)
    return job


def test_result_comes_back_and_the_same_key_is_worked_out_once(jobs: Jobs) -> None:
    job = jobs.start("measures", slow_work, 0.0)
    assert ended(job).state == "done" and job.result == () and job.steps == 1
    assert jobs.start("measures", slow_work, 0.0) is job


def test_stopped_work_ends_its_process_and_can_be_begun_again(jobs: Jobs) -> None:
    job = jobs.start("article", slow_work, 600.0)
    jobs.stop(job.id)
    assert job.process is not None
    job.process.join(30)
    assert job.state == "stopped" and not job.process.is_alive()
    assert jobs.start("article", slow_work, 0.0) is not job


def test_failure_says_why_and_a_defect_says_nothing_of_the_text(jobs: Jobs) -> None:
    assert "no day" in ended(jobs.start("a", failing_work, "no day")).said
    defect = ended(jobs.start("b", failing_work, "defect"))
    assert defect.state == "failed" and "secret" not in defect.said and "RuntimeError" in defect.said


def test_a_third_piece_of_work_at_once_is_refused(jobs: Jobs) -> None:
    for key in ("one", "two"):
        jobs.start(key, slow_work, 600.0)
    with pytest.raises(UsageError, match="two at work"):
        jobs.start("three", slow_work, 600.0)
