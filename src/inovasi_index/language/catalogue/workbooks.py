"""Texts of templates and result workbooks: key, English, Indonesian."""

from __future__ import annotations

__all__ = ["MESSAGES"]

MESSAGES: dict[str, tuple[str, str]] = {
    # Names of the sheets that are filled in, and of those that are written
    "sheet.guide": ("Guide", "Petunjuk"),
    "sheet.innovations": ("Innovations", "Inovasi"),
    "sheet.region": ("Region", "Pemerintah Daerah"),
    "sheet.agencies": ("Agencies", "Perangkat Daerah"),
    "sheet.summary": ("Summary", "Ringkasan"),
    "sheet.gaps": ("Gaps", "Kesenjangan"),
    "sheet.plan": ("Plan", "Rencana"),
    # Columns of the sheet of innovations
    "innovations.id": ("ID", "ID"),
    "innovations.name": ("Name of the innovation", "Nama inovasi"),
    "innovations.agency": ("Agency", "Perangkat daerah"),
    "innovations.stage": ("Stage", "Tahapan inovasi"),
    "innovations.initiator": ("Initiator", "Inisiator"),
    "innovations.initiator_name": ("Name of the initiator", "Nama inisiator"),
    "innovations.classification": ("Classification", "Klasifikasi"),
    "innovations.kind": ("Kind", "Jenis inovasi"),
    "innovations.form": ("Form", "Bentuk inovasi"),
    "innovations.affair": ("Main government affair", "Urusan utama"),
    "innovations.intersecting_affairs": (
        "Other affairs (separated by |)",
        "Urusan lain yang beririsan (dipisah |)",
    ),
    "innovations.asta_cita": ("Asta Cita (1–8)", "Asta Cita (1–8)"),
    "innovations.pkpn": ("PKPN cluster", "Klaster PKPN"),
    "innovations.theme": ("Theme", "Tematik"),
    "innovations.trial_date": ("First trial", "Tanggal uji coba"),
    "innovations.application_date": ("First application", "Tanggal penerapan"),
    "innovations.development_date": ("Latest development", "Tanggal pengembangan"),
    "innovations.latitude": ("Latitude", "Lintang"),
    "innovations.longitude": ("Longitude", "Bujur"),
    "innovations.design": ("Design (rancang bangun)", "Rancang bangun"),
    "innovations.design_words": ("Words of the design", "Jumlah kata rancang bangun"),
    "innovations.goals": ("Goals", "Tujuan"),
    "innovations.benefits": ("Benefits obtained", "Manfaat"),
    "innovations.results": ("Results", "Hasil inovasi"),
    "innovations.times_reported": ("Times reported", "Berapa kali dilaporkan"),
    # Columns of the sheet of agencies
    "agencies.id": ("Short code", "Kode singkat"),
    "agencies.name": ("Name of the agency", "Nama perangkat daerah"),
    "agencies.kind": ("Kind", "Jenis"),
    "agencies.parent": ("Unit above it", "Induk"),
    # Columns and items of the sheet of the region
    "region.item": ("Item", "Butir"),
    "region.hint": ("# Guide", "# Petunjuk"),
    "item.year": ("Year of the index", "Tahun indeks"),
    "item.region.code": ("Region code (for example 63.71)", "Kode daerah (mis. 63.71)"),
    "item.region.name": ("Name of the region", "Nama pemerintah daerah"),
    "item.region.kind": ("Kind of region", "Jenis pemerintah daerah"),
    "item.region.clusters": ("Clusters", "Klaster"),
    "item.region_points": (
        "Points of the region part",
        "Poin Satuan Pemerintah Daerah",
    ),
    # Parts of an answer
    "answer.level": ("Level", "Level"),
    "answer.value": ("Raw value", "Nilai mentah"),
    "answer.measure": ("Basis of measurement", "Dasar pengukuran"),
    "answer.evidence": ("Evidence", "Data dukung"),
    "answer.verdict": ("Verdict", "Putusan"),
    "answer.survival": ("Probability of survival", "Peluang lolos"),
    # Clusters of regions
    "cluster.underdeveloped": ("underdeveloped region", "daerah tertinggal"),
    "cluster.border": ("border region", "daerah perbatasan"),
    "cluster.papua": ("Papua", "Papua"),
    # What cells ask for
    "template.title": ("Form for {edition}", "Formulir {edition}"),
    "template.choose": ("Choose from the list.", "Pilih dari daftar."),
    "template.level": (
        "Choose the level that the evidence shows; leave the cell empty when there is none.",
        "Pilih level sesuai data dukung; kosongkan bila belum ada.",
    ),
    "template.value": (
        "A number in {unit}; it decides the level. Give a level or a value, not both.",
        "Angka dalam {unit}; menentukan level. Isi level atau nilai mentah, jangan keduanya.",
    ),
    "template.measure": (
        "What the raw value counts.",
        "Apa yang dihitung oleh nilai mentah.",
    ),
    "template.evidence": (
        "Names of files or links, separated by |",
        "Nama berkas atau tautan, dipisah tanda |",
    ),
    "template.types": ("Files that count: {types}.", "Berkas yang diterima: {types}."),
    "template.link": ("A link counts as well.", "Tautan juga diterima."),
    "template.mandatory": ("Mandatory.", "Wajib."),
    "template.id": (
        "A short mark of your own, different in each row (a number will do).",
        "Tanda singkat, berbeda di tiap baris (boleh nomor urut).",
    ),
    "template.unique": ("This ID stands in another row.", "ID ini sudah dipakai di baris lain."),
    "template.agency": (
        "Choose an agency; they stand in the sheet {sheet}.",
        "Pilih perangkat daerah; daftarnya di lembar {sheet}.",
    ),
    "template.date": ("A date, for example 2025-01-31.", "Tanggal, misalnya 2025-01-31."),
    "template.degrees": ("Degrees, for example {example}.", "Derajat, misalnya {example}."),
    "template.whole": (
        "A whole number, {lowest} to {highest}.",
        "Bilangan bulat {lowest}–{highest}.",
    ),
    "template.design": ("At least {words} words.", "Paling sedikit {words} kata."),
    "template.code": (
        "The ministry's code, as text: 63.10, not 63.1.",
        "Kode Kemendagri, sebagai teks: 63.10, bukan 63.1.",
    ),
    "template.region_points": (
        "Only where the rows below are not at hand: then leave them all empty.",
        "Hanya bila baris di bawah tidak tersedia: kosongkan semuanya.",
    ),
    "template.stop": ("This cannot be used", "Isian tidak dapat dipakai"),
    "template.wrong": (
        "Choose from the list or leave the cell empty.",
        "Pilih dari daftar atau kosongkan sel.",
    ),
    "template.wrong_number": (
        "A number from {lowest} to {highest}, without its unit.",
        "Angka dari {lowest} sampai {highest}, tanpa satuan.",
    ),
    # The sheet that explains
    "guide.how": ("How to fill this in", "Cara mengisi"),
    "guide.step_agencies": (
        "1. Sheet {sheet}: one row an agency; short codes are yours.",
        "1. Lembar {sheet}: satu baris satu perangkat daerah; kode singkat bebas.",
    ),
    "guide.step_region": (
        "2. Sheet {sheet}: the region, then its rows; evidence beside each.",
        "2. Lembar {sheet}: data daerah, lalu setiap indikator; data dukung di sampingnya.",
    ),
    "guide.step_innovations": (
        "3. Sheet {sheet}: one row an innovation; choose levels from the lists.",
        "3. Lembar {sheet}: satu baris satu inovasi; pilih level dari daftar.",
    ),
    "guide.step_evidence": (
        "4. Evidence: names of files or links, separated by |. A status may follow in square "
        "brackets: sk.pdf [accepted].",
        "4. Data dukung: nama berkas atau tautan, dipisah tanda |. Status boleh menyusul dalam "
        "kurung siku: sk.pdf [diterima].",
    ),
    "guide.step_read": (
        "5. Save as .xlsx. Headings and sheet names must stay as they are; a column of your own "
        "begins with #.",
        "5. Simpan sebagai .xlsx. Judul kolom dan nama lembar jangan diubah; kolom tambahan "
        "diawali tanda #.",
    ),
    "guide.colours": ("Colours", "Warna"),
    "guide.colour_mandatory": ("mandatory row", "indikator wajib"),
    "guide.colour_missing": ("still missing in this row", "masih kosong di baris ini"),
    "guide.colour_evidence": ("level without evidence", "level tanpa data dukung"),
    "guide.colour_both": ("level and value: keep one", "level dan nilai: pilih satu"),
    "guide.rules": ("What an innovation must be", "Syarat inovasi"),
    "guide.stages": ("Scored stages: {stages}", "Tahapan yang dinilai: {stages}"),
    "guide.window": (
        "First applied or last developed from {start} to {end}",
        "Diterapkan atau dikembangkan dari {start} sampai {end}",
    ),
    "guide.window_application": (
        "First applied from {start} to {end}",
        "Diterapkan dari {start} sampai {end}",
    ),
    "guide.words": (
        "The design has at least {words} words",
        "Rancang bangun paling sedikit {words} kata",
    ),
    "guide.mandatory_rows": (
        "All mandatory rows are answered, with evidence",
        "Semua indikator wajib terisi, dengan data dukung",
    ),
    "guide.indicators": ("Indicators, levels and evidence", "Indikator, level, dan data dukung"),
    "guide.certainty": ("How sure this edition is", "Kepastian edisi ini"),
    "guide.number": ("No.", "No."),
    "guide.indicator": ("Indicator", "Indikator"),
    "guide.levels": ("Levels", "Level"),
    "guide.points": ("Points per level", "Poin per level"),
    "guide.evidence": ("Evidence asked for", "Data dukung yang diminta"),
    "guide.types": ("Files", "Berkas"),
    # The result workbook: sheets and titles
    "sheet.regions": ("Regions", "Daerah"),
    "sheet.levels": ("Levels", "Level"),
    "sheet.indicators": ("Indicators", "Indikator"),
    "workbook.title": ("Regional innovation index", "Indeks Inovasi Daerah"),
    "workbook.regions": ("{n} regions", "{n} daerah"),
    "workbook.shown_basis": ("Levels and gaps shown", "Level dan kesenjangan pada basis"),
    "workbook.written": (
        "Written by inovasi_index {version}.",
        "Disusun oleh inovasi_index {version}.",
    ),
    # Scores
    "workbook.index": ("Index", "Indeks"),
    "workbook.index_on": ("Index, {basis}", "Indeks, {basis}"),
    "workbook.band": ("Band", "Predikat"),
    "workbook.most": ("Most", "Maksimum"),
    "workbook.region_part": ("Region part, points", "Poin Satuan Pemerintah Daerah"),
    "workbook.mean_maturity_part": ("Mean maturity, points", "Rata-rata kematangan, poin"),
    "workbook.count_points": ("Points for the number of innovations", "Poin jumlah inovasi"),
    "workbook.innovations": ("Innovations", "Jumlah inovasi"),
    "workbook.eligible": ("Eligible innovations", "Inovasi memenuhi syarat"),
    "workbook.divisor": ("Divisor of the mean", "Pembagi rata-rata"),
    "workbook.empty_seats": ("Empty seats", "Kursi kosong"),
    "workbook.basic_affairs": (
        "Basic affairs covered",
        "Urusan wajib pelayanan dasar terwakili",
    ),
    "workbook.papers": (
        "Index points lost for want of evidence (claimed – documented)",
        "Poin indeks hilang karena data dukung (diklaim – didukung data)",
    ),
    "workbook.verification": (
        "Index points not verified or lowered (documented – verified)",
        "Poin indeks belum atau diturunkan verifikator (didukung data – terverifikasi)",
    ),
    "workbook.lost_papers": ("Lost for want of evidence", "Hilang karena data dukung"),
    "workbook.lost_verification": ("Not verified", "Belum terverifikasi"),
    "workbook.rounding": (
        "The index is rounded half up to {decimals} decimals and then classified (our reading).",
        "Indeks dibulatkan setengah ke atas pada {decimals} desimal, lalu diberi predikat "
        "(tafsiran kami).",
    ),
    "workbook.index_mean": ("Index, mean of the regions", "Indeks, rata-rata daerah"),
    "workbook.index_lowest": ("Index, lowest", "Indeks, terendah"),
    "workbook.index_highest": ("Index, highest", "Indeks, tertinggi"),
    "workbook.regions_in_band": ("Regions in each band", "Jumlah daerah menurut predikat"),
    # What is missing
    "workbook.missing": ("Missing points of the index", "Poin indeks yang kurang"),
    "workbook.missing_mean": (
        "Missing points of the index, mean of the regions",
        "Poin indeks yang kurang, rata-rata daerah",
    ),
    "workbook.by_cause": ("By cause", "Menurut penyebab"),
    "workbook.all": ("In all", "Jumlah"),
    "workbook.largest": (
        "the largest {shown} of {all} single gaps",
        "{shown} kesenjangan terbesar dari {all}",
    ),
    "workbook.certainty": ("How sure the edition is", "Kepastian edisi"),
    # Columns of the lists
    "workbook.agency": ("Agency", "Perangkat daerah"),
    "workbook.innovation": ("Innovation", "Inovasi"),
    "workbook.indicator": ("Indicator", "Indikator"),
    "workbook.kind": ("Kind", "Jenis"),
    "workbook.part": ("Part", "Bagian"),
    "workbook.cause": ("Cause", "Penyebab"),
    "workbook.levels": ("Levels missing", "Level yang kurang"),
    "workbook.top_level": ("Highest level", "Level tertinggi"),
    "workbook.maturity": ("Maturity, {basis}", "Kematangan, {basis}"),
    "workbook.mean_maturity": ("Mean maturity, {basis}", "Rata-rata kematangan, {basis}"),
    "workbook.mean_level": ("Mean level, {basis}", "Rata-rata level, {basis}"),
    "workbook.is_eligible": ("Eligible", "Memenuhi syarat"),
    "workbook.yes": ("yes", "ya"),
    "workbook.no": ("no", "tidak"),
    "workbook.reasons": ("Why not", "Alasan"),
    # Steps of a plan; row and levels stand in columns of their own
    "workbook.step": ("What to do", "Yang dikerjakan"),
    "workbook.raise_level": (
        "Raise the level, with its paper",
        "Naikkan level, beserta data dukung",
    ),
    "workbook.raise_claim": ("Raise the level", "Naikkan level"),
    "workbook.supply_paper": (
        "Supply the paper for the level that is claimed ({cause})",
        "Lengkapi data dukung level yang diklaim ({cause})",
    ),
    "workbook.pass_verification": (
        "Bring it through verification",
        "Kawal sampai lolos verifikasi",
    ),
    # Commands
    "cli.template": (
        "write a form to fill in with a spreadsheet program",
        "menyusun formulir untuk diisi dengan aplikasi lembar kerja",
    ),
    "cli.template_edition": (
        "edition id or TOML file whose rows, levels and words the form offers",
        "id edisi atau berkas TOML; baris, level, dan istilahnya ditawarkan formulir",
    ),
    "cli.from": (
        "submission whose region and agencies stand in the form already, for example last year's",
        "laporan yang daerah dan perangkat daerahnya langsung terisi, misalnya laporan tahun lalu",
    ),
    "cli.year": (
        "year of the index (default: that in which the edition begins)",
        "tahun indeks (bawaan: tahun mulai berlakunya edisi)",
    ),
    "cli.output_xlsx": ("file to write, .xlsx", "berkas yang ditulis, .xlsx"),
    "cli.workbook": (
        "write scores, gaps and a plan as a workbook (.xlsx)",
        "menyusun skor, kesenjangan, dan rencana sebagai buku kerja (.xlsx)",
    ),
    "cli.workbook_files": (
        "submissions: .toml, .json, .csv or .xlsx, one a region",
        "berkas laporan: .toml, .json, .csv, atau .xlsx, satu per daerah",
    ),
    "cli.workbook_target": (
        "add the cheapest plan to a band, or to an index such as 65.01",
        "sertakan rencana termurah menuju predikat, atau indeks seperti 65,01",
    ),
}
