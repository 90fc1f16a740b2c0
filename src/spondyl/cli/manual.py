"""The one table of commands: help, the parser and docs/reference/cli.md are made from it."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """One option: how it is typed, what stands after it, what it does."""

    flags: tuple[str, ...]
    argument: str | None
    says: str
    choices: tuple[str, ...] = ()
    default: str | None = None
    many: bool = False  # may be given several times


class Command(NamedTuple):
    """One command: its arguments (name, how many, what), options and examples."""

    name: str
    line: str
    says: str
    arguments: tuple[tuple[str, str, str], ...]
    options: tuple[Option, ...]
    examples: tuple[tuple[str, str], ...]


FORMATS = ("text", "md", "html", "pdf", "json", "chart")
LATER_FORMATS = ("fhir",)
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")
LATER = ("track", "cohort")

KIND = Option(("--kind",), "KIND", "what the input is, when its content does not say", ("note", "case", "fhir"))
OUTPUT = Option(("-o", "--output"), "FILE", "write to FILE, whole or not at all, instead of the terminal")
AS_OF = Option(("--as-of",), "YYYY-MM-DD", "the day the answer is for; default: today")
PROFILE = Option(("--profile",), "NAME", "whose thresholds the gates use", PROFILES, "guideline")
SITE = Option(("--site",), "DIR", "a folder with the thresholds and rules of your site")
LOCALE = Option(("--locale",), "NAME", "emergency numbers, units, drug names and spelling", ("en-US", "en-GB"), "en-US")
COLOR = Option(("--color",), "WHEN", "color the text form", ("auto", "always", "never"), "auto")


def _format(*names: str) -> Option:
    return Option(("--format",), "FORM", "the form of the answer", names, names[0])


PAYER_PROFILE = PROFILE._replace(choices=PROFILES[:-1])
PATIENT_LOCALE = LOCALE._replace(choices=("en-US", "en-GB", "es"), says="the language, and which number to call")

CASE = (
    "case",
    "+",
    "a note (.txt, .md, .pdf, .docx, .rtf, .xml), a case (.yaml, .json), or - for standard input; several: one patient",
)
COMMON = (KIND, OUTPUT, AS_OF, PROFILE, SITE, LOCALE, COLOR)

COMMANDS = (
    Command(
        "plan",
        "a case in, the decision record out",
        "Prints the plan of a case: urgency, what may hurt, imaging, treatment, what not to do, reviews, questions.",
        (CASE,),
        (_format(*FORMATS), *COMMON),
        (
            ("spondyl plan note.txt", "the plan in the terminal"),
            ("spondyl plan note.txt labs.yaml", "two files about one patient"),
            ("spondyl plan - < note.txt", "from standard input"),
            ("spondyl plan note.txt --format chart", "at most 25 lines to paste into the record"),
            ("spondyl plan note.txt --format pdf -o report.pdf", "the clinical report, to print"),
            ("spondyl plan note.txt --format json -o record.json", "the whole record, for programs"),
        ),
    ),
    Command(
        "read",
        "only the facts found in a note, each with its place in the text",
        "Shows what was read, how it is asserted and from which words. Nothing is decided.",
        (("note", "1", "a note of any kind (text, Markdown, PDF, DOCX, RTF, C-CDA, FHIR), or - for standard input"),),
        (
            _format("text", "json", "html"),
            Option(("--with-text",), None, "also give the decoded text that the places count in"),
            *COMMON,
        ),
        (
            ("spondyl read note.txt", "facts by group, each with its words"),
            ("spondyl read letter.pdf --format html -o read.html", "the note with its facts marked, beside their list"),
            ("spondyl read note.txt --format json --with-text", "with offsets, and the text they count in"),
        ),
    ),
    Command(
        "why",
        "the full reason of one line, gate, flag or generator",
        "Shows rule, facts, words of the note and evidence behind one statement; for what does not hold, why not.",
        (
            CASE,
            (
                "id",
                "1",
                "a short id of the plan (g1), S<n>, a statement key, or kind:id (gate:nsaid, red_flag:cauda_equina)",
            ),
        ),
        (_format("text", "json"), *COMMON),
        (
            ("spondyl why note.txt g1", "the first line under WHAT MAY HURT"),
            ("spondyl why note.txt gate:revision_surgery", "which criteria are met, and which are short"),
            ("spondyl why note.txt red_flag:cauda_equina", "why it holds, or why it does not"),
        ),
    ),
    Command(
        "ask",
        "the questions whose answers would change the plan, most useful first",
        "At most seven questions, grouped, each with what its answer would change.",
        (CASE,),
        (_format("text", "json"), Option(("--all",), None, "every open question"), *COMMON),
        (
            ("spondyl ask note.txt", "seven questions at most"),
            ("spondyl ask note.txt --all --format json", "all of them, for programs"),
        ),
    ),
    Command(
        "whatif",
        "the plan before and after, as a difference",
        "Plans the case twice, without and with the changes, and shows what differs.",
        (
            ("case", "+", "the case, as for plan"),
            ("change", "+", "name=value; name=unknown takes a fact away; surgeries.0.levels=L4-L5 changes an entry"),
        ),
        (_format("text", "json"), *COMMON),
        (
            ("spondyl whatif note.txt saddle_anesthesia=true", "if the saddle area were numb"),
            ("spondyl whatif note.txt crp_mg_l=80 fever=true", "two changes at once"),
            ("spondyl whatif case.yaml surgeries.0.levels=L4-L5", "another level"),
        ),
    ),
    Command(
        "packet",
        "the prior-authorization packet of one intervention; with --appeal the answer to a refusal",
        "Criterion by criterion: met, not met, not documented or contradicted; whose words; what is to get.",
        (CASE,),
        (
            _format("text", "md", "html", "pdf", "json"),
            Option(("--for",), "GATE", "the intervention, such as lumbar_mri or revision_surgery"),
            Option(
                ("--target",), "CAUSE", "the cause it is asked for, such as pseudarthrosis; default: nearest to open"
            ),
            Option(("--region",), "REGION", "the region it is asked for, such as lumbar"),
            Option(("--appeal",), "REASON", "the reason of a refusal: a criterion, or the words of the letter"),
            KIND,
            OUTPUT,
            AS_OF,
            PAYER_PROFILE,
            SITE,
            LOCALE,
            COLOR,
        ),
        (
            ("spondyl packet note.txt --for lumbar_mri", "what is proven, and what is still to get"),
            (
                "spondyl packet note.txt --for revision_surgery --profile payer_cms --format pdf -o packet.pdf",
                "to send",
            ),
            ('spondyl packet note.txt --for lumbar_mri --appeal "six weeks of therapy not shown"', "for the talk"),
        ),
    ),
    Command(
        "letter",
        "the referral letter to one of the services that the plan refers to",
        "One or two pages: the question, what is established, what may hurt, what is on record and what is not.",
        (CASE,),
        (
            _format("text", "md", "html", "pdf"),
            Option(("--to",), "REFERRAL", "whom to, such as spine_surgery; the plan lists them under REFER"),
            *COMMON,
        ),
        (("spondyl letter note.txt --to spine_surgery", "the letter, to read, sign and send"),),
    ),
    Command(
        "handout",
        "the patient's leaflet, handed over by the clinician",
        "Plain words, one or two pages: what may be going on, what happens next, what helps, when to get help at once.",
        (CASE,),
        (_format("text", "md", "html", "pdf", "json"), KIND, OUTPUT, AS_OF, PROFILE, SITE, PATIENT_LOCALE, COLOR),
        (
            ("spondyl handout note.txt --format pdf -o leaflet.pdf", "to print, in large type"),
            ("spondyl handout note.txt --locale es", "in Spanish; the translation is not reviewed"),
        ),
    ),
    Command(
        "guide",
        "the patient's guide, for whoever has no case yet",
        "Pain after spine fusion in plain words, each statement with its source. Without a section: all of it.",
        (("section", "?", "one section, such as causes; see --list"),),
        (
            _format("text", "md", "html", "pdf", "json"),
            Option(("--list",), None, "the sections"),
            OUTPUT,
            Option(("--locale",), "NAME", "spelling, and which number to call", ("en-US", "en-GB"), "en-US"),
            COLOR,
        ),
        (
            ("spondyl guide", "all of it, in the terminal"),
            ("spondyl guide surgery", "one section"),
            ("spondyl guide --format pdf -o guide.pdf", "to print"),
        ),
    ),
    Command(
        "demo",
        "the main job on a bundled case, in the terminal",
        "Plans a bundled clinic note as of a fixed day, and says what to type next.",
        (),
        (
            _format(*FORMATS),
            Option(("--note",), None, "the bundled note itself"),
            *COMMON[1:],
        ),
        (("spondyl demo", "a plan in under a second"), ("spondyl demo --format chart", "the same, to paste")),
    ),
    Command(
        "serve",
        "the workbench in a browser, and the JSON interface",
        "Opens the workbench on this machine and prints its address when it is ready. Nothing is stored.",
        (),
        (
            Option(
                ("--host",),
                "ADDRESS",
                "where to listen; other than this machine only with a token or a proxy",
                (),
                "127.0.0.1",
            ),
            Option(("--port",), "NUMBER", "which port; 0 takes a free one", (), "8642"),
            Option(("--behind-proxy",), "NAME", "the names under which a proxy that asks who it is passes this on"),
            AS_OF._replace(says="the day plans are made for unless the page says another; default: today"),
            SITE,
        ),
        (
            ("spondyl serve", "then open the address it prints"),
            ("spondyl serve --port 0", "on any free port"),
        ),
    ),
    Command(
        "knowledge",
        "check, show, diff, try, prove: work on the knowledge base",
        "Each action has its own help: `spondyl knowledge ACTION --help`.",
        (("action", "1", "check, show, diff or try"),),
        (),
        (
            ("spondyl knowledge check", "every problem, and every case of the rules"),
            ("spondyl knowledge show claims", "what became of each claim of the source documents"),
            ("spondyl knowledge diff ../before/knowledge knowledge --cases cases/", "what changed, and for whom"),
            ("spondyl knowledge try draft/nsaid.yaml note.txt", "a rule before it is committed"),
        ),
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}


def overview() -> str:
    """What `spondyl --help` prints."""
    width = max(len(command.name) for command in COMMANDS)
    lines = [
        "usage: spondyl COMMAND ...",
        "",
        "Decision support for pain after spine surgery. The same case gives the same answer, with its reasons.",
        "",
    ]
    lines += [f"  {command.name:<{width}}  {command.line}" for command in COMMANDS]
    lines += ["", "examples:"]
    shown = [command.examples[0] for command in COMMANDS]
    longest = max(len(example) for example, _ in shown)
    lines += [f"  {example:<{longest}}  {says}" for example, says in shown]
    lines += [
        "",
        "`spondyl COMMAND --help` explains one command. `spondyl --version` names the versions.",
        "Exit status: 0 done, 2 wrong usage, 3 input refused, 4 knowledge base broken.",
    ]
    return "\n".join(lines) + "\n"
