"""A document as PDF/UA: tagged, with a language and a title, every picture with its words, fonts inside.

WeasyPrint needs Pango from the system. Where it is missing, that is said with a code and a remedy, nothing is printed.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from spondyl.record import Problem, Refusal
from spondyl.render.documents.as_html import to_paged_html
from spondyl.render.documents.blocks import Document

REMEDY = (
    "install Pango (Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango), or take --format html and print it"
)


def to_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1. The same document gives the same bytes. Raises Refusal (I040) without Pango."""
    html = to_paged_html(document)
    weasyprint = _weasyprint()
    inside = weasyprint.urls.URLFetcher(allowed_protocols=("data",))  # a document asks nothing of a network or a disk
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of texts, and texts are patients'
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    printed: bytes = weasyprint.HTML(string=html, url_fetcher=inside).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return printed


def _weasyprint() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError):  # OSError: the package is there, a library of the system is not
        raise Refusal([Problem("I040", "no PDF can be made on this machine", "--format pdf", REMEDY)]) from None
    return weasyprint
