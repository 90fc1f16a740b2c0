"""Notes and structured cases become facts with sources, or are refused with a code. It reads; it never decides."""
