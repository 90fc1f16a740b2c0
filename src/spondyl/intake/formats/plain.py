"""Bytes to text without changing a character: only the byte order mark goes."""

from __future__ import annotations

from spondyl.record import Problem, Refusal


def decoded(content: bytes, name: str) -> str:
    """The text of bytes: by their mark, UTF-8, UTF-16 with its zero bytes, else Windows-1252. Raises Refusal."""
    for encoding in encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") > len(text) // 20:
            break
        return text
    raise Refusal([Problem("I008", "the text is in no encoding known here", name, "save it as UTF-8")])


def encodings(content: bytes) -> tuple[str, ...]:
    """What the bytes may be, most likely first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if content.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    head = content[:4000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    # Every second byte of Latin text in UTF-16 is zero.
    if len(content) % 2 == 0 and half and odd * 10 > half * 6 and even * 10 < half:
        return ("utf-16-le",)
    if len(content) % 2 == 0 and half and even * 10 > half * 6 and odd * 10 < half:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")
