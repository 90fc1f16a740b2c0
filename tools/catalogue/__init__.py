"""Reads the loaded rules out as pages; tools/generated/catalogue.py says which."""
