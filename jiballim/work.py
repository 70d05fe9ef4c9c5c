"""The work of an installation, step by step: crawl, publish, notify; the commands and the demo call the same steps."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from jiballim import compose
from jiballim.config import Config

if TYPE_CHECKING:
    from feeds.publish import Published


def publish(config: Config, at: datetime) -> Published:
    """Write the feeds of the day into the public folder."""
    from feeds.publish import publish as write

    with compose.store(config, readonly=True) as store:
        return write(
            store,
            config.public,
            base_url=config.base_url,
            title=config.title,
            day=at.astimezone(compose.SEOUL).date(),
            feedback_url=config.feedback_url,
        )
