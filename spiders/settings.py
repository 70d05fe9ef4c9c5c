"""Scrapy's settings for this project: polite, bounded, verified, and without the ports that Scrapy opens by default."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("jiballim")
except PackageNotFoundError:  # a bare checkout
    VERSION = "0"

BOT_NAME = "jiballim"
SPIDER_MODULES: list[str] = []
SPIDER_LOADER_CLASS = "spiders.loader.SourceLoader"
ITEM_PIPELINES = {"spiders.pipeline.Taking": 100}

# What `scrapy crawl NAME` reads and writes; `jiballim` hands these in.
JIBALLIM_HOME = os.environ.get("JIBALLIM_HOME", "data")
CONTACT = os.environ.get("JIBALLIM_CONTACT", "")
REPLAY_ORIGIN = os.environ.get("REPLAY_ORIGIN", "")

USER_AGENT = f"jiballim/{VERSION}"  # completed by the operator's contact, without which no real site is read
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "jiballim"
REFERRER_POLICY = "same-origin"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ko",
}

CONCURRENT_REQUESTS = 64  # a dead host holds a place until its time-out
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # Scrapy starts that many tasks for every response, and storing is one at a time anyway
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads the callback's source again for every response
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_VERIFY_CERTIFICATES = True
RETRY_TIMES = 1
REDIRECT_MAX_TIMES = 5
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the guard's back
TWISTED_DNS_RESOLVER = "spiders.guard.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "http": "spiders.replay.ReplayHandler",
    "https": "spiders.replay.ReplayHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "spiders.politeness.Fence": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders.robots.StrictRobots": 100,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "spiders.politeness.RetryAfter": 560,
    "spiders.datagokr.Client": 570,
    "spiders.politeness.Budget": 580,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.logstats.LogStats": None,
    "spiders.politeness.CrawlDelay": 500,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
STATS_DUMP = False
COOKIES_ENABLED = True
