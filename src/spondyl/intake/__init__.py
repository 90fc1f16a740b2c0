"""Notes and structured cases become facts with their sources, or are refused with a code. It reads; it never decides."""
