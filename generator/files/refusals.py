"""An error of the operating system in, its reason in German out."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "es gibt sie nicht",
    errno.EACCES: "die Rechte reichen nicht",
    errno.EPERM: "die Rechte reichen nicht",
    errno.EISDIR: "dort ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Wegs ist kein Ordner",
    errno.EEXIST: "es gibt sie schon",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.ELOOP: "die Verknüpfung führt im Kreis",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ENXIO: "das ist keine gewöhnliche Datei",
    errno.EBUSY: "ein anderes Programm hält sie fest",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "das Kontingent auf dem Datenträger ist erschöpft",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.EIO: "der Datenträger meldet einen Fehler",
    errno.EFBIG: "die Datei würde zu groß",
    errno.EMFILE: "zu viele Dateien sind offen",
    errno.ENFILE: "zu viele Dateien sind offen",
    errno.EADDRINUSE: "der Anschluss ist belegt",
}
_HELD = (32, 33)
"""What Windows says of a file that an editor or a virus scanner has open; Python calls it a matter of rights."""


def known_reason(error: OSError) -> str:
    """Return why the system refused, where that says something to people; our own refusals bear no number and say it themselves."""
    if error.errno is None:
        return error.strerror or ""
    if getattr(error, "winerror", None) in _HELD:
        return _REASONS[errno.EBUSY]
    return _REASONS.get(error.errno, "")


def reason(error: OSError) -> str:
    """Return why the system refused, in the system's words where there are no better ones."""
    return known_reason(error) or error.strerror or type(error).__name__
