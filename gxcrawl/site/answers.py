"""Answers of the pages: HTML that may load nothing but our own files, and downloads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from datasette import Request, Response

from gxcrawl.site.links import Links
from gxcrawl.site.site import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WrongError(Exception):
    """What was asked for cannot be shown; the sentence, in Chinese, says why."""

    def __init__(self, message: str, status: int = 404) -> None:
        super().__init__(message)
        self.message, self.status = message, status


async def page(
    site: Site, request: Request, template: str, context: Mapping[str, object], *, status: int = 200
) -> Response:
    told = {"link": Links(site), "fixed": site.is_fixed, **context}
    text = await site.datasette.render_template(f"gx/{template}.html", told, request=request)
    return Response.html(text, status=status, headers=dict(HEADERS))


async def refused(site: Site, request: Request, wrong: WrongError) -> Response:
    return await page(
        site, request, "refused", {"message": wrong.message, "status": wrong.status}, status=wrong.status
    )


def download(body: bytes, name: str, content_type: str) -> Response:
    """What cannot stand in a name everywhere becomes an underscore."""
    safe = re.sub(r"[^\w.-]", "_", name, flags=re.ASCII)
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{safe}"'}
    return Response(body, headers=headers, content_type=content_type)
