"""The configuration of a site in; what a server sends with its pages, and the policy that they carry themselves, out."""

from __future__ import annotations

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
    """Return the Content Security Policy of every page; nothing but what the configuration names comes from elsewhere."""
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
    """Return the policy as a server sends it, with what a page can't say of itself: who may show it in a frame."""
    return f"{policy}; frame-ancestors {who}"
