"""What is written on stamps of countries that never were."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

COINS = {
    "c": "CENTS", "d": "PENCE", "s": "SHILLING", "p": "PENCE", "k": "KOPEK", "ore": "ORE",
    "kr": "KRONER", "ctvs": "CENTAVOS", "ps": "PESOS", "som": "SOM", "h": "HALER", "Kc": "KORUNA",
    "rs": "REIS", "din": "DINAR", "pa": "PARA", "Pf": "PFENNIG", "Mk": "MARK", "ct": "CENTIMES",
    "F": "FRANCS", "L": "LIRE", "pi": "PIASTRES", "sen": "SEN", "r": "RUPEES", "$": "DOLLARS",
    "f": "FILLER",
}  # fmt: skip
"""Coins: as they stand beside a figure, and in full."""

COUNTRIES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("VALDORIA", ("c", "L"), "POSTE"),
    ("REPUBLIC OF ORVELLE", ("c", "F"), "POSTAGE"),
    ("KINGDOM OF TARNAVIA", ("d", "s"), "POSTAGE & REVENUE"),
    ("NORDHAVN", ("ore", "kr"), "POST"),
    ("SAN LUCERO", ("ctvs", "ps"), "CORREOS"),
    ("ISLE OF MERROW", ("p", "d"), "POSTAGE"),
    ("KARELSTAN", ("k", "som"), "POCHTA"),
    ("OSTRAVIA", ("h", "Kc"), "POSTA"),
    ("MONTEVEDRA", ("c", "rs"), "CORREIO"),
    ("REPUBLIKA ZELENKA", ("din", "pa"), "POSTA"),
    ("HELMSLAND", ("Pf", "Mk"), "LANDPOST"),
    ("ARDENNIA", ("ct", "F"), "POSTES"),
    ("NEW CALDERA", ("c", "d"), "POSTAGE"),
    ("TERRA AUSTRINA", ("d", "s"), "POSTAGE"),
    ("SULTANATE OF QASIR", ("pi", "pa"), "POSTES"),
    ("PALUVIA", ("sen", "r"), "POS"),
    ("LOMBARGO", ("ct", "L"), "POSTE"),
    ("VINTERMARK", ("ore", "kr"), "POST"),
    ("GRAND DUCHY OF ESKEL", ("ct", "F"), "POSTES"),
    ("COSTA PERLA", ("ctvs", "ps"), "CORREO AEREO"),
    ("BOREALIA", ("c", "$"), "POSTAGE"),
    ("MORAVANIA", ("f", "h"), "POSTA"),
)
"""Name, its coins, and its word for the post."""

VALUES = ("1", "2", "3", "4", "5", "6", "8", "10", "12", "15", "20", "25", "30", "40", "50", "60",
          "75", "80", "1.00", "1.50", "2.50", "100")  # fmt: skip

GIVEN = ("A.", "B.", "C.", "E.", "F.", "H.", "J.", "K.", "L.", "M.", "N.", "P.", "R.", "S.", "T.",
         "ANNA", "CARL", "ELIAS", "HENRIK", "IDA", "JONAS", "LEO", "MARTA", "OSCAR",
         "VERA")  # fmt: skip

FAMILY = ("VANDERMEER", "KOSTAREV", "LINDHOLM", "ABRAMI", "DELACOURT", "HOLZMANN", "PETRESCU",
          "SORENSEN", "TAVARES", "MORANDI", "WYCLIFFE", "ZELENY", "OKSANEN", "BRANDT", "CASTELAR",
          "DVORSKY", "ELLSWORTH", "FARKAS", "GALLO", "HALVORSEN")  # fmt: skip

PLACES = ("ALTENBRUCK", "SELJORD", "PORTALTO", "MIRANTE", "KARSK", "LISKA", "BELMAR", "ROSSOW",
          "TARNBAY", "VESTRA", "ORNE", "CAMPINO", "HARROWGATE", "NOVAGOR", "STELLA",
          "DUNMORE")  # fmt: skip

SUBJECTS: dict[str, tuple[str, ...]] = {
    "landscape": ("MOUNT {place}", "LAKE {place}", "{place} VALLEY", "NATIONAL PARK {place}"),
    "ship": ("BARQUE {place}", "S.S. {place}", "DAYS OF SAIL", "MERCHANT NAVY", "PORT OF {place}"),
    "building": ("{place} CATHEDRAL", "TOWN HALL {place}", "MUSEUM OF {place}", "OLD {place}"),
    "flower": ("ROSA ALPINA", "PAPAVER", "DAHLIA", "LILIUM ALBUM", "ANEMONE", "FLORA"),
    "bird": ("MOTACILLA", "PARUS MAJOR", "TURDUS", "LUSCINIA", "FAUNA", "BIRDS OF {place}"),
    "butterfly": ("PAPILIO", "VANESSA", "APOLLO", "MORPHO", "FAUNA", "LEPIDOPTERA"),
    "locomotive": ("{place} RAILWAY", "100 YEARS OF RAIL", "STATE RAILWAYS", "LINE {place}"),
    "arms": ("ARMS OF {place}", "FREE CITY OF {place}", "", "OFFICIAL"),
    "numeral": ("", "", "POSTAGE DUE", "PORTO"),
    "profile": ("{given} {family}", "{family}", "{given} {family}", ""),
}
"""What a caption may say of each motif."""


@dataclass(frozen=True)
class Words:
    """All that is lettered on one stamp; what is not there is empty.

    Attributes:
        country: Its name.
        post: That country's word for the post.
        value: The figure.
        coin: As it stands beside the figure.
        coin_name: The coin in full.
        caption: What the motif shows.
        year: Of issue.
        imprint: Who engraved it.
    """

    country: str
    post: str
    value: str
    coin: str
    coin_name: str
    caption: str
    year: str
    imprint: str


def invented(rng: np.random.Generator, motif: str) -> Words:
    """Invent a stamp's country, value, caption, year and imprint."""
    country, coins, post = COUNTRIES[rng.integers(len(COUNTRIES))]
    caption = str(rng.choice(SUBJECTS[motif])).format(
        place=rng.choice(PLACES), given=rng.choice(GIVEN), family=rng.choice(FAMILY)
    )
    coin = str(rng.choice(coins))
    year = int(rng.integers(1892, 1989))
    born = year - int(rng.integers(60, 160))
    if motif == "profile" and caption and rng.random() < 0.6:
        caption += f" {born}-{born + int(rng.integers(38, 84))}"
    return Words(
        country=country,
        post=post,
        value=str(rng.choice(VALUES)),
        coin=coin,
        coin_name=COINS[coin],
        caption=caption,
        year=str(year),
        imprint=f"{rng.choice(GIVEN[:15])} {rng.choice(FAMILY)} SC.",
    )
