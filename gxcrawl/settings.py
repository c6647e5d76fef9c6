"""Scrapy's settings, named in scrapy.cfg. Each line that departs from Scrapy's default says why."""

import os
from importlib.metadata import version
from importlib.util import find_spec

BOT_NAME = "gxcrawl"

# An installed wheel carries the spiders inside the package; a checkout has them at its top.
SPIDER_MODULES = ["gxcrawl.spiders" if find_spec("gxcrawl.spiders") else "spiders"]
NEWSPIDER_MODULE = SPIDER_MODULES[0]
SPIDER_LOADER_CLASS = "gxcrawl.crawl.loader.PortalLoader"  # a spider is a portal, and portals are data

# Files of portals beside the shipped ones, as PATH lists folders; `gxcrawl --portals` sets it.
PORTALS_VARIABLE = "GXCRAWL_PORTALS"

# --- a polite guest ---------------------------------------------------------------------------------
# Who we are and where to complain: the operator of a crawl gives an address or a page of their own.
CONTACT_VARIABLE = "GXCRAWL_CONTACT"
CONTACT = os.environ.get(CONTACT_VARIABLE, "no contact given")
USER_AGENT = f"gxcrawl/{version('gxcrawl')} (reports on government information disclosure; {CONTACT})"
ROBOTSTXT_OBEY = False  # gxcrawl.crawl.robots obeys it instead: by RFC 9309, Crawl-delay included
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # one request at a time for each host and port
DOWNLOAD_DELAY = 2.0  # the entry of a portal may say another one
DOWNLOAD_DELAY_JITTER = 0.0  # never less than what was promised
AUTOTHROTTLE_ENABLED = False  # it would undo Crawl-delay; gxcrawl.crawl.pace only ever slows down

# --- a safe one -------------------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # on by default since 2.19; it runs code sent to a local port
TELNETCONSOLE_ENABLED = False  # the same, older
TWISTED_DNS_RESOLVER = (
    "gxcrawl.crawl.guard.GuardedResolver"  # names that lead into the own network are refused
)
DOWNLOAD_MAXSIZE = 32 * 2**20  # of one answer, unpacked; reports are far smaller
DOWNLOAD_WARNSIZE = 0  # what is too large is a reason in the summary, no warning
DOWNLOAD_TIMEOUT = 60  # the entry may say another one
REDIRECT_MAX_TIMES = 8

# --- a run that is ours -----------------------------------------------------------------------------
RETRY_ENABLED = False  # the frontier remembers what to try again, also over a crash
HTTPERROR_ALLOW_ALL = True  # an error page is an answer: it is archived and gets its class
METAREFRESH_ENABLED = False  # shells are followed by the spider, one hop
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier knows what was asked
COOKIES_ENABLED = True  # some hosts redirect to themselves until a cookie comes back
DOWNLOADER_MIDDLEWARES = {
    "gxcrawl.crawl.guard.Guard": 10,
    "gxcrawl.crawl.recorder.Replay": 20,
    "gxcrawl.crawl.robots.Robots": 100,
    # after decompression, before anything else looks at an answer
    "gxcrawl.crawl.recorder.Recorder": 585,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 575,
    # Scrapy's asks a host of its own for a list of domains.
    "gxcrawl.crawl.cookies.Cookies": 700,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    # Offsite knows no ports; the guard does its work.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
CONCURRENT_ITEMS = 1  # we have no items, and Scrapy starts so many tasks for every answer
LOGSTATS_INTERVAL = 0.0  # the display of the command says how far a run is
LOG_LEVEL = "WARNING"
LOG_INSTALL_ROOT_HANDLER = False  # the command has one
