"""Settings: all optional but the contact; a wrong one is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiballim import config
from notices.errors import WrongUse


def write(home: Path, text: str) -> Path:
    """Write the settings of a home folder."""
    (home / config.NAME).write_text(text, "utf-8")
    return home


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = config.load(tmp_path)
    assert settings.database == tmp_path / "jiballim.db"
    with pytest.raises(WrongUse, match="contact"):
        settings.require_contact()


def test_reads_what_is_set(tmp_path: Path) -> None:
    settings = config.load(
        write(tmp_path, 'contact = "home@paju.example.kr"\ntitle = "파주 집알림"\noff = ["lh-rental"]\n')
    )
    assert (settings.require_contact(), settings.title, settings.off) == (
        "home@paju.example.kr",
        "파주 집알림",
        ("lh-rental",),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('contct = "a@b.kr"', "contact을"),
        ("contact = 1", "contact"),
        ('contact = "파주센터"', "전자우편"),
        ('base_url = "paju.kr"', "base_url"),
        ('feedback_url = "javascript:alert(1)"', "feedback_url"),
        ("title = [", "문법"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        config.load(write(tmp_path, text))
