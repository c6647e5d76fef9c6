"""Scrapy's settings, named in scrapy.cfg. Each line that departs from Scrapy's default says why."""

from importlib.util import find_spec

BOT_NAME = "gxcrawl"

# An installed wheel carries the spiders inside the package; a checkout has them at its top.
SPIDER_MODULES = ["gxcrawl.spiders" if find_spec("gxcrawl.spiders") else "spiders"]
NEWSPIDER_MODULE = SPIDER_MODULES[0]

ROBOTSTXT_OBEY = True  # a guest asks first
REMOTE_CONTROL_ENABLED = False  # on by default since 2.19; it runs code sent to a local port
TELNETCONSOLE_ENABLED = False  # the same, older
