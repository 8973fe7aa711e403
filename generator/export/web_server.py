"""Write headers and the configuration of nginx or Apache."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from msgspec import Struct

from generator.model.config import SiteConfig, image_sources

HEADERS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
"""What is sent with every file."""
UNLISTED = {"X-Robots-Tag": "noindex"}
"""What is sent with every file of a site that search engines are not to list; to see it they may read the files."""
UNLISTED_FILE = "noindex.txt"
"""The file by which servers and pipelines know such a site, whatever they were told before."""
UNLISTED_TEXT = (
    "Solange diese Datei hier liegt, ist die Website intern oder noch nicht veröffentlicht (publish: no in site_config.yml):\n"
    "Suchmaschinen sollen nichts davon aufnehmen, und die Abläufe von „nahraum init“ veröffentlichen nichts.\n"
)
ITSELF, EVERYBODY = "'self'", "*"
"""Who may show a page in a frame."""


def policy(config: SiteConfig) -> str:
    """Return every page's Content Security Policy, as configured."""
    frames = "".join(f" {frame.source}" for frame in config.embedded)
    return (
        f"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:{image_sources(config)};"
        f" connect-src 'self'; frame-src 'self'{frames}; object-src 'none'; base-uri 'self'; form-action 'self' mailto:"
    )


EMBED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
"""The policy of pages for frames on other sites: there is nothing to run and nothing to load but the look."""


def framed_by(policy: str, who: str) -> str:
    """Return a server's policy, with who may frame the page."""
    return f"{policy}; frame-ancestors {who}"


CACHED = 86_400
"""Seconds for which a browser needn't ask again for a stylesheet or script; their addresses change with their content."""
# Types that servers don't know of themselves, or name in different ways.
TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "json": "application/json",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "ttl": "text/turtle",
    "xml": "application/xml",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "vcf": "text/vcard",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What is sent compressed, beside HTML.
_PACKED = ("css", "js", "svg", "json", "geojson", "csv", "ics", "ttl", "xml", "atom", "txt")


class Served(Struct, frozen=True):
    """A site for a server."""

    url: str
    folder: str  # where its files lie on the server
    policy: str  # its Content Security Policy, without who may frame it

    @property
    def host(self) -> str:
        """The name of the server."""
        return urlsplit(self.url).hostname or "localhost"

    @property
    def prefix(self) -> str:
        """The site's path without closing slash; empty at the root."""
        return urlsplit(self.url).path.rstrip("/")


def nginx(site: Served) -> str:
    """Return a complete configuration of nginx."""
    start = f"^{re.escape(site.prefix)}/"
    types = "\n".join(f"        {kind:<72} {ending};" for ending, kind in TYPES.items())
    packed = " ".join(dict.fromkeys(TYPES[ending] for ending in _PACKED))
    sent = "\n".join(f"    add_header {name} {value} always;" for name, value in HEADERS.items())
    [(unlisted, word)] = UNLISTED.items()
    if not site.prefix:
        files = "    location / { try_files $uri $uri/ =404; }"
    else:
        files = f"    location {site.prefix}/ {{ alias {site.folder}/; try_files $uri $uri/ =404; }}"
    return f"""map $uri $nahraum_frames {{
    default  "'self'";
    "~{start}([a-z-]+/)?einbetten/"  "*";
}}
map $uri $nahraum_cache {{
    default  "no-cache";
    "~{start}assets/"  "public, max-age={CACHED}";
}}

server {{
    listen 443 ssl;
    server_name {site.host};
    # ssl_certificate …; ssl_certificate_key …;
    root {site.folder};
    charset utf-8;
    charset_types text/css text/javascript text/csv text/calendar text/plain text/turtle application/json;
    error_page 403 404 =404 {site.prefix}/404.html;
    access_log off;
    server_tokens off;

    types {{
{types}
    }}
    gzip on;
    gzip_vary on;
    gzip_min_length 1000;
    gzip_types {packed};

    add_header Content-Security-Policy "{framed_by(site.policy, "$nahraum_frames")}" always;
{sent}
    set $nahraum_robots "";
    if (-f {site.folder}/{UNLISTED_FILE}) {{ set $nahraum_robots {word}; }}
    add_header {unlisted} $nahraum_robots always;
    add_header Cache-Control $nahraum_cache always;

{files}
    location ~ /(\\.(?!well-known/)|_headers$) {{ return 404; }}
}}
"""


def apache(site: Served) -> str:
    """Return what belongs into a virtual host of Apache."""
    start = f"^{re.escape(site.prefix)}/"
    alias = f'Alias "{site.prefix}/" "{site.folder}/"\n' if site.prefix else f'DocumentRoot "{site.folder}"\n'
    types = "\n".join(f"AddType {kind} .{ending}" for ending, kind in TYPES.items())
    sent = "\n".join(f"Header always set {name} {value}" for name, value in HEADERS.items())
    [(unlisted, word)] = UNLISTED.items()
    packed = " ".join(dict.fromkeys(["text/html", *(TYPES[ending] for ending in _PACKED)]))
    return f"""{alias}<Directory "{site.folder}">
    Require all granted
    Options -Indexes
    DirectoryIndex index.html
    AddDefaultCharset utf-8
</Directory>
ErrorDocument 403 {site.prefix}/404.html
ErrorDocument 404 {site.prefix}/404.html
RedirectMatch 404 "/(\\.(?!well-known/)|_headers$)"
{types}
AddOutputFilterByType DEFLATE {packed}

SetEnvIf Request_URI "{start}([a-z-]+/)?einbetten/" nahraum_framed
Header always set Content-Security-Policy "{framed_by(site.policy, ITSELF)}" env=!nahraum_framed
Header always set Content-Security-Policy "{framed_by(site.policy, EVERYBODY)}" env=nahraum_framed
{sent}
<If "-f '{site.folder}/{UNLISTED_FILE}'">
    Header always set {unlisted} {word}
</If>
Header always set Cache-Control no-cache
<LocationMatch "{start}assets/">
    Header always set Cache-Control "public, max-age={CACHED}"
</LocationMatch>
"""


SERVERS: dict[str, Callable[[Served], str]] = {"nginx": nginx, "apache": apache}
