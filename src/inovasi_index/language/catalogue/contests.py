"""Texts of contests, regions by year and their command: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    "criterion.maturity": ("maturity", "kematangan"),
    "criterion.total_maturity": ("sum of maturities", "jumlah kematangan"),
    "criterion.innovations": ("innovations", "jumlah inovasi"),
    "criterion.eligible_innovations": ("eligible innovations", "inovasi yang memenuhi syarat"),
    "criterion.documented_share": ("share documented", "bagian yang didukung data"),
    "contest.by": ("Ranked by {criteria}", "Peringkat menurut {criteria}"),
    "contest.tied": (
        "= tied in every criterion; the order within a rank means nothing",
        "= seri pada semua kriteria; urutan di dalam satu peringkat tidak berarti apa-apa",
    ),
    "contest.edge": (
        "A shortlist of {k} would cut through rank {rank}: {tied} are tied and {seats} would fit. "
        "All {places} are shown; another criterion has to decide.",
        "Daftar pendek {k} akan memotong peringkat {rank}: {tied} peserta seri dan {seats} yang "
        "muat. Semua {places} ditampilkan; kriteria lain harus memutuskan.",
    ),
    "contest.without": (
        "Agencies without an innovation: {agencies}",
        "Perangkat daerah tanpa inovasi: {agencies}",
    ),
    "contest.nothing": ("none", "tidak ada"),
    "contest.units": (
        "none of its own; {below} from {units} units below it",
        "tidak ada milik sendiri; {below} dari {units} unit di bawahnya",
    ),
    # Regions by year
    "regions.unknown": ("not known", "tidak diketahui"),
    "regions.moved": (
        "{first} → {last}: {up} up, {down} down, {same} as before, {unknown} not known in one of "
        "the years",
        "{first} → {last}: {up} naik, {down} turun, {same} tetap, {unknown} tidak diketahui pada "
        "salah satu tahun",
    ),
    "regions.read_off": (
        "* not printed: read off the printed index by the bounds of that year's edition "
        "(those of 2021 and 2022 were never seen printed)",
        "* tidak dicetak: dibaca dari indeks yang dicetak menurut batas edisi tahun itu "
        "(batas 2021 dan 2022 belum pernah terlihat dicetak)",
    ),
    "regions.unbounded": (
        "Before 2021 the index was a sum without upper limit, on another scale.",
        "Sebelum 2021 indeks berupa jumlah tanpa batas atas, dengan skala lain.",
    ),
    "regions.set_aside": (
        "Published rows that are not used: {rows}",
        "Baris terbitan yang tidak dipakai: {rows}",
    ),
    "regions.province": ("province", "provinsi"),
    "regions.regency": ("regency", "kabupaten"),
    "regions.city": ("city", "kota"),
    "regions.underdeveloped": ("underdeveloped", "daerah tertinggal"),
    "regions.border": ("border", "perbatasan"),
    "regions.papua": ("Papua", "Papua"),
    # Command
    "cli.rank": (
        "rank innovations, agencies or regions",
        "memeringkat inovasi, perangkat daerah, atau daerah",
    ),
    "cli.rank_files": (
        "submissions: .toml, .json, .csv or .xlsx",
        "berkas laporan: .toml, .json, .csv, atau .xlsx",
    ),
    "cli.rank_what": (
        "what is ranked (default: %(default)s)",
        "yang diperingkat (bawaan: %(default)s)",
    ),
    "cli.rank_by": (
        "criteria in order: maturity, total_maturity, innovations, eligible_innovations, "
        "documented_share, or the key of a row for its level",
        "kriteria berurutan: maturity, total_maturity, innovations, eligible_innovations, "
        "documented_share, atau kunci indikator untuk levelnya",
    ),
    "cli.rank_take": (
        "shortlist of this many; a tie at its edge is shown whole",
        "daftar pendek sebanyak ini; seri di batasnya ditampilkan utuh",
    ),
    "cli.rank_kinds": (
        "only agencies of these kinds: skpd, puskesmas, school, village, other",
        "hanya perangkat daerah jenis ini: skpd, puskesmas, school, village, other",
    ),
    "cli.rank_with_units": (
        "let innovations of units count for the agency above them",
        "inovasi unit dihitung untuk perangkat daerah di atasnya",
    ),
    "cli.rank_eligible_only": (
        "leave out innovations that are not eligible",
        "tanpa inovasi yang tidak memenuhi syarat",
    ),
    "cli.groups": ("within its kind and clusters", "di dalam jenis dan klasternya"),
}
