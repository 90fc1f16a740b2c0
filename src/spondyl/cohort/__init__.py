"""A population in columns: the same conditions as for one patient, judged for millions."""
