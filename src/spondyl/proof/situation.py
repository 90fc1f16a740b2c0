"""What a flat vector of facts leaves open about the rest of the patient. Each is one Boolean of the focus."""

REGION = "focus_region"
SEGMENT = "a level next to a fusion, or with a finding of its own"
ELSEWHERE = "another region was operated on, and this one not"
TOLD_AXIAL = "pain told of in an axial place of the region, outside the list of places"
TOLD_LIMB = "pain told of in a limb of the region, outside the list of places"
SERVES = "the recorded losses can come from here"
OTHER_EMERGENCY = "an emergency is established elsewhere"
SITUATION = (SEGMENT, ELSEWHERE, TOLD_AXIAL, TOLD_LIMB, SERVES, OTHER_EMERGENCY)
# What gates and treatments read of triage.
TRIAGE = ("emergency_established", "urgent_established", "flag_established", "flag_bypasses_here")
