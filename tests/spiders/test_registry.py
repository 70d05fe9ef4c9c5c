"""Source files: read whole, or refused in one sentence that names file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.registry import Source, SourceError, choose, gather, load, read

PLAIN = """
title = "햇살시청 공지"
publisher = "햇살시"
page = "https://www.haessal.go.kr/board/list.do?no=1"
endpoint = "https://www.haessal.go.kr/board/list.do?no=1"
"""


def write(folder: Path, text: str, name: str = "haessal-notice") -> Path:
    """Put a source file into a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_four_lines_are_enough(tmp_path: Path) -> None:
    source = read(write(tmp_path, PLAIN))
    assert (source.name, source.family, source.method, source.region) == ("haessal-notice", "board", "GET", None)
    assert source.hosts == {"www.haessal.go.kr", "haessal.go.kr"}
    assert source.info.page_url == source.page


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("titel = 'x'", "titel"),
        ("delay = 'two'", "delay"),
        ("delay = 0.1", "delay"),
        ("region = '서울'", "region"),
        ("family = 'boards'", "family"),
        ("kind = 'board'", "kind"),
        ("licence = '7'", "licence"),
        ("enabled = 1", "enabled"),
        ("checked = 'yesterday'", "checked"),
        ("[form]\na = 1", "form"),
        ("[paging]\npages = 10000", "pages"),
        ("[paging]\nparameter = 'p'", "parameter"),
        ("[hints]\nrows = 'tr'", "rows"),
        ("[transport]\nca = 'missing.pem'", "ca"),
        ("[transport]\ntls = 'off'", "tls"),
        ("[expect]\nrows = 'many'", "rows"),
        ("include = [1]", "include"),
    ],
)
def test_a_wrong_line_is_refused_by_name(tmp_path: Path, line: str, named: str) -> None:
    path = write(tmp_path, f"{PLAIN}{line}\n")
    with pytest.raises(SourceError) as wrong:
        read(path)
    sentence = str(wrong.value)
    assert str(path) in sentence
    assert named in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("url", ["ftp://x/", "javascript:alert(1)", "http://a b/", "https://user:pass@host/"])
def test_only_web_addresses_are_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(SourceError, match="endpoint"):
        read(
            write(
                tmp_path,
                PLAIN.replace('endpoint = "https://www.haessal.go.kr/board/list.do?no=1"', f'endpoint = "{url}"'),
            )
        )


def test_broken_toml_and_bad_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="문법"):
        read(write(tmp_path, "title = "))
    with pytest.raises(SourceError, match="파일 이름"):
        read(write(tmp_path, PLAIN, "햇살"))


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "own", PLAIN, "lh-rental")
    with pytest.raises(SourceError, match="lh-rental"):
        load(tmp_path / "own")


def test_a_wrong_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for name, text in {
        "good": PLAIN, "unknown": PLAIN + "endpont = 1\n", "typed": PLAIN + 'delay = "1"\n', "cut": 'title = "x', "lh-rental": PLAIN,
    }.items():  # fmt: skip
        write(own, text, name)
    (own / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (own / "folder.toml").mkdir()
    sources, faults = gather(own)
    assert set(faults) == {"unknown", "typed", "cut", "lh-rental", "bytes", "folder"}
    assert len(sources) == len(load()) + 1 and "good" in sources
    assert sources["lh-rental"].endpoint.startswith("https://apply.lh.or.kr")
    assert all("\n" not in str(fault) and f"{name}.toml" in str(fault) for name, fault in faults.items())


def test_own_sources_stand_beside_the_built_in(tmp_path: Path) -> None:
    write(tmp_path / "own", PLAIN + "enabled = false\n")
    sources = load(tmp_path / "own")
    assert {"lh-rental", "geumcheon-notice", "haessal-notice"} <= set(sources)
    assert "haessal-notice" not in {s.name for s in choose(sources, ())}
    assert [s.name for s in choose(sources, ["haessal-notice"])] == ["haessal-notice"]
    with pytest.raises(SourceError, match="nirgends"):
        choose(sources, ["nirgends"])


def test_words_choose_titles(tmp_path: Path) -> None:
    source = read(write(tmp_path, PLAIN + 'include = ["임대", "주택"]\nexclude = ["낙찰"]\n'))
    assert source.wants("햇살 임대 모집")
    assert not source.wants("햇살 임대 낙찰 결과")
    assert not source.wants("도서관 휴관")


@pytest.mark.parametrize("source", load().values(), ids=lambda s: s.name)
def test_built_in_sources_say_where_their_facts_come_from(source: Source) -> None:
    assert source.origin and source.checked and source.page
