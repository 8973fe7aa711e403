"""The site on this machine, read anew after every change."""

from generator.preview.serving import PortTaken, check_again_and_again, serve_site

__all__ = ["PortTaken", "check_again_and_again", "serve_site"]
