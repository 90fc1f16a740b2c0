"""Documents from one record, so that none can contradict another: report, packet, letter, leaflet, and the guide."""

from spondyl.render.documents.as_html import html_body
from spondyl.render.documents.blocks import Document
from spondyl.render.documents.guide import guide, guide_sheet
from spondyl.render.documents.leaflet import leaflet
from spondyl.render.documents.leaflet_sheet import leaflet_sheet
from spondyl.render.documents.letter import letter
from spondyl.render.documents.packet import packet
from spondyl.render.documents.packet_sheet import packet_sheet
from spondyl.render.documents.report import report
from spondyl.render.documents.style import STYLE
from spondyl.render.documents.written import FORMS, file_name, written

__all__ = [
    "FORMS",
    "STYLE",
    "Document",
    "file_name",
    "guide",
    "guide_sheet",
    "html_body",
    "leaflet",
    "leaflet_sheet",
    "letter",
    "packet",
    "packet_sheet",
    "report",
    "written",
]
