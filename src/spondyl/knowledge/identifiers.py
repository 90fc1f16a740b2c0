"""The identifiers others rely on: permanent names of flags, generators, gates, orders, treatments and referrals."""

from __future__ import annotations

RED_FLAGS = frozenset(
    """
    cauda_equina acute_cord_compression early_postoperative_hematoma motor_loss spinal_sepsis
    surgical_site_infection csf_leak vascular_emergency suspected_malignancy suspected_fracture implant_emergency
    drug_pump_emergency
    venous_thromboembolism opioid_emergency suicidality stable_myelopathy high_risk_host post_procedure_deterioration
    new_bilateral_sciatica reported_weakness progressive_myelopathy collection_change
    """.split()
)

GENERATORS = frozenset(
    """
    residual_stenosis recurrent_disc_herniation epidural_fibrosis arachnoiditis nerve_injury implant_malposition
    implant_loosening pseudarthrosis adjacent_segment_disease segmental_instability sagittal_imbalance
    junctional_failure facet_joint sacroiliac_joint sacral_insufficiency_fracture spinal_infection seroma
    epidural_hematoma csf_leak cord_compression hip_joint greater_trochanteric_pain nerve_entrapment vascular_disease
    dural_arteriovenous_fistula malignancy non_spinal_source nociplastic_pain unoperated_radiculopathy
    axial_degenerative_pain vertebral_fracture myofascial_pain expected_postoperative_pain graft_site_pain
    complex_regional_pain opioid_related_pain
    """.split()
)

GATES = frozenset(
    """
    epidural_steroid_injection selective_nerve_root_block medial_branch_block radiofrequency_ablation
    sacroiliac_injection sacroiliac_fusion spinal_cord_stimulator_trial spinal_cord_stimulator_implant
    intrathecal_pump adhesiolysis endoscopic_decompression revision_surgery implant_removal collection_aspiration
    lumbar_mri cervical_mri opioid_trial nsaid gabapentinoid duloxetine tricyclic muscle_relaxant tramadol
    manipulation
    """.split()
)

# Treatments may be added; these names stay.
TREATMENTS = frozenset(
    """
    education physical_therapy exercise activity_and_ergonomics sleep_care topical_analgesic nsaid acetaminophen
    duloxetine tricyclic gabapentinoid muscle_relaxant opioid tramadol naloxone opioid_taper
    cognitive_behavioral_therapy acceptance_commitment_therapy supportive_psychotherapy biofeedback
    relaxation_training multidisciplinary_rehabilitation postoperative_rehabilitation epidural_steroid_injection
    selective_nerve_root_block medial_branch_block radiofrequency_ablation sacroiliac_injection sacroiliac_fusion
    spinal_cord_stimulation stimulator_reprogramming intrathecal_pump adhesiolysis endoscopic_decompression
    revision_surgery implant_removal collection_aspiration manual_therapy mobilization manipulation acupuncture
    brace smoking_cessation weight_management
    """.split()
)

REVISION_OPTIONS = frozenset(
    """
    extend_fusion decompress revise_implant remove_implant correct_alignment repeat_fusion debride repair_leak drain
    """.split()
)

REFERRALS = frozenset(
    """
    emergency_department spine_surgery pain_medicine physical_therapy psychology infectious_disease vascular_surgery
    neurology oncology obstetrics pediatric_spine radiology device_clinic addiction_medicine
    anticoagulation_prescriber
    """.split()
)

MODALITIES = (
    "flexion_extension_radiograph",
    "standing_radiograph",
    "radiograph",
    "ct_myelogram",
    "ct_angiogram",
    "spect_ct",
    "ct",
    "mri",
    "bone_scan",
    "ultrasound",
    "emg_ncs",
)
ORDER_REGIONS = (
    "cervical",
    "thoracic",
    "lumbar",
    "sacrum",
    "pelvis",
    "hip",
    "whole_spine",
    "head",
    "abdomen",
    "leg",
    "arm",
)
CONTRASTS = ("without_contrast", "with_contrast", "without_and_with_contrast")

# Set by triage at the site; read by gates and treatments only.
PSEUDO_FACTS = ("emergency_established", "urgent_established", "flag_established")


def is_order(name: str) -> bool:
    """Whether a name is an imaging order: modality, region (`{region}` is that of the focus), contrast or none."""
    for modality in MODALITIES:
        rest = name.removeprefix(modality + "_")
        if rest == name:
            continue
        for region in (*ORDER_REGIONS, "{region}"):
            if rest == region or any(rest == f"{region}_{contrast}" for contrast in CONTRASTS):
                return True
    return False


def orders() -> list[str]:
    """Every imaging order there is, for the nearest right name."""
    return [
        f"{modality}_{region}{contrast}"
        for modality in MODALITIES
        for region in (*ORDER_REGIONS, "{region}")
        for contrast in ("", *(f"_{contrast}" for contrast in CONTRASTS))
    ]
