"""Files that hold a note (PDF, DOCX, RTF, C-CDA, FHIR, HTML) become its text, with the place of every stretch.

Nothing in a file is run, and nothing is fetched.
"""
