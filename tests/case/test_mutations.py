"""Whatever happens to the text of a case, it loads or CaseError says where it is wrong."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.case.sample import TEXTS, write_case

from faultline.case import Case, CaseProblem, load_case
from faultline.record.errors import CaseError

PLACE = re.compile(r"(case\.yaml|actors\.yaml|sources\.yaml|places\.csv):([1-9][0-9]*)")
SIGNS = [*":\n{}[]\"',;|~#\t\0/&*", "", "- ", "  ", "*a", "&a ", "!!x ", "---\n", "..", "\ufeff", "\u2028", "\x85", "é"]
WORDS = ["0", "-1", "nan", "1e999", "9" * 400, "id: army", "2020-02-30", "null"]
SCRAPS = [*SIGNS, *WORDS]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A file name, and its valid text after one to four changes: a stretch replaced, a line doubled, lines swapped."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        new = draw(st.sampled_from(SCRAPS) | st.just(text[max(0, start - 40) : start]) | st.text(max_size=5))
        text = text[:start] + new + text[end:]
    return name, text


def loaded(folder: Path, name: str, content: str | bytes) -> Case | tuple[CaseProblem, ...]:
    """The case, or its problems."""
    try:
        return load_case(write_case(folder, {name: content}))
    except CaseError as error:
        assert all(isinstance(problem, CaseProblem) for problem in error.problems)
        return tuple(problem for problem in error.problems if isinstance(problem, CaseProblem))


def check_problems(problems: tuple[CaseProblem, ...], content: str | bytes) -> None:
    """Each problem has a file, a line inside it, what was got and what was expected; at least one is an error."""
    assert any(problem.severity == "error" for problem in problems)
    text = content.decode("latin-1") if isinstance(content, bytes) else content
    longest = max(len(other.splitlines()) for other in (*TEXTS.values(), text))
    for problem in problems:
        match = PLACE.fullmatch(problem.where)
        assert match, problem.where
        assert int(match[2]) <= longest + 1
        assert problem.got
        assert problem.expected


@settings(max_examples=200)
@given(mutated())
def test_mutated_text_loads_or_every_problem_names_file_and_line(
    tmp_path_factory: pytest.TempPathFactory, change: tuple[str, str]
) -> None:
    name, text = change
    content = text.encode("utf-8", "surrogatepass")
    result = loaded(tmp_path_factory.mktemp("case"), name, content)
    if not isinstance(result, Case):
        check_problems(result, text)


@settings(max_examples=60)
@given(st.sampled_from(sorted(TEXTS)), st.binary(max_size=200))
def test_random_bytes_load_or_every_problem_names_file_and_line(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    result = loaded(tmp_path_factory.mktemp("case"), name, content)
    if not isinstance(result, Case):
        check_problems(result, content)
