"""The one list of what can be wrong with an input or a command line: code, name, likely cause and what to do.

docs/errors/ is written from it. Codes below I100 are about the input, those from I100 about the command line,
those from I200 about HTTP.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code means."""

    name: str
    cause: str
    remedy: str


CODES: dict[str, Code] = {
    "I001": Code(
        "The schema of a case is missing or not known",
        "The first line was left out or misspelled, or the case was written for another version.",
        "Begin the case with `schema: spondyl/case/1`. A note that is laid out like a case is read with `--kind note`,"
        ' over HTTP with `"kind": "note"`.',
    ),
    "I002": Code("An empty input", "The file has no text, or only blanks.", "Give a note or a case."),
    "I003": Code(
        "A case that is no mapping",
        "A list or a plain text stands where names and values are needed.",
        "Write `name: value` lines, with `facts:` as a mapping.",
    ),
    "I004": Code(
        "A syntax error, or YAML that is not accepted",
        "A bracket or quote is open; or an anchor, an alias or a tag is used. A case says everything where it stands.",
        "Repair the place named; write values out.",
    ),
    "I005": Code("A key that stands twice", "A block was copied.", "Keep one of the two."),
    "I006": Code(
        "An input that is too large",
        "A whole archive was given.",
        "Give the part that concerns the spine. A note may have 1 MB, any input 20 MB.",
    ),
    "I007": Code(
        "A kind of file that cannot be read",
        "A picture, a Word file of before 2007, an archive, or XML that is no C-CDA was given.",
        "Run text recognition (OCR) on a picture; save an old Word file as DOCX, PDF or plain text.",
    ),
    "I008": Code(
        "Bytes that are no text",
        "The file has an encoding that is not known here, or is no text at all.",
        "Save it as UTF-8.",
    ),
    "I009": Code(
        "A FHIR record without a note",
        "This version reads the text of DocumentReference and DiagnosticReport, no coded resources; and the text is"
        " missing, withdrawn, or at an address, where nothing is fetched.",
        "Put the text into the record, give the note itself, or write a case.",
    ),
    "I010": Code(
        "A name that is no fact",
        "A spelling; or a derived fact, which is computed and never given.",
        "Use a name of the vocabulary; the message names the nearest one.",
    ),
    "I011": Code(
        "A value of the wrong form",
        "A text stands where a number, true or false, a list or a mapping is needed.",
        "Write it in the form named.",
    ),
    "I012": Code(
        "A number outside its range",
        "A slip of the keyboard, another scale, or another unit.",
        "Correct the number, or give its unit.",
    ),
    "I013": Code("A word that is no value of the fact", "A spelling.", "Use one of the values named."),
    "I014": Code(
        "A date that cannot be read",
        "Another order of day and month, or a day that does not exist.",
        "Write 2026, 2026-03 or 2026-03-09, in quotes.",
    ),
    "I015": Code(
        "A date after the day the plan is made for",
        "A wrong year, or a case or note that is planned as of an earlier day.",
        "Correct the date, or give a later --as-of.",
    ),
    "I016": Code(
        "A level that does not exist",
        "A spelling, or a span of several segments.",
        "Write segments such as L4-L5; a span is the list of its segments.",
    ),
    "I017": Code(
        "A unit that cannot be converted",
        "The unit belongs to another quantity, or is not known here.",
        "Give the value in the unit named.",
    ),
    "I018": Code("An assertion or precision that does not exist", "A spelling.", "Use one of the words named."),
    "I020": Code(
        "A file that cannot be read",
        "The path is wrong, names a folder, or its permissions forbid reading.",
        "Check the path. Standard input is `-`.",
    ),
    "I021": Code(
        "A document without text",
        "A scan: each page is a picture. Or the letters of the file have no meaning in it.",
        "Run text recognition (OCR) on it and give the result, or type the note.",
    ),
    "I022": Code(
        "A document that is damaged",
        "The file was cut off, or is not what its first bytes say.",
        "Open it, save it again, or give its text.",
    ),
    "I023": Code(
        "A document that is encrypted",
        "It opens with a password only, or it is protected with AES so that viewers show its text and no other program"
        " can read it.",
        "Open it with its password, and save or print a copy without one.",
    ),
    "I024": Code(
        "A document beyond the limits",
        "More than 500 pages, 100 MB unpacked, 2,000 parts, 500 notes, 30 seconds or 2 GB of memory. A file can be made"
        " so that it grows without end when it is opened.",
        "Give the pages that concern the spine, or their text.",
    ),
    "I025": Code(
        "A document with macros or embedded objects",
        "A DOCX with macros, or an RTF with an object of another program. They are never run, and what they show"
        " would be missing.",
        "Save it as DOCX or PDF without them, or give its text.",
    ),
    "I026": Code(
        "XML that declares entities",
        "The file has a document type or entities of its own, which can reach other files or grow without end.",
        "Export it again without them.",
    ),
    "I027": Code(
        "Notes of more than one patient",
        "The record holds documents with different subjects.",
        "Give one patient at a time.",
    ),
    "I030": Code(
        "An id that nothing has",
        "A spelling, or the short id of another case or another day.",
        "Take an id from the plan of the same case; the message names the nearest one.",
    ),
    "I031": Code(
        "A change that cannot be read",
        "The equals sign is missing, or a list was given where one field of one entry is meant.",
        "Write name=value, name=unknown or surgeries.0.levels=L4-L5.",
    ),
    "I040": Code(
        "A PDF cannot be made on this machine",
        "Pango, the library that sets the letters, is not installed.",
        "Install Pango (Debian: apt install libpango-1.0-0 libpangoft2-1.0-0), or print the HTML form.",
    ),
    "I101": Code("A command line that cannot be followed", "An argument is missing or too many.", "See --help."),
    "I102": Code(
        "Something that is not in this version",
        "The command or form is described, and not yet built.",
        "Use what --help lists.",
    ),
    "I103": Code("A command that does not exist", "A spelling.", "See spondyl --help."),
    "I104": Code("A value an option does not have", "A spelling.", "Use one of the values named."),
    "I105": Code(
        "--as-of is not a day", "Another form of date, or a day that does not exist.", "Write it like 2026-11-22."
    ),
    "I106": Code(
        "The output cannot be written",
        "The folder does not exist, its permissions forbid writing, or the disk is full.",
        "Name another file. Nothing was written.",
    ),
    "I107": Code("The output would replace an input", "-o names the case itself.", "Name another file."),
    "I108": Code(
        "There is no knowledge folder",
        "The program is installed without the sources of its rules.",
        "Name the folder: spondyl knowledge check FOLDER.",
    ),
    "I109": Code("The folder of a site does not exist", "A slip in the path.", "Name the folder."),
    "I110": Code("A PDF on a terminal", "Neither -o nor a pipe says where it goes.", "Name a file: -o plan.pdf."),
    "I111": Code(
        "An address that others can reach, without protection",
        "--host names an address of a network, and nobody would be asked who they are; or the token is too short.",
        "Keep 127.0.0.1; or set SPONDYL_ACCESS_TOKEN to at least 16 characters; or name the proxy with --behind-proxy.",
    ),
    "I112": Code(
        "Nothing can listen on the address",
        "Another program uses the port, or the address is not one of this machine.",
        "Name another port, or --port 0 for a free one.",
    ),
    "I199": Code(
        "A fault of this program",
        "Something that should not happen happened. No answer was given, so nothing wrong was said.",
        "Report the code, the line it names and the version. Never send a patient's text along.",
    ),
    "I113": Code(
        "An extra that is not installed",
        "Proofs need z3, which an ordinary installation leaves out because it is large.",
        "Install it: pip install 'spondyl[proof]'.",
    ),
    "I201": Code(
        "A request that does not fit",
        "The JSON cannot be read: a slip, bytes that are not UTF-8, more than 100 levels, a number of over 18 digits."
        " Or a field is missing, misspelled or of another form.",
        "Compare it with /openapi.json. Status 400.",
    ),
    "I202": Code(
        "A request that is too large", "A whole archive was sent.", "Send the part that concerns the spine. Status 413."
    ),
    "I203": Code(
        "A host name that is not this server's",
        "The address was typed another way; or a page elsewhere points its own name at this machine.",
        "Use the address that `spondyl serve` printed. Status 421.",
    ),
    "I204": Code(
        "A request from another page",
        "A page of another origin sent a form or a request to this server.",
        "Open the workbench itself. Status 403.",
    ),
    "I205": Code(
        "A page that is older than the server",
        "The server was started again since the page was opened.",
        "Reload the page; the browser puts the case back. Status 403.",
    ),
    "I206": Code(
        "No access token, or a wrong one",
        "The server was started with SPONDYL_ACCESS_TOKEN.",
        "Sign in, or send `Authorization: Bearer TOKEN`. Status 401.",
    ),
    "I207": Code(
        "A request that takes too long",
        "A very long note, or a slow connection.",
        "Send the part that concerns the spine. Status 503.",
    ),
    "I208": Code("An address that leads nowhere", "A spelling, or a rule that is gone.", "Start at /. Status 404."),
    "I209": Code(
        "A body of the wrong kind",
        "The Content-Type is not the one this address takes.",
        "Send application/json to /api/. Status 415.",
    ),
    "I210": Code("A method the address does not have", "GET where POST is meant.", "See /openapi.json. Status 405."),
}

# What `spondyl knowledge check` finds once the files are sound and the rules run.
OF_CHECK = {
    "K201": Code(
        "A case of a rule with another answer than it expects",
        "The rule was changed, or the case expects the wrong thing.",
        "Correct the rule, or the case.",
    ),
    "K202": Code(
        "A base that the engine cannot run with",
        "The folder holds some of the files only; a fact or table that the engine reads by name is not among them.",
        "Add it, or start from a copy of the whole knowledge folder.",
    ),
    "K203": Code(
        "A claim that no plan says any more",
        "The rule, its case or the key of its statement changed after the claim was registered.",
        "Correct the rule, or name in knowledge/claims the case and the key that show the claim now.",
    ),
    "K204": Code(
        "A dangerous claim that happens as it was written",
        "A rule does what a source document said and must not be done, or no longer says the right thing instead.",
        "Correct the rule. Change the register only when the claim itself was judged wrongly.",
    ),
    "K205": Code(
        "A source whose review is overdue",
        "The day to read it again has passed. Nothing fails, unless `--strict` is given.",
        "Read the source again; correct what it shows, the day it was read and the day to read it next.",
    ),
    "K206": Code(
        "A property that does not hold for every patient",
        "A rule was changed so that some possible patient is told what nobody may be told, or so that it never speaks.",
        "Plan the case that `spondyl knowledge prove` prints, then correct the rule.",
    ),
    "K207": Code(
        "A base of which nothing can be proved",
        "A constraint in knowledge/derived is in no known form, or a fact that the engine reads by name is missing.",
        "Correct the constraint, or add what is missing.",
    ),
}


def code_pages() -> dict[str, str]:
    """Path in the checkout to text: a page for each code, and their list."""
    pages = {}
    lines = ["# Errors in an input, on the command line or over HTTP", "", "| code | what is wrong |", "|---|---|"]
    for code, meant in CODES.items():
        lines.append(f"| [{code}]({code}.md) | {meant.name} |")
        effect = "Nothing is written. Exit status "
        effect += "3." if code < "I100" or code == "I199" else "2."
        if code > "I200":
            effect = "Nothing is answered but this, as `spondyl/errors/1` or as a page."
        pages[f"docs/errors/{code}.md"] = (
            f"# {code}: {meant.name}\n\n**Likely cause.** {meant.cause}\n\n**What to do.** {meant.remedy}\n\n{effect}\n"
        )
    for code, meant in OF_CHECK.items():
        pages[f"docs/errors/{code}.md"] = (
            f"# {code}: {meant.name}\n\n**Likely cause.** {meant.cause}\n\n**What to do.** {meant.remedy}\n\n"
            "`spondyl knowledge check` fails. Exit status 4.\n"
        )
    return {**pages, "docs/errors/intake.md": "\n".join(lines) + "\n"}
