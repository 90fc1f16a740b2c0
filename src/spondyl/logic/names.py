"""Names as bits of a whole number: which facts a condition reads, which facts something is recorded of."""

from __future__ import annotations


class Names:
    """Gives each name one bit, in the order of first use. No result depends on that order."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = {}

    def bit(self, name: str) -> int:
        """The bit of a name."""
        found = self.bits.get(name)
        if found is None:
            found = self.bits[name] = 1 << len(self.bits)
        return found
