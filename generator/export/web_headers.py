"""The configuration of a site in; what a server sends with its pages, and the policy that they carry themselves, out."""

from __future__ import annotations

from generator.model.basemap import image_sources
from generator.model.config import SiteConfig

HEADERS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
"""What is sent with every file."""
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
