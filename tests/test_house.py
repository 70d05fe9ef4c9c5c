"""The house keeps its shape: small rooms, short functions, plain names, papers that agree with the code."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("notices", "spiders", "feeds", "notify", "desk", "jiballim")
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.read_text("utf-8").strip())
REFUSED = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def lines(path: Path) -> int:
    """The lines of a file."""
    return path.read_text("utf-8").count("\n")


def functions(path: Path) -> list[int]:
    """The lengths of a file's functions, in lines."""
    tree = ast.parse(path.read_text("utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(n.end_lineno or n.lineno) - n.lineno + 1 for n in found]


def test_files_are_small() -> None:
    assert {str(p): n for p in CODE if (n := lines(p)) > 500} == {}
    assert statistics.median(map(lines, CODE)) <= 120


def test_functions_are_short() -> None:
    assert statistics.median(n for path in CODE for n in functions(path)) <= 10


def test_no_room_is_a_drawer() -> None:
    assert [str(p) for p in CODE if p.stem in REFUSED or p.parent.name in REFUSED] == []


def test_every_public_name_is_explained() -> None:
    """Modules, classes and functions without an underscore carry a docstring."""
    silent = []
    for path in CODE:
        tree = ast.parse(path.read_text("utf-8"))
        named = [n for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
        silent += [f"{path.relative_to(ROOT)}:{n.name}" for n in named if n.name[0] != "_" and not ast.get_docstring(n)]
        silent += [] if ast.get_docstring(tree) else [str(path.relative_to(ROOT))]
    assert silent == []


def test_source_files_are_short() -> None:
    assert {str(p): n for p in (ROOT / "spiders/sources").rglob("*.toml") if (n := lines(p)) > 40} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda p: p.stem)
def test_decisions_are_brief(path: Path) -> None:
    assert lines(path) <= 40


def without_remarks(text: str) -> list[str]:
    """The lines of a paper's code blocks, without what stands behind a #."""
    blocks = "\n".join(re.findall(r"```(?:sh|toml)\n(.*?)```", text, re.S))
    return [said for line in blocks.splitlines() if (said := re.split(r"(?:^|\s)# ", line)[0].strip())]


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("README.ko.md")) + sorted((ROOT / "docs").rglob("*.ko.md")), ids=lambda p: p.name
)
def test_a_paper_says_the_same_in_both_languages(path: Path) -> None:
    """Same sections, the same commands and settings, in the same order; texts in Korean may differ."""
    korean = path.read_text("utf-8")
    english = path.with_name(path.name.replace(".ko.md", ".md")).read_text("utf-8")
    assert len(re.findall(r"^#+ ", korean, re.M)) == len(re.findall(r"^#+ ", english, re.M))
    assert without_remarks(korean) == without_remarks(english)


def test_the_readme_begins_with_the_demo() -> None:
    assert without_remarks((ROOT / "README.md").read_text("utf-8"))[0] == "make demo"


def test_the_readmes_count_the_sources_right() -> None:
    known = len(list((ROOT / "spiders/sources").rglob("*.toml")))
    said = [
        re.search(r"(\d+)\s?(?:sources are|곳, 센터)", (ROOT / name).read_text("utf-8"))
        for name in ("README.md", "README.ko.md")
    ]
    assert [int(found[1]) for found in said if found] == [known, known]


def test_links_in_documents_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{paper.relative_to(ROOT)} -> {link}"
        for paper in papers
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", paper.read_text("utf-8"))
        if not (paper.parent / link).exists()
    ]
    assert broken == []


def test_the_explanation_names_rooms_that_are_there() -> None:
    text = (ROOT / "docs/explanation/how-it-works.md").read_text("utf-8")
    named = re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w./-]+)`", text)
    assert len(named) > 30
    assert [name for name in named if not (ROOT / name).exists()] == []
