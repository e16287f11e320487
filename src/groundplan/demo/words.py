"""What invented names are made of, by the language of a territory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """Beginnings and endings of company names, and first and last names of people."""

    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH = Tongue(
    _words(
        "Alder Amber Ash Bram Bright Calder Cinder Clear Copper Cran Dun Elder Fair Fern Glen "
        "Hale Harrow Hazel Iron Juniper Kestrel Lark Marl Oak Pell Quill Raven Rook Sable Tarn "
        "Thistle Under Wether Whit Win"
    ),
    _words(
        "brook croft dale field ford gate grove haven hurst leigh mere moor point ridge stead "
        "stone vale wick worth"
    ),
    _words(
        "Aaron Abigail Andre Beth Caleb Carmen Claire Darren Denise Derek Elena Erin Gavin Grace "
        "Harriet Howard Imani Jerome Joan Kendra Kyle Laura Leon Maggie Marcus Monica Nadia Nolan "
        "Owen Paula Quentin Rachel Russell Simone Stuart Tamara Trevor Valerie Wesley Yvonne"
    ),
    _words(
        "Abbott Akers Baines Barlow Bledsoe Boyd Callahan Castillo Chaney Cobb Delacroix Drummond "
        "Eastman Farrow Fitch Gaines Garza Hathaway Hollis Iverson Jeffers Kemp Kirkland Landry "
        "Lockhart Mabry McBride Nance Okoro Pruitt Quigley Ramsey Salazar Tate Underhill Vance "
        "Whitaker Yates"
    ),
)
NORDIC = Tongue(
    _words(
        "Aske Berg Bjørk Elv Eske Fager Fjell Gran Havn Hvit Kall Kvist Lang Lyng Myr Nord Ravn "
        "Skog Sol Sten Sund Thor Vest Vinter"
    ),
    _words("berg borg by dal fors gård holm lund mark nes sjö strand vang vik"),
    _words(
        "Agneta Anders Astrid Birgit Bjørn Elin Emma Freja Gunnar Hanne Harald Ida Jens Johan "
        "Kaisa Karin Lars Liv Magnus Maja Nils Oskar Pia Rune Signe Solveig Sven Tove"
    ),
    _words(
        "Aasen Bakke Berglund Dahl Ekström Enger Falk Gran Hagen Heikkinen Holm Jansson Kvam "
        "Laine Lindqvist Lunde Moen Nygård Öberg Rantanen Sandvik Solberg Strand Thorsen Vinter"
    ),
)
GERMAN = Tongue(
    _words(
        "Adler Birken Buchen Dorn Eber Eichen Falken Grün Hohen Kalten Lang Linden Mühl Neu Ober "
        "Rehm Roten Schön Silber Stein Tannen Ulmen Weiden Wolfs"
    ),
    _words("au bach berg brück feld hain heim hof mark rode stett tal wald werth"),
    _words(
        "Andrea Anke Bernd Carola Christoph Dieter Elke Florian Gisela Heike Holger Jana Jürgen "
        "Karla Katrin Lukas Markus Matthias Monika Norbert Petra Ralf Sabine Silke Stefan Ulrike "
        "Verena Volker"
    ),
    _words(
        "Albers Bauer Brandt Brückner Dietz Ebert Engel Fiedler Gerlach Hahn Heinze Hofmann Jahn "
        "Keil Kettler Lindner Marx Nagel Ott Pohl Reuter Sauer Seidel Thiel Ulrich Vogt Wendt "
        "Zeller"
    ),
)
ROMANCE = Tongue(
    _words(
        "Alto Arbre Beau Belle Castel Clair Fonte Haute Laval Mar Mire Mont Nou Pierre Pont Ribe "
        "Roche Saint Salve Terre Vall Vent Verde Vila"
    ),
    _words("bois campo court fleur lieu luna mar mont nova nère rive rose selva val"),
    _words(
        "Adèle Alonso Amélie Bastien Camille Carlos Céline Diego Elise Fabien Inês Isabel Jacques "
        "João Lieve Lucía Margaux Marc Mathieu Nuria Olivier Pilar Pieter Raquel Sander Sofia "
        "Thierry Véronique"
    ),
    _words(
        "Almeida Aubert Barros Blanchet Carrasco Claes Cortez Delmas Dufour Esteves Fabre Garnier "
        "Goossens Herrera Jacquet Lefort Maes Marchal Navarro Peeters Pinto Quintero Renaud "
        "Ribeiro Serrano Vasseur Vermeer Vidal"
    ),
)
EAST_ASIAN = Tongue(
    _words(
        "Aka Asa Chi Dae Fuji Haru Hana Han Kita Kuro Min Mizu Naga Nishi Oka Seo Shin Sora Taka "
        "Yama"
    ),
    _words("bara dong gawa hara jin kaze moto mura numa saki sawa sung tani won zaki"),
    _words(
        "Akiko Daichi Dong-hyun Emi Eun-ji Haruka Hiroshi Hye-jin Jae-won Ji-woo Kaori Kenji "
        "Makoto Mi-rae Naoko Reiko Ryo Sang-min Seo-yeon Shinji Soo-jin Takumi Yui Yuto"
    ),
    _words(
        "Ahn Arai Bae Cho Endo Fujii Goto Han Hayashi Hong Imai Jang Kang Kikuchi Kwon Maeda Min "
        "Morita Noh Oda Okada Ryu Sakai Seo Shin Takeda Ueda Yoon"
    ),
)
SOUTHERN = Tongue(
    _words(
        "Banksia Bayan Billa Coral Cove Currawong Fern Jarra Kauri Kowhai Lang Mala Mangrove "
        "Matai Ocean Pandan Rata Silver South Straits Tawa Tembu Warra Wattle"
    ),
    _words("bay bell brook creek downs field harbour hill kara light maru point reach river wood"),
    _words(
        "Adele Ahmad Aroha Bruce Callum Charlotte Dewi Farah Hamish Hui-min Isla Jia-hao Kiri "
        "Lachlan Lim Madison Mei-ling Nathan Nurul Putri Rangi Rizal Sione Siti Tahlia Wei-jie "
        "Wiremu Zara"
    ),
    _words(
        "Aziz Beale Chong Cullen Dempsey Edwards Fong Gunawan Halim Hartono Ihaka Kelso Lau "
        "Loh Macrae Ng Parata Pearce Quek Rahman Sheridan Sutanto Tan Tamihana Teo Walsh Wijaya "
        "Yap"
    ),
)

COMPETITORS = (
    "Veltrax",
    "Oberline Analytical",
    "Quantessa",
    "Harrowgate Scientific",
    "Maruyo Keiki",
    "Sensovar",
)
"""Invented rivals."""
