"""The site on this machine: after a change everything is read anew, and each page is made when it is asked for."""

from generator.preview.serving import PortTaken, check_again_and_again, serve_site

__all__ = ["PortTaken", "check_again_and_again", "serve_site"]
