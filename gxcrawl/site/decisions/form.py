"""What the forms of decisions need to know, and the form that somebody sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from datasette import Request
from datasette.utils import display_actor

from gxcrawl.site.answers import WrongError
from gxcrawl.site.decisions.words import words
from gxcrawl.site.site import Site

SIGN_IN = "datasette-auth-passwords"
_ACCOUNT = "_password_hash"  # the end of a key of that plugin that makes an account
# A page of ours below the root, without steps upwards.
_OURS = re.compile(
    r"(?:alerts?|finding|report|organ|matrix)(?:/(?:[\w:~-]|%(?!2[eE])[\da-fA-F]{2})+)*(?:\?[\w.%:~=&+-]*)?",
    re.ASCII,
)
_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
LONGEST_NAME = 100


def decision_context(site: Site, request: Request) -> dict[str, object]:
    """What gx/decide_alert.html and gx/decide_finding.html ask for, besides the alert or the finding."""
    return {
        "may_decide": bool(request.actor) and not site.is_fixed,
        "sign_in": "" if request.actor or site.is_fixed else _sign_in(site),
        "longest": words().longest,
    }


def _sign_in(site: Site) -> str:
    """The address of the page; nothing where nobody has an account."""
    settings = site.datasette.plugin_config(SIGN_IN) or {}
    address: str = site.datasette.urls.path("/-/login")
    return address if any(key.endswith(_ACCOUNT) and settings[key] for key in settings) else ""


def number_in(request: Request) -> int:
    """Of the alert or the finding that the address names."""
    given: str = request.url_vars["id"]
    if not _NUMBER.fullmatch(given):
        raise WrongError("地址中的编号应是数字。")
    return int(given)


def person(request: Request) -> str:
    """The name under which the page greets whoever is signed in."""
    return without_controls(str(display_actor(request.actor))).strip()[:LONGEST_NAME]


def without_controls(text: str) -> str:
    """Lines end with a line feed; what turns or hides text has no place in what people will read."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


async def sent(request: Request) -> Mapping[str, str]:
    """The fields of the form. Datasette asks for the token only where there are cookies; here it must be."""
    body: bytes = await request.post_body()
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise WrongError(words().refused["form"], 400) from error
    if fields.get("csrftoken") != request.scope["csrftoken"]():
        raise WrongError(words().refused["token"], 403)
    return fields


def way_back(site: Site, asked: str, otherwise: str) -> str:
    """Where to go afterwards: a page of ours, and nowhere else."""
    root: str = site.datasette.urls.path("/")
    inside = asked.removeprefix(root) if asked.startswith(root) else ""
    return root + inside if _OURS.fullmatch(inside) else otherwise
