"""The finished record, and the rules, in the forms other people read. It prints; it never decides."""
