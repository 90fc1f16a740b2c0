"""The actions of `spondyl knowledge`, in the form of the table of commands."""

from __future__ import annotations

from spondyl.cli.manual import AS_OF, BY_NAME, COLOR, OUTPUT, SITE, Command, Option

WHATS = (
    "overview, rules, red_flags, generators, imaging, gates, treatments, revision, follow_up, pitfalls, prognosis, "
    "prevention, outcomes, referrals, facts, thresholds, evidence, conflicts, claims, pathways; or one rule, such as "
    "red_flag.cauda_equina"
)
FOLDER = ("folder", "?", "the knowledge folder; default: the one of this checkout")


def _format(*names: str) -> Option:
    return Option(("--format",), "FORM", "the form of the answer", names, names[0])


ACTIONS: tuple[Command, ...] = (
    Command(
        "knowledge check",
        "every problem of the knowledge base, and every case of its rules",
        "Reads the rules, reports every problem with its place, runs the cases of all rules and claims, and names the "
        "sources whose review is overdue.",
        (FOLDER,),
        (
            _format("text", "json"),
            Option(("--strict",), None, "a source whose review is overdue is an error"),
            AS_OF,
            OUTPUT,
            SITE,
            COLOR,
        ),
        (
            ("spondyl knowledge check", "the base this program uses"),
            ("spondyl knowledge check --site ./our-hospital", "with the folder of a site"),
            ("spondyl knowledge check --strict --as-of 2028-12-01", "which sources have to be read again by then"),
        ),
    ),
    Command(
        "knowledge show",
        "rules, facts, thresholds, sources, conflicts, claims and pathways, for people and programs",
        "Reads the knowledge base out. Without more: an overview with counts.",
        (("what", "?", WHATS), ("id", "?", "one of them: a rule, a fact, a threshold, a source, a claim, a pathway")),
        (_format("text", "md", "html", "json"), OUTPUT, SITE),
        (
            ("spondyl knowledge show", "an overview with counts"),
            ("spondyl knowledge show claims --format json", "what became of each claim of the source documents"),
            ("spondyl knowledge show gates revision_surgery", "one rule in full, with its pathway and its cases"),
            ("spondyl knowledge show pathways triage --format html -o triage.html", "a flowchart"),
            ("spondyl knowledge show thresholds --format md", "every number, by profile"),
        ),
    ),
    Command(
        "knowledge diff",
        "what changed between two knowledge folders, in words, and whose plan changes",
        "Compares two knowledge folders, or a folder with a site's folder added. With --cases, plans every case in DIR "
        "with both and shows whose plan differs.",
        (("old", "1", "a knowledge folder"), ("new", "1", "another one")),
        (
            _format("text", "md", "json"),
            Option(("--cases",), "DIR", "a folder of notes and structured cases to plan with both"),
            Option(("--old-site",), "DIR", "the folder of a site, added to OLD"),
            Option(("--new-site",), "DIR", "the folder of a site, added to NEW"),
            AS_OF,
            OUTPUT,
        ),
        (
            ("spondyl knowledge diff ../before/knowledge knowledge", "what changed, in words"),
            ("spondyl knowledge diff ../before/knowledge knowledge --cases cases/", "and whose plan changes"),
            ("spondyl knowledge diff knowledge knowledge --new-site ./our-hospital", "what a site changes"),
        ),
    ),
    Command(
        "knowledge try",
        "a rule before it is committed: its problems, its cases, and what it changes",
        "Puts the file of a rule over the knowledge base, reports its problems, runs its cases, and shows what it "
        "changes in the plan of each CASE. Nothing is written into the base.",
        (
            ("rule", "1", "the file of a rule, such as gates/nsaid.yaml; its first key says what it is"),
            ("case", "*", "a note or a structured case; each is a patient of its own"),
        ),
        (_format("text", "json"), AS_OF, OUTPUT, COLOR),
        (
            ("spondyl knowledge try draft/restless_legs.yaml", "its problems and its cases"),
            ("spondyl knowledge try draft/nsaid.yaml note.txt", "and what it changes for a patient"),
        ),
    ),
)
PROVE = Command(
    "knowledge prove",
    "properties of the rules, shown for every possible patient and profile",
    "Shows with z3 that no patient is told what nobody may be told, that every rule can speak, and (MC/DC) that every "
    "condition matters. What fails is printed as a case file that `spondyl plan` takes. Exit status 4 when something "
    "fails.",
    (FOLDER,),
    (
        Option(("--property",), "ID", "only this property; may be given several times", many=True),
        Option(("--mcdc",), None, "only the coverage of the conditions, and the properties named"),
        _format("text", "json", "md"),
        Option(("--cases",), "DIR", "also write the case files of counterexamples into DIR"),
        OUTPUT,
        SITE,
    ),
    (
        ("spondyl knowledge prove", "everything, in about a minute on two cores"),
        ("spondyl knowledge prove --property emergency_first", "one property"),
        ("spondyl knowledge prove ./changed/knowledge --cases found/", "a changed folder; what breaks, as case files"),
    ),
)
ACTIONS = (*ACTIONS, PROVE)
BY_ACTION = {command.name.removeprefix("knowledge "): command for command in ACTIONS}
LATER = ("export",)


def overview() -> str:
    """What `spondyl knowledge --help` prints."""
    width = max(len(name) for name in BY_ACTION)
    lines = ["usage: spondyl knowledge ACTION ...", "", "Work on the knowledge base.", ""]
    lines += [f"  {name:<{width}}  {command.line}" for name, command in BY_ACTION.items()]
    lines += ["", "examples:"]
    for typed, says in BY_NAME["knowledge"].examples:
        lines += [f"  {typed}", f"      {says}"]
    return "\n".join([*lines, "", "`spondyl knowledge ACTION --help` explains one action."]) + "\n"
