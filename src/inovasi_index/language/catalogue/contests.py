"""Texts of contests and of regions by year: key, English, Indonesian."""

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
        "A shortlist of {k} would cut through rank {rank}, where {tied} are tied for {seats} "
        "seats; all {places} are shown, and another criterion has to decide",
        "Daftar pendek {k} akan memotong peringkat {rank}, tempat {tied} peserta seri untuk "
        "{seats} kursi; {places} peserta ditampilkan dan kriteria lain harus memutuskan",
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
}
