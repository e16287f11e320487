"""What the demonstration company sells: 60 products in 8 categories."""

from dataclasses import dataclass

CORE = frozenset({"Balances and weighing", "Liquid handling", "Chromatography", "Spectroscopy"})


@dataclass(frozen=True, slots=True)
class Item:
    """A product. `yearly` is how often somebody who uses it orders it, `taste` which industries
    it was made for: P(harma), C(hemicals), F(ood), W(ater and environment), M(aterials),
    H(ealth)."""

    key: str
    name: str
    category: str
    price: int
    yearly: float
    taste: str

    @property
    def is_core(self) -> bool:
        return self.category in CORE


_SHELVES: dict[str, tuple[tuple[str, int, float, str], ...]] = {
    "Balances and weighing": (
        ("Analytical balance AB-220", 6200, 0.7, "PCF"),
        ("Microbalance MB-6", 21400, 0.3, "P"),
        ("Precision balance PB-3200", 2900, 0.9, "CFM"),
        ("Moisture analyser MA-50", 4800, 0.5, "FM"),
        ("Floor scale FS-600", 3400, 0.4, "FC"),
        ("Weighing cell kit", 1250, 1.6, "PM"),
        ("Calibration weight set E2", 1900, 0.8, "PCH"),
        ("Filling checkweigher CW-12", 38500, 0.3, "FP"),
    ),
    "Liquid handling": (
        ("Electronic pipette set EP-8", 2400, 1.4, "PH"),
        ("Multichannel pipette MP-96", 3900, 0.8, "PH"),
        ("Bottle-top dispenser BD-50", 780, 1.5, "CW"),
        ("Titrator T-700", 13800, 0.4, "CF"),
        ("Karl Fischer titrator KF-30", 16900, 0.3, "CP"),
        ("Peristaltic pump PP-4", 3300, 0.7, "PW"),
        ("Filter tips, case", 640, 5.0, "PH"),
        ("Syringe filters, case", 410, 4.4, "PCW"),
    ),
    "Chromatography": (
        ("Liquid chromatograph LC-9", 68000, 0.35, "PC"),
        ("Gas chromatograph GC-5", 54000, 0.3, "CW"),
        ("Ion chromatograph IC-2", 41500, 0.3, "WF"),
        ("Autosampler AS-120", 18700, 0.5, "PCW"),
        ("Analytical columns, set", 2850, 3.2, "PC"),
        ("Guard columns, box", 690, 3.6, "PCF"),
        ("Vials and caps, case", 320, 5.2, "PCWF"),
        ("Mobile phase kit", 880, 3.8, "PC"),
    ),
    "Spectroscopy": (
        ("UV-Vis spectrometer UV-30", 14600, 0.4, "PWH"),
        ("Infrared spectrometer IR-8", 29800, 0.35, "CM"),
        ("Raman analyser RA-3", 57500, 0.25, "PM"),
        ("X-ray fluorescence XF-10", 73000, 0.22, "M"),
        ("Handheld near infrared NH-1", 19900, 0.5, "FM"),
        ("Cuvettes, box", 260, 3.4, "PHW"),
        ("Reference standards, set", 1150, 1.9, "CMP"),
    ),
    "Process analytics": (
        ("In-line pH transmitter PH-200", 3100, 1.8, "CWF"),
        ("Conductivity sensor CS-40", 1450, 2.2, "WF"),
        ("Dissolved oxygen probe DO-7", 2250, 2.0, "WF"),
        ("Turbidity meter TU-15", 4200, 1.1, "WF"),
        ("Process Raman head PR-2", 84000, 0.2, "PC"),
        ("Flow cell kit", 1750, 1.7, "CP"),
        ("Sensor membranes, pack", 390, 4.6, "WF"),
        ("Total carbon analyser TC-9", 36200, 0.35, "WP"),
    ),
    "Laboratory automation": (
        ("Sample robot SR-4", 92000, 0.25, "PH"),
        ("Dosing station DS-10", 47500, 0.3, "PC"),
        ("Tube sorter TS-2", 33800, 0.35, "H"),
        ("Conveyor module CM-1", 12600, 0.8, "HP"),
        ("Barcode labeller BL-3", 5400, 0.8, "HPF"),
        ("Decapper DC-24", 15800, 0.4, "H"),
        ("Gripper kit", 1350, 1.8, "HP"),
    ),
    "Software": (
        ("Corvane Bench, licences", 5200, 1.0, "PCF"),
        ("Corvane Trace, audit trail", 9800, 1.0, "PH"),
        ("Corvane Fleet, device management", 7400, 1.0, "PHC"),
        ("Corvane Connect, LIMS interface", 6600, 0.8, "PHW"),
        ("Corvane Trend, process charts", 8300, 1.0, "WFC"),
        ("Corvane Method library", 3100, 1.0, "CP"),
        ("Corvane Academy seats", 1600, 1.3, "FMH"),
    ),
    "Services": (
        ("Calibration contract", 4100, 1.9, "PFH"),
        ("Preventive maintenance", 6900, 1.3, "PCH"),
        ("Qualification IQ/OQ", 8800, 0.7, "P"),
        ("On-site training day", 2300, 1.0, "FMW"),
        ("Method development", 17500, 0.5, "CP"),
        ("Extended warranty", 3600, 1.0, "HMW"),
        ("Instrument relocation", 5200, 0.4, "PM"),
    ),
}

CATALOGUE: tuple[Item, ...] = tuple(
    Item(f"P-{shelf}{place:02d}", name, category, price, yearly, taste)
    for shelf, (category, rows) in enumerate(_SHELVES.items(), 1)
    for place, (name, price, yearly, taste) in enumerate(rows, 1)
)


def product_rows() -> list[dict[str, object]]:
    """The table `products`."""
    return [
        {
            "product_id": item.key,
            "name": item.name,
            "category": item.category,
            "is_core": item.is_core,
            "list_price": item.price,
        }
        for item in CATALOGUE
    ]
