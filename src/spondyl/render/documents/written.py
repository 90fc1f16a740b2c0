"""One document in one form: text, Markdown, HTML or PDF, as bytes."""

from __future__ import annotations

from spondyl.render.documents.blocks import Document

FORMS = ("text", "md", "html", "pdf")


def written(document: Document, form: str) -> bytes:
    """The document in this form; texts are UTF-8. Raises ValueError for a form there is not, Refusal without Pango."""
    if form == "pdf":
        from spondyl.render.documents.as_pdf import to_pdf

        return to_pdf(document)
    if form == "html":
        from spondyl.render.documents.as_html import to_html

        return to_html(document).encode()
    if form == "md":
        from spondyl.render.documents.as_markdown import to_markdown

        return to_markdown(document).encode()
    if form == "text":
        from spondyl.render.documents.as_text import to_text

        return to_text(document).encode()
    raise ValueError(f"the form is one of {', '.join(FORMS)}")


def file_name(document: Document) -> str:
    """A name for a file without its ending: what it is, what for and the day; nothing of the patient."""
    return f"spondyl-{document.name}"
