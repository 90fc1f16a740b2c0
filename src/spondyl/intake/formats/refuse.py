"""The refusals that several formats share, so that one thing is said in one way. It decides nothing."""

from __future__ import annotations

from spondyl.record import Problem, Refusal

_OCR = "run text recognition (OCR) on it and give the result, or type the note"


def no_text(name: str, what: str) -> Refusal:
    """A file that is only pictures, or empty."""
    return Refusal([Problem("I021", f"{what} has no text that can be read; it may be a scan", name, _OCR)])


def damaged(name: str, what: str) -> Refusal:
    """A file that breaks the rules of its format."""
    return Refusal([Problem("I022", f"{what} is damaged", name, "open it, save it again, or give its text")])


def locked(name: str, what: str) -> Refusal:
    """A file behind a password."""
    remedy = "open it with its password, and save or print a copy without one"
    return Refusal([Problem("I023", f"{what} is encrypted and needs a password", name, remedy)])


def beyond(name: str, what: str) -> Refusal:
    """More pages, parts, bytes, time or memory than a note needs."""
    return Refusal([Problem("I024", what, name, "give the pages that concern the spine, or their text")])


def active(name: str, what: str) -> Refusal:
    """Macros and embedded objects: never run, and what they hold would be missing."""
    return Refusal([Problem("I025", what, name, "save it as DOCX or PDF without them, or give its text")])


def declared(name: str) -> Refusal:
    """XML with a document type or entities of its own."""
    return Refusal([Problem("I026", "the XML declares a document type or entities", name, "export it again without")])


def too_long(name: str) -> Refusal:
    """A note of more than 1 MB of text."""
    return Refusal([Problem("I006", "the note is longer than 1 MB", name, "give the part that concerns the spine")])


def counted(number: int, thing: str, plural: str = "") -> str:
    """`1 picture`, `3 pictures`."""
    return f"{number} {thing if number == 1 else plural or thing + 's'}"
