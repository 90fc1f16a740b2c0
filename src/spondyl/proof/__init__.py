"""Properties shown for every possible patient. It proves or refutes; it never judges a real one."""
