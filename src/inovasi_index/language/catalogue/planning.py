"""Texts of plans, selections and the risk of verification: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Plans
    "plan.head_target": (
        "Cheapest plan to an index of {target}",
        "Rencana termurah menuju indeks {target}",
    ),
    "plan.head_budget": (
        "Best plan within a budget of {budget}",
        "Rencana terbaik dengan anggaran {budget}",
    ),
    "plan.head_best": (
        "The most that can be reached",
        "Indeks tertinggi yang dapat dicapai",
    ),
    "plan.way": ("{basis}: {before} → {after}", "{basis}: {before} → {after}"),
    "plan.reached": (
        "The target is reached already; nothing has to be done.",
        "Sasaran sudah tercapai; tidak ada yang perlu dikerjakan.",
    ),
    "plan.cost": ("{steps} steps, cost {cost}", "{steps} langkah, biaya {cost}"),
    "plan.proven": (
        "Proven: no plan that reaches the target costs less.",
        "Terbukti: tidak ada rencana lebih murah yang mencapai sasaran.",
    ),
    "plan.proven_index": (
        "Proven: no plan reaches a higher index, and none that reaches this one costs less.",
        "Terbukti: tidak ada rencana dengan indeks lebih tinggi, dan tidak ada yang lebih murah untuk indeks ini.",
    ),
    "plan.open": (
        "Best plan so far, not proven best; no plan costs less than {bound}.",
        "Rencana terbaik sejauh ini, belum terbukti terbaik; tidak ada rencana di bawah {bound}.",
    ),
    "plan.open_index": (
        "Best plan so far, not proven best; no plan reaches more than {highest}.",
        "Rencana terbaik sejauh ini, belum terbukti terbaik; tidak ada rencana di atas {highest}.",
    ),
    "plan.columns": ("   cost  index   step", "  biaya  indeks  langkah"),
    "plan.costs_note": (
        "Costs are in the unit of your tariff. The default tariff is a starting point, not a fact.",
        "Biaya memakai satuan tarif Anda. Tarif bawaan hanya titik awal, bukan fakta.",
    ),
    "plan.verified_note": (
        "Every step assumes that the verifier accepts it.",
        "Setiap langkah mengandaikan verifikator menerimanya.",
    ),
    # Steps
    "step.raise_level": (
        "raise the level, with its paper: {row}",
        "naikkan level beserta data dukungnya: {row}",
    ),
    "step.raise_claim": ("raise the level: {row}", "naikkan level: {row}"),
    "step.supply_paper": (
        "supply the paper for level {level}: {row} ({cause})",
        "lengkapi data dukung level {level}: {row} ({cause})",
    ),
    "step.pass_verification": (
        "bring it through verification: {row}",
        "kawal sampai lolos verifikasi: {row}",
    ),
    "step.complete_innovation": (
        "complete it so that it is eligible: {rows}",
        "lengkapi agar memenuhi syarat: {rows}",
    ),
    "step.design": (
        "design of at least {words} words",
        "rancang bangun paling sedikit {words} kata",
    ),
    "step.report_innovation": (
        "report a further innovation{name}{agency} of maturity {maturity}",
        "laporkan satu inovasi lagi{name}{agency} dengan kematangan {maturity}",
    ),
    "step.cover_affair": (
        "report a further innovation{name}{agency} of maturity {maturity} in {affair}",
        "laporkan satu inovasi lagi{name}{agency} dengan kematangan {maturity} pada urusan {affair}",
    ),
    "step.cause.not_answered": ("not answered", "belum diisi"),
    "step.cause.no_evidence": ("no evidence attached", "tanpa data dukung"),
    "step.cause.evidence_kind": (
        "the evidence is of another kind",
        "jenis berkas data dukung tidak sesuai",
    ),
    "step.cause.evidence_rejected": ("the evidence was rejected", "data dukung ditolak"),
    "step.cause.pending": ("not yet verified", "belum diverifikasi"),
    "step.cause.rejected": ("rejected by the verifier", "ditolak verifikator"),
    "step.cause.downgraded": ("downgraded by the verifier", "diturunkan verifikator"),
    "step.cause.accepted": ("accepted", "diterima"),
    # Selection
    "selection.head": (
        "Report {reported} of {innovations} innovations: index {before} → {after}",
        "Laporkan {reported} dari {innovations} inovasi: indeks {before} → {after}",
    ),
    "selection.left_out": (
        "left out: {name} [{innovation}], maturity {maturity}: with it the index would be {fall} "
        "lower; from maturity {break_even} it would not be",
        "tidak dilaporkan: {name} [{innovation}], kematangan {maturity}: dengannya indeks turun "
        "{fall}; mulai kematangan {break_even} tidak turun",
    ),
    "selection.for_affair": (
        "stays because it covers a basic affair: {innovation} ({affair})",
        "tetap dilaporkan karena mewakili urusan wajib pelayanan dasar: {innovation} ({affair})",
    ),
    "selection.note": (
        "Leaving an innovation out is a choice about reporting for this index, not about the work: "
        "it says nothing about what the innovation is worth to the people it serves.",
        "Tidak melaporkan sebuah inovasi adalah pilihan pelaporan untuk indeks ini, bukan penilaian "
        "atas kerjanya: hal itu tidak mengatakan apa pun tentang manfaatnya bagi masyarakat.",
    ),
    "selection.all": (
        "Every innovation raises the index or leaves it as it is; report them all.",
        "Setiap inovasi menaikkan indeks atau tidak mengubahnya; laporkan semuanya.",
    ),
    # Risk
    "risk.head": (
        "{pending} answers wait for their verdict; {open} answers are open",
        "{pending} jawaban menunggu verifikasi; {open} jawaban belum pasti",
    ),
    "risk.before": (
        "Documented index {documented}; verified so far {verified}",
        "Indeks dengan data dukung {documented}; terverifikasi sejauh ini {verified}",
    ),
    "risk.expected": (
        "After verification: {expected} expected (± {deviation}), between {lowest} and {highest}",
        "Setelah verifikasi: diharapkan {expected} (± {deviation}), antara {lowest} dan {highest}",
    ),
    "risk.quantiles": (
        "Quantiles: 5 % {low} · 50 % {middle} · 95 % {high}",
        "Kuantil: 5 % {low} · 50 % {middle} · 95 % {high}",
    ),
    "risk.hold": (
        "Probability of at least {band} ({target}): {share}",
        "Peluang paling rendah {band} ({target}): {share}",
    ),
    "risk.reach": (
        "Probability of an index of at least {target}{band}: {share}",
        "Peluang indeks paling rendah {target}{band}: {share}",
    ),
    "risk.no_bands": (
        "No source gives the bands of {edition}; give a target to see what it hangs on.",
        "Tidak ada sumber yang memuat predikat {edition}; beri sasaran untuk melihat penentunya.",
    ),
    "risk.carriers": (
        "What it hangs on most (what is lost on average; what securing it adds to the probability):",
        "Yang paling menentukan (rata-rata yang hilang; tambahan peluang bila dipastikan):",
    ),
    "risk.carrier": (
        "{place}, level {level}, {survival}: −{loss}; +{secured} percentage points",
        "{place}, level {level}, {survival}: −{loss}; +{secured} poin persen",
    ),
    # Commands
    "cli.plan": (
        "find the cheapest steps to a band, or the best index within a budget",
        "mencari langkah termurah menuju predikat, atau indeks terbaik dengan anggaran",
    ),
    "cli.select": (
        "find which innovations to report for the highest index",
        "mencari inovasi mana yang dilaporkan agar indeks tertinggi",
    ),
    "cli.risk": (
        "show what verification may do to the index",
        "menunjukkan kemungkinan indeks setelah verifikasi",
    ),
    "cli.target": ("a band, or an index such as 65.01", "predikat, atau indeks seperti 65,01"),
    "cli.budget": ("most cost", "biaya paling tinggi"),
    "cli.costs": (
        "TOML file with the costs (fields: {fields})",
        "berkas TOML berisi biaya (isian: {fields})",
    ),
    "cli.forbid": (
        "a step that may not be taken, for example indicator=quality_video or "
        "kind=raise_level,agency=dinkes; may be repeated (words: {words})",
        "langkah yang tidak boleh diambil, misalnya indicator=quality_video atau "
        "kind=raise_level,agency=dinkes; dapat diulang (kata: {words})",
    ),
    "cli.limit": (
        "most steps of an agency, for example dinkes=5; may be repeated",
        "langkah paling banyak bagi satu perangkat daerah, misalnya dinkes=5; dapat diulang",
    ),
    "cli.max_new": ("most further innovations", "inovasi tambahan paling banyak"),
    "cli.time_limit": (
        "seconds after which the best plan so far is printed",
        "detik, lalu rencana terbaik sejauh ini dicetak",
    ),
    "cli.pending": (
        "probability that a pending answer survives, for example 0.8",
        "peluang jawaban yang menunggu lolos verifikasi, misalnya 0,8",
    ),
    "cli.row_survival": (
        "probability for one row, for example quality_video=0.6; may be repeated",
        "peluang untuk satu indikator, misalnya quality_video=0,6; dapat diulang",
    ),
    "cli.searching": (
        "searching: {done} of {total} programs, {seconds} s (Ctrl-C: the best plan so far)",
        "mencari: {done} dari {total} program, {seconds} d (Ctrl-C: rencana terbaik sejauh ini)",
    ),
    "cli.most": (
        "how many answers to list (default: %(default)s)",
        "jumlah jawaban yang didaftar (bawaan: %(default)s)",
    ),
}
