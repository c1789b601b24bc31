"""Texts of pictures: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Axes
    "picture.index_axis": ("Index (0–100)", "Indeks (0–100)"),
    "picture.share_axis": ("Points of the index", "Poin indeks"),
    "picture.maturity_axis": (
        "Maturity of an innovation (points, at most {most})",
        "Kematangan inovasi (poin, paling tinggi {most})",
    ),
    "picture.innovations_axis": ("Number of innovations", "Jumlah inovasi"),
    "picture.rank_axis": ("Rank (1 is best)", "Peringkat (1 terbaik)"),
    "picture.probability_axis": ("Probability (%)", "Peluang (%)"),
    "picture.likely_axis": ("More likely →", "Makin mungkin →"),
    "picture.weight_axis": ("Weight (%)", "Bobot (%)"),
    "picture.regions_by_index": (
        "{n} regions, the highest index at the top",
        "{n} daerah, indeks tertinggi di atas",
    ),
    "picture.innovations_by_maturity": (
        "{n} innovations, the most mature at the top",
        "{n} inovasi, yang paling matang di atas",
    ),
    "picture.units_by_rank": ("{n} units by rank", "{n} unit menurut peringkat"),
    # Notes
    "picture.basis": ("Basis: {basis}.", "Basis: {basis}."),
    "picture.unofficial": (
        "Own computation, not an official score.",
        "Perhitungan sendiri, bukan skor resmi.",
    ),
    "picture.unknown_bands": (
        "Bounds of bands that no source gives are not drawn.",
        "Batas predikat yang tidak ditemukan sumbernya tidak digambar.",
    ),
    "picture.projection": ("Projection", "Proyeksi"),
    "picture.draws": ("{draws} draws.", "{draws} simulasi."),
    # Scores
    "picture.bands_title": (
        "Where the regions stand · {edition}",
        "Posisi daerah · {edition}",
    ),
    "picture.bands_title_one": (
        "Where the region stands · {edition}",
        "Posisi daerah · {edition}",
    ),
    "picture.parts_title": (
        "What the index is made of · {edition}",
        "Susunan indeks · {edition}",
    ),
    "picture.at_most": ("{name} (at most {most})", "{name} (paling tinggi {most})"),
    "picture.bases_title": (
        "{who}: claimed, documented, verified",
        "{who}: diklaim, didukung data, terverifikasi",
    ),
    "picture.bases_title_many": (
        "Claimed, documented and verified index · {edition}",
        "Indeks diklaim, didukung data, dan terverifikasi · {edition}",
    ),
    "picture.claimed": ("claimed", "diklaim"),
    "picture.documented": ("documented", "didukung data"),
    "picture.verified": ("verified", "terverifikasi"),
    "picture.lost_papers": (
        "{lost} lost for want of papers",
        "{lost} hilang karena data dukung",
    ),
    "picture.lost_verification": (
        "{lost} not (yet) accepted by verifiers",
        "{lost} belum atau tidak diterima verifikator",
    ),
    # Innovations
    "picture.maturity_title": (
        "How mature {n} innovations are · {edition}",
        "Kematangan {n} inovasi · {edition}",
    ),
    "picture.mean": ("mean {mean}", "rata-rata {mean}"),
    "picture.mean_of_seats": (
        "mean over {divisor} seats {mean}",
        "rata-rata atas {divisor} kursi {mean}",
    ),
    "picture.some_points": ("{n} with points", "{n} dengan poin"),
    "picture.no_points": (
        "{n} without a point that counts",
        "{n} tanpa poin yang dihitung",
    ),
    "picture.levels_title": (
        "{who}: levels of the innovations by indicator",
        "{who}: level inovasi per indikator",
    ),
    "picture.levels_note": (
        "On the right: maturity in points.",
        "Di kanan: kematangan dalam poin.",
    ),
    "picture.level": ("level {level}", "level {level}"),
    "picture.thirds": ("up to {level}/3 of the top", "sampai {level}/3 dari level tertinggi"),
    "picture.lost_claim": ("claimed, does not count", "diklaim, tidak dihitung"),
    "picture.lowered_claim": ("a higher level was claimed", "level yang diklaim lebih tinggi"),
    # Gaps
    "picture.waterfall_title": (
        "{who}: from the index to 100",
        "{who}: dari indeks menuju 100",
    ),
    "picture.most_possible": ("The most that is possible", "Nilai tertinggi"),
    "picture.kind_papers": ("evidence", "data dukung"),
    "picture.kind_verification": ("verification", "verifikasi"),
    "picture.kind_claims": ("levels not reached", "level belum tercapai"),
    "picture.kind_number": ("number of innovations", "jumlah inovasi"),
    # Ranks
    "picture.intervals_title": (
        "How far ranks may move",
        "Seberapa jauh peringkat dapat bergeser",
    ),
    "picture.interval": ("{share} % of the draws", "{share} % simulasi"),
    "picture.nominal_rank": ("rank without uncertainty", "peringkat tanpa ketidakpastian"),
    "picture.acceptability_title": (
        "How likely each rank is",
        "Peluang setiap peringkat",
    ),
    "picture.acceptability_note": (
        "Per cent of the draws; below 1 without a number.",
        "Persen simulasi; di bawah 1 tanpa angka.",
    ),
    # Risk
    "picture.risk_title": (
        "{who}: what verification may leave of the index",
        "{who}: indeks yang mungkin tersisa setelah verifikasi",
    ),
    "picture.risk_bands": ("Probability: {shares}.", "Peluang: {shares}."),
    "picture.risk_pending": (
        "{n} answers wait for their verdict.",
        "{n} jawaban menunggu verifikasi.",
    ),
    "picture.verified_so_far": ("verified so far {index}", "terverifikasi {index}"),
    "picture.documented_now": ("documented {index}", "didukung data {index}"),
    "picture.nine_tenths": ("90 %: {low} to {high}", "90 %: {low} s.d. {high}"),
    # Years
    "picture.trend_title": ("The index over the years", "Indeks dari tahun ke tahun"),
    "picture.trend_note": (
        "Bands as they were in each year.",
        "Predikat menurut batas tiap tahun.",
    ),
    "picture.trend_band_only": (
        "Upright lines: only the band is known.",
        "Garis tegak: hanya predikat yang diketahui.",
    ),
    "picture.trend_unknown_bands": (
        "White: no source gives the bounds.",
        "Putih: batas predikat tidak ditemukan.",
    ),
    "picture.trend_unsure": (
        "Hollow marks, dotted lines: not a final result.",
        "Tanda kosong, garis titik-titik: bukan hasil akhir.",
    ),
    # Weights
    "picture.weights_title": (
        "What each scheme gives to the indicators",
        "Bobot indikator menurut setiap skema",
    ),
}
