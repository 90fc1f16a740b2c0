"""docs/reference/proofs.md: the properties, the defect that each is seen to catch, and what is presupposed."""

from spondyl.knowledge import load
from spondyl.proof.constraints import constraints, nevers, precedences
from spondyl.proof.prove import AGREEMENT, AGREES, MOST_WITHOUT_PAIR, PROPERTIES

HEAD = """# What is proved

`spondyl knowledge prove` shows these properties of the rules with z3, for every possible patient and in every profile,
and prints the figures of the run. [How to prove a changed folder](../how-to/prove.md).

A possible patient is a vector of flat facts at one focus: each recorded or not, imprecise or not, and recorded both
ways or not (decision 0007), in any region, whatever is established elsewhere. Facts that follow from others follow by
their derivations; facts that are computed from lists are free within the constraints below. So a proof speaks of at
least the patients there are. Several foci of one patient are proved one at a time.

The engine's decisions (levels of red flags, standing of generators, results of gates with what frees them, statuses of
treatments, what devices make of an order) are written as formulas from the same data. Tests hold the formulas and the
engine equal on possible patients drawn at random, and hold that the charts of random cases are possible patients.

| property | what holds | seen to fail on |
|---|---|---|
"""
COVERAGE = f"""
## Every condition matters

Masking MC/DC: for each leaf of each condition (`when`, `unless`, `in_play`, `applies`, criteria, arguments, offers,
cautions, remarks) two possible patients are found, one with the leaf TRUE and one with it FALSE, such that the outcome
follows the leaf and everything beside it is masked. Where no such patient is possible, the command names the leaf and
the reason: a definition, a constraint, or another leaf. At most {MOST_WITHOUT_PAIR:.0%} of the leaves may lack a pair.

## Constraints between facts

What holds of every chart, whatever was recorded. Each is tried against the charts of random cases.

"""
NEVER = """
## What can never happen, and stays

"""
NEVERS = "| what | because |\n|---|---|\n"
NO_NEVERS = "None.\n"
FIRST = """
## Which of two opposite rules goes first

| first | behind it | because |
|---|---|---|
"""


def pages() -> dict[str, str]:
    rules = load()
    lines = [f"| `{one.id}` | {one.says} | {one.seed} |" for one in PROPERTIES.values()]
    lines.append(f"| `{AGREEMENT}` | {AGREES} | formulas in which nothing waits for what comes first |")
    listed = [f"- `{one.text}`" for one in constraints(rules)]
    declared = [f"| {f'`{one.first}`' if one.first else 'whatever wants it'} | `{one.behind}` | {one.because} |"
                for one in precedences(rules)]  # fmt: skip
    text = HEAD + "\n".join(lines) + "\n" + COVERAGE + "\n".join(listed) + "\n" + FIRST + "\n".join(declared) + "\n"
    stays = "".join(f"| `{name}` | {why} |\n" for name, why in nevers(rules).items())
    text += NEVER + (NEVERS + stays if stays else NO_NEVERS)
    return {"docs/reference/proofs.md": text}
