"""Files chosen in the browser: read, planned and marked; or refused with a code, and the form is kept."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from browser.watched import NOTE, paste, settled
from formats.made import locked_pdf, pdf, rtf, word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {
    "visit.pdf": ("application/pdf", pdf(NOTE)),
    "visit.docx": (WORD, word(*NOTE.strip().splitlines())),
    "visit.rtf": ("application/rtf", rtf(NOTE.strip().replace("\n", "\\par\n"))),
}


def aes_pdf() -> bytes:
    """A PDF as a viewer shows it to anybody and other programs cannot read it: AES with 256 bits, no password."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, NumberObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(NOTE))))
    out = BytesIO()
    writer._ID = None
    plain = DictionaryObject({NameObject("/CFM"): NameObject("/AESV3"), NameObject("/Length"): NumberObject(32)})
    writer._encrypt_entry = None
    names = {"/Filter": "/Standard", "/StmF": "/StdCF", "/StrF": "/StdCF"}
    encrypt = DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})
    numbers = {"/V": 5, "/R": 6, "/Length": 256, "/P": -1340}
    encrypt.update({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    encrypt.update({NameObject(key): ByteStringObject(bytes(48)) for key in ("/U", "/O")})
    encrypt.update({NameObject(key): ByteStringObject(bytes(32)) for key in ("/UE", "/OE")})
    encrypt[NameObject("/Perms")] = ByteStringObject(bytes(16))
    encrypt[NameObject("/CF")] = DictionaryObject({NameObject("/StdCF"): plain})
    writer._encrypt_entry = writer._add_object(encrypt)
    writer.write(out)
    return out.getvalue()


def load(page, name, kind, content):
    page.locator("#files").set_input_files([{"name": name, "mimeType": kind, "buffer": content}])


@pytest.mark.parametrize("name", FILES)
def test_a_document_is_read_planned_and_marked(page, name):
    load(page, name, *FILES[name])
    page.wait_for_selector("#strip .strip")
    settled(page)
    assert "61 F" in page.locator(".who").inner_text()
    assert page.locator("#plan .cause h3").first.inner_text().startswith("Sacroiliac joint")
    assert page.locator("#marked .m", has_text="SI provocation tests").count() == 1
    assert page.locator("#marked .m.negated", has_text="fever").count() == 1
    assert page.locator("#source label", has_text=name).count() == 1
    page.locator("#marked .m", has_text="fusion").first.click()
    page.wait_for_selector(".card")
    page.locator("#plan .cause .id").first.click()
    page.wait_for_selector(".why-panel")
    assert page.locator(".m.lit", has_text="SI provocation tests").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("cut.pdf", pdf(NOTE)[:300], "I022", "damaged"),
        ("locked.pdf", locked_pdf(NOTE, "secret"), "I023", "needs a password"),
        ("aes.pdf", aes_pdf(), "I023", "needs a password"),
        ("scan.pdf", pdf("picture"), "I021", "no text"),
        ("cut.docx", word(NOTE)[:9000], "I022", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do_and_the_form_is_kept(page, name, content, code, says):
    paste(page, NOTE)
    page.get_by_label("Criteria of").select_option("payer_cms")
    settled(page)
    load(page, name, "application/octet-stream", content)
    page.wait_for_selector("#trouble .problem")
    problem = " ".join(page.locator("#trouble").inner_text().split())
    assert re.search(rf"{code} .*{says}", problem), problem
    assert name in problem
    assert page.locator("#trouble .next").inner_text().endswith(".")
    assert page.evaluate("document.activeElement.className") == "problems"
    assert page.locator("textarea").first.input_value() == NOTE
    assert page.get_by_label("Criteria of").input_value() == "payer_cms"
    assert "61 F" in page.locator(".who").inner_text()
    page.get_by_role("tab", name="Ask next").click()
    page.locator("#ask .question").first.get_by_role("button", name="Not known").click()
    page.wait_for_selector(".changes", state="attached")  # the desk works on, without the file
    assert page.locator("#trouble .problem").count() == 0
