"""The one list of what can be wrong in a knowledge base: code, name, likely cause and what to do.

docs/errors/ is written from it (code_pages.py). `blocks` says whether the base can still be compiled.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """What a code means."""

    name: str
    cause: str
    remedy: str
    blocks: bool = True


CODES: dict[str, Code] = {
    "K001": Code(
        "A file cannot be read as text",
        "The file is not UTF-8, is far too large, or may not be opened.",
        "Save the file as UTF-8.",
    ),
    "K002": Code(
        "A file is not YAML",
        "A quote or bracket is not closed, an indent differs, or a text with a colon stands without quotes.",
        "Put texts that hold ': ' or ' #' in quotes, and indent by two spaces.",
    ),
    "K003": Code(
        "A file is empty", "Nothing was written yet, or only comments.", "Write the rule, or remove the file."
    ),
    "K004": Code(
        "A key is written twice",
        "A block was copied; YAML would silently keep one of the two.",
        "Keep one of the two.",
    ),
    "K005": Code(
        "A key is not a text",
        "Words like true and numbers are values in YAML, also as keys.",
        "Put the key in quotes.",
    ),
    "K006": Code(
        "An anchor, an alias or a tag",
        "A rule is read from top to bottom; what it says stands in it.",
        "Write the value out.",
    ),
    "K007": Code("A key that is not known", "A spelling, or a key of another kind of rule.", "Remove the key."),
    "K008": Code("A key is missing", "Every rule of a kind has these keys.", "Add the key."),
    "K009": Code(
        "A value of the wrong form", "A text where a list is needed, or the other way.", "Write it in that form."
    ),
    "K010": Code(
        "A word that is not among those allowed", "A spelling, or a word of another list.", "Use one of the list."
    ),
    "K011": Code(
        "A value that does not look right", "It has another pattern, is too small, too large or empty.", "Correct it."
    ),
    "K012": Code(
        "The file name is not the id",
        "A rule stands in the file of its name, so that it is found.",
        "Rename the file, or correct the id.",
    ),
    "K013": Code(
        "An identifier that is not in the list of permanent names",
        "Names of flags, generators, gates and revision options are relied on by others.",
        "Use a name of the list in spondyl/knowledge/identifiers.py.",
    ),
    "K014": Code(
        "A source that is not in knowledge/evidence",
        "A spelling, or a source that was not added.",
        "Add the source to knowledge/evidence, with what it was seen to show.",
    ),
    "K015": Code(
        "An id written twice",
        "Ids are permanent and name one thing; a failure names its case.",
        "Give the second another name.",
    ),
    "K016": Code(
        "A threshold that nothing uses",
        "The rule that used it was changed, or writes the number itself.",
        "Use it by its name, or remove it.",
        blocks=False,
    ),
    "K017": Code(
        "A threshold without a number for every profile",
        "Each profile needs its number, also where they agree.",
        "Write a number for each profile.",
    ),
    "K018": Code(
        "A threshold that differs by profile, used outside gates",
        "Profiles are about what a payer asks before an intervention. What is wrong with a patient does not.",
        "Use a threshold that is equal in all profiles.",
    ),
    "K019": Code(
        "A placeholder that is no fact",
        "Words in braces are replaced by the value of a fact, by {site} or by {region}.",
        "Use the name of a fact.",
    ),
    "K020": Code(
        "A placeholder for a fact that may be unknown",
        "The sentence can be shown while the fact is not recorded.",
        "Use only facts that the condition of this sentence needs.",
        blocks=False,
    ),
    "K021": Code(
        "A rule without evidence",
        "Nothing is said without a source; what rests on none says so.",
        "Write at least {source: EXPERT-DEFAULT, for: ...}.",
    ),
    "K022": Code(
        "A part that rests on unreviewed text alone",
        "Sources of tier seed are the documents this project started from. They are never evidence by themselves.",
        "Cite what supports it, or EXPERT-DEFAULT beside it.",
        blocks=False,
    ),
    "K023": Code(
        "Too few cases",
        "Each rule shows at least three patients: it holds, it does not, and it is not known.",
        "Add the missing case.",
        blocks=False,
    ),
    "K024": Code(
        "Too few look-alikes",
        "Each red flag shows two benign patients who resemble it.",
        "Add cases with look_alike: true.",
        blocks=False,
    ),
    "K025": Code(
        "A condition that never holds",
        "Its parts exclude each other.",
        "Look for and where or is meant, and for bounds that cross.",
    ),
    "K026": Code(
        "A condition that always holds once its facts are known",
        "Its parts cover every patient.",
        "Look for or where and is meant.",
    ),
    "K027": Code(
        "A level or offer that is never reached",
        "The first that holds wins, and those before it hold whenever it does.",
        "Move it up, or remove it.",
    ),
    "K028": Code(
        "An order, referral, treatment or generator that does not exist",
        "A spelling, or a name of another list.",
        "Use a name of the list in spondyl/knowledge/identifiers.py.",
    ),
    "K029": Code(
        "A reference to nothing",
        "What is named here is defined nowhere: a rule, a criterion, an argument or a position.",
        "Correct the name, or define it.",
    ),
    "K030": Code(
        "A case that speaks of something the vocabulary does not have",
        "A name, a value or a form that does not fit the fact.",
        "Give base or derived facts: true, a number, [low, high], a word, or a list of members.",
        blocks=False,
    ),
    "K031": Code(
        "A result of triage read where it is not known yet",
        "emergency_established and its like are set by triage; only gates and treatments come after it.",
        "Use the findings themselves.",
    ),
    "K032": Code(
        "A derived fact without one form",
        "A derived fact is computed in exactly one of the declared forms.",
        "Give one form.",
    ),
    "K033": Code(
        "A derived fact that rests on itself",
        "Each is computed from others; somewhere the circle must be cut.",
        "Compute one of them from base facts.",
    ),
    "K034": Code(
        "A file in a place that is not known",
        "Each folder holds one kind of file.",
        "Move the file to the folder of its kind.",
        blocks=False,
    ),
    "K035": Code(
        "A dash that readers of screens stumble over",
        "Wording here uses commas, colons and periods.",
        "Write two sentences, or a comma.",
        blocks=False,
    ),
    "K036": Code(
        "A fact whose type does not allow this",
        "The key asks for a fact of another type or of the other kind, base or derived.",
        "Name a fact that fits.",
    ),
    "K037": Code(
        "A file of a site that replaces a rule",
        "A site may change thresholds and add rules; it may not quietly replace one.",
        "Give the rule another id.",
    ),
    "K038": Code(
        "A claim of a source document that is not accounted for",
        "A register of knowledge/claims lacks it, or a rule lists a claim that no document makes.",
        "Register it as encoded, corrected or left out, or correct its id.",
        blocks=False,
    ),
    "K039": Code(
        "A claim that points at a rule which does not list it",
        "The rule was renamed, or its list of claims was cut.",
        "Add the claim to `claims` of the rule, or name the rule that holds it.",
        blocks=False,
    ),
    "K040": Code(
        "A claim that points at a case which does not exist",
        "The case was renamed or removed.",
        "Name a case of that rule, as it is written there.",
        blocks=False,
    ),
    "K041": Code(
        "A claim whose account is not complete",
        "Encoded needs a rule and a case, corrected also what was changed, left out a reason; a dangerous claim needs "
        "a case in which its literal form does not happen.",
        "Add what is missing.",
        blocks=False,
    ),
    "K042": Code(
        "A frame of the note reader that names what does not exist",
        "A class or a fact was renamed, or its name is spelled otherwise.",
        "Name a class of the same file and a fact of knowledge/facts.",
    ),
    "K043": Code(
        "Words of the note reader that collide",
        "Two frames or classes have one name, one word fills both a frame that says a fact and one that denies it, or"
        " two facts are said by one phrase.",
        "Keep the word in one of the two, or give the frames words that tell them apart. Where a phrase says both"
        " facts, name the other in `said_with`.",
        blocks=False,
    ),
    "K044": Code(
        "A figure that its source does not show",
        "A number was added from memory, or what the source shows was written down without it.",
        "Take the number out, or read the source again and write the number into `shows`.",
        blocks=False,
    ),
    "K045": Code(
        "A citation that nobody compared with its source",
        "A source may be cited only for what it was seen to show, and someone has to have looked.",
        "Read `shows` of the source. When it carries the part, record it: python -m spondyl.knowledge.compare --write",
        blocks=False,
    ),
    "K046": Code(
        "A phrase of the note reader that is one bare word without its brackets",
        'What stands in round brackets may be missing in a note: "rod (has) (moved)" is also "rod".',
        "Use square brackets for words that have to be there; write the word by itself when it says enough.",
    ),
    "K047": Code(
        "A phrase of the note reader that cannot be read",
        "A bracket is not closed, brackets with a choice stand inside others, or a group in braces does not exist.",
        "Close the bracket, write the inner choice as a phrase of its own, or name a group of knowledge/lexicon.",
    ),
    "K101": Code(
        "Not an expression",
        "A parenthesis is open, a word is missing, or the signs are those of another language: AND, &&, a single =.",
        "Join conditions by and, or, not; compare with < <= > >= ==.",
    ),
    "K102": Code(
        "A form the language does not have",
        "The language is small on purpose: comparisons with numbers, in, has, at_least, and, or, not.",
        "Write it with these.",
    ),
    "K103": Code(
        "A name that is not in the vocabulary",
        "A spelling, or a fact that was not declared. A site gives other numbers only to thresholds that are there.",
        "Declare the fact in knowledge/facts or knowledge/derived, or the threshold in knowledge/thresholds.",
    ),
    "K104": Code(
        "A fact of another type",
        "Truths stand alone, numbers are compared, choices take in {...}, sets take has(...).",
        "Write it in the form of its type.",
    ),
    "K105": Code(
        "A value the fact does not have", "A spelling, or a value that was not declared.", "Use one of its values."
    ),
    "K106": Code(
        "A comparison that never or always holds",
        "The range of the fact, or all its values, decide it.",
        "Correct the number, or the range of the fact.",
    ),
    "K107": Code(
        "Units that differ", "Weeks are compared with months, for example.", "Use a threshold in the unit of the fact."
    ),
    "K108": Code(
        "known() in a rule",
        "Learning more must never reverse an answer; known() would.",
        "Use the fact itself; silence is unknown.",
    ),
}
