"""The site on this machine: after a change everything is read anew, and each page is made when it is asked for."""

from generator.preview.serving import PortTaken, serve_site

__all__ = ["PortTaken", "serve_site"]
