"""Scrapy's own commands see one spider a source."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from notices.model import RunState
from notices.store import Store
from spiders.loader import SourceLoader
from spiders.standins import serve
from tests.replay import Post, lh_site, write_source

ROOT = Path(__file__).resolve().parents[2]


def scrapy(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Scrapy in the project's folder."""
    variables = {**os.environ, "JIBALLIM_HOME": str(home), **environment}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )


def test_every_source_is_a_spider(tmp_path: Path) -> None:
    write_source(tmp_path, "haessal", "https://www.haessal.go.kr/list.do")
    loader = SourceLoader.from_settings(Settings({"JIBALLIM_HOME": str(tmp_path)}))
    assert {"haessal", "lh-rental"} <= set(loader.list())
    assert loader.load("haessal").name == "haessal"
    assert loader.find_by_request(Request("https://www.haessal.go.kr/view.do")) == ["haessal"]
    with pytest.raises(KeyError):
        loader.load("nirgends")


def test_a_spider_of_a_real_site_wants_the_contact(tmp_path: Path) -> None:
    loader = SourceLoader.from_settings(Settings({"JIBALLIM_HOME": str(tmp_path)}))
    with pytest.raises(UsageError, match="contact"):
        loader.load("lh-rental").update_settings(Settings({"CONTACT": "", "REPLAY_ORIGIN": ""}))
    done = scrapy(tmp_path, "crawl", "lh-rental")
    assert done.returncode == 2
    assert "contact" in done.stderr
    assert "Traceback" not in done.stderr


def test_scrapy_crawl_reads_into_the_store(tmp_path: Path) -> None:
    posts = [Post(f"20151223000{n:05}", f"햇살{n}단지 국민임대 모집") for n in range(3)]
    with serve(lh_site([posts])) as served:
        done = scrapy(tmp_path, "crawl", "lh-rental", REPLAY_ORIGIN=served.origin)
    assert done.returncode == 0, done.stderr[-2000:]
    with Store.open(tmp_path / "jiballim.db", readonly=True) as store:
        run = store.runs.last("lh-rental")
        assert run is not None
        assert (run.state, run.new) == (RunState.DONE, 3)
