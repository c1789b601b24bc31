"""What we say about the rules, in Indonesian: our notes, and the names of what they speak of.

Notes stand in the editions' files in English, beside what they speak of. Here is what they say
in Indonesian; a note that is not here, in an edition of somebody's own, stays as it is.
"""

from __future__ import annotations

from typing import Final

from inovasi_index.language import Language, messages, text

__all__ = ["NOTES", "area_name", "field_name", "note"]


def area_name(area: str, language: Language | str = Language.ENGLISH) -> str:
    """Return the name of an area of an edition's completeness; an unknown one as it is written.

    Examples
    --------
    >>> area_name("bands", "id"), area_name("my_area", "id")
    ('predikat', 'my area')
    """
    return _named(f"report.area.{area}", area, language)


def field_name(field: str, language: Language | str = Language.ENGLISH) -> str:
    """Return the name of a field of an edition; an unknown one as it is written.

    Examples
    --------
    >>> field_name("decimals", "id"), field_name("decimals")
    ('pembulatan', 'rounding')
    """
    return _named(f"report.field.{field}", field, language)


def _named(key: str, name: str, language: Language | str) -> str:
    return text(key, language) if key in messages() else name.replace("_", " ")


def note(words: str, language: Language | str = Language.ENGLISH) -> tuple[str, Language]:
    """Return a note on the rules, and the language that it is in.

    Examples
    --------
    >>> note("not found", "id")
    ('tidak ditemukan', Language.INDONESIAN)
    >>> note("as my mayor says", "id")
    ('as my mayor says', Language.ENGLISH)
    """
    if Language(language) is Language.INDONESIAN and words in NOTES:
        return NOTES[words], Language.INDONESIAN
    return words, Language.ENGLISH


#: English → Indonesian.
NOTES: Final[dict[str, str]] = {
    "20 score rows of 15 indicators [A]": "20 baris nilai dari 15 indikator [A]",
    "they add up to 21, so to 63 points [A] [C]": "jumlahnya 21, jadi 63 poin [A] [C]",
    "20 rows, numbers 16 to 35 [A]": "20 baris, nomor 16 sampai 35 [A]",
    "they add up to 37, so to 111 points [A] [B] [C]": "jumlahnya 37, jadi 111 poin [A] [B] [C]",
    "bounds as printed or as the level texts say; the order of testing is our reading": "batas seperti tercetak atau seperti bunyi level; urutan pengujian adalah tafsiran kami",
    "ten indicators of the region part and five rows of an innovation [A]": "sepuluh indikator Satuan Pemerintah Daerah dan lima baris inovasi [A]",
    "innovation rows only; the documents of the region rows were not found": "hanya baris inovasi; dokumen baris Satuan Pemerintah Daerah tidak ditemukan",
    "minimum divisor and basic affairs are the prognosis of the 2026 letter [OUT], the rest is that of 2026": "pembagi minimum dan urusan dasar menurut prognosis surat 2026 [OUT], selebihnya menurut 2026",
    "no bounds were found; the names are those of 2026": "batas tidak ditemukan; nama menurut 2026",
    "that of 2026 but for the window of application, which was not found": "menurut 2026, kecuali rentang waktu penerapan, yang tidak ditemukan",
    "the six basic ones are printed [A] [C]; the other 32 are the list of 2024, not held against this letter": "enam urusan dasar tercetak [A] [C]; 32 lainnya dari daftar 2024, belum dicocokkan dengan surat ini",
    "the fields of the profile [A] [C]": "isian profil [A] [C]",
    "weights of the region part": "bobot Satuan Pemerintah Daerah",
    "A and C: two independent regencies that cite the same letter agree; D also carries invented rows 34 to 36": "A dan C: dua kabupaten yang mengutip surat yang sama secara terpisah sepakat; D juga memuat baris karangan 34 sampai 36",
    "rows 5, 6, 7, 8, 10 and 11 weigh 1.5, row 2 weighs 2": "baris 5, 6, 7, 8, 10, dan 11 berbobot 1,5, baris 2 berbobot 2",
    "row 2 weighs 1; 5, 6, 7 and 8 weigh 2; 10 and 11 weigh 1 (also 21 in all)": "baris 2 berbobot 1; 5, 6, 7, dan 8 berbobot 2; 10 dan 11 berbobot 1 (jumlahnya juga 21)",
    "rows 34 to 36": "baris 34 sampai 36",
    "A, B and C": "A, B, dan C",
    "34 monitoring, 35 video, and the count of innovations": "34 monitoring, 35 video, dan jumlah inovasi",
    "34 count, 35 national award, 36 international award in the older file; monitoring and video in the newer": "dalam berkas lama 34 jumlah, 35 penghargaan nasional, 36 penghargaan internasional; dalam berkas baru monitoring dan video",
    "levels 2 and 3 of outreach": "level 2 dan 3 sosialisasi",
    "A and D; B is a copying error": "A dan D; B salah salin",
    "2 = content in social media or news of the local government; 3 = news media that it does not own": "2 = konten di media sosial atau berita pemerintah daerah; 3 = media berita yang bukan miliknya",
    "both texts merged into one option": "kedua bunyi digabung menjadi satu pilihan",
    "numeric bounds of the region part": "batas angka Satuan Pemerintah Daerah",
    "the overlap is in the letter, as A and D agree; no tie rule was found, so the higher level is tested first": "tumpang tindih itu ada dalam surat, karena A dan D sepakat; aturan untuk nilai tepat di batas tidak ditemukan, maka level yang lebih tinggi diuji lebih dahulu",
    "adjacent levels touch or overlap: 5.23 (4), 0.36 (5a), 2.34-2.35 and 5.91-5.92 (5b), 4.81-4.82 and 13.10-13.11 (10b), 0.90 (11a); in 3, 6 and 7 level 2 starts 0.01 below the end of level 1": "level yang berdampingan bersentuhan atau tumpang tindih: 5,23 (4), 0,36 (5a), 2,34-2,35 dan 5,91-5,92 (5b), 4,81-4,82 dan 13,10-13,11 (10b), 0,90 (11a); pada 3, 6, dan 7 level 2 mulai 0,01 di bawah akhir level 1",
    "levels of complaint_resolution": "level penyelesaian layanan pengaduan",
    "A, B and D": "A, B, dan D",
    "up to 50, 51 to 90, from 91 per cent": "sampai 50, 51 sampai 90, mulai 91 persen",
    "below 50, 50 to 80, above 80 per cent": "di bawah 50, 50 sampai 80, di atas 80 persen",
    "level texts of innovation rows": "bunyi level baris inovasi",
    "VP is not to be used: its own documents say that the texts are still to be filled in": "VP tidak dipakai: dokumennya sendiri menyebut bahwa bunyi level masih harus diisi",
    "the texts above": "bunyi di atas",
    "other parameters, such as 'not yet replicated' for level 1": "parameter lain, misalnya 'belum direplikasi' untuk level 1",
    "list of innovation rows": "daftar baris inovasi",
    "MKS is not to be used": "MKS tidak dipakai",
    "20 rows, weights adding up to 37": "20 baris, jumlah bobot 37",
    "21 rows with user satisfaction, weights adding up to 39, order of the stars reversed": "21 baris termasuk kepuasan pengguna, jumlah bobot 39, urutan bintang terbalik",
    "taken over from 2026 as an outlook": "diambil dari 2026 sebagai gambaran ke depan",
    "no official rule was found; A rounds to two decimals and published scores have two; rounding halves up before the band is read is our reading; taken over from 2026 as an outlook": "aturan resmi tidak ditemukan; A membulatkan ke dua desimal dan nilai yang diumumkan berdesimal dua; membulatkan setengah ke atas sebelum predikat dibaca adalah tafsiran kami; diambil dari 2026 sebagai gambaran ke depan",
    "printed in 2026 as a prognosis": "tercetak pada 2026 sebagai prognosis",
    "printed in 2026 as a prognosis, from 2027 on": "tercetak pada 2026 sebagai prognosis, mulai 2027",
    "the handbook lets only Penerapan be exported; taken over from 2026 as an outlook": "menurut buku panduan hanya Penerapan yang dapat dikirim; diambil dari 2026 sebagai gambaran ke depan",
    "the latest development counts when the first application lies before the window; taken over from 2026 as an outlook": "pengembangan terakhir dihitung bila penerapan pertama terjadi sebelum rentang waktu; diambil dari 2026 sebagai gambaran ke depan",
    "the rows are printed as mandatory (wajib); that an innovation without one is not scored is our reading; taken over from 2026 as an outlook": "baris itu tercetak wajib; bahwa inovasi tanpa salah satunya tidak dinilai adalah tafsiran kami; diambil dari 2026 sebagai gambaran ke depan",
    "two regencies transcribe the same letter; only the rounding is inferred": "dua kabupaten menyalin surat yang sama; hanya pembulatan yang disimpulkan",
    "A, C and E agree": "A, C, dan E sepakat",
    "official but for one reading: that an innovation without its mandatory rows is not scored": "resmi, kecuali satu tafsiran: inovasi tanpa baris wajibnya tidak dinilai",
    "no official rule was found; A rounds to two decimals and published scores have two; rounding halves up before the band is read is our reading": "aturan resmi tidak ditemukan; A membulatkan ke dua desimal dan nilai yang diumumkan berdesimal dua; membulatkan setengah ke atas sebelum predikat dibaca adalah tafsiran kami",
    "the rows are printed as mandatory (wajib); that an innovation without one is not scored is our reading": "baris itu tercetak wajib; bahwa inovasi tanpa salah satunya tidak dinilai adalah tafsiran kami",
    "no row of the region part was found for this year": "tidak satu pun baris Satuan Pemerintah Daerah ditemukan untuk tahun ini",
    "not found; give the region part as points": "tidak ditemukan; berikan poin Satuan Pemerintah Daerah",
    "20 rows as one city's application prints them [M]": "20 baris seperti dicetak aplikasi satu kota [M]",
    "carried over from 2024; their sum 37 is confirmed by the highest maturity 111 [JT]": "diteruskan dari 2024; jumlahnya 37, dikuatkan oleh kematangan tertinggi 111 [JT]",
    "as the level texts say; the order of testing is our reading": "seperti bunyi level; urutan pengujian adalah tafsiran kami",
    "the five rows of 2023 and 2026; innovation rows only": "lima baris dari 2023 dan 2026; hanya baris inovasi",
    "as one city's application prints it [M]; some rows give kinds of files only": "seperti dicetak aplikasi satu kota [M]; sebagian baris hanya menyebut jenis berkas",
    "total, cap and points are inferred from published scores; minimum divisor, basic affairs and the maximum of the region part were not found": "jumlah keseluruhan, batas, dan poin disimpulkan dari nilai yang diumumkan; pembagi minimum, urusan dasar, dan maksimum Satuan Pemerintah Daerah tidak ditemukan",
    "only the highest band is known: for the next, 35 as in 2024 and 40.01 as in 2026 both fit": "hanya predikat tertinggi yang diketahui: untuk berikutnya, 35 seperti 2024 dan 40,01 seperti 2026 sama-sama cocok",
    "only the window, from a press report": "hanya rentang waktu, dari laporan pers",
    "37 of the 38 names of 2024 occur in a download of this year [JT] [F]": "37 dari 38 nama 2024 muncul dalam unduhan tahun ini [JT] [F]",
    "values of a download of this year [JT]; Anggota DPRD is added from 2024 and 2026": "nilai dari unduhan tahun ini [JT]; Anggota DPRD ditambahkan dari 2024 dan 2026",
    "level 3 of complaint_resolution": "level 3 penyelesaian layanan pengaduan",
    "M, which agrees with 2024 [F]; Y probably describes an earlier year": "M, yang sesuai dengan 2024 [F]; Y mungkin menggambarkan tahun sebelumnya",
    "from 86 per cent": "mulai 86 persen",
    "from 81 per cent": "mulai 81 persen",
    "fits the published scores of Tegal, Balangan and Kulon Progo; printed for 2026 only": "cocok dengan nilai Tegal, Balangan, dan Kulon Progo yang diumumkan; tercetak hanya untuk 2026",
    "not found for this year; 63 in 2024 and 2026": "tidak ditemukan untuk tahun ini; 63 pada 2024 dan 2026",
    "the highest of 679 maturities, reached 151 times and never passed": "yang tertinggi dari 679 kematangan, tercapai 151 kali dan tak pernah terlewati",
    "not printed; cap times points gives 76": "tidak tercetak; batas kali poin menghasilkan 76",
    "not found; 10 in 2023, 12 in 2026": "tidak ditemukan; 10 pada 2023, 12 pada 2026",
    "Balangan reported exactly 200 innovations; printed for 2026": "Balangan melaporkan tepat 200 inovasi; tercetak untuk 2026",
    "not found; 2 in 2023, 5 in 2026": "tidak ditemukan; 2 pada 2023, 5 pada 2026",
    "no official rule was found; published scores have two decimals; rounding halves up before the band is read is our reading": "aturan resmi tidak ditemukan; nilai yang diumumkan berdesimal dua; membulatkan setengah ke atas sebelum predikat dibaca adalah tafsiran kami",
    "the date is a field [JT]; whether it counts was not found": "tanggal itu sebuah isian [JT]; apakah ikut dihitung tidak ditemukan",
    "as in 2023 and 2026": "seperti 2023 dan 2026",
    "as in 2024 and 2026; no score with this name was found": "seperti 2024 dan 2026; nilai dengan nama ini tidak ditemukan",
    "not found": "tidak ditemukan",
    "not found: 34.99 as in 2024 and 40.00 as in 2026 both fit": "tidak ditemukan: 34,99 seperti 2024 dan 40,00 seperti 2026 sama-sama cocok",
    "not found: 35 as in 2024 and 40.01 as in 2026 both fit": "tidak ditemukan: 35 seperti 2024 dan 40,01 seperti 2026 sama-sama cocok",
    "follows from the band above": "mengikuti predikat di atasnya",
    "15 names without levels; the list prints no year [P]": "15 nama tanpa level; daftarnya tidak mencetak tahun [P]",
    "20 rows of the form of this year [F]": "20 baris formulir tahun ini [F]",
    "printed [F] but for the weight of regulation, which the maximum of 111 forces": "tercetak [F], kecuali bobot regulasi, yang ditentukan oleh maksimum 111",
    "file types or kinds [F]; documents for the video row only": "jenis atau macam berkas [F]; dokumen hanya untuk baris video",
    "total, count, cap and points are inferred; minimum divisor and basic affairs were not found": "jumlah keseluruhan, batas jumlah, dan poin disimpulkan; pembagi minimum dan urusan dasar tidak ditemukan",
    "the press prints 60.01 and 35 [G] [T]; 0 is carried over from the slides of 2023": "pers mencetak 60,01 dan 35 [G] [T]; 0 diteruskan dari salindia 2023",
    "only the words of the design and the number of reports; no window was found": "hanya jumlah kata rancang bangun dan berapa kali dilaporkan; rentang waktu tidak ditemukan",
    "two applications agree on 38 names [F] [M]": "dua aplikasi sepakat tentang 38 nama [F] [M]",
    "the form of this year [F] [P]": "formulir tahun ini [F] [P]",
    "points of regulation": "poin regulasi",
    "3, 6 and 9: printed for 2023, the same in 2026, and the only points that give 111; F is a slip of coding": "3, 6, dan 9: tercetak untuk 2023, sama pada 2026, dan satu-satunya poin yang menghasilkan 111; F salah tulis dalam kode",
    "1, 2 and 3": "1, 2, dan 3",
    "3, 6 and 9, printed for 2023": "3, 6, dan 9, tercetak untuk 2023",
    "numbers 19 to 32": "nomor 19 sampai 32",
    "both: the years may differ": "keduanya: tahunnya mungkin berbeda",
    "grouped by variable": "dikelompokkan menurut variabel",
    "another order: work tools 19, training 20, ... speed of creation 32": "urutan lain: alat kerja 19, bimtek 20, ... kecepatan penciptaan 32",
    "band of Kabupaten Tapin": "predikat Kabupaten Tapin",
    "unknown: score or band is a misprint": "tidak diketahui: nilai atau predikatnya salah cetak",
    "68.67 is Inovatif": "68,67 adalah Inovatif",
    "above 60 is Sangat Inovatif": "di atas 60 adalah Sangat Inovatif",
    "63 points are 25.20 %, so 63 / 0.252": "63 poin adalah 25,20 %, jadi 63 / 0,252",
    "three times the sum of the weights, 37; stated for 2022 and 2026": "tiga kali jumlah bobot, 37; disebut untuk 2022 dan 2026",
    "74.80 % of 250 are 187, less 111": "74,80 % dari 250 adalah 187, dikurangi 111",
    "76 / 0.38; printed for 2026 only": "76 / 0,38; tercetak hanya untuk 2026",
    "with 0.38 the region part of Tegal comes out at 55.99, close to a quarter point; printed for 2026 only": "dengan 0,38 bagian Satuan Pemerintah Daerah Tegal menjadi 55,99, dekat dengan seperempat poin; tercetak hanya untuk 2026",
    "the slides of 2023; not found for this year": "salindia 2023; tidak ditemukan untuk tahun ini",
    "as in 2023": "seperti 2023",
    "20 rows of one provincial application [SS23]": "20 baris dari aplikasi satu provinsi [SS23]",
    "the points of level 1; they add up to 37, so to the official 111 [SS23] [GTR]": "poin level 1; jumlahnya 37, jadi 111 yang resmi [SS23] [GTR]",
    "ten region rows and five innovation rows [RDG23]": "sepuluh baris Satuan Pemerintah Daerah dan lima baris inovasi [RDG23]",
    "innovation rows only [SS23]; some give kinds of files only": "hanya baris inovasi [SS23]; sebagian menyebut jenis berkas saja",
    "shape and minimum divisor are official [K23], maxima inferred; points and cap of the count were not found": "bentuk dan pembagi minimum resmi [K23], maksimum disimpulkan; poin dan batas jumlah tidak ditemukan",
    "official slides [K23]": "salindia resmi [K23]",
    "the window is official [RDG23]; that an innovation without its mandatory rows is not scored is our reading": "rentang waktu resmi [RDG23]; bahwa inovasi tanpa baris wajibnya tidak dinilai adalah tafsiran kami",
    "the names of Law 23/2014 as an application of 2024 lists them [F]": "nama menurut UU 23/2014 seperti didaftar aplikasi tahun 2024 [F]",
    "fields of the portal's copy [SS23], values as listed for 2024 [F]": "isian salinan portal [SS23], nilainya seperti didaftar untuk 2024 [F]",
    "bands": "predikat",
    "K23, the official slides; KUK is probably an older ladder": "K23, salindia resmi; KUK mungkin tangga yang lebih lama",
    "60.01, 35.00, 0.01": "60,01; 35,00; 0,01",
    "60.00, 30.00, 0.01": "60,00; 30,00; 0,01",
    "bounds of complaint_resolution": "batas penyelesaian layanan pengaduan",
    "SS23; 70.99 to 71.00 is a gap of the printed text": "SS23; 70,99 sampai 71,00 adalah celah dalam teks tercetak",
    "40.00, 40.01-70.99, 71.00": "40,00; 40,01-70,99; 71,00",
    "81 per cent for level 3": "81 persen untuk level 3",
    "basic affairs": "urusan dasar",
    "two, for this year; the price is carried back from 2026 and marked as inferred": "dua, untuk tahun ini; akibatnya ditarik mundur dari 2026 dan ditandai sebagai disimpulkan",
    "at least two of six, a condition of the report": "sekurang-kurangnya dua dari enam, syarat laporan",
    "at least five of six in 2026, else no count points": "sekurang-kurangnya lima dari enam pada 2026, kalau tidak tanpa poin jumlah",
    "25.20 % for the region part with whole-number maxima: 63 of 250": "25,20 % untuk Satuan Pemerintah Daerah dengan maksimum bilangan bulat: 63 dari 250",
    "not found; 200 in 2026": "tidak ditemukan; 200 pada 2026",
    "not found; 0.38 in 2026": "tidak ditemukan; 0,38 pada 2026",
    "two are printed as a condition of the report; what fewer cost is not printed. That they cost the count points is carried back from 2026": "dua tercetak sebagai syarat laporan; akibat bila kurang tidak tercetak. Bahwa poin jumlah hilang ditarik mundur dari 2026",
    "texts of a table whose year is inferred [R22]; those of regulation were cut off": "bunyi dari tabel yang tahunnya disimpulkan [R22]; bunyi regulasi terpotong",
    "not printed; 111 points an innovation were stated, so the weights add up to 37 [GTR]": "tidak tercetak; 111 poin per inovasi pernah disebut, jadi jumlah bobot 37 [GTR]",
    "only the maximum of an innovation was stated": "hanya maksimum sebuah inovasi yang disebut",
    "never printed for this year; the ladder of 2023 fits every published score": "tidak pernah tercetak untuk tahun ini; tangga 2023 cocok dengan semua nilai yang diumumkan",
    "not found for this year": "tidak ditemukan untuk tahun ini",
    "K23 as a candidate: 33.97 was Kurang Inovatif [ACEH], which refutes 30 for this year": "K23 sebagai calon: 33,97 adalah Kurang Inovatif [ACEH], yang membantah 30 untuk tahun ini",
    "band of Kota Serang, 60.56": "predikat Kota Serang, 60,56",
    "the sentence was loose; 60.56 says nothing against a bound at 60": "kalimat itu longgar; 60,56 tidak membantah batas di 60",
    "all listed regions of Banten are 'inovatif'": "semua daerah Banten dalam daftar 'inovatif'",
    "one of the twelve most innovative cities": "salah satu dari dua belas kota terinovatif",
    "not found; 250 would fit": "tidak ditemukan; 250 cocok",
    "not printed for this year; fits every published score": "tidak tercetak untuk tahun ini; cocok dengan semua nilai yang diumumkan",
    "16 indicators, of which none was found": "16 indikator, tidak satu pun ditemukan",
    "a table whose year is inferred [R21]; one level text is missing": "tabel yang tahunnya disimpulkan [R21]; bunyi satu level tidak ada",
    "a table whose year is inferred [R21]; they add up to 50": "tabel yang tahunnya disimpulkan [R21]; jumlahnya 50",
    "never printed for this year; 60 and 30 fit every published score": "tidak pernah tercetak untuk tahun ini; 60 dan 30 cocok dengan semua nilai yang diumumkan",
    "only the window [Q21]": "hanya rentang waktu [Q21]",
    "maximum of an innovation": "maksimum sebuah inovasi",
    "another year has another maximum": "tahun lain punya maksimum lain",
    "150": "150",
    "111, for 2022": "111, untuk 2022",
    "not found; one score would fit 250": "tidak ditemukan; satu nilai cocok dengan 250",
    "three times the sum of the weights, 50": "tiga kali jumlah bobot, 50",
    "as the press names them": "seperti disebut pers",
}
