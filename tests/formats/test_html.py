"""HTML: what a browser would show."""

from __future__ import annotations

from formats.conftest import told
from formats.made import HPI


def test_visible_text_only(read):
    page = f"""<!doctype html><html><head><title>t</title><style>p {{}}</style></head>
        <body><h1>Note 11/20/2026</h1><p>{HPI}<p>Denies <b>fever</b> &amp; chills.
        <table><tr><td>ODI</td><td>44&nbsp;%</td></tr><tr><th>Incontinence<td>No</table>
        <script>saddle numbness</script><div style='display: none'>saddle numbness</div><!-- saddle numbness -->"""
    answer = read(page.encode())
    facts = told(answer)
    assert facts["fever"] == facts["chills"] == (True, "negated")
    assert facts["odi_pct"] == (44, "present")
    assert "saddle" not in answer["text"]
    assert answer["not_read"] == ["file: 1 hidden passage"]


def test_broken_html_is_read(read):
    assert told(read(b"<html><p><b>Fever</i></td></table></html><p>x" + b"<div>" * 5000))["fever"] == (True, "present")


def test_declared_encoding(read):
    assert "caf\u00e9" in read('<html><meta charset="windows-1252"><p>Fever, caf\u00e9'.encode("cp1252"))["text"]


def test_empty(codes):
    assert codes(b"<html><script>x</script></html>") == ["I021"]
