"""Texts of scores and their explanations: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Bases
    "basis.claimed": ("claimed levels", "level yang diklaim"),
    "basis.documented": ("documented levels", "level yang didukung data"),
    "basis.verified": ("verified levels", "level yang terverifikasi"),
    "basis.none": ("from totals", "dari angka total"),
    # Parts of the index
    "part.index": ("Index", "Indeks"),
    "part.region_part": ("Region part", "Satuan Pemerintah Daerah"),
    "part.mean_maturity": ("Mean maturity", "Rata-rata kematangan"),
    "part.count_points": ("Number of innovations", "Jumlah inovasi"),
    "part.innovation": ("Maturity", "Kematangan"),
    "part.row": ("Row", "Indikator"),
    # Words
    "word.points": ("points", "poin"),
    "word.of_index": ("of the index", "dari indeks"),
    "word.of": ("of", "dari"),
    "word.level": ("level", "level"),
    "word.band": ("band", "predikat"),
    "word.source": ("source", "sumber"),
    "word.sources": ("Sources", "Sumber"),
    "word.claimed_level": ("claimed level {level}", "klaim level {level}"),
    "word.value": ("value", "nilai"),
    "word.weight": ("weight", "bobot"),
    "word.not_eligible": ("not eligible", "tidak memenuhi syarat"),
    # How parts come about
    "how.mean": (
        "sum of maturities {sum} / {divisor} ({innovations} innovations, {empty} empty seats)",
        "jumlah kematangan {sum} / {divisor} ({innovations} inovasi, {empty} kursi kosong)",
    ),
    "how.mean_total": (
        "given as a mean over {innovations} innovations",
        "diberikan sebagai rata-rata atas {innovations} inovasi",
    ),
    "how.count": (
        "{counted} × {points}; {covered} of {basic} basic affairs are covered, {needed} are needed",
        "{counted} × {points}; {covered} dari {basic} urusan wajib pelayanan dasar terwakili, "
        "perlu {needed}",
    ),
    "how.count_zero": (
        "no points: {covered} of {basic} basic affairs are covered, {needed} are needed",
        "tanpa poin: {covered} dari {basic} urusan wajib pelayanan dasar terwakili, perlu {needed}",
    ),
    "how.region_points": ("given as points", "diberikan sebagai poin"),
    "how.rounding": (
        "rounded half up to {decimals} decimals, then classified (our reading)",
        "dibulatkan setengah ke atas pada {decimals} desimal, lalu diberi predikat (tafsiran kami)",
    ),
    "how.no_band": (
        "not classified: no source gives the bound of the band that decides",
        "tanpa predikat: batas predikat yang menentukan tidak ditemukan di sumber mana pun",
    ),
    # Why a level counts or does not
    "cause.accepted": ("accepted by the verifier", "diterima verifikator"),
    "cause.pending": ("not yet verified", "belum diverifikasi"),
    "cause.not_answered": ("not answered", "belum diisi"),
    "cause.no_evidence": ("no evidence attached", "tanpa data dukung"),
    "cause.evidence_kind": (
        "none of the evidence is of an accepted kind ({accepted})",
        "jenis berkas data dukung tidak sesuai ({accepted})",
    ),
    "cause.evidence_rejected": ("the evidence was rejected", "data dukung ditolak"),
    "cause.rejected": ("rejected by the verifier", "ditolak verifikator"),
    "cause.downgraded": (
        "the verifier accepted level {level}",
        "verifikator menerima level {level}",
    ),
    "cause.note": ("note: {note}", "catatan: {note}"),
    "cause.not_eligible": (
        "the innovation is not eligible",
        "inovasi tidak memenuhi syarat",
    ),
    # Why an innovation is not eligible
    "ineligible.stage_not_given": (
        "the stage is not given; scored: {scored}",
        "tahapan belum diisi; yang dinilai: {scored}",
    ),
    "ineligible.stage_not_scored": (
        "stage {stage} is not scored; scored: {scored}",
        "tahapan {stage} tidak dinilai; yang dinilai: {scored}",
    ),
    "ineligible.application_not_given": (
        "the date of first application is not given; the window is {start} to {end}",
        "tanggal penerapan belum diisi; rentangnya {start} s.d. {end}",
    ),
    "ineligible.outside_window": (
        "first applied {application}, latest development {development}; "
        "the window is {start} to {end}",
        "diterapkan {application}, pengembangan terakhir {development}; "
        "rentangnya {start} s.d. {end}",
    ),
    "ineligible.design_not_given": (
        "the design is not given; at least {required} words are required",
        "rancang bangun belum diisi; paling sedikit {required} kata",
    ),
    "ineligible.design_too_short": (
        "the design has {words} words; at least {required} are required",
        "rancang bangun {words} kata; paling sedikit {required} kata",
    ),
    "ineligible.mandatory_row_not_answered": (
        "mandatory row {indicator} ({name}) is not answered",
        "indikator wajib {indicator} ({name}) belum diisi",
    ),
    "ineligible.mandatory_row_without_evidence": (
        "mandatory row {indicator} ({name}) has no evidence attached",
        "indikator wajib {indicator} ({name}) tanpa data dukung",
    ),
    "ineligible.reported_too_often": (
        "reported {times} times; at most {allowed} are allowed",
        "dilaporkan {times} kali; paling banyak {allowed} kali",
    ),
}
