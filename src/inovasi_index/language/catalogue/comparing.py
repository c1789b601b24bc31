"""Texts of distances, what-if, comparisons and their commands: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Distance
    "distance.reached": (
        "{index} ({band}): {target} is reached.",
        "{index} ({band}): {target} sudah tercapai.",
    ),
    "distance.head": (
        "{index} ({band}) to {target}: {missing} points of the index are missing before rounding, "
        "{points} of {total} points.",
        "{index} ({band}) menuju {target}: kurang {missing} poin indeks sebelum pembulatan, "
        "{points} dari {total} poin.",
    ),
    "distance.some": (
        "{steps} of {looked_at} single steps reach it; the smallest first:",
        "{steps} dari {looked_at} langkah tunggal mencapainya; yang terkecil lebih dahulu:",
    ),
    "distance.none": (
        "None of {looked_at} single steps reaches it; the largest:",
        "Tidak satu pun dari {looked_at} langkah tunggal mencapainya; yang terbesar:",
    ),
    "distance.raise_level": ("raise the level: {place}", "naikkan level: {place}"),
    "distance.supply_paper": ("supply the paper: {place}", "lengkapi data dukung: {place}"),
    "distance.pass_verification": (
        "pass verification: {place}",
        "lolos verifikasi: {place}",
    ),
    "distance.complete_innovation": (
        "complete the innovation so that it is eligible: {place}",
        "lengkapi inovasi agar memenuhi syarat: {place}",
    ),
    "distance.report_innovation": (
        "report a further innovation with a maturity of {maturity}",
        "laporkan satu inovasi lagi dengan kematangan {maturity}",
    ),
    "distance.cover_affair": (
        "report a further innovation with a maturity of {maturity} for {affairs}",
        "laporkan satu inovasi lagi dengan kematangan {maturity} untuk urusan {affairs}",
    ),
    # Scores side by side
    "compare.difference": ("difference", "selisih"),
    "compare.largest": ("What differs most, {name}:", "Selisih terbesar, {name}:"),
    "what_if.before": ("as it is", "apa adanya"),
    "what_if.after": ("what if", "andaikan"),
    # Years
    "years.levels": ("region", "daerah"),
    "years.rules": ("rules", "aturan"),
    "years.number": ("number", "jumlah"),
    "years.all": ("in all", "seluruhnya"),
    "years.largest": ("What changed most:", "Perubahan terbesar:"),
    "years.note.totals": (
        "from totals: what the divisor does to the mean maturity counts as the region's",
        "dari angka total: pengaruh pembagi pada rata-rata kematangan dihitung sebagai hasil daerah",
    ),
    "years.note.region_points": (
        "the region part is compared as points, since its rows are not known on both sides; "
        "its change counts as the region's",
        "Satuan Pemerintah Daerah dibandingkan sebagai poin karena indikatornya tidak diketahui pada "
        "kedua tahun; perubahannya dihitung sebagai hasil daerah",
    ),
    "years.note.alone": (
        "rows that {edition} asks and {other} does not count as rules: {rows}",
        "indikator yang ada di {edition} tetapi tidak di {other} dihitung sebagai aturan: {rows}",
    ),
    "years.note.kept": (
        "readings of raw values that keep the level of their own year, since the other edition "
        "has no rule for them: {answers}",
        "nilai mentah yang mempertahankan level tahunnya sendiri karena edisi lain tidak punya "
        "aturannya: {answers}",
    ),
    "years.note.window": (
        "each innovation is held against the window of application of its own year",
        "setiap inovasi diuji terhadap rentang penerapan tahunnya sendiri",
    ),
    "years.note.assumed": (
        "assumed for {edition}, in no source: {values}",
        "diandaikan untuk {edition}, tidak ada di sumber: {values}",
    ),
    "years.note.no_band": (
        "{edition}: an index of {index} is not classified, since no source gives the bound that "
        "decides",
        "{edition}: indeks {index} tanpa predikat karena batas yang menentukan tidak ditemukan",
    ),
    # Commands
    "cli.gaps": (
        "show where the points are that separate the index from 100",
        "menunjukkan letak poin yang memisahkan indeks dari 100",
    ),
    "cli.gaps_by": ("add the gaps up by this", "jumlahkan kesenjangan menurut ini"),
    "cli.gaps_largest": (
        "how many single gaps to show (default: %(default)s)",
        "banyaknya kesenjangan tunggal yang ditampilkan (bawaan: %(default)s)",
    ),
    "cli.gaps_target": (
        "band or index to measure the distance to (default: the next band)",
        "predikat atau indeks yang diukur jaraknya (bawaan: predikat berikutnya)",
    ),
    "cli.by_part": ("part", "bagian"),
    "cli.by_indicator": ("row", "indikator"),
    "cli.by_innovation": ("innovation", "inovasi"),
    "cli.by_agency": ("agency", "perangkat daerah"),
    "cli.missing_papers": (
        "Missing, unfit and rejected papers cost {points} of these points.",
        "Data dukung yang kurang, tidak sesuai, atau ditolak menghilangkan {points} poin di "
        "antaranya.",
    ),
    "cli.verification": (
        "Verification has taken, or not yet given, {points} of these points.",
        "Verifikasi mengurangi, atau belum memberi, {points} poin di antaranya.",
    ),
    "cli.largest_gaps": (
        "The largest of {gaps} single gaps:",
        "Yang terbesar dari {gaps} kesenjangan tunggal:",
    ),
    "cli.points_word": ("points", "poin"),
    "cli.cause_word": ("cause", "penyebab"),
    "cli.where_word": ("where", "letak"),
    "cli.compare": (
        "compare with another year, or with other editions",
        "membandingkan dengan tahun lain atau edisi lain",
    ),
    "cli.other": (
        "the later submission; the change is split by cause",
        "laporan tahun berikutnya; perubahan diurai menurut penyebab",
    ),
    "cli.under": (
        "score FILE under this edition too; repeat for several",
        "hitung FILE juga menurut edisi ini; ulangi untuk beberapa edisi",
    ),
    "cli.other_edition": (
        "edition of OTHER (default: the edition of its year)",
        "edisi untuk OTHER (bawaan: edisi tahunnya)",
    ),
    "cli.other_supply": (
        "fill in what the edition of OTHER lacks, like --supply",
        "mengisi yang tidak ada pada edisi OTHER, seperti --supply",
    ),
}
