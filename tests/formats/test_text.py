"""Plain text in its encodings: only the byte order mark goes, every place stays true."""

from __future__ import annotations

import pytest
from formats.conftest import told

NOTE = "Clinic note 11/20/2026\r\n62F, L4-S1 TLIF 06/2025 – “same”.\r\n\r\nDenies fever.\r\n"

ENCODED = {
    "UTF-8": NOTE.encode(),
    "UTF-8 with its mark": b"\xef\xbb\xbf" + NOTE.encode(),
    "UTF-16 little end first": b"\xff\xfe" + NOTE.encode("utf-16-le"),
    "UTF-16 big end first": b"\xfe\xff" + NOTE.encode("utf-16-be"),
    "UTF-16 little, without mark": NOTE.encode("utf-16-le"),
    "UTF-16 big, without mark": NOTE.encode("utf-16-be"),
    "Windows-1252": NOTE.encode("cp1252"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_the_text_is_the_decoded_text(read, name):
    answer = read(ENCODED[name])
    assert answer["text"] == NOTE
    assert told(answer)["fever"] == (True, "negated")
    assert told(answer)["surgeries.0.date"] == ("2025-06", "present")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_any_line_end(read, end):
    text = NOTE.replace("\r\n", end)
    answer = read(text.encode())
    assert answer["text"] == text
    assert told(answer) == told(read(NOTE.encode()))


@pytest.mark.parametrize(
    "content", [b"ab\x81\x8d\x8f\x90\x9d", b"\xff\xfe\x00\xd8a\x00", b"\x00" * 400, bytes(range(256)) * 4]
)
def test_what_is_no_text(codes, content):
    assert codes(content) == ["I008"]


MARKDOWN = """# Clinic note 11/20/2026

**HPI:** 62F s/p L4-5 fusion 2024. __Denies__ `chills`.

| Sign | Today |
|:-----|------:|
| Fever | No |
| Saddle numbness | **Yes** |

## Medications
- **oxycodone** 5 mg q6h
"""


def test_markdown_is_read_as_it_stands(read):
    answer = read(MARKDOWN.encode(), "note.md")
    facts = told(answer)
    assert answer["text"] == MARKDOWN
    assert facts["chills"] == (True, "negated")
    assert facts["fever"] == (True, "negated")
    assert facts["saddle_anesthesia"] == (True, "present")
    assert facts["medications.0.dose"] == (5, "present")


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("Fever\tNo", "negated"),
        ("Fever          No\n", "negated"),
        ("| Fever | No |", "negated"),
        ("**Fever:** No", "negated"),
        ("**Fever**: denied", "negated"),
        ("Fever\tYes", "present"),
        ("| Fever | Yes |", "present"),
    ],
)
def test_an_answer_in_the_next_column_belongs_to_its_label(read, text, assertion):
    assert told(read(text.encode()))["fever"] == (True, assertion)
